"""Made-up clients: what they say when they are asked, and how much that varies.

The spread of the grades is that of client surveys of Dutch municipalities: mean 7.3,
standard deviation 1.67, whole grades from 1 to 10. It must never hold a real answer.
"""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import sqrt
from statistics import NormalDist
from typing import Final

from bot.core.questions import Choice, Question
from bot.digest.figures import scale_of
from bot.digest.simulation.chance import Chance

MEAN: Final = 7.3
SPREAD: Final = 1.67

_LOWEST: Final = 1
_HIGHEST: Final = 10
_NEAR: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Clients:
    """Those who answer one question.

    Args:
        name: of this kind of clients, and of the chance that they are drawn with.
        usual: their mean grade, or the share of them that agrees.
        unrest: the standard deviation of the mean from one week to another, when
            nothing is the matter: who came, the weather, a busy Monday.
    """

    name: str
    question: Question
    usual: float
    unrest: float = 0.0

    @property
    def visible(self) -> Fraction:
        """Give the smallest difference that is worth a word."""
        return scale_of(self.question).visible

    def answers(self, chance: Chance, n: int, change: float = 0.0) -> Counter[str]:
        """Give how often each code was chosen by `n` of them in one week.

        Args:
            change: what is added to the usual mean or share.
        """
        level = self.usual + change
        if isinstance(self.question, Choice):
            no, yes = self.question.codes[0], self.question.codes[-1]
            return Counter(yes if chance.random() < level else no for _ in range(n))
        mood, spread = latent(level)
        mood += chance.gauss(0, self.unrest)
        return Counter(_grade(chance.gauss(mood, spread)) for _ in range(n))


def _grade(mood: float) -> str:
    return str(min(_HIGHEST, max(_LOWEST, round(mood))))


def grades_of(mood: float, spread: float) -> tuple[float, float]:
    """Give mean and standard deviation of the grades that such moods are rounded to."""
    below = NormalDist(mood, spread).cdf
    ends = [0.0, *(below(grade + 0.5) for grade in range(_LOWEST, _HIGHEST)), 1.0]
    shares = [
        (grade, high - low)
        for grade, (low, high) in enumerate(pairwise(ends), start=_LOWEST)
    ]
    mean = sum(grade * share for grade, share in shares)
    variance = sum((grade - mean) ** 2 * share for grade, share in shares)
    return mean, sqrt(variance)


@cache
def latent(level: float) -> tuple[float, float]:
    """Find mean and spread of the moods that give grades of this mean.

    Only whole grades from 1 to 10 are given, so that the moods spread wider than they
    show; as much at every level, so that the usual level has the usual spread.
    """
    mood, spread = level, _mood_spread()
    while abs(level - (mean := grades_of(mood, spread)[0])) > _NEAR:
        mood += level - mean
    return mood, spread


@cache
def _mood_spread() -> float:
    mood, spread = MEAN, SPREAD
    while True:
        mean, shown = grades_of(mood, spread)
        if abs(mean - MEAN) + abs(shown - SPREAD) < _NEAR:
            return spread
        mood += MEAN - mean
        spread *= SPREAD / shown
