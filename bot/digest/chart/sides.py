"""What of a choice may be drawn apart. Nobody is singled out.

The sentence of a digest does not count out loud fewer than three people on one side
(`bot.digest.sections.choices`); so a picture draws neither such a side nor such a part
of one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from bot.core.questions import Option
from bot.digest.model import ChoiceFigure
from bot.digest.sections.choices import SINGLED_OUT
from bot.picture import Colour


class Side(StrEnum):
    """On which side of a scale an option is."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the bar: so many people, on one side.

    Args:
        is_mixed: whether some of another side are among them.
    """

    n: int
    side: Side
    colour: Colour
    is_mixed: bool = False


def segments(figure: ChoiceFigure) -> tuple[Segment, ...]:
    """Give the parts of the bar from left to right; one for all where it must be so."""
    if figure.positive < SINGLED_OUT:
        if options_on(Side.NEUTRAL, figure):
            return (Segment(figure.n, Side.NEUTRAL, Colour.NEUTRAL),)
        return (Segment(figure.n, Side.NEGATIVE, Colour.NEGATIVE),)
    if figure.n - figure.positive < SINGLED_OUT:
        return (Segment(figure.n, Side.POSITIVE, Colour.POSITIVE),)
    positive = figure.question.positive
    found = _coloured(figure, positive)
    rest = [one for one in found if one.side is not Side.POSITIVE]
    agreeing = [one for one in found if one.side is Side.POSITIVE]
    return (*_merged(rest), *reversed(_merged(agreeing[::-1])))


def options_on(side: Side, figure: ChoiceFigure) -> tuple[Option, ...]:
    """Give the options on one side, from the negative end of the scale."""
    positive = figure.question.positive
    return tuple(
        option for option in figure.question.options if _side(option, positive) is side
    )


def _side(option: Option, positive: frozenset[str]) -> Side:
    if option.code in positive:
        return Side.POSITIVE
    if option.direction == "neutral":
        return Side.NEUTRAL
    return Side.NEGATIVE


def _coloured(figure: ChoiceFigure, positive: frozenset[str]) -> list[Segment]:
    """Colour each option: the ends of the scale strongly, what is between them less."""
    options = figure.question.options
    found = []
    for option in options:
        side = _side(option, positive)
        is_end = option in (options[0], options[-1])
        match side:
            case Side.POSITIVE:
                colour = Colour.MOST_POSITIVE if is_end else Colour.POSITIVE
            case Side.NEUTRAL:
                colour = Colour.NEUTRAL
            case Side.NEGATIVE:
                colour = Colour.MOST_NEGATIVE if is_end else Colour.NEGATIVE
            case _:
                assert_never(side)
        found.append(Segment(figure.chosen.get(option.code, 0), side, colour))
    return found


def _merged(outward: Sequence[Segment]) -> list[Segment]:
    """Join each part that is too small with a neighbour, of the same side if it can be.

    What was joined looks as its larger part; one that nobody chose is joined as well,
    so that it does not show.
    """
    found = list(outward)
    while len(found) > 1 and min(one.n for one in found) < SINGLED_OUT:
        at = min(range(len(found)), key=lambda place: found[place].n)
        beside = _neighbour(found, at)
        larger = max(found[at], found[beside], key=lambda one: one.n)
        is_mixed = (
            found[at].is_mixed
            or found[beside].is_mixed
            or found[at].side is not found[beside].side
        )
        n = found[at].n + found[beside].n
        found[beside] = replace(larger, n=n, is_mixed=is_mixed)
        del found[at]
    return found


def _neighbour(found: Sequence[Segment], at: int) -> int:
    """Choose the next part towards the middle, or the one before it."""
    if at + 1 == len(found):
        return at - 1
    is_apart = found[at + 1].side is not found[at].side
    if is_apart and at > 0 and found[at - 1].side is found[at].side:
        return at - 1
    return at + 1
