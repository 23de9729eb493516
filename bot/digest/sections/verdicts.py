"""Which measures differ from their nulmeting, and what to do about it."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.digest.model import Direction, Part, Report, Standing, Verdict
from bot.digest.voice import Voice

_ORDER: Final = (
    Verdict(Standing.STARTED, Direction.WORSE),
    Verdict(Standing.STARTED, Direction.BETTER),
    Verdict(Standing.HELD, Direction.WORSE),
    Verdict(Standing.HELD, Direction.BETTER),
    Verdict(Standing.ENDED),
)
"""What asks for attention comes first."""


def section(report: Report, voice: Voice) -> tuple[str, ...]:
    """Give a line for each kind of verdict; one for all that do not differ."""
    return tuple(
        line
        for part in report.parts
        for line in (_said(part, voice) if part.has_verdict else _quiet(part, voice))
    )


def advice(report: Report, voice: Voice) -> tuple[str, ...]:
    """Say what to do, in the week in which a verdict starts; every week would nag."""
    started = {
        figure.verdict.direction
        for part in report.parts
        for figure in part.judged
        if figure.verdict.standing is Standing.STARTED
    }
    return tuple(voice.say(f"advice.{side}") for side in Direction if side in started)


def _said(part: Part, voice: Voice) -> Iterable[str]:
    for kind in _ORDER:
        names = [
            voice.name(figure.question.short)
            for figure in part.judged
            if (figure.verdict.standing, figure.verdict.direction)
            == (kind.standing, kind.direction)
        ]
        if names:
            side = f".{kind.direction}" if kind.direction else ""
            yield _line(part, f"verdict.{kind.standing}{side}", names, voice)


def _quiet(part: Part, voice: Voice) -> Iterable[str]:
    alike = [
        figure
        for figure in part.judged
        if figure.verdict.standing is Standing.NO_DIFFERENCE
    ]
    if alike and len(alike) == len(part.figures):
        yield voice.say(f"verdict.no_difference.all.{part.origin}")
    elif alike:
        names = [voice.name(figure.question.short) for figure in alike]
        yield _line(part, "verdict.no_difference.some", names, voice)


def _line(part: Part, key: str, names: Sequence[str], voice: Voice) -> str:
    # In brief, too, it says of whom: it stands above the heading of the walk-ins.
    return voice.say(f"{key}.{part.origin}", name=", ".join(names))
