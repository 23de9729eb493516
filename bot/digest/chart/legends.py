"""The words below a bar: what its left side is, its middle, and how many its right.

They stand on one line where they fit, and below each other where they do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.digest.chart.blocks import LEFT, RIGHT, ROOM, SMALL, Block
from bot.digest.chart.letters import fitted, plain, width
from bot.digest.chart.sides import Segment, Side, options_on
from bot.digest.model import ChoiceFigure
from bot.digest.sections.choices import AGREE, SINGLED_OUT, quoted, verb_of
from bot.digest.voice import Voice
from bot.picture import Anchor, Colour, Rectangle, Text

_LEADING: Final = 50
_APART: Final = 40
_LINES: Final = 3

_COLOURS: Final = {
    Side.NEGATIVE: Colour.WORSE,
    Side.NEUTRAL: Colour.MUTED,
    Side.POSITIVE: Colour.MOST_POSITIVE,
}


@dataclass(frozen=True, slots=True)
class _Words:
    side: Side
    words: str

    @property
    def width(self) -> int:
        return width(self.words, SMALL, is_bold=True)

    def text(self, x: int, y: int, anchor: Anchor) -> Text:
        colour = _COLOURS[self.side]
        return Text(x, y, self.words, SMALL, colour, is_bold=True, anchor=anchor)


def legend(
    figure: ChoiceFigure,
    parts: Sequence[Segment],
    drawn: Sequence[Rectangle],
    voice: Voice,
) -> Block:
    """Say what the sides of a bar are; the height is what more than one line takes."""
    finding = plain(_finding(figure, voice))
    if len(parts) == 1:
        return _pile([_lines(_Words(parts[0].side, finding))], finding)
    rest = _rest(figure, parts, voice)
    positive = _Words(Side.POSITIVE, finding)
    # The middle of the middle part, if it has one.
    middle = next(
        (
            box.x + box.width // 2
            for box, part in zip(drawn, parts, strict=True)
            if part.side is Side.NEUTRAL
        ),
        LEFT,
    )
    beside = _on_one_line([*rest, positive], middle)
    if beside is not None:
        return _pile([beside], finding)
    above = _on_one_line(rest, middle)
    rows = [above] if above is not None else [_lines(one) for one in rest]
    return _pile([*rows, _lines(positive)], finding)


def _pile(rows: Sequence[Sequence[Text]], finding: str) -> Block:
    """Put rows of words below each other."""
    texts: list[Text] = []
    top = 0
    for row in rows:
        texts += [replace(text, y=text.y + top) for text in row]
        top += _LEADING * len({text.y for text in row})
    return Block(top - _LEADING, tuple(texts), finding)


def _rest(figure: ChoiceFigure, parts: Sequence[Segment], voice: Voice) -> list[_Words]:
    """Name what is not the positive side, as far as it is drawn apart."""
    others = [part for part in parts if part.side is not Side.POSITIVE]
    if any(part.is_mixed for part in others):
        # Whoever is too few to be drawn apart is not to be named apart either.
        return [_Words(others[0].side, voice.say("chart.rest"))]
    return [
        _Words(side, plain(_named(side, figure, voice)))
        for side in (Side.NEGATIVE, Side.NEUTRAL)
        if any(part.side is side for part in others)
    ]


def _finding(figure: ChoiceFigure, voice: Voice) -> str:
    """Say what the sentence of the digest says, in short."""
    question = figure.question
    verb, facts = verb_of(question), dict[str, object]()
    if verb != AGREE:
        facts["options"] = quoted(question.positive_side, voice)
    if figure.positive < SINGLED_OUT:
        return voice.say(f"chart.{verb}.none", **facts)
    if figure.n - figure.positive < SINGLED_OUT:
        return voice.say(f"chart.{verb}.all", **facts)
    facts |= {"positive": figure.positive, "n": figure.n}
    return voice.say(f"chart.{verb}.some", **facts)


def _named(side: Side, figure: ChoiceFigure, voice: Voice) -> str:
    if side is Side.NEGATIVE and verb_of(figure.question) == AGREE:
        return voice.say("chart.disagree")
    return quoted(options_on(side, figure), voice)


def _on_one_line(found: Sequence[_Words], middle: int) -> list[Text] | None:
    """Put each where its side is; None where that is too narrow for them."""
    start, end = LEFT, RIGHT
    texts: list[Text] = []
    by_side = {one.side: one for one in found}
    if (negative := by_side.get(Side.NEGATIVE)) is not None:
        texts.append(negative.text(LEFT, 0, Anchor.START))
        start += negative.width + _APART
    if (positive := by_side.get(Side.POSITIVE)) is not None:
        texts.append(positive.text(RIGHT, 0, Anchor.END))
        end -= positive.width + _APART
    if (neutral := by_side.get(Side.NEUTRAL)) is not None:
        half = neutral.width // 2 + 1
        x = min(max(middle, start + half), end - half)
        texts.append(neutral.text(x, 0, Anchor.MIDDLE))
        start += 2 * half
    return texts if start <= end else None


def _lines(one: _Words) -> list[Text]:
    """Put words on lines of their own, on the side that they are of."""
    _, lines = fitted(one.words, (SMALL,), ROOM, _LINES, is_bold=True)
    is_right = one.side is Side.POSITIVE
    x, anchor = (RIGHT, Anchor.END) if is_right else (LEFT, Anchor.START)
    return [
        _Words(one.side, line).text(x, _LEADING * number, anchor)
        for number, line in enumerate(lines)
    ]
