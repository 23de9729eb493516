"""What a check comes to: it is in order, it wants attention, or it is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bot.errors import PolsslagError

_NO_FACTS: Final[Mapping[str, object]] = {}


class Level(StrEnum):
    """How bad it is; the name of its mark in the staff catalogue."""

    OK = "ok"
    NOTE = "note"
    """Nothing to judge; good to know."""
    MIND = "mind"
    """The bot can run, but somebody should look at this."""
    FAULT = "fault"
    """The bot cannot run, or cannot keep its promises."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report.

    Args:
        key: its text in the staff catalogue, which also says what to do.
        facts: values for the blanks of the text; a fraction is shown with one decimal.
    """

    level: Level
    key: str
    facts: Mapping[str, object] = field(default_factory=lambda: _NO_FACTS)


def ok(name: str, /, **facts: object) -> Finding:
    """Say that something is in order."""
    return Finding(Level.OK, f"doctor.{name}", facts)


def note(name: str, /, **facts: object) -> Finding:
    """Say something that is good to know."""
    return Finding(Level.NOTE, f"doctor.{name}", facts)


def mind(name: str, /, **facts: object) -> Finding:
    """Say that something wants attention, and what to do."""
    return Finding(Level.MIND, f"doctor.{name}", facts)


def fault(name: str, /, **facts: object) -> Finding:
    """Say that something is wrong, and what to do."""
    return Finding(Level.FAULT, f"doctor.{name}", facts)


def refused(error: PolsslagError) -> Finding:
    """Say what an error says: its text is in the catalogue already."""
    return Finding(Level.FAULT, f"error.{error.code}", error.facts)
