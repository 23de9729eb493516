"""The formulas behind the figures, each with its source in `docs/digest.md`.

All of it is the standard library's: importing scipy for one quantile costs 86 MB and
a second or more, in a bot that runs all week to use it once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import NormalDist
from typing import Final

_Z: Final = NormalDist().inv_cdf(0.975)

# What is known of such grades beforehand weighs as much as six answers: without it a
# run of equal grades would be given a range of no width at all.
_PRIOR_ANSWERS: Final = 6

GRADE_SD: Final = 2.0
"""The standard deviation that grades from 1 to 10 usually have, on the wide side."""

SHARE_SD: Final = 0.5
"""The same of answers that are 1 or 0: they cannot have a larger one."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Count, mean and sample variance of whole numbers, without rounding."""

    n: int
    mean: Fraction
    variance: Fraction


def summary(counts: Mapping[int, int]) -> Summary:
    """Sum up how often each number was given; two answers or more."""
    n = sum(counts.values())
    total = sum(number * count for number, count in counts.items())
    squares = sum(number * number * count for number, count in counts.items())
    return totals(n, total, squares)


def totals(n: int, total: int, squares: int) -> Summary:
    """Sum up numbers of which only their sum and the sum of their squares is known."""
    return Summary(n, Fraction(total, n), (squares - Fraction(total**2, n)) / (n - 1))


def interval(
    found: Summary, lowest: int, highest: int, usual: float = GRADE_SD
) -> tuple[float, float]:
    """Give the range that holds the true mean in 95 of 100 cases, kept on the scale.

    Args:
        usual: the standard deviation that is known of such numbers beforehand.
    """
    freedom = found.n + _PRIOR_ANSWERS - 1
    half = t_quantile(freedom) * sqrt(_variance(found, usual) / found.n)
    mean = float(found.mean)
    return max(float(lowest), mean - half), min(float(highest), mean + half)


def _variance(found: Summary, usual: float) -> float:
    freedom = found.n + _PRIOR_ANSWERS - 1
    known = _PRIOR_ANSWERS * usual**2
    return (known + (found.n - 1) * float(found.variance)) / freedom


def difference(one: Summary, other: Summary, usual: float = GRADE_SD) -> float:
    """Give the two-sided p of a difference at least so large between equal means.

    Welch's t (Biometrika 34, 1947), its variances drawn towards what is usual as those
    of a range are.
    """
    errors = [(_variance(each, usual) / each.n, each.n) for each in (one, other)]
    error = sum(part for part, _ in errors)
    freedom = error**2 / sum(part**2 / (n + _PRIOR_ANSWERS - 1) for part, n in errors)
    t = abs(float(one.mean - other.mean)) / sqrt(error)
    return t_tails(t, freedom)


def t_tails(t: float, freedom: float) -> float:
    """Give the chance that Student's t is so far from nought, to either side.

    Abramowitz and Stegun 26.7.8: off by less than 0.0005 from 25 degrees of freedom on.
    """
    z = t * (1 - 1 / (4 * freedom)) / sqrt(1 + t**2 / (2 * freedom))
    return 2 * NormalDist().cdf(-z)


def holm(chances: Sequence[float], level: float = 0.05) -> tuple[bool, ...]:
    """Say which differences pass, so that one set in twenty holds a false one.

    Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal
    of Statistics 6, 1979.
    """
    passes = [False] * len(chances)
    order = sorted(range(len(chances)), key=chances.__getitem__)
    for rank, place in enumerate(order):
        if chances[place] > level / (len(chances) - rank):
            break
        passes[place] = True
    return tuple(passes)


def t_quantile(freedom: int) -> float:
    """Give the 97.5 % point of Student's t.

    Abramowitz and Stegun 26.7.5, all four terms: off by less than 0.0000001 from 25
    degrees of freedom on, and no range is shown with fewer.
    """
    z, v = _Z, freedom
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    fourth = (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160
    return z + first / v + second / v**2 + third / v**3 + fourth / v**4
