"""Made-up years, judged by the bot's own rules: how often the digest is right.

Beside it stands what a reader does who compares every week with the week before, and
calls the smallest difference that is worth a word (0.3; 10 points) a difference.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import inf
from random import Random
from typing import Final

from bench.department import FLOW, GRADES
from bot.digest.figures import sample
from bot.digest.model import Direction, Standing
from bot.digest.simulation.chance import Rate, rate
from bot.digest.simulation.clients import MEAN, Clients
from bot.digest.simulation.openings import QUIET, Asked, Opening, Openings, first
from bot.digest.statistics import interval, summary

FOLLOWED: Final = 26
"""So many weeks a change is followed, and so many after it is gone again."""

YEAR: Final = 52


@dataclass(frozen=True, slots=True)
class QuietYear:
    """A year after the nulmeting in which nothing happened.

    Args:
        is_false: a verdict started all the same.
        means: of the answers of each week, whatever was released.
    """

    is_false: bool
    means: tuple[Fraction, ...]
    visible: Fraction

    @property
    def is_naively_false(self) -> bool:
        """Say whether a week differed visibly from the week before."""
        return any(abs(step) >= self.visible for step in _steps(self.means))


@dataclass(frozen=True, slots=True)
class ChangedYear:
    """A year in which people became less content at once.

    Args:
        found: in which week of the change a verdict started that says so.
        stood: for each week after that, whether it stood.
        is_wrong: a verdict started that says the opposite.
        ended: in which week after the change was gone the verdict ended, where it
            still stood.
    """

    found: float
    stood: tuple[bool, ...]
    is_wrong: bool
    ended: float | None
    means: tuple[Fraction, ...]
    visible: Fraction

    def is_naively(self, side: Direction, within: int) -> bool:
        """Say whether a week differed from the week before to this side."""
        steps = _steps(self.means[: within + 1])
        return any(side.sign * step >= self.visible for step in steps)


def quiet_year(openings: Openings, clients: Clients) -> QuietYear:
    """Let a year go by in which nothing happens."""
    year = list(openings.after_the_baseline().weeks(YEAR))
    is_false = any(one.verdict.standing is Standing.STARTED for one in year)
    return QuietYear(is_false, _means(year, clients), clients.visible)


def changed_year(
    openings: Openings, clients: Clients, change: float, during: int = FOLLOWED
) -> ChangedYear:
    """Let a quarter go by, then make the change, and after a while undo it."""
    *_, last = openings.after_the_baseline().weeks(QUIET)
    changed = list(openings.weeks(during, change))
    found = first(changed, Standing.STARTED, Direction.WORSE)
    rest = changed[int(found) :] if found < inf else []
    after = list(openings.weeks(FOLLOWED))
    return ChangedYear(
        found,
        tuple(one.verdict.direction is Direction.WORSE for one in rest),
        first(changed, Standing.STARTED, Direction.BETTER) < inf,
        first(after, Standing.ENDED, None)
        if changed[-1].verdict.direction is Direction.WORSE
        else None,
        _means([last, *changed], clients),
        clients.visible,
    )


def _means(openings: Iterable[Opening], clients: Clients) -> tuple[Fraction, ...]:
    """Give the mean of every week in which anybody answered."""
    return tuple(
        sample(clients.question, one.came).mean for one in openings if one.came.n
    )


def _steps(means: Sequence[Fraction]) -> Iterator[Fraction]:
    return (later - earlier for earlier, later in pairwise(means))


def quiet_years(
    clients: Clients, per_week: int, count: int, *, is_released: bool
) -> list[QuietYear]:
    """Simulate years in which nothing happens, the same ones every time."""
    asked = Asked(FLOW, clients)
    chance = Random(f"quiet {clients.name} {per_week} {is_released}")
    return [
        quiet_year(Openings(asked, per_week, chance, is_released=is_released), clients)
        for _ in range(count)
    ]


def changed_years(
    clients: Clients,
    per_week: int,
    change: float,
    count: int,
    *,
    is_released: bool,
    during: int = FOLLOWED,
) -> list[ChangedYear]:
    """Simulate years in which something happens, the same ones every time."""
    asked = Asked(FLOW, clients)
    chance = Random(f"{change} {clients.name} {per_week} {is_released}")
    return [
        changed_year(
            Openings(asked, per_week, chance, is_released=is_released),
            clients,
            change,
            during,
        )
        for _ in range(count)
    ]


def coverage(n: int, samples: int) -> Rate:
    """Say how often the range of `n` grades holds the true mean."""
    chance = Random(f"coverage {n}")
    held = []
    for _ in range(samples):
        given = GRADES.answers(chance, n)
        found = summary({int(code): count for code, count in given.items()})
        low, high = interval(found, 1, 10)
        held.append(low <= MEAN <= high)
    return rate(held)
