"""Made-up years of one grade in one department, from the first week on.

They are followed only as far as is asked, and the same years are asked everything: so
that a larger change is not found less often, but for chance within them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Final

from bot.core.flow import FlowDefinition
from bot.core.questions import Grade
from bot.core.weeks import weeks_between
from bot.digest.model import ENOUGH, WINDOW, Direction, Standing
from bot.digest.planning.quarters import Sharing, Told, told
from bot.digest.simulation.chance import Chances, Rate, rate
from bot.digest.simulation.clients import MEAN, Clients
from bot.digest.simulation.openings import (
    FIRST,
    OPTS_OUT,
    QUIET,
    Asked,
    Opening,
    Openings,
    first,
)

LONGEST: Final = 78
"""Weeks that a nulmeting is waited for; what has none by then is said to have none."""

QUARTER: Final = WINDOW
YEAR: Final = 52

BUSIEST: Final = 80
"""Answers a week. With more than that nothing smaller is found, only sooner."""


@dataclass(frozen=True, slots=True)
class Weeks:
    """When something came about, in made-up years: the week, counted from 1.

    Args:
        low: one in ten was earlier.
        middle: half were.
        high: nine in ten were; endless where more than one in ten never got there.
        came: in how many it came about at all.
    """

    low: float
    middle: float
    high: float
    came: Rate


def weeks(found: Sequence[float]) -> Weeks:
    """Sum up in which weeks something came about; endless stands for never."""
    ordered, last = sorted(found), len(found) - 1
    low, middle, high = (ordered[last * tenths // 10] for tenths in (1, 5, 9))
    return Weeks(low, middle, high, rate(one < inf for one in found))


@dataclass(frozen=True, slots=True)
class _Year:
    """One department up to a quarter after its nulmeting."""

    number: int
    before: tuple[Opening, ...]
    openings: Openings
    has_baseline: bool


class Future:
    """So many made-up years of one department.

    Args:
        flow: any survey that asks for a grade.
        completes: how many people answer to the end in a week, on average.
        chances: gives each year chance of its own.
        runs: how many years.
    """

    def __init__(
        self, flow: FlowDefinition, completes: float, chances: Chances, runs: int
    ) -> None:
        question = next(one for one in flow.questions if isinstance(one, Grade))
        self._asked = Asked(flow, Clients("planned", question, MEAN))
        self._rate = min(completes * (1 - OPTS_OUT), BUSIEST)
        self._chances = chances
        self._runs = runs
        self._found: dict[float, Rate] = {}

    @cached_property
    def between(self) -> float:
        """Count the weeks from one release to the next, on average; endless for none.

        That is the whole way to the nulmeting, divided by what was released on it.
        """
        spent = sum(len(year.before) for year in self._years)
        released = sum(one.released > 0 for year in self._years for one in year.before)
        return spent / released if released else inf

    @cached_property
    def first_figure(self) -> Weeks:
        """Say in which week there is a figure for the first time."""
        runs = range(self._runs)
        return weeks([_first_figure(self._openings(f"figure {run}")) for run in runs])

    @cached_property
    def nulmeting(self) -> Weeks:
        """Say in which week the nulmeting is done, with answers enough."""
        return weeks(
            [len(y.before) if y.has_baseline else inf for y in self._years],
        )

    def found(self, drop: float) -> Rate:
        """Say how often a drop of so much is found within a quarter.

        It comes at once, a quarter after the nulmeting; by then a window is full.
        """
        if drop not in self._found:
            self._found[drop] = rate(
                year.has_baseline and self._is_found(year, drop) for year in self._years
            )
        return self._found[drop]

    @cached_property
    def false(self) -> Rate:
        """Say how often a year in which nothing happens has a verdict all the same."""
        return rate(
            year.has_baseline
            and any(
                one.verdict.standing is Standing.STARTED
                for one in self._on(year, "quiet").weeks(YEAR)
            )
            for year in self._years
        )

    def phases(self, sharing: Sharing) -> Told:
        """Say how often a quarter can be told by phase."""
        return told(
            (self._openings(f"phases {run}") for run in range(self._runs)),
            sharing,
            self._chances,
        )

    @cached_property
    def _years(self) -> tuple[_Year, ...]:
        return tuple(self._year(number) for number in range(self._runs))

    def _year(self, number: int) -> _Year:
        openings = self._openings(f"year {number}")
        before = tuple(openings.until_the_baseline(LONGEST))
        has_baseline = before[-1].verdict.baseline is not None
        if has_baseline:
            for _ in openings.weeks(QUIET):
                pass
        return _Year(number, before, openings, has_baseline)

    def _openings(self, seed: str) -> Openings:
        chance = self._chances(seed)
        return Openings(self._asked, self._rate, chance, is_released=True)

    def _on(self, year: _Year, what: str) -> Openings:
        return year.openings.fork(self._chances(f"{what} {year.number}"))

    def _is_found(self, year: _Year, drop: float) -> bool:
        after = list(self._on(year, "drop").weeks(QUARTER, -drop))
        return first(after, Standing.STARTED, Direction.WORSE) < inf


def _first_figure(openings: Openings) -> float:
    groups: list[tuple[str, int]] = []
    for opening in openings.weeks(YEAR):
        groups += [(one.week, one.n) for one in opening.groups]
        recent = (n for week, n in groups if weeks_between(week, opening.week) < WINDOW)
        if opening.groups and sum(recent) >= ENOUGH:
            return weeks_between(FIRST, opening.week) + 1
    return inf
