"""How many answers to expect, and what so many can show: a plan in brief."""

from collections.abc import Iterator
from math import inf
from typing import Final

from bot.commands.doctor.finding import Finding, mind, note, ok
from bot.commands.planning import begun
from bot.digest.model import ENOUGH, WINDOW
from bot.digest.planning.outset import USUAL_RESPONSE, Outset

USUAL: Final = (125, 250, 500, 1000, 2000)
"""Contacts a week, to choose from for whoever does not know how many there are."""

_RUNS: Final = 100
"""Made-up years; enough for the week that is the middle of them."""

_SHARE: Final = round(1 / USUAL_RESPONSE)
"""Of so many people asked, one answers."""


def check_expectation(one_in: int, contacts: int | None) -> Iterator[Finding]:
    """Say how many answers will come, and what they can and cannot show.

    Args:
        contacts: a week; None when nobody said, which gives a table to choose from.
    """
    yield note("expect-how", one_in=one_in, share=_SHARE, least=ENOUGH, window=WINDOW)
    for each in USUAL if contacts is None else (contacts,):
        outset = Outset(max(each, 0), one_in)
        facts = {
            "contacts": each,
            "asked": float(outset.invitations),
            "answers": float(outset.completes),
        }
        first, margin = begun(outset, _RUNS).middle, outset.margin
        if margin is None or first == inf:
            say = note if contacts is None else mind
            yield say("expect-nothing", **facts)
        else:
            say = note if contacts is None else ok
            yield say("expect", first=int(first), margin=margin, **facts)
