"""One bar for each statement or other choice, from its negative end to its positive."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

from bot.digest.chart.blocks import LEADING, LEFT, ROOM, SMALL, Block, heading, moved
from bot.digest.chart.legends import legend
from bot.digest.chart.letters import fitted, plain
from bot.digest.chart.sides import Segment, segments
from bot.digest.chart.verdicts import in_words, one_line, said
from bot.digest.model import ChoiceFigure
from bot.digest.sections.choices import AGREE, verb_of
from bot.digest.voice import Voice
from bot.picture import Rectangle, Shape

_HEIGHT: Final = 270
_NAME_SIZES: Final = (42, SMALL)
_NAME: Final = 64
_TOP: Final = 98
_THICK: Final = 80
_WORDS: Final = 232

_SLIT: Final = 4
"""Between two parts of one side."""

_GAP: Final = 28
"""Between two sides."""


def bar(figure: ChoiceFigure, voice: Voice) -> Block:
    """Show how many chose the positive side, of how many."""
    name = plain(voice.name(figure.question.short))
    titled = name
    if verb_of(figure.question) == AGREE:
        titled = voice.say("chart.statement", name=name)
    size, lines = fitted(titled, _NAME_SIZES, ROOM, 2, is_bold=True)
    parts = segments(figure)
    drawn = _drawn(parts)
    words = legend(figure, parts, drawn, voice)
    body: list[Shape] = [*drawn, *(moved(shape, _WORDS) for shape in words.shapes)]
    more, says = words.height, f"{name}: {words.says}."
    if figure.verdict.direction is not None:
        # A caption that says "slechter" above a picture that is silent would puzzle.
        more += LEADING
        verdict = said(figure.verdict)
        body += one_line(verdict, voice, _WORDS + more, ROOM)
        facts = {"name": name, "verdict": in_words(verdict, voice)}
        says = f"{says} {voice.say('chart.alt.verdict', **facts)}"
    below_name = LEADING * (len(lines) - 1)
    shapes = [moved(shape, below_name) for shape in body]
    shapes += heading(lines, size, _NAME)
    return Block(_HEIGHT + below_name + more, tuple(shapes), says)


def _drawn(parts: Sequence[Segment]) -> tuple[Rectangle, ...]:
    """Draw the parts to scale; what is between them is no part of the scale."""
    gaps = [_SLIT if one.side is other.side else _GAP for one, other in pairwise(parts)]
    room, n = ROOM - sum(gaps), sum(part.n for part in parts)
    passed = accumulate(gaps, initial=LEFT)
    people = accumulate((part.n for part in parts), initial=0)
    found = []
    for part, (before, after), left in zip(
        parts, pairwise(people), passed, strict=True
    ):
        start, end = round(room * before / n), round(room * after / n)
        found.append(Rectangle(left + start, _TOP, end - start, _THICK, part.colour))
    return tuple(found)
