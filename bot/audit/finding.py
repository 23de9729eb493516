"""What a check comes to: it holds, it is good to know, or it is a finding."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

_LONGEST: Final = 400
_NO_FACTS: Final[Mapping[str, object]] = {}


class Level(StrEnum):
    """How bad it is; the name of its mark in the staff catalogue."""

    OK = "ok"
    NOTE = "note"
    """Nothing to judge; good to know."""
    FOUND = "found"
    """A promise that these files do not keep."""


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the report.

    Args:
        key: its text in the staff catalogue, which also says what it means.
        facts: values for the blanks of the text.
    """

    level: Level
    key: str
    facts: Mapping[str, object] = field(default_factory=lambda: _NO_FACTS)


def ok(name: str, /, **facts: object) -> Result:
    """Say that a promise is kept, as far as these files tell."""
    return _result(Level.OK, name, facts)


def note(name: str, /, **facts: object) -> Result:
    """Say something that is good to know."""
    return _result(Level.NOTE, name, facts)


def found(name: str, /, **facts: object) -> Result:
    """Say what is not as it should be, and what it gives away."""
    return _result(Level.FOUND, name, facts)


def _result(level: Level, name: str, facts: Mapping[str, object]) -> Result:
    shown = {key: _shown(fact) for key, fact in facts.items()}
    return Result(level, f"audit.{name}", shown)


def _shown(fact: object) -> object:
    """Make what stood in a file fit to be printed: anyone may have put it there."""
    if isinstance(fact, int):
        return fact
    text = "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}"
        for sign in str(fact)
    )
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
