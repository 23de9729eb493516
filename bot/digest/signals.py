"""When a measure differs from its nulmeting, and when that may be said.

A nulmeting (baseline) is gathered and frozen; after it a CUSUM on either side adds up
what every release differs from it, and a verdict starts, is held and ends by fixed
rules. All of it follows from the groups that were released and the decisions of the
staff: there is no running sum that a lost file could change. `docs/digest.md` has the
formulas, their sources and what they can and cannot find.
"""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile
from math import sqrt
from typing import Final

from bot.core.weeks import week_after, weeks_between
from bot.digest.model import (
    ENOUGH,
    WINDOW,
    Baseline,
    Direction,
    Standing,
    Verdict,
)

QUICK: Final = (13, 100)
"""The nulmeting is done after so many weeks, with so many answers."""

SLOW: Final = (26, 50)
"""Or after so many weeks with so many; with fewer there never is one."""

_SLACK: Final = 0.30
"""What of a difference falls away every week, in standard deviations for each answer:
half of the change that is looked for (Montgomery, Introduction to Statistical Quality
Control, 8th edition, section 9.1)."""

_LIMIT: Final = 16.0
_CAP: Final = 21.0
"""A sum grows no further: a change that was long must not take long to end."""

_HELD: Final = 2.0
_SHORT: Final = 4
_PRIOR: Final = 10
"""What is known of such answers beforehand weighs as much as so many answers."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What the rules need to know of the kind of answers.

    Args:
        spread: the standard deviation such answers usually have.
        visible: the smallest difference that is worth a word.
    """

    spread: float
    visible: Fraction


GRADES: Final = Scale(1.8, Fraction(3, 10))
SHARES: Final = Scale(0.5, Fraction(1, 10))
"""Yes is 1 and no is 0. No such answers spread more than 0.5; with the 1.8 of grades
nothing would ever be found."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One group of answers as numbers: how many, their sum, the sum of the squares."""

    week: str
    n: int
    total: int
    squares: int

    @property
    def mean(self) -> Fraction:
        """Give the mean of the answers."""
        return Fraction(self.total, self.n)

    @property
    def deviation(self) -> Fraction:
        """Give the sum of squared differences from the mean."""
        return self.squares - Fraction(self.total**2, self.n)


def pooled(samples: Iterable[Sample]) -> Sample:
    """Add up samples, one or more; the sum is dated by the last of them."""
    found = tuple(samples)
    return Sample(
        max(one.week for one in found),
        sum(one.n for one in found),
        sum(one.total for one in found),
        sum(one.squares for one in found),
    )


def judge(samples: Sequence[Sample], scale: Scale, at: str) -> Verdict:
    """Say how a measure stands against its nulmeting at the opening of `at`.

    Args:
        samples: the groups of this measure since the nulmeting began, oldest first.
            Those of later weeks than `at` are left out.
    """
    course = Course(scale)
    for one in samples:
        if one.week <= at:
            course.take(one)
    return course.verdict(at)


class Course:
    """Follows one measure from the first group of its nulmeting on."""

    def __init__(self, scale: Scale) -> None:
        """Begin a nulmeting."""
        self._scale = scale
        self._gathered: list[Sample] = []
        self._collected = 0
        self._is_frozen = False
        self._chart: _Chart | None = None

    def take(self, one: Sample) -> None:
        """Take in what one week released; later than all that was taken in before."""
        # What came when it was over already is not part of it.
        if not self._is_frozen and self._is_over_after(self._age(one.week) - 1):
            self._freeze()
        if self._is_frozen:
            if self._chart is not None:
                self._chart.take(one)
            return
        self._gathered.append(one)
        self._collected += one.n
        if self._is_over_after(self._age(one.week)):
            self._freeze()

    def verdict(self, at: str) -> Verdict:
        """Say how it stands at the opening of `at`, after all that was taken in."""
        chart = self._chart
        if not self._is_frozen:
            if not self._gathered or not self._is_over_after(self._age(at)):
                return Verdict(Standing.RUNNING, collected=self._collected)
            chart = self._charted()
        if chart is None:
            return Verdict(Standing.NO_BASELINE, collected=self._collected)
        return chart.verdict(at)

    def fork(self) -> "Course":
        """Give one that goes on from here by itself."""
        other = copy(self)
        other._gathered = list(self._gathered)
        other._chart = None if self._chart is None else self._chart.fork()
        return other

    def _age(self, week: str) -> int:
        """Count the weeks from the first release to this one, both among them."""
        return weeks_between(self._gathered[0].week, week) + 1 if self._gathered else 1

    def _is_over_after(self, weeks: int) -> bool:
        return _is_over(weeks, self._collected)

    def _freeze(self) -> None:
        self._is_frozen, self._chart = True, self._charted()

    def _charted(self) -> "_Chart | None":
        if self._collected < SLOW[1]:
            return None
        return _Chart(self._gathered, self._scale)


