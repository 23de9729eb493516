"""Tell a language by its script, where that has one language or no table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

ETHIOPIC: Final = "ETHIOPIC"
OF_ETHIOPIC: Final = ("ti", "am")
ALONE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ARMENIAN": "hy",
        "BENGALI": "bn",
        "CJK": "zh",
        "GEORGIAN": "ka",
        "GREEK": "el",
        "GUJARATI": "gu",
        "GURMUKHI": "pa",
        "HANGUL": "ko",
        "HEBREW": "he",
        "KANA": "ja",
        "KANNADA": "kn",
        "MALAYALAM": "ml",
        "TAMIL": "ta",
        "TELUGU": "te",
        "THAI": "th",
    }
)
"""The scripts that hardly anybody here writes another language in."""

_TELLING: Final = 1.0
_HARDLY: Final = 0.80
"""Enough for a label, and not for an offer."""
_LETTERS: Final = {"ti": frozenset("ኣቐቑቒቓቔቕቖቘቚቛቜቝ"), "am": frozenset("አኧ")}
_TIGRINYA: Final = "እዩ እያ እዮም እቲ እታ ነቲ ነታ ናይ ምስ ብጣዕሚ የለን ኩሉ ከምኡ"
_AMHARIC: Final = "ነው ናቸው ነበር እና በጣም ሁሉ ጥሩ ወደ ላይ ነገር የለም"
_WORDS: Final = {
    "ti": frozenset(_TIGRINYA.split()),
    "am": frozenset(_AMHARIC.split()),
}


@dataclass(frozen=True, slots=True)
class Likeliest:
    """The likeliest language of some words.

    Args:
        probability: from 0 to 1.
        is_firm: more than one word, or one letter, says so.
    """

    language: str
    probability: float
    is_firm: bool


def by_script(
    script: str, words: Sequence[str], configured: Sequence[str]
) -> Likeliest | None:
    """Tell the language of words in a script without tables, or None."""
    if script == ETHIOPIC:
        return _tigrinya_or_amharic(words, configured)
    language = ALONE.get(script)
    return None if language is None else Likeliest(language, _TELLING, is_firm=True)


def _tigrinya_or_amharic(
    words: Sequence[str], configured: Sequence[str]
) -> Likeliest | None:
    told = [language for language in OF_ETHIOPIC if _is_told(language, words)]
    if len(told) == 1:
        return Likeliest(told[0], _TELLING, is_firm=True)
    # Nothing in it is of one of them alone: the survey has one, or nobody can say.
    spoken = [language for language in OF_ETHIOPIC if language in configured]
    return Likeliest(spoken[0], _HARDLY, is_firm=False) if len(spoken) == 1 else None


def _is_told(language: str, words: Sequence[str]) -> bool:
    return not _WORDS[language].isdisjoint(words) or any(
        not _LETTERS[language].isdisjoint(word) for word in words
    )
