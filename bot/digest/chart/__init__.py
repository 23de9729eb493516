"""The picture of a digest: every number in it also stands in the digest's text.

It shows one card for each grade and one bar for each choice, of the people who were
invited; of those who walked in only where nobody was invited. Nothing in it is said by
colour alone.
"""

from typing import assert_never

from bot.core.flow import Origin
from bot.core.questions import Choice
from bot.digest.chart.axis import axis_for
from bot.digest.chart.bars import bar
from bot.digest.chart.blocks import Block, pile
from bot.digest.chart.cards import grade_card, too_few_card
from bot.digest.chart.timeline import timeline
from bot.digest.chart.titles import title
from bot.digest.chart.trend import BOTTOM, TOP, extent
from bot.digest.model import (
    WINDOW,
    ChoiceFigure,
    Figure,
    GradeFigure,
    Part,
    Report,
    TooFew,
)
from bot.digest.voice import Voice
from bot.picture import Picture


def chart(report: Report, voice: Voice) -> Picture | None:
    """Draw a digest; None where nobody answered in its window."""
    if not report.parts:
        return None
    # Invited people come first; a picture of both would be too long to read.
    part = min(report.parts, key=lambda one: one.origin is not Origin.INVITED)
    span = voice.say("chart.span", weeks=WINDOW, week=voice.week(report.week))
    lines = [span]
    if part.origin is Origin.WALK_IN:
        lines.append(voice.say("chart.walk_in"))
    figures = sorted(part.figures, key=lambda one: isinstance(one.question, Choice))
    blocks = (_block(figure, part, report.week, voice) for figure in figures)
    return pile([title(report.name, lines, voice), *blocks])


def _block(figure: Figure, part: Part, week: str, voice: Voice) -> Block:
    match figure:
        case GradeFigure():
            grades = [one for one in part.figures if isinstance(one, GradeFigure)]
            extents = [(one.question, tuple(extent(one))) for one in grades]
            axis = axis_for(figure.question, extents, BOTTOM, TOP)
            weeks = timeline(figure, grades, week, voice)
            return grade_card(figure, axis, weeks, voice)
        case ChoiceFigure():
            return bar(figure, voice)
        case TooFew():
            return too_few_card(figure, voice)
        case _:
            assert_never(figure)
