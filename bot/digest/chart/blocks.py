"""A picture is a pile of blocks, each with its shapes and its sentence.

A block is laid out from its own top; what its words need is part of its height, so
that a long name makes a picture longer and never covers anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, assert_never

from bot.picture import (
    WIDTH,
    Anchor,
    Area,
    Colour,
    Line,
    Mark,
    Picture,
    Rectangle,
    Shape,
    Spot,
    Text,
)

LEFT: Final = 52
RIGHT: Final = 1228
ROOM: Final = RIGHT - LEFT

SMALL: Final = 38
"""The size of ordinary words, and the smallest there is."""

LEADING: Final = 56
"""From one line of a heading to the next."""

BELOW_MIDDLE: Final = 14
"""From the middle of small words down to the line that they stand on."""

_RULE: Final = 4


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a picture over its whole width.

    Args:
        says: the same in words.
    """

    height: int
    shapes: tuple[Shape, ...]
    says: str


def pile(blocks: Iterable[Block]) -> Picture:
    """Put blocks below each other, with a rule above each but the first."""
    shapes: list[Shape] = []
    says: list[str] = []
    top = 0
    for block in blocks:
        if top:
            shapes.append(Line(((LEFT, top), (RIGHT, top)), _RULE, Colour.GRID))
        shapes += [moved(shape, top) for shape in block.shapes]
        says.append(block.says)
        top += block.height
    return Picture(WIDTH, top, " ".join(says), tuple(shapes))


def moved(shape: Shape, down: int) -> Shape:
    """Give the same shape so many units lower."""

    def lower(spots: tuple[Spot, ...]) -> tuple[Spot, ...]:
        return tuple((x, y + down) for x, y in spots)

    match shape:
        case Text() | Rectangle() | Mark():
            return replace(shape, y=shape.y + down)
        case Line() | Area():
            return replace(shape, spots=lower(shape.spots))
        case _:
            assert_never(shape)


def heading(
    lines: Iterable[str], size: int, top: int, colour: Colour = Colour.INK
) -> tuple[Text, ...]:
    """Set lines in bold below each other, the first of them standing on `top`."""
    return tuple(
        Text(LEFT, top + LEADING * number, line, size, colour, is_bold=True)
        for number, line in enumerate(lines)
    )


def scale_text(x: int, y: int, words: str, anchor: Anchor) -> Text:
    """Set a tick or a week of an axis."""
    return Text(x, y, words, SMALL, Colour.MUTED, anchor=anchor, is_scale=True)
