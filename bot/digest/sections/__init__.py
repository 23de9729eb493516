"""What stands in a digest, in this order. A new section is a file and a place here."""

from collections.abc import Callable
from typing import Final

from bot.digest.model import Part, Report
from bot.digest.sections import (
    answers,
    caveat,
    changed,
    choices,
    grades,
    too_few,
    week,
)
from bot.digest.voice import Voice

Section = Callable[[Report, Voice], tuple[str, ...]]
"""Gives the lines of one section; none where there is nothing to say."""

PartSection = Callable[[Part, Voice], tuple[str, ...]]
"""The same of the people who came in one way."""

PART_SECTIONS: Final[tuple[PartSection, ...]] = (
    answers.section,
    grades.section,
    choices.section,
    too_few.section,
)


def parts(report: Report, voice: Voice) -> tuple[str, ...]:
    """Say what was learned from the invited, and after it from the walk-ins."""
    return tuple(
        line
        for part in report.parts
        for section in PART_SECTIONS
        for line in section(part, voice)
    )


SECTIONS: Final[tuple[Section, ...]] = (
    week.section,
    parts,
    changed.section,
    caveat.section,
)
