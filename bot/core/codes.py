"""Eight-letter invitation codes that can be read from paper and over the telephone.

Nineteen consonants. No vowels, so that no code spells a word, rude or not, and nothing
a client writes is taken for a code; no L and no Q, which are read as I and O. Nineteen
is a prime: one check letter then catches every single wrong letter and every swap.
"""

import unicodedata
from typing import Final

ALPHABET: Final = "BCDFGHJKMNPRSTVWXYZ"
LENGTH: Final = 8

_BASE: Final = len(ALPHABET)
_LONGEST: Final = 64


def make(chance: bytes) -> str:
    """Make a code from at least 16 random bytes: seven letters and the check letter."""
    if len(chance) < 16:
        raise ValueError
    rest = int.from_bytes(chance)
    values = []
    for _ in range(LENGTH - 1):
        rest, value = divmod(rest, _BASE)
        values.append(value)
    values.append(-_weighed(values) * pow(LENGTH, -1, _BASE) % _BASE)
    return "".join(ALPHABET[value] for value in values)


def read(text: str) -> str | None:
    """Give the code that a text is, as it was made; None where it is none.

    Small letters and blanks do no harm, nor do hyphens and full stops: in a text
    message one stands right behind the code, and is copied along.
    """
    code = _letters(text)
    if code is None or _weighed([ALPHABET.index(letter) for letter in code]):
        return None
    return code


def looks_like_code(text: str) -> bool:
    """Say whether a text is eight letters of a code, right or wrong."""
    return _letters(text) is not None


def spaced(code: str) -> str:
    """Write a code as it is printed and read out: two groups of four letters."""
    letters = code.replace(" ", "")
    return f"{letters[: LENGTH // 2]} {letters[LENGTH // 2 :]}"


def _letters(text: str) -> str | None:
    if len(text) > _LONGEST:
        return None
    code = "".join(
        letter
        for letter in unicodedata.normalize("NFKC", text).upper()
        if not letter.isspace() and not _is_mark(letter)
    )
    is_code = len(code) == LENGTH and set(code) <= set(ALPHABET)
    return code if is_code else None


def _is_mark(letter: str) -> bool:
    """Say whether it is punctuation, or a sign that is not seen."""
    category = unicodedata.category(letter)
    return category == "Cf" or category.startswith("P")


def _weighed(values: list[int]) -> int:
    """Add the letters up, each times its place; a right code comes to nought."""
    return sum(place * value for place, value in enumerate(values, start=1)) % _BASE
