"""The digest as a value: what it says, before it is put into words."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bot.core.flow import Origin
from bot.core.questions import Choice, Grade, Question
from bot.core.questions.base import Label

WINDOW: Final = 13
"""A figure is made of the last so many weeks; a quarter of a year."""

ENOUGH: Final = 20
"""No grade, count or response is shown of fewer than this."""


@dataclass(frozen=True, slots=True)
class GradeFigure:
    """The mean of a grade, and the range the true mean probably lies in."""

    question: Grade
    n: int
    mean: Fraction
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ChoiceFigure:
    """How many of those who answered chose the positive side."""

    question: Choice
    n: int
    positive: int


@dataclass(frozen=True, slots=True)
class TooFew:
    """There are answers to wait for before this question has a figure.

    It does not say how many there are: that is nobody's business yet.
    """

    question: Question


Figure = GradeFigure | ChoiceFigure | TooFew


@dataclass(frozen=True, slots=True)
class Part:
    """What was learned from those who were invited, or from those who walked in.

    Args:
        answers: how many people answered to the end, in the window.
        response: which part of the people asked did; None where that has no meaning
            (walk-ins) or stands on too few.
    """

    origin: Origin
    answers: int
    response: Fraction | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The digest of a week in which something was released.

    Args:
        title: the flow's, where several flows are live.
        changed: the questions that are measured anew since less than a window.
    """

    week: str
    title: Label | None
    parts: tuple[Part, ...]
    changed: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Silence:
    """The digest of a week in which nothing was released."""

    week: str
    title: Label | None
    has_figures: bool
    """Whether anything was ever released before."""


Digest = Report | Silence
