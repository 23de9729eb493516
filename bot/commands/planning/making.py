"""Make plans: the survey that comes along is asked of made-up people, many times over.

The same numbers always give the same plan: its chance has the same seeds.
"""

from fractions import Fraction
from functools import cache, lru_cache
from random import Random
from typing import Final

from bot.core.flow import FlowDefinition
from bot.digest.planning.future import Future, Weeks
from bot.digest.planning.outset import Outset
from bot.digest.planning.plan import WISH, Asking, Futures, Plan, asking, plan
from bot.digest.planning.quarters import Sharing
from bot.flowfiles import load_folder
from bot.shipped import shipped_flows

RUNS: Final = 300
"""Made-up years; what happens in 80 of 100 is then found within 5, mostly."""

_FLOW: Final = "sozawe"


def made(outset: Outset, wish: Fraction, sharing: Sharing, runs: int) -> Plan:
    """Make the plan of a department."""
    return plan(outset, wish, sharing, _futures(runs))


def proposed(outset: Outset, runs: int) -> Asking:
    """Say of how many contacts one should be asked to find a drop of a whole grade."""
    return asking(outset, WISH, _futures(runs))


@lru_cache(maxsize=32)
def begun(outset: Outset, runs: int) -> Weeks:
    """Say in which week there is a figure for the first time."""
    return _futures(runs)(float(outset.completes)).first_figure


def _futures(runs: int) -> Futures:
    flow = _asked()

    @cache
    def future(completes: float) -> Future:
        return Future(flow, completes, Random, runs)

    return future


@cache
def _asked() -> FlowDefinition:
    return load_folder(shipped_flows())[_FLOW].flow
