"""What stands in a digest, in this order. A new section is a file and a place here."""

from collections.abc import Callable
from typing import Final

from bot.digest.model import Part, PhaseReport, Report
from bot.digest.sections import (
    answers,
    baselines,
    caveat,
    changed,
    choices,
    grades,
    phases,
    too_few,
    verdicts,
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
    baselines.section,
)


def parts(report: Report, voice: Voice) -> tuple[str, ...]:
    """Say what was learned from the invited, and after it from the walk-ins."""
    return tuple(
        line
        for part in report.parts
        for section in PART_SECTIONS
        for line in section(part, voice)
    )


FOUND: Final[tuple[Section, ...]] = (
    verdicts.section,
    parts,
    changed.section,
    baselines.restarts,
    caveat.section,
)
"""What was found, for whoever does not read it as a week's message."""

SECTIONS: Final[tuple[Section, ...]] = (
    week.section,
    verdicts.section,
    parts,
    verdicts.advice,
    changed.section,
    baselines.restarts,
    caveat.section,
)

PhaseSection = Callable[[PhaseReport, Voice], tuple[str, ...]]
"""The same of the digest by phase."""

PHASE_SECTIONS: Final[tuple[PhaseSection, ...]] = (
    phases.title,
    phases.quiet,
    phases.figures,
    phases.reading,
)