def _is_over(weeks: int, answers: int) -> bool:
    return (weeks >= QUICK[0] and answers >= QUICK[1]) or weeks >= SLOW[0]


class _Chart:
    """Two sums that start at nothing, and the verdict they lead to."""

    def __init__(self, gathered: Sequence[Sample], scale: Scale) -> None:
        self._scale = scale
        self._all = whole = pooled(gathered)
        variance = float(whole.deviation) / (whole.n - 1)
        self._mean = whole.mean
        self._sd = self._spread(whole)
        self._extra = _laney(gathered, whole, variance)
        self._baseline = Baseline(whole.n, whole.total, gathered[0].week, whole.week)
        self._after: list[Sample] = []
        self._sums = dict.fromkeys(Direction, 0.0)
        self._standing = Standing.NO_DIFFERENCE
        self._direction: Direction | None = None

    def take(self, one: Sample) -> None:
        """Take in what one week released."""
        self._after.append(one)
        # float(one.total - one.n * mean) to the last bit, and four times as fast.
        deviation = (one.total * self._all.n - one.n * self._all.total) / self._all.n
        slack, unit = one.n * _SLACK * self._sd, self._sd * self._extra
        for side, grown in self._sums.items():
            step = (side.sign * deviation - slack) / unit
            self._sums[side] = min(_CAP, max(0.0, grown + step))
        if self._direction is not None:
            self._hold_or_end(self._direction)
            return
        self._standing = Standing.NO_DIFFERENCE
        for side, grown in self._sums.items():
            if grown > _LIMIT and self._is_visible(side):
                self._standing, self._direction = Standing.STARTED, side
                return

    def fork(self) -> "_Chart":
        """Give one that goes on from here by itself."""
        other = copy(self)
        other._after, other._sums = list(self._after), dict(self._sums)
        return other

    def verdict(self, at: str) -> Verdict:
        """Give the verdict; what started or ended in an earlier week is no news."""
        standing, direction = self._standing, self._direction
        if not self._after or self._after[-1].week != at:
            if standing is Standing.STARTED:
                standing = Standing.HELD
            elif standing is Standing.ENDED:
                standing = Standing.NO_DIFFERENCE
        return Verdict(standing, direction, self._baseline, self._all.n)

    def _hold_or_end(self, side: Direction) -> None:
        window = self._last(WINDOW)
        off = float(window.mean - self._mean)
        spread = self._spread(self._all, window)
        error = spread * sqrt(1 / window.n + 1 / self._all.n) * self._extra
        if side.sign * off >= _HELD * error:
            self._standing = Standing.HELD
            return
        self._standing, self._direction = Standing.ENDED, None
        self._sums = dict.fromkeys(Direction, 0.0)

    def _is_visible(self, side: Direction) -> bool:
        return any(
            recent.n >= ENOUGH
            and side.sign * (recent.mean - self._mean) >= self._scale.visible
            for recent in (self._last(_SHORT), self._last(WINDOW))
        )

    def _last(self, weeks: int) -> Sample:
        """Pool what the last weeks gave, the newest sample among it."""
        first = week_after(self._after[-1].week, 1 - weeks)
        return pooled(takewhile(lambda one: one.week >= first, reversed(self._after)))

    def _spread(self, *samples: Sample) -> float:
        """Estimate the standard deviation, drawn towards what is usual."""
        freedom = _PRIOR + sum(one.n - 1 for one in samples)
        squares = _PRIOR * self._scale.spread**2
        return sqrt((squares + sum(float(one.deviation) for one in samples)) / freedom)


def _laney(samples: Sequence[Sample], whole: Sample, variance: float) -> float:
    """Say how much more weeks differ than chance makes them differ; 1 or more.

    Laney, Improved control charts for attributes, Quality Engineering 14(4), 2002.
    """
    if len(samples) < 2 or not variance:
        return 1.0
    between = sum(one.n * float(one.mean - whole.mean) ** 2 for one in samples)
    return max(1.0, sqrt(between / variance / (len(samples) - 1)))
