"""Tell beforehand how well the language of what people type can be told."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from bot.language.scripts import ALONE, OF_ETHIOPIC
from bot.language.tables import BY_SCRIPT


class Detecting(StrEnum):
    """By what a language is known."""

    WORDS = "words"
    """By its words, as long as they are in its own script."""
    SCRIPT = "script"
    """By its script alone."""
    CHOICE = "choice"
    """By nothing that is typed: whoever wants it chooses it in the menu."""


def detecting(languages: Iterable[str]) -> Mapping[str, Detecting]:
    """Say of each language by what it is known, in the order in which they come."""
    return {language: _detecting(language) for language in languages}


def _detecting(language: str) -> Detecting:
    if any(language in own for own in BY_SCRIPT.values()):
        return Detecting.WORDS
    is_by_script = language in OF_ETHIOPIC or language in ALONE.values()
    return Detecting.SCRIPT if is_by_script else Detecting.CHOICE
