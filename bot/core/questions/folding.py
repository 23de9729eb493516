"""Reduce what people type to what it says: no case, accents, punctuation or spaces.

One text is read in every language of its flow, so nothing here knows a language.
"""

import unicodedata
from collections.abc import Iterable
from typing import Final

from bot.core.questions.base import SOURCE, Label

LONGEST: Final = 200
"""A longer text tells a story; it is never read as an answer, nor worked through."""

# One sound written in more than one way, by keyboard or by habit.
_SAME_LETTER: Final = str.maketrans(
    {"ı": "i", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": ""}
)


def fold(text: str) -> str:
    """Write a text in small letters without accents, joiners or direction marks."""
    small = unicodedata.normalize("NFKD", text).casefold().translate(_SAME_LETTER)
    return "".join(
        character
        for character in small
        if unicodedata.category(character) not in ("Mn", "Mc", "Me", "Cf")
    )


def compact(text: str) -> str:
    """Keep only the letters and digits, so that `N.v.t.!` and `nvt` are one."""
    return "".join(character for character in fold(text) if character.isalnum())


def compacted(*phrases: str) -> frozenset[str]:
    """Give the phrases of a word list as `compact` would read them."""
    return frozenset(compact(phrase) for phrase in phrases)


def forms(label: Label, languages: Iterable[str]) -> frozenset[str]:
    """Give the ways a label is typed in these languages and in the source."""
    written = (label.get(language, "") for language in (SOURCE, *languages))
    return compacted(*written) - {""}


def is_too_long(text: str) -> bool:
    """Say whether a text is too long to be an answer."""
    return len(text) > LONGEST
