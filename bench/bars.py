"""The simulation as a table, beside the bar that the rule has to meet.

`docs/digest.md` shows it, and says what it means.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import floor, inf
from statistics import median
from typing import Final

from bench.department import GRADES, RESTLESS, STATEMENTS
from bench.figures import grid
from bench.signals import (
    FOLLOWED,
    YEAR,
    ChangedYear,
    QuietYear,
    changed_years,
    coverage,
    quiet_years,
)
from bot.digest.model import Direction
from bot.digest.simulation.chance import Rate, rate
from bot.digest.simulation.clients import Clients


@dataclass(frozen=True, slots=True)
class Effort:
    """How much to simulate, in each cell of the table.

    Args:
        digests: years of four measures in which nothing happens.
        changes: years in which something does.
        samples: made-up samples for each number of answers.
    """

    digests: int
    changes: int
    samples: int


FULL: Final = Effort(400, 600, 10_000)
QUICK: Final = Effort(20, 40, 1_000)

RATES: Final = (5, 10, 15)
"""Answers a week."""

SIZES: Final = (20, 30, 40, 60, 80, 100, 130)
"""Answers in a window."""

MEASURES: Final = 4
"""Of one digest. They have nothing to do with one another, which is the worst case."""

SINGLE: Final = "every week by itself"
RELEASED: Final = "as released, in tens"
NAIVE: Final = "week against week"
_WAYS: Final = {SINGLE: False, RELEASED: True}


@dataclass(frozen=True, slots=True)
class Bar:
    """What some per cents may be at most, or must be at least."""

    limits: tuple[float, ...]
    is_most: bool

    def __str__(self) -> str:
        said = " / ".join(f"{one:g}" for one in dict.fromkeys(self.limits))
        return f"{'<=' if self.is_most else '>='} {said}"

    def is_met(self, found: Sequence[Rate]) -> bool:
        """Say whether all of them are within it."""
        return all(
            one.percent <= limit if self.is_most else one.percent >= limit
            for one, limit in zip(found, self.limits, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Args:
        numbers: one per column; weeks where they are not of a hundred. None at all
            in a line that is the heading of those below it.
    """

    what: str
    numbers: Sequence[Rate] | Sequence[float]
    bar: Bar | None = None

    @property
    def is_within(self) -> bool:
        """Say whether the bar is met, where there is one."""
        rates = [number for number in self.numbers if isinstance(number, Rate)]
        return self.bar is None or self.bar.is_met(rates)

    @property
    def cells(self) -> tuple[str, ...]:
        """Give the row of the table."""
        bar = f"{self.bar or ''}{'' if self.is_within else ' MISSED'}"
        numbers = [_cell(number) for number in self.numbers] or [""] * len(RATES)
        return (self.what, *numbers, bar)


def _cell(number: Rate | float) -> str:
    if isinstance(number, Rate):
        if not number.of:
            return "-"
        return f"{number.percent:.1f} ± {number.error:.1f}"
    return f"{number:g}" if number <= FOLLOWED else f"> {FOLLOWED}"


def table(effort: Effort, say: Callable[[str], None]) -> str:
    """Simulate everything, and write the rows one below the other."""
    head = ("%, with its standard error", *(f"{n} a week" for n in RATES), "bar")
    sizes = ("%", *(f"n = {n}" for n in SIZES), "bar")
    return "\n\n".join(
        (
            grid([head, *(row.cells for row in _all(effort, say))]),
            grid([sizes, ranges(effort.samples).cells]),
        )
    )


def _all(effort: Effort, say: Callable[[str], None]) -> Iterator[Row]:
    say("Simulating years in which nothing happens.")
    yield from quiet(effort.digests)
    for change, within, found in (
        (-1.0, 13, (58, 84, 93)),
        (-1.5, 8, (69, 94, 98)),
    ):
        what = f"A grade drops by {-change:g}"
        say(f"Simulating: {what.lower()}.")
        least = Bar(found, is_most=False)
        yield from changed(what, GRADES, change, within, effort.changes, least)
    what = "20 points fewer agree"
    say(f"Simulating: {what}.")
    yield from changed(what, STATEMENTS, -0.2, 13, effort.changes, None)
    say("Simulating a drop that is too small to be found.")
    yield from small(effort.changes)


_Kind = tuple[str, str, int]
"""A name of clients, a way, and how many answer a week."""


