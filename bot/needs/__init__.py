"""What somebody needs who types what is no answer: help, or the right telephone number.

Known by the word lists in `words/`, which miss cases. What was typed goes nowhere: it
is neither stored nor told to anybody.
"""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

from bot.core.questions.folding import fold

LONGEST: Final = 4096
"""What comes after so many characters is not looked at; a chat app sends no more."""


class Need(StrEnum):
    """What a text asks for; each has a text of its own in the message catalogue.

    In this order: where a text asks for more than one, the first is answered.
    """

    CRISIS = "crisis"
    OBJECTION = "objection"
    COMPLAINT = "complaint"
    QUESTION = "question"


def needs_of(text: str) -> Need | None:
    """Say what somebody who typed this needs; None where nothing is recognised."""
    said = _plain(text[:LONGEST])
    for need in Need:
        if any(phrase in said for phrase in _phrases()[need]):
            return need
    return None


@cache
def _phrases() -> dict[Need, frozenset[str]]:
    found: dict[Need, set[str]] = {need: set() for need in Need}
    for file in (files(__name__) / "words").iterdir():
        for need, phrase in _read(file.read_text("utf-8")):
            found[need].add(_plain(phrase))
    return {need: frozenset(phrases) for need, phrases in found.items()}


def _read(text: str) -> Iterator[tuple[Need, str]]:
    """Give the phrases of one list: a line each, below the need in brackets."""
    need = Need.QUESTION
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            need = Need(line.strip("[]"))
        elif line and not line.startswith("#"):
            yield need, line


def _plain(text: str) -> str:
    """Write a text as its words, a blank before and after each."""
    words = "".join(c if c.isalnum() else " " for c in fold(text)).split()
    return f" {' '.join(words)} "
