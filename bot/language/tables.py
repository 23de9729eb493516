"""Score words against the tables of langdetect: the same text, the same scores, always.

Its own detector draws lots, stops early and skips words in capitals; only its tables
are used. They are read once, script by script, and never written.
"""

import importlib.util
import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log1p
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

_OF_LATIN: Final = (
    "af ca cs cy da de en es et fi fr hr hu id it lt lv nl no pl pt ro sk sl so sq sv"
    " sw tl tr vi"
)
BY_SCRIPT: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "LATIN": tuple(_OF_LATIN.split()),
        "ARABIC": ("ar", "fa", "ur"),
        "CYRILLIC": ("bg", "mk", "ru", "uk"),
        "DEVANAGARI": ("hi", "mr", "ne"),
    }
)
"""The tables of each script that several languages with a table share."""

_ALPHA: Final = 0.5
_BASE: Final = 10_000
_LONGEST: Final = 3
"""Letters in the longest piece of a word; each letter is in pieces of 1, 2 and 3."""
_OWN_LETTER: Final = 0.00005
"""The share of its letters from which on a letter is one of the language."""
_YEH: Final = "ي"
_FARSI_YEH: Final = "ی"
_AS_IN_TABLES: Final = str.maketrans(
    {
        _FARSI_YEH: _YEH,
        "ș": "ş",
        "ț": "ţ",
        **{chr(letter): "ể" for letter in range(0x1EA0, 0x1F00)},
    }
)
"""The tables write some letters as one: both kinds of yeh, and most of Vietnamese."""


@dataclass(frozen=True, slots=True)
class Table:
    """How much each piece of a word speaks for each language of a script.

    Args:
        letters: those of each language, as they are typed.
        rows: where the row of a piece begins in `gains`.
        gains: row after row, one number for each language: how much likelier the piece
            is in it than a piece that it does not know, as a logarithm.
    """

    languages: tuple[str, ...]
    letters: tuple[frozenset[str], ...]
    rows: Mapping[str, int]
    gains: Sequence[float]

    def scores(self, word: str) -> list[float]:
        """Give, by language, how likely a word is: a logarithm, up to a common term."""
        width = len(self.languages)
        found = (self.rows.get(piece) for piece in _pieces(word))
        rows = [self.gains[row : row + width] for row in found if row is not None]
        columns = zip([0.0] * width, *rows, strict=True)
        return [sum(column) / _LONGEST for column in columns]


@cache
def table(script: str) -> Table:
    """Read the tables of a script; the first time takes up to a fifth of a second.

    Two threads may both read them. They read the same, and neither sees half of it.
    """
    languages = BY_SCRIPT[script]
    letters: list[frozenset[str]] = []
    rows: dict[str, int] = {}
    gains = array("f")
    for index, language in enumerate(languages):
        profile = _profile(language)
        shares = {
            piece: times / profile["n_words"][len(piece) - 1]
            for piece, times in profile["freq"].items()
        }
        for piece, share in shares.items():
            row = rows.get(piece)
            if row is None:
                row = rows[piece] = len(gains)
                gains.extend([0.0] * len(languages))
            gains[row + index] = log1p(share * _BASE / _ALPHA)
        letters.append(_letters(language, shares))
    return Table(languages, tuple(letters), rows, gains)


def warm() -> None:
    """Read the tables of all scripts."""
    for script in BY_SCRIPT:
        table(script)


def _letters(language: str, shares: Mapping[str, float]) -> frozenset[str]:
    own = {
        piece
        for piece, share in shares.items()
        if len(piece) == 1 and share >= _OWN_LETTER
    }
    typed = {chr(one) for one, written in _AS_IN_TABLES.items() if written in own}
    # Farsi and Urdu have a yeh of their own on the keyboard, and Arabic has its own.
    other = _YEH if language in ("fa", "ur") else _FARSI_YEH
    return frozenset(own | typed) - {other}


def _profile(language: str) -> Any:
    # Found without being imported: none of its code is run.
    spec = importlib.util.find_spec("langdetect")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("langdetect")
    file = Path(spec.origin).parent / "profiles" / language
    return json.loads(file.read_text(encoding="utf-8"))


def _pieces(word: str) -> Iterator[str]:
    padded = f" {word.translate(_AS_IN_TABLES)} "
    for end in range(2, len(padded) + 1):
        for start in range(max(0, end - _LONGEST), end):
            piece = padded[start:end]
            if piece != " ":
                yield piece