def quiet(digests: int) -> Iterator[Row]:
    """Count false verdicts; `digests` years of four measures in each cell."""
    found: dict[_Kind, list[QuietYear]] = {
        (clients.name, way, n): quiet_years(clients, n, count, is_released=is_released)
        for clients, count in (
            (GRADES, digests * MEASURES),
            (RESTLESS, digests * MEASURES // 2),
            (STATEMENTS, digests * MEASURES),
        )
        for way, is_released in _WAYS.items()
        for n in RATES
    }
    yield from _false("A grade: quiet years with a verdict", 4, found, GRADES)
    what = "The same, where weeks vary by 0.25"
    yield from _false(what, 8, found, RESTLESS)
    what = "A statement: quiet years with a verdict"
    yield from _false(what, 4, found, STATEMENTS)
    what = "Four grades: quiet years with a verdict"
    yield from _false(what, 12, found, *[GRADES] * MEASURES)
    what = "Two grades, two statements: the same"
    yield from _false(what, 12, found, *[GRADES, STATEMENTS] * (MEASURES // 2))
    yield Row("Quiet weeks", ())
    pairs = [
        [
            pair
            for year in found[GRADES.name, SINGLE, n]
            for pair in pairwise(year.means)
        ]
        for n in RATES
    ]
    yield Row(
        "  whose grade is not the last week's",
        [rate(_shown(one) != _shown(other) for one, other in own) for own in pairs],
    )
    yield Row(
        "  and differs from it by 0.3 or more",
        [rate(abs(one - other) >= GRADES.visible for one, other in p) for p in pairs],
    )


def _false(
    what: str, most: float, found: Mapping[_Kind, list[QuietYear]], *kinds: Clients
) -> Iterator[Row]:
    """Count the digests of these measures in which a verdict started."""

    def dealt(way: str, n: int) -> Iterator[tuple[QuietYear, ...]]:
        # A kind that occurs twice gives two of its years, and no year twice.
        pools = {kind.name: iter(found[kind.name, way, n]) for kind in kinds}
        return zip(*(pools[kind.name] for kind in kinds), strict=False)

    yield Row(what, ())
    for way in _WAYS:
        shares = [
            rate(any(y.is_false for y in d) for d in dealt(way, n)) for n in RATES
        ]
        yield Row(f"  {way}", shares, Bar((most,) * len(RATES), is_most=True))
    yield Row(
        f"  {NAIVE}",
        [
            rate(any(y.is_naively_false for y in d) for d in dealt(SINGLE, n))
            for n in RATES
        ],
    )


def changed(
    what: str, clients: Clients, change: float, within: int, count: int, bar: Bar | None
) -> Iterator[Row]:
    """Count what is found of a change, how soon, and how often the opposite is said."""
    found = {
        way: [
            changed_years(clients, n, change, count, is_released=is_released)
            for n in RATES
        ]
        for way, is_released in _WAYS.items()
    }
    single = found[SINGLE]
    yield Row(f"{what}: found within {within} weeks", ())
    for way, cells in found.items():
        shares = [rate(year.found <= within for year in years) for years in cells]
        yield Row(f"  {way}", shares, bar if way == SINGLE else None)
    yield Row(f"  {NAIVE}", _naive(single, Direction.WORSE, within))
    yield Row(f"{what}: said to be better", ())
    for way, cells in found.items():
        shares = [rate(year.is_wrong for year in years) for years in cells]
        yield Row(f"  {way}", shares, Bar((0.5,) * len(RATES), is_most=True))
    yield Row(f"  {NAIVE}", _naive(single, Direction.BETTER, within))
    for title, weeks in (
        (f"{what}: weeks until half are found", _until_found),
        ("Gone after half a year: weeks until half end", _until_ended),
    ):
        yield Row(title, ())
        for way, cells in found.items():
            yield Row(f"  {way}", [weeks(years) for years in cells])
    yield Row("Once found: weeks in which it stands", ())
    for way, cells in found.items():
        yield Row(f"  {way}", [_standing(years) for years in cells])


def _naive(
    cells: Iterable[Iterable[ChangedYear]], side: Direction, within: int
) -> list[Rate]:
    return [rate(year.is_naively(side, within) for year in years) for years in cells]


def small(count: int) -> Iterator[Row]:
    """Count what is found of a drop that is as small as a difference may be."""
    yield Row("A grade drops by 0.3: found within a year", ())
    for way, is_released in _WAYS.items():
        cells = [
            changed_years(GRADES, n, -0.3, count, is_released=is_released, during=YEAR)
            for n in RATES
        ]
        shares = [rate(year.found <= YEAR for year in years) for years in cells]
        yield Row(f"  {way}", shares)


def ranges(samples: int) -> Row:
    """Count the samples whose range holds the true mean."""
    bar = Bar((93,) * len(SIZES), is_most=False)
    what = "Ranges that hold the true mean"
    return Row(what, [coverage(n, samples) for n in SIZES], bar)


def _shown(mean: Fraction) -> int:
    """Give the tenths that a digest would print."""
    return floor(mean * 10 + Fraction(1, 2))


def _until_found(years: Iterable[ChangedYear]) -> float:
    return median(year.found for year in years)


def _until_ended(years: Iterable[ChangedYear]) -> float:
    ended = [year.ended for year in years if year.ended is not None]
    return median(ended) if ended else inf


def _standing(years: Iterable[ChangedYear]) -> Rate:
    return rate(stands for year in years for stands in year.stood)
