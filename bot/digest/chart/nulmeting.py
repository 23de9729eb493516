"""The nulmeting as a dashed line, with its name where that covers nothing."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.digest.chart.axis import Axis
from bot.digest.chart.blocks import BELOW_MIDDLE, SMALL
from bot.digest.chart.letters import width
from bot.digest.chart.timeline import LAST, PADDING, RIGHT, Timeline
from bot.digest.model import Baseline
from bot.digest.voice import Voice
from bot.picture import Colour, Line, Shape, Text

_LINE: Final = 5
_DASH: Final = 65
"""Three dashes of the line, to show which line is meant."""

_SIGN: Final = 44
_HALF: Final = 24
"""Half of what a line of small words needs in height."""

_STEP: Final = 9

Stretch = tuple[int, int, int]
"""A part of the band: how far to the right, and its upper and lower side there."""


def nulmeting(
    baseline: Baseline,
    band: Sequence[Stretch],
    axis: Axis,
    weeks: Timeline,
    voice: Voice,
) -> Iterator[Shape]:
    """Draw the line, a piece of it, and its name behind that piece."""
    y = axis.at(baseline.mean)
    yield Line(((weeks.edge, y), (RIGHT, y)), _LINE, Colour.INK, is_dashed=True)
    words = voice.say("chart.nulmeting", mean=voice.number(baseline.mean))
    long = _DASH + PADDING + width(words, SMALL)
    x, middle = _place(long, y, band, axis, weeks)
    piece = ((x, middle), (x + _DASH, middle))
    yield Line(piece, _LINE, Colour.INK, is_dashed=True)
    x += _DASH + PADDING
    yield Text(x, middle + BELOW_MIDDLE, words, SMALL)


def _place(
    long: int, y: int, band: Sequence[Stretch], axis: Axis, weeks: Timeline
) -> tuple[int, int]:
    """Find the place nearest to the line where least is covered: its left and middle.

    Not on a line of the axis, if that can be; and rather on the left.
    """
    left = weeks.start + PADDING // 2
    lefts = (left, max(left, LAST - _SIGN - long))
    ticks = [axis.at(value) for value in axis.ticks]
    top, bottom = min(ticks), max(ticks)

    def covered(x: int, middle: int) -> int:
        lines = [(one, one) for one in (y, *ticks)]
        taken = [*lines, *_across(band, x - PADDING, x + long + PADDING)]
        low, high = middle + _HALF, middle - _HALF
        return sum(
            max(0, min(low, lower + _LINE) - max(high, upper - _LINE))
            for upper, lower in taken
        )

    return min(
        (
            (x, middle)
            for middle in range(top + _HALF, bottom - _HALF + 1, _STEP)
            for x in lefts
        ),
        key=lambda spot: (covered(*spot), abs(spot[1] - y), spot),
    )


def _across(band: Sequence[Stretch], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give what the band takes of the height between two places, in steps."""
    for number, (x, upper, lower) in enumerate(band):
        next_x, next_upper, next_lower = band[min(number + 1, len(band) - 1)]
        if next_x >= start and x <= end:
            yield min(upper, next_upper), max(lower, next_lower)
