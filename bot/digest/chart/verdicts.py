"""A verdict as a sign, a colour and two short lines; each alone says which it is."""

from dataclasses import dataclass
from typing import Final, assert_never

from bot.digest.chart.blocks import LEFT, SMALL
from bot.digest.chart.letters import fitted
from bot.digest.model import Direction, Standing, Verdict
from bot.digest.voice import Voice
from bot.picture import Colour, Mark, Shape, Sign, Text

_SIZES: Final = (46, 42, SMALL)
_SMALLER: Final = (40, SMALL)
_SIGN: Final = 34
_GAP: Final = 14


@dataclass(frozen=True, slots=True)
class Said:
    """How a verdict is shown.

    Args:
        key: the name of its words in the catalogue.
    """

    key: str
    sign: Sign
    colour: Colour


def said(verdict: Verdict) -> Said:
    """Choose the sign, colour and words of a verdict."""
    match verdict.standing:
        case Standing.STARTED | Standing.HELD:
            if verdict.direction is Direction.BETTER:
                return Said("better", Sign.UP, Colour.BETTER)
            return Said("worse", Sign.DOWN, Colour.WORSE)
        case Standing.NO_DIFFERENCE:
            return Said("no_difference", Sign.DOT, Colour.MUTED)
        case Standing.ENDED:
            return Said("ended", Sign.DOT, Colour.MUTED)
        case Standing.RUNNING:
            return Said("running", Sign.SQUARE, Colour.MUTED)
        case Standing.NO_BASELINE:
            return Said("no_baseline", Sign.ELLIPSIS, Colour.MUTED)
        case _:
            assert_never(verdict.standing)


TOO_FEW: Final = Said("too_few", Sign.ELLIPSIS, Colour.MUTED)


def in_words(shown: Said, voice: Voice) -> str:
    """Give the words of a verdict as one phrase."""
    lines = (voice.say(f"chart.{shown.key}.{line}") for line in ("first", "second"))
    return " ".join(lines)


def two_lines(shown: Said, voice: Voice, top: int, room: int) -> tuple[Shape, ...]:
    """Set the sign and the words; the first line stands on `top`."""
    beside = LEFT + _SIGN + _GAP
    first = voice.say(f"chart.{shown.key}.first")
    second = voice.say(f"chart.{shown.key}.second")
    size, (first,) = fitted(first, _SIZES, room - beside + LEFT, is_bold=True)
    smaller, (second,) = fitted(second, _SMALLER, room, is_bold=True)
    return (
        _sign(shown, top),
        Text(beside, top, first, size, shown.colour, is_bold=True),
        Text(LEFT, top + 52, second, smaller, shown.colour, is_bold=True),
    )


def one_line(shown: Said, voice: Voice, top: int, room: int) -> tuple[Shape, ...]:
    """Set the sign and the words on one line that stands on `top`."""
    beside = LEFT + _SIGN + _GAP
    sizes = (40, SMALL)
    words = in_words(shown, voice)
    size, (words,) = fitted(words, sizes, room - beside + LEFT, is_bold=True)
    return (
        _sign(shown, top),
        Text(beside, top, words, size, shown.colour, is_bold=True),
    )


def _sign(shown: Said, top: int) -> Mark:
    return Mark(LEFT + _SIGN // 2, top - 16, _SIGN, shown.sign, shown.colour)
