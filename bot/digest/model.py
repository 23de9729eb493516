"""The digest as a value: what it says, before it is put into words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from bot.core.flow import Origin, Phase
from bot.core.questions import Choice, Grade, Question
from bot.core.questions.base import Label

WINDOW: Final = 13
"""A figure is made of the last so many weeks; a quarter of a year."""

TREND: Final = 26
"""The line of a grade goes back so many weeks."""

ENOUGH: Final = 20
"""No grade, count or response is shown of fewer than this."""


class Direction(StrEnum):
    """To which side a measure differs from its nulmeting."""

    WORSE = "worse"
    BETTER = "better"

    @property
    def sign(self) -> int:
        """Give -1 for lower figures than the nulmeting's, 1 for higher ones."""
        return 1 if self is Direction.BETTER else -1


class Standing(StrEnum):
    """How a measure stands against its nulmeting."""

    RUNNING = "running"
    """The nulmeting is still being gathered."""
    NO_BASELINE = "no_baseline"
    """It was over with too few answers: there are no verdicts."""
    NO_DIFFERENCE = "no_difference"
    """No clear one, which is not the same as none."""
    STARTED = "started"
    HELD = "held"
    ENDED = "ended"
    """The difference is not clear any more, since this opening."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """A nulmeting that is frozen.

    Args:
        total: the sum of the grades, or how many chose the positive side.
        first: ISO week of its first release.
        last: ISO week of its last release.
    """

    n: int
    total: int
    first: str
    last: str

    @property
    def mean(self) -> Fraction:
        """Give the mean grade, or the share of the positive side."""
        return Fraction(self.total, self.n)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be said of a measure beside its nulmeting.

    Args:
        direction: only while a verdict is started or held.
        baseline: only once it is frozen.
        collected: how many answers the nulmeting holds, or holds so far.
    """

    standing: Standing
    direction: Direction | None = None
    baseline: Baseline | None = None
    collected: int = 0

    @property
    def is_said(self) -> bool:
        """Say whether it is a sentence of its own, above the figures."""
        return self.standing in (Standing.STARTED, Standing.HELD, Standing.ENDED)


@dataclass(frozen=True, slots=True)
class Point:
    """The figure of a grade as an earlier digest of this flow gave it."""

    week: str
    mean: Fraction
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GradeFigure:
    """The mean of a grade, and the range the true mean probably lies in.

    Args:
        trend: the same of each release of the last half year, this one among them.
        since: ISO week of the first release in this wording, where another wording
            was released before it; None where there was none.
    """

    question: Grade
    n: int
    mean: Fraction
    low: float
    high: float
    verdict: Verdict
    trend: tuple[Point, ...] = ()
    since: str | None = None


@dataclass(frozen=True, slots=True)
class ChoiceFigure:
    """How many of those who answered chose the positive side.

    Args:
        chosen: per code on the scale, in its order, how many chose it.
    """

    question: Choice
    n: int
    positive: int
    verdict: Verdict
    chosen: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TooFew:
    """There are answers to wait for before this question has a figure.

    It does not say how many there are: that is nobody's business yet.
    """

    question: Question
    since: str | None = None
    """As in GradeFigure."""


Figure = GradeFigure | ChoiceFigure | TooFew


@dataclass(frozen=True, slots=True)
class Part:
    """What was learned from those who were invited, or from those who walked in.

    Args:
        answers: how many people answered to the end, in the window.
        response: which part of the people asked did; None where that has no meaning
            (walk-ins) or stands on too few.
        contact: likewise, which part of the people asked opened their invitation.
        cooperation: likewise, which part of those who opened it did.
    """

    origin: Origin
    answers: int
    response: Fraction | None
    figures: tuple[Figure, ...]
    contact: Fraction | None = None
    cooperation: Fraction | None = None

    @property
    def judged(self) -> "tuple[GradeFigure | ChoiceFigure, ...]":
        """Give the figures that may have a verdict."""
        return tuple(
            figure
            for figure in self.figures
            if isinstance(figure, GradeFigure | ChoiceFigure)
        )

    @property
    def has_verdict(self) -> bool:
        """Say whether any of them is told of in a sentence above the figures."""
        return any(figure.verdict.is_said for figure in self.judged)


@dataclass(frozen=True, slots=True)
class Restart:
    """A nulmeting that somebody set anew less than a window ago, and why."""

    question: Question
    week: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """The digest of a week in which something was released.

    Args:
        title: the flow's, where several flows are live.
        changed: the questions that are measured anew since less than a window.
        name: the flow's title, for the picture.
        restarts: the nulmetingen that were set anew by decision.
    """

    week: str
    title: Label | None
    parts: tuple[Part, ...]
    changed: tuple[Question, ...]
    name: Label
    restarts: tuple[Restart, ...] = ()


@dataclass(frozen=True, slots=True)
class Silence:
    """The digest of a week in which nothing was released."""

    week: str
    title: Label | None
    has_figures: bool
    """Whether anything was ever released before."""


Digest = Report | Silence


@dataclass(frozen=True, slots=True)
class PhaseFigure:
    """What one phase gave to one question over a span of quarters.

    Args:
        mean: the mean grade, or the share of the positive side.
        low: where the range around the mean begins.
        high: where it ends.
        positive: how many chose the positive side; None for a grade.
    """

    phase: Phase
    n: int
    mean: Fraction
    low: float
    high: float
    positive: int | None = None


@dataclass(frozen=True, slots=True)
class PhaseComparison:
    """One question in every phase of its flow, and which of them clearly differ.

    Args:
        figures: one per phase, in the order of the flow.
        differing: (lower, higher), each pair whose adjusted difference passes.
    """

    question: Question
    origin: Origin
    figures: tuple[PhaseFigure, ...]
    differing: tuple[tuple[Phase, Phase], ...] = ()


@dataclass(frozen=True, slots=True)
class PhaseReport:
    """The digest by phase of one flow, once a quarter at most.

    Args:
        title: the flow's, where several flows are live.
        name: the flow's title, for the picture.
        since: first quarter of the answers (`2026-Q2`).
        until: last quarter of the answers.
    """

    week: str
    title: Label | None
    name: Label
    since: str
    until: str
    comparisons: tuple[PhaseComparison, ...]
