"""What a check comes to: it holds, it is good to know, or it is a finding."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

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
    return Result(Level.OK, f"audit.{name}", facts)


def note(name: str, /, **facts: object) -> Result:
    """Say something that is good to know."""
    return Result(Level.NOTE, f"audit.{name}", facts)


def found(name: str, /, **facts: object) -> Result:
    """Say what is not as it should be, and what it gives away."""
    return Result(Level.FOUND, f"audit.{name}", facts)
