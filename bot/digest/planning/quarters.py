"""Which quarters can be told by phase: the gates of the real thing, on made-up answers.

It must never be milder than `bot.anonymity.phases`, which a test lays beside it.
"""

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Final

from bot.ballots import PHASE_BATCHES, Sum
from bot.core.weeks import quarter
from bot.digest.model import ENOUGH, WINDOW
from bot.digest.simulation.chance import Chance, Chances, Rate, rate
from bot.digest.simulation.openings import Opening, Openings

Sharing = Sequence[Fraction]
"""Which part of the contacts is in each phase; together 1."""

QUARTERS: Final = 3
"""The first quarter is one of starting, and is left out."""


@dataclass(frozen=True, slots=True)
class Told:
    """How often the phases can be told of.

    Args:
        one: of a quarter by itself.
        two: of two quarters together, where one is too little.
    """

    one: Rate
    two: Rate


def told(years: Iterable[Openings], sharing: Sharing, chances: Chances) -> Told:
    """Look at the quarters of made-up years."""
    alone: list[bool] = []
    together: list[bool] = []
    for number, openings in enumerate(years):
        chance = chances(f"sharing {number}")
        opened = tuple(openings.weeks(QUARTERS * WINDOW))
        quarters = by_quarter(opened, sharing, chance)[1:]
        alone += map(is_enough, quarters)
        together += (
            is_enough([_both(*pair) for pair in zip(one, other, strict=True)])
            for one, other in pairwise(quarters)
        )
    return Told(rate(alone), rate(together))


def by_quarter(
    openings: Sequence[Opening], sharing: Sharing, chance: Chance
) -> list[list[Sum]]:
    """Share out the answers of each batch; a quarter is made of what it closed."""
    names = dict.fromkeys(quarter(one.week) for one in openings)
    found = {name: [Sum() for _ in sharing] for name in names}
    ends = list(accumulate(map(float, sharing)))[:-1]
    waiting = [Sum() for _ in sharing]
    for opening in openings:
        people = [0 for _ in sharing]
        for _ in range(opening.answers):
            people[bisect(ends, chance.random())] += 1
        for one, n in zip(waiting, people, strict=True):
            one.n += n
            one.batches += n > 0
        if opening.groups:
            now = quarter(opening.week)
            pairs = zip(found[now], waiting, strict=True)
            found[now] = [_both(one, other) for one, other in pairs]
            waiting = [Sum() for _ in sharing]
    return list(found.values())


def is_enough(phases: Iterable[Sum]) -> bool:
    """Say whether every phase has people enough, of batches enough."""
    return all(one.n >= ENOUGH and one.batches >= PHASE_BATCHES for one in phases)


def _both(one: Sum, other: Sum) -> Sum:
    return Sum(n=one.n + other.n, batches=one.batches + other.batches)
