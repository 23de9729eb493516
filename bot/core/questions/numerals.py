"""Read the one number that a text says, in digits of any script or in words.

Every word must be known, so that what is read is never a guess: `geen 7`,
`7 keer gebeld` and `7 of 8` say no number.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from fractions import Fraction
from typing import Final

from bot.core.questions.base import SOURCE
from bot.core.questions.folding import fold
from bot.core.questions.number_words import (
    ARTICLES,
    FILLERS,
    HALF_WORDS,
    HALVES,
    OUT_OF,
    OUT_OF_FIRST,
    WORDS,
)


class _Part(Enum):
    """What a piece of text is, where it is not a number."""

    ARTICLE = auto()
    ONE = auto()
    """An article that is a number where it stands alone."""
    FILLER = auto()
    HALF = auto()
    OUT_OF = auto()
    OUT_OF_FIRST = auto()
    PLUS = auto()
    MINUS = auto()
    UNKNOWN = auto()


_Piece = Fraction | _Part

_PIECE: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?|[^\W\d_]+|\S")
_NUMBER: Final = re.compile(r"[0-9]{1,2}(?:[.,][0-9]{1,2})?")
_HYPHEN: Final = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_STRESSED_ONE: Final = re.compile(r"\b(?:één|éen|eén)\b")
_SIGNS: Final = {"/": _Part.OUT_OF, "+": _Part.PLUS, "-": _Part.MINUS}
_TELLING: Final = frozenset("%#@&\\")
"""Punctuation that changes what a number is."""
_DECOR: Final = frozenset(("Pc", "Po", "Ps", "Pe", "Pi", "Pf", "So", "Sk"))
"""Kinds of signs that change nothing: full stops, brackets, pictures."""

_FRACTIONS: Final = frozenset(
    (Fraction(one), Fraction(two)) for one, two in ((1, 2), (1, 4), (3, 4))
)
_QUARTER: Final = Fraction(1, 4)
_ADDED: Final[dict[_Piece, Fraction]] = {
    _Part.HALF: Fraction(1, 2),
    # A school mark of 7+ is a little over seven, 7- a little under it.
    _Part.PLUS: _QUARTER,
    _Part.MINUS: -_QUARTER,
}


def said_number(text: str, highest: int, languages: Sequence[str]) -> Fraction | None:
    """Give the number a text says, or None where it says none, or more than one.

    Args:
        highest: the end of the scale, which may stand behind it: `8/10`.
        languages: those whose words are known; the source is always one of them.
    """
    spoken = (SOURCE, *languages)
    pieces = list(_pieces(_plain(text, spoken), spoken))
    pieces = _without_highest(pieces, Fraction(highest))
    if set(pieces) == {_Part.ONE}:
        return Fraction(1)
    numbers = {piece for piece in pieces if isinstance(piece, Fraction)}
    if len(numbers) != 1:
        return None
    return _with_additions(numbers.pop(), pieces)


def _plain(text: str, spoken: Iterable[str]) -> str:
    """Write every digit as 0-9, and what stands between two numbers as a slash."""
    stressed = unicodedata.normalize("NFC", text).casefold()
    stressed = _STRESSED_ONE.sub("1", stressed).replace("\U0001f51f", "10")
    folded = fold("".join(map(_apart, stressed))).replace("\u2044", "/")
    folded = "".join(map(_ascii, folded))
    for language in spoken:
        for words in OUT_OF.get(language, ()):
            folded = re.sub(rf"\b{words}\b", "/", folded)
    return _HYPHEN.sub(" ", folded)


def _apart(character: str) -> str:
    """Keep a fraction or a raised digit from growing onto the digit before it."""
    return f" {character} " if unicodedata.category(character) == "No" else character


def _ascii(character: str) -> str:
    if character in "'’":
        return ""
    if character in "٫،":
        return ","
    if unicodedata.category(character) == "Pd":
        return "-"
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def _pieces(plain: str, spoken: Sequence[str]) -> Iterator[_Piece]:
    for word in _PIECE.findall(plain):
        if word[0].isalpha():
            yield _word(word, spoken)
        elif word[0].isdecimal():
            is_short = _NUMBER.fullmatch(word)
            yield Fraction(word.replace(",", ".")) if is_short else _Part.UNKNOWN
        elif word in _SIGNS:
            yield _SIGNS[word]
        elif word in _TELLING or unicodedata.category(word) not in _DECOR:
            yield _Part.UNKNOWN


def _word(word: str, spoken: Sequence[str]) -> _Piece:
    def is_in(lists: dict[str, frozenset[str]]) -> bool:
        return any(word in lists.get(language, ()) for language in spoken)

    for language in spoken:
        if word in HALF_WORDS.get(language, {}):
            return HALF_WORDS[language][word] + Fraction(1, 2)
        if word in WORDS.get(language, {}):
            is_article = is_in(ARTICLES)
            return _Part.ONE if is_article else Fraction(WORDS[language][word])
    if any(word in OUT_OF_FIRST.get(language, ()) for language in spoken):
        return _Part.OUT_OF_FIRST
    if is_in(HALVES):
        return _Part.HALF
    if is_in(ARTICLES):
        return _Part.ARTICLE
    return _Part.FILLER if is_in(FILLERS) else _Part.UNKNOWN


def _without_highest(pieces: list[_Piece], highest: Fraction) -> list[_Piece]:
    """Take `/ 10` and `10 üzerinden` away, and see `1/2` as not whole."""
    kept: list[_Piece] = []
    rest = pieces
    while rest:
        match rest[:3]:
            case [Fraction() as number, _Part.OUT_OF, Fraction() as end] if (
                end == highest
            ):
                kept.append(number)
                rest = rest[3:]
            case [Fraction() as one, _Part.OUT_OF, Fraction() as two] if (
                one,
                two,
            ) in _FRACTIONS:
                kept.append(_Part.HALF)
                rest = rest[3:]
            case [Fraction() as end, _Part.OUT_OF_FIRST, *_] if end == highest:
                rest = rest[2:]
            case _:
                kept.append(rest[0])
                rest = rest[1:]
    return kept


def _with_additions(number: Fraction, pieces: Sequence[_Piece]) -> Fraction | None:
    """Add a half or a plus to the number; None where anything else is unknown."""
    for place, piece in enumerate(pieces):
        if piece in (_Part.PLUS, _Part.MINUS):
            if pieces[place - 1] != number or place + 1 != len(pieces):
                return None
        elif piece in (_Part.UNKNOWN, _Part.OUT_OF, _Part.OUT_OF_FIRST):
            return None
    return sum((_ADDED[piece] for piece in pieces if piece in _ADDED), start=number)
