"""The picture of a plan: a few bars below each other, each with its words.

It gets every word and number ready made, and must never say more than the text does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.digest.chart.blocks import (
    LEADING,
    LEFT,
    RIGHT,
    ROOM,
    SMALL,
    Block,
    heading,
    moved,
    pile,
)
from bot.digest.chart.letters import fitted, plain, width
from bot.picture import Anchor, Colour, Picture, Rectangle, Shape, Text

_TITLE: Final = 92
_TITLES: Final = (58, 54, 50, 46)
_NAME: Final = 66
_NAMES: Final = (46, 42, SMALL)
_ROW: Final = 116
_ABOVE: Final = 54
"""From the top of a row down to its bar."""
_THICK: Final = 34
_BELOW: Final = 36
_APART: Final = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart.

    Args:
        value: what stands at its right end, in words.
        start: where it begins, from 0 to 1.
        end: where it ends.
    """

    label: str
    value: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Some bars that share a scale, below a name."""

    name: str
    bars: Sequence[Bar]


def chart(name: str, below: str, groups: Sequence[Bars]) -> Picture:
    """Draw a plan."""
    return pile([_title(name, below), *map(_block, groups)])


def _title(name: str, below: str) -> Block:
    size, titled = fitted(plain(name), _TITLES, ROOM, 2, is_bold=True)
    top = _TITLE + LEADING * len(titled)
    smaller, lines = fitted(plain(below), (SMALL,), ROOM, 3)
    shapes = [
        *heading(titled, size, _TITLE),
        *(
            Text(LEFT, top + LEADING * place, line, smaller, Colour.MUTED)
            for place, line in enumerate(lines)
        ),
    ]
    height = top + LEADING * (len(lines) - 1) + _BELOW
    return Block(height, tuple(shapes), f"{name}: {below}.")


def _block(group: Bars) -> Block:
    size, named = fitted(plain(group.name), _NAMES, ROOM, 2, is_bold=True)
    top = _NAME + LEADING * (len(named) - 1) + _BELOW
    shapes: list[Shape] = [*heading(named, size, _NAME)]
    for bar in group.bars:
        height, row = _row(bar)
        shapes += [moved(shape, top) for shape in row]
        top += height
    says = "; ".join(f"{one.label}: {one.value}" for one in group.bars)
    return Block(top + _BELOW, tuple(shapes), f"{group.name}: {says}.")


def _row(bar: Bar) -> tuple[int, list[Shape]]:
    """Draw one line; its words take two where one has no room for them."""
    label, value = plain(bar.label), plain(bar.value)
    is_long = width(label, SMALL) + _APART + width(value, SMALL) > ROOM
    more = LEADING if is_long else 0
    top = _ABOVE + more
    start, end = round(ROOM * bar.start), round(ROOM * bar.end)
    return _ROW + more, [
        Text(LEFT, SMALL, label, SMALL),
        Text(RIGHT, SMALL + more, value, SMALL, anchor=Anchor.END),
        Rectangle(LEFT, top, ROOM, _THICK, Colour.OTHER_WORDING),
        Rectangle(LEFT + start, top, end - start, _THICK, Colour.LINE),
    ]
