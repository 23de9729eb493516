"""The picture of a digest by phase: a dot and a range for each, in the flow's order.

It says nothing of which is higher; only the text may, and only where that is clear.
"""

from collections.abc import Iterator
from typing import Final

from bot.core.flow import Origin
from bot.core.questions import Grade
from bot.digest.chart.axis import Axis, Value, axis_for
from bot.digest.chart.blocks import (
    LEADING,
    LEFT,
    ROOM,
    SMALL,
    Block,
    heading,
    moved,
    pile,
    scale_text,
)
from bot.digest.chart.cards import COLUMN, NAME_SIZES, range_box
from bot.digest.chart.letters import cut, fitted, plain, width
from bot.digest.chart.timeline import LEFT as START
from bot.digest.chart.timeline import RIGHT
from bot.digest.chart.titles import title
from bot.digest.model import PhaseComparison, PhaseFigure, PhaseReport
from bot.digest.sections.phases import span
from bot.digest.voice import Voice
from bot.picture import (
    Anchor,
    Colour,
    Line,
    Mark,
    Picture,
    Rectangle,
    Shape,
    Sign,
    Text,
)

_NAME: Final = 66
_FIRST: Final = 100
_ROW: Final = 190
_AXIS: Final = 84
_MEAN: Final = 54
_SIGN: Final = 36
_BAND: Final = 50
_THIN: Final = 2
_INSET: Final = 24


def phase_chart(report: PhaseReport, voice: Voice) -> Picture | None:
    """Draw the grades of each phase; None where no grade was compared."""
    grades = [
        (one, one.question)
        for one in report.comparisons
        if isinstance(one.question, Grade)
    ]
    if not grades:
        return None
    # As in the weekly picture: invited people, or else those who walked in.
    origins = {one.origin for one, _ in grades}
    origin = Origin.INVITED if Origin.INVITED in origins else Origin.WALK_IN
    lines = [span(report, voice)]
    if origin is Origin.WALK_IN:
        lines.append(voice.say("chart.walk_in"))
    grades = [(one, question) for one, question in grades if one.origin is origin]
    shown = [(question, tuple(_extent(one))) for one, question in grades]
    blocks = [title(report.name, lines, voice)]
    for one, question in grades:
        axis = axis_for(question, shown, START + _INSET, RIGHT - _INSET)
        blocks.append(_card(one, axis, voice))
    return pile(blocks)


def _extent(comparison: PhaseComparison) -> Iterator[Value]:
    for figure in comparison.figures:
        yield from (figure.low, figure.high)


def _card(comparison: PhaseComparison, axis: Axis, voice: Voice) -> Block:
    name = plain(voice.name(comparison.question.short))
    size, lines = fitted(name, NAME_SIZES, ROOM, 2, is_bold=True)
    top = _FIRST + LEADING * (len(lines) - 1)
    bottom = top + _ROW * len(comparison.figures)
    shapes: list[Shape] = [*heading(lines, size, _NAME), *_grid(axis, top, bottom)]
    says = []
    for number, figure in enumerate(comparison.figures):
        phase = voice.say(f"phases.name.{figure.phase}")
        row = _row(figure, phase, axis, voice)
        shapes += [moved(shape, top + _ROW * number) for shape in row]
        says.append(_said(figure, phase, voice))
    return Block(bottom + _AXIS, tuple(shapes), f"{name}: {'; '.join(says)}.")


def _grid(axis: Axis, top: int, bottom: int) -> Iterator[Shape]:
    for value in axis.ticks:
        x = axis.at(value)
        yield Line(((x, top), (x, bottom)), _THIN, Colour.GRID)
        yield scale_text(x, bottom + 46, str(value), Anchor.MIDDLE)


def _row(
    figure: PhaseFigure, phase: str, axis: Axis, voice: Voice
) -> tuple[Shape, ...]:
    mean = voice.number(figure.mean)
    beside = LEFT + width(mean, _MEAN, is_bold=True) + 18
    low, high = axis.at(figure.low), axis.at(figure.high)
    middle = 92
    return (
        Text(LEFT, 42, cut(phase[:1].upper() + phase[1:], SMALL, COLUMN), SMALL),
        Text(LEFT, 108, mean, _MEAN, is_bold=True),
        *range_box(beside, 66, _range(figure, voice)),
        Text(LEFT, 158, _answers(figure, voice), SMALL, Colour.MUTED),
        Rectangle(low, middle - _BAND // 2, high - low, _BAND, Colour.BAND),
        Mark(axis.at(figure.mean), middle, _SIGN, Sign.DOT, Colour.LINE),
    )


def _range(figure: PhaseFigure, voice: Voice) -> str:
    low, high = voice.number(figure.low), voice.number(figure.high)
    return voice.say("chart.range", low=low, high=high)


def _answers(figure: PhaseFigure, voice: Voice) -> str:
    return voice.say("chart.answers", n=figure.n)


def _said(figure: PhaseFigure, phase: str, voice: Voice) -> str:
    return voice.say(
        "chart.alt.phase",
        phase=phase,
        mean=voice.number(figure.mean),
        range=_range(figure, voice),
        answers=_answers(figure, voice),
    )
