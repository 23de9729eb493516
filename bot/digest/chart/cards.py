"""One card for each grade: the figure in large type, and the line beside it."""

from typing import Final

from bot.digest.chart.axis import Axis
from bot.digest.chart.blocks import (
    LEADING,
    LEFT,
    ROOM,
    SMALL,
    Block,
    heading,
    moved,
)
from bot.digest.chart.letters import fitted, plain, width
from bot.digest.chart.timeline import Timeline
from bot.digest.chart.trend import trend
from bot.digest.chart.verdicts import TOO_FEW, in_words, said, two_lines
from bot.digest.model import GradeFigure, TooFew
from bot.digest.voice import Voice
from bot.picture import Colour, Rectangle, Shape, Text

COLUMN: Final = 472
"""How wide the numbers beside the line may be."""

NAME_SIZES: Final = (46, 42, SMALL)
_NAME: Final = 66
_LINES: Final = 3
_GRADE: Final = 142
_HEIGHT: Final = 500
_HEIGHT_TOO_FEW: Final = 290


def grade_card(figure: GradeFigure, axis: Axis, weeks: Timeline, voice: Voice) -> Block:
    """Show a grade, and how it went."""
    name = plain(voice.name(figure.question.short))
    shown, more = _named(name, COLUMN)
    mean = voice.number(figure.mean)
    low, high = voice.number(figure.low), voice.number(figure.high)
    between = voice.say("chart.range", low=low, high=high)
    answers = voice.say("chart.answers", n=figure.n)
    verdict = said(figure.verdict)
    body = (
        Text(LEFT, 206, mean, _GRADE, is_bold=True),
        *range_box(LEFT, 246, between),
        Text(LEFT, 340, answers, SMALL, Colour.MUTED),
        *two_lines(verdict, voice, 406, COLUMN),
        *trend(figure, axis, weeks, voice),
    )
    says = [
        voice.say(
            "chart.alt.grade",
            name=name,
            mean=mean,
            range=between,
            answers=answers,
            verdict=in_words(verdict, voice),
        )
    ]
    if figure.verdict.baseline is not None:
        baseline = voice.number(figure.verdict.baseline.mean)
        says.append(voice.say("chart.alt.nulmeting", mean=baseline))
    if weeks.other:
        says.append(voice.say("chart.alt.other_wording"))
    shapes = (*shown, *(moved(shape, more) for shape in body))
    return Block(_HEIGHT + more, shapes, " ".join(says))


def too_few_card(figure: TooFew, voice: Voice) -> Block:
    """Show that a question has no figure yet; never how many answers it has."""
    name = plain(voice.name(figure.question.short))
    shown, more = _named(name, ROOM)
    body = two_lines(TOO_FEW, voice, 156, ROOM)
    says = voice.say("chart.alt.too_few", name=name, verdict=in_words(TOO_FEW, voice))
    shapes = (*shown, *(moved(shape, more) for shape in body))
    return Block(_HEIGHT_TOO_FEW + more, shapes, says)


def range_box(x: int, y: int, words: str) -> tuple[Shape, ...]:
    """Set a range on the colour of the band, which so needs no legend."""
    return (
        Rectangle(x, y, width(words, SMALL) + 18, 54, Colour.BAND),
        Text(x + 9, y + 40, words, SMALL),
    )


def _named(name: str, room: int) -> tuple[tuple[Text, ...], int]:
    """Set a name in the room, or else above all of it; give how much that takes."""
    size, lines = fitted(name, NAME_SIZES, room, is_bold=True)
    if lines == (name,):
        return heading(lines, size, _NAME), 0
    size, lines = fitted(name, NAME_SIZES, ROOM, _LINES, is_bold=True)
    # Beside the line there is now nothing where the name would have stood.
    taken = LEADING * len(lines) if room < ROOM else LEADING * (len(lines) - 1)
    return heading(lines, size, _NAME), taken
