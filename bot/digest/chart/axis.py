"""The axis of grades: fixed, so that two pictures can be laid beside each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bot.core.questions import Grade, Question

Value = Fraction | float

_USUAL: Final = ((5, 9), (4, 10))
"""The first of these that holds everything; otherwise the whole scale."""

_CROWDED: Final = 46
"""Ticks nearer to each other than this are not all named."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Grades from `low` to `high` on a stretch of the picture.

    Args:
        start: where `low` is.
        end: where `high` is.
    """

    low: int
    high: int
    start: int
    end: int

    def at(self, value: Value) -> int:
        """Give the place of a value."""
        part = (float(value) - self.low) / (self.high - self.low)
        return round(self.start + part * (self.end - self.start))

    @property
    def ticks(self) -> range:
        """Give the whole grades that are named."""
        steps = self.high - self.low
        apart = abs(self.end - self.start) / steps
        every = next(
            step
            for step in range(1, steps + 1)
            if steps % step == 0 and (apart * step >= _CROWDED or step == steps)
        )
        return range(self.low, self.high + 1, every)


def axis_for(
    question: Grade,
    shown: Iterable[tuple[Question, Iterable[Value]]],
    start: int,
    end: int,
) -> Axis:
    """Choose one axis for all of a picture's questions of this one's scale.

    They are seen beside each other, so one that needs more room gives it to all.

    Args:
        shown: of each question of the picture, the values that the axis must hold.
    """
    scale = question.lowest, question.highest
    values = [
        value
        for other, found in shown
        if isinstance(other, Grade) and (other.lowest, other.highest) == scale
        for value in found
    ]
    for low, high in _USUAL:
        is_of_scale = question.lowest <= low and high <= question.highest
        if is_of_scale and all(low <= value <= high for value in values):
            return Axis(low, high, start, end)
    return Axis(*scale, start, end)
