"""What a simulation needs of chance; it must never make any of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import exp, sqrt
from typing import Protocol


class Chance(Protocol):
    """Draws numbers; `random.Random` with a seed is one."""

    def random(self) -> float:
        """Draw evenly from nought to one."""
        ...

    def gauss(self, mu: float, sigma: float, /) -> float:
        """Draw by the normal law."""
        ...


Chances = Callable[[str], Chance]
"""Gives the same chance for the same seed."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How often something was so."""

    hits: int
    of: int

    @property
    def share(self) -> float:
        """Say it of one; nothing was never so."""
        return self.hits / self.of if self.of else 0.0

    @property
    def percent(self) -> float:
        """Say it of a hundred."""
        return 100 * self.hits / self.of

    @property
    def error(self) -> float:
        """Give the standard error of the per cents (Agresti and Coull's, never 0)."""
        share = (self.hits + 2) / (self.of + 4)
        return 100 * sqrt(share * (1 - share) / (self.of + 4))


def rate(claims: Iterable[bool]) -> Rate:
    """Count how many of the claims are so."""
    found = tuple(claims)
    return Rate(sum(found), len(found))


def arrivals(chance: Chance, expected: float) -> int:
    """Draw how many come in a week, by Poisson's law (Knuth's way)."""
    least, product, count = exp(-expected), chance.random(), 0
    while product > least:
        product *= chance.random()
        count += 1
    return count
