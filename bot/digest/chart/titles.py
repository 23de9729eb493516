"""The top of a picture: which survey it is of, and of when."""

from collections.abc import Sequence
from typing import Final

from bot.core.questions.base import Label
from bot.digest.chart.blocks import LEADING, LEFT, ROOM, SMALL, Block, heading
from bot.digest.chart.letters import fitted, plain
from bot.digest.voice import Voice
from bot.picture import Colour, Text

_HEIGHT: Final = 205
_TITLE: Final = 92
_LINE: Final = 66
"""From the last line of the title to what stands below it."""

_ON_ONE_LINE: Final = (58, 54, 50, 46)
_ON_SEVERAL: Final = (46, 42, SMALL)
_LINES: Final = 3
_SMALLER: Final = (40, SMALL)
_LEADING: Final = 50


def title(name: Label, lines: Sequence[str], voice: Voice) -> Block:
    """Set the name of a survey, and the lines below it."""
    named = plain(voice.name(name))
    size, titled = fitted(named, _ON_ONE_LINE, ROOM, is_bold=True)
    if titled != (named,):
        size, titled = fitted(named, _ON_SEVERAL, ROOM, _LINES, is_bold=True)
    more = LEADING * (len(titled) - 1)
    below: list[Text] = []
    for words in lines:
        smaller, found = fitted(words, _SMALLER, ROOM, 2)
        for line in found:
            y = _TITLE + more + _LINE + _LEADING * len(below)
            below.append(Text(LEFT, y, line, smaller, Colour.MUTED))
    more += _LEADING * (len(below) - 1)
    says = voice.say("chart.alt.title", title=named, lines=", ".join(lines))
    return Block(_HEIGHT + more, (*heading(titled, size, _TITLE), *below), says)
