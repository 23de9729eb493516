"""What the layers speak of: a piece of a text, of a kind, that one layer took.

A layer is given a text in which whatever earlier layers took is covered, letter by
letter, so that pieces never overlap and no later layer sees what is gone already.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

COVER: Final = "\ufffc"
"""Stands for each letter that is taken; no layer takes it, and nobody can type it."""


class Kind(StrEnum):
    """What a piece is; its value stands in the text in its place, in every language."""

    NAME = "[NAAM]"
    BSN = "[BSN]"
    IBAN = "[IBAN]"
    PHONE = "[TELEFOON]"
    EMAIL = "[E-MAIL]"
    LINK = "[LINK]"
    USER = "[GEBRUIKER]"
    CASE = "[DOSSIER]"
    POSTCODE = "[POSTCODE]"
    ADDRESS = "[ADRES]"
    DATE = "[DATUM]"
    NUMBER = "[NUMMER]"


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """Personal data in a text.

    Args:
        start: where its first letter is, from 0.
        end: where it has ended.
    """

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Taken:
    """A piece and the layer that took it."""

    piece: Piece
    layer: str


Layer = Callable[[str], Iterable[Piece]]
"""Finds pieces in a text; they may overlap each other, and the first one counts."""


def taken(text: str, layers: Iterable[tuple[str, Layer]]) -> list[Taken]:
    """Let layer after layer take its pieces; in the order of the text."""
    found: list[Taken] = []
    for name, layer in layers:
        for piece in layer(text):
            inside = text[piece.start : piece.end]
            if not inside or COVER in inside:
                continue
            text = text[: piece.start] + COVER * len(inside) + text[piece.end :]
            found.append(Taken(piece, name))
    return sorted(found, key=lambda one: one.piece)
