"""A picture as a value: where which words, lines and marks stand, and in what colour.

This is what is stored with a digest, so it holds positions, words and names of colours
and nothing else; `bot.plot` makes an image of it. It imports nothing of ours, so that
drawing needs nothing of the bot.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

WIDTH: Final = 1280
"""Every picture is so many units wide; y runs downward. All positions are whole."""

SMALLEST: Final = 38
"""No words are smaller: a telephone shows a picture about 400 points wide."""


class Colour(StrEnum):
    """The colours that a picture may have, by what they are for."""

    PAPER = "paper"
    INK = "ink"
    MUTED = "muted"
    GRID = "grid"
    LINE = "line"
    BETTER = "better"
    WORSE = "worse"
    BAND = "band"
    OTHER_WORDING = "other_wording"
    MOST_NEGATIVE = "most_negative"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"
    MOST_POSITIVE = "most_positive"


HEX: Final[Mapping[Colour, str]] = {
    Colour.PAPER: "#FFFFFF",
    Colour.INK: "#1B1B1B",
    Colour.MUTED: "#545454",
    Colour.GRID: "#D4D4D4",
    Colour.LINE: "#0072B2",
    Colour.BETTER: "#0072B2",
    Colour.WORSE: "#B84A00",
    Colour.BAND: "#B5D3E7",
    Colour.OTHER_WORDING: "#E6E6E6",
    Colour.MOST_NEGATIVE: "#B84A00",
    Colour.NEGATIVE: "#F2A65A",
    Colour.NEUTRAL: "#C4C4C4",
    Colour.POSITIVE: "#92C5DE",
    Colour.MOST_POSITIVE: "#1F5F99",
}


class Anchor(StrEnum):
    """Which end of some words is at their position."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class Sign(StrEnum):
    """The shapes that mean something; each means one thing."""

    UP = "up"
    DOWN = "down"
    DOT = "dot"
    SQUARE = "square"
    ELLIPSIS = "ellipsis"


Spot = tuple[int, int]
"""A position: x from the left, y from the top."""


@dataclass(frozen=True, slots=True)
class Text:
    """Some words on one line.

    Args:
        x: where their start, middle or end is, as `anchor` says.
        y: where the line is that they stand on.
        size: height of the type.
        is_scale: whether it is a mark on an axis: a place, not a figure.
    """

    x: int
    y: int
    words: str
    size: int
    colour: Colour = Colour.INK
    is_bold: bool = False
    anchor: Anchor = Anchor.START
    is_scale: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line from spot to spot."""

    spots: tuple[Spot, ...]
    width: int
    colour: Colour
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A plane with these corners."""

    spots: tuple[Spot, ...]
    colour: Colour


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A box, by its upper left corner."""

    x: int
    y: int
    width: int
    height: int
    colour: Colour


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign around a spot, with a rim of paper."""

    x: int
    y: int
    size: int
    sign: Sign
    colour: Colour


Shape = Text | Line | Area | Rectangle | Mark

_KINDS: Final[Mapping[str, type[Shape]]] = {
    "text": Text,
    "line": Line,
    "area": Area,
    "rectangle": Rectangle,
    "mark": Mark,
}
_NAMES: Final = {kind: name for name, kind in _KINDS.items()}
_ENUMS: Final = {"colour": Colour, "anchor": Anchor, "sign": Sign}


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn, from back to front.

    Args:
        alt: all that the picture says, in words.
    """

    width: int
    height: int
    alt: str
    shapes: tuple[Shape, ...]

    def to_json(self) -> str:
        """Write it down; the same picture always gives the same text."""
        document = {
            "width": self.width,
            "height": self.height,
            "alt": self.alt,
            "shapes": [
                {"shape": _NAMES[type(shape)], **asdict(shape)} for shape in self.shapes
            ],
        }
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Picture":
        """Read what `to_json` wrote."""
        document = json.loads(text)
        shapes = tuple(_shape(**one) for one in document.pop("shapes"))
        return cls(shapes=shapes, **document)


def _shape(shape: str, **fields: Any) -> Shape:
    for name, enum in _ENUMS.items():
        if name in fields:
            fields[name] = enum(fields[name])
    if "spots" in fields:
        fields["spots"] = tuple((x, y) for x, y in fields["spots"])
    return _KINDS[shape](**fields)
