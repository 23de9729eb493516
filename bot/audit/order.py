"""Say whether two orders have something to do with each other, by Kendall's tau.

Tau is the share of pairs that stand the same way round in both orders, less the share
that stand the other way round: +1 for one order, -1 for one turned round, about 0 for
two that have nothing to do with each other.
"""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

FEWEST: Final = 10
"""Below so many, the normal approximation of `p` says little; see `Order.p`."""


@dataclass(frozen=True, slots=True)
class Order:
    """How two orders relate.

    Args:
        tau: Kendall's tau-b, which counts no pair that is a tie on either side.
        p: how often chance alone gives a tau at least so far from 0, on both sides;
            by the normal approximation with the correction for ties, which is good
            from FEWEST on. 1.0 where one side knows no order at all.
        n: how many stand in each order.
    """

    tau: float
    p: float
    n: int


def kendall(first: Sequence[Any], second: Sequence[Any]) -> Order:
    """Compare two orders, given as what each thing is worth in the one and the other.

    In O(n log n), after Knight (1966): sorted by the first, the pairs that stand the
    other way round are the exchanges that a merge sort by the second makes.
    """
    n = len(first)
    pairs = n * (n - 1) // 2
    both = sorted(zip(first, second, strict=True))
    ties_first, ties_second = _ties(first), _ties(second)
    tied = _pairs(ties_first), _pairs(ties_second)
    together = _pairs(_ties(both))
    _, exchanges = _sorted([value for _, value in both])
    # Of the pairs that are no tie on either side: as many the same way round, less the
    # exchanges.
    score = pairs - tied[0] - tied[1] + together - 2 * exchanges
    spread = math.sqrt((pairs - tied[0]) * (pairs - tied[1]))
    if not spread:
        return Order(0.0, 1.0, n)
    variance = _variance(n, ties_first, ties_second)
    p = math.erfc(abs(score) / math.sqrt(2 * variance))
    return Order(score / spread, p, n)


def in_order(arrival: Iterable[Hashable], stored: Iterable[Hashable]) -> Order:
    """Compare the order in which things came with that in which they lie.

    Things that are in only one of the two are passed over.
    """
    came = {thing: place for place, thing in enumerate(arrival)}
    lies = {thing: place for place, thing in enumerate(stored) if thing in came}
    return kendall([came[thing] for thing in lies], list(lies.values()))


def _ties(values: Iterable[Hashable]) -> list[int]:
    return [count for count in Counter(values).values() if count > 1]


def _pairs(ties: Iterable[int]) -> int:
    return sum(t * (t - 1) // 2 for t in ties)


def _variance(n: int, first: Sequence[int], second: Sequence[int]) -> float:
    """Give the variance of the score where chance alone decides (Kendall 1970)."""

    def once(ties: Sequence[int]) -> int:
        return sum(t * (t - 1) * (2 * t + 5) for t in ties)

    def thrice(ties: Sequence[int]) -> int:
        return sum(t * (t - 1) * (t - 2) for t in ties)

    variance = (n * (n - 1) * (2 * n + 5) - once(first) - once(second)) / 18
    variance += 2 * _pairs(first) * _pairs(second) / (n * (n - 1))
    if n > 2:
        variance += thrice(first) * thrice(second) / (9 * n * (n - 1) * (n - 2))
    return variance


def _sorted(values: list[Any]) -> tuple[list[Any], int]:
    """Sort by merging; give also how many pairs stood the other way round."""
    if len(values) < 2:
        return values, 0
    middle = len(values) // 2
    left, exchanges = _sorted(values[:middle])
    right, more = _sorted(values[middle:])
    exchanges += more
    merged, place = [], 0
    for value in right:
        while place < len(left) and not value < left[place]:
            merged.append(left[place])
            place += 1
        # Everything that is left on the left is larger, and stood before it.
        exchanges += len(left) - place
        merged.append(value)
    return merged + left[place:], exchanges
