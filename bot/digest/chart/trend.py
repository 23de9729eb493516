"""The line of a grade, with its band and its nulmeting.

There are no weekly dots: a point of the line stands for thirteen weeks, so two points
that are less than that apart share answers, and must not be read as two weeks.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.digest.chart.axis import Axis, Value
from bot.digest.chart.blocks import BELOW_MIDDLE, SMALL, scale_text
from bot.digest.chart.nulmeting import Stretch, nulmeting
from bot.digest.chart.timeline import LEFT, RIGHT, Timeline, labels
from bot.digest.chart.verdicts import said
from bot.digest.model import GradeFigure, Point
from bot.digest.voice import Voice
from bot.picture import (
    Anchor,
    Area,
    Colour,
    Line,
    Mark,
    Rectangle,
    Shape,
    Sign,
    Text,
)

TOP: Final = 48
BOTTOM: Final = 404

_TICKS: Final = LEFT - 20
_LINE: Final = 10
_THIN: Final = 2
_BREAK: Final = 6
_SIGN: Final = 40
_HALF_RANGE: Final = 14
"""Half the width of the band where there is one point of it."""

_LEADING: Final = 48


def extent(figure: GradeFigure) -> Iterator[Value]:
    """Give every value that the axis must hold."""
    yield from (figure.low, figure.high)
    for point in figure.trend:
        yield from (point.low, point.high)
    if figure.verdict.baseline is not None:
        yield figure.verdict.baseline.mean


def trend(
    figure: GradeFigure, axis: Axis, weeks: Timeline, voice: Voice
) -> tuple[Shape, ...]:
    """Draw the line of a grade, from the top of its card."""
    points = [point for point in figure.trend if point.week >= weeks.first]
    band = _band(points, axis, weeks)
    shapes: list[Shape] = list(_ticks(axis, weeks))
    shapes.append(_plane(band))
    if figure.verdict.baseline is not None:
        shapes += nulmeting(figure.verdict.baseline, band, axis, weeks, voice)
    spots = tuple((weeks.at(one.week), axis.at(one.mean)) for one in points)
    if len(spots) > 1:
        shapes.append(Line(spots, _LINE, Colour.LINE))
    shapes += _other_wording(weeks)
    shown = said(figure.verdict)
    colour = Colour.WORSE if shown.sign is Sign.DOWN else Colour.LINE
    shapes.append(Mark(*spots[-1], _SIGN, shown.sign, colour))
    shapes += labels(weeks, voice)
    return tuple(shapes)


def _ticks(axis: Axis, weeks: Timeline) -> Iterator[Shape]:
    for value in axis.ticks:
        y = axis.at(value)
        yield Line(((weeks.edge, y), (RIGHT, y)), _THIN, Colour.GRID)
        yield scale_text(_TICKS, y + BELOW_MIDDLE, str(value), Anchor.END)


def _band(points: Sequence[Point], axis: Axis, weeks: Timeline) -> tuple[Stretch, ...]:
    found = [(weeks.at(p.week), axis.at(p.high), axis.at(p.low)) for p in points]
    if len(found) == 1:
        ((x, upper, lower),) = found
        found = [(x - _HALF_RANGE, upper, lower), (x + _HALF_RANGE, upper, lower)]
    return tuple(found)


def _plane(band: Sequence[Stretch]) -> Area:
    above = [(x, upper) for x, upper, _ in band]
    below = [(x, lower) for x, _, lower in reversed(band)]
    return Area((*above, *below), Colour.BAND)


def _other_wording(weeks: Timeline) -> Iterator[Shape]:
    """Say that another question was asked before, and draw where that ended."""
    if not weeks.other:
        return
    edge = weeks.edge
    box = Rectangle(LEFT, TOP, edge - LEFT, BOTTOM - TOP, Colour.OTHER_WORDING)
    yield box
    first = (TOP + BOTTOM - _LEADING * (len(weeks.other) - 1)) // 2 + BELOW_MIDDLE
    for number, word in enumerate(weeks.other):
        x, y = (LEFT + edge) // 2, first + _LEADING * number
        yield Text(x, y, word, SMALL, anchor=Anchor.MIDDLE)
    yield Line(((edge, TOP), (edge, BOTTOM)), _BREAK, Colour.INK)
