"""Each statement or choice in counts of people. Singles nobody out."""

from collections.abc import Iterable
from functools import reduce
from typing import Final

from bot.core.flow import Origin
from bot.core.questions import Choice, Option
from bot.digest.model import ChoiceFigure, Part
from bot.digest.voice import Voice

SINGLED_OUT: Final = 3
"""Fewer people than this on one side are not counted out loud: see `docs/digest.md`."""

AGREE: Final = "agree"
"""The verb of a statement; anything else was chosen."""

_CHOSE: Final = "chose"


def section(part: Part, voice: Voice) -> tuple[str, ...]:
    """Give a line for each choice that has a figure."""
    return tuple(
        _line(part, figure, voice)
        for figure in part.figures
        if isinstance(figure, ChoiceFigure)
    )


def _line(part: Part, figure: ChoiceFigure, voice: Voice) -> str:
    said = _counted(part.origin, figure, voice)
    beside = _beside(figure, voice)
    return said if beside is None else f"{said} {beside}"


def _beside(figure: ChoiceFigure, voice: Voice) -> str | None:
    """Say what it was at the nulmeting, where it differs."""
    baseline = figure.verdict.baseline
    if baseline is None or not figure.verdict.is_said:
        return None
    if min(baseline.total, baseline.n - baseline.total) < SINGLED_OUT:
        return None
    facts = {"positive": baseline.total, "n": baseline.n}
    return voice.say("beside_count", **facts)


def _counted(origin: Origin, figure: ChoiceFigure, voice: Voice) -> str:
    question = figure.question
    facts: dict[str, object] = {"name": voice.name(question.short)}
    verb = verb_of(question)
    if verb == _CHOSE:
        facts["options"] = voice.fit(quoted(question.positive_side, voice))
    if figure.positive < SINGLED_OUT:
        return voice.say_of(origin, f"{verb}.none", **facts)
    if figure.n - figure.positive < SINGLED_OUT:
        return voice.say_of(origin, f"{verb}.all", **facts)
    facts |= {"positive": figure.positive, "n": figure.n}
    return voice.say_of(origin, f"{verb}.some", **facts)


def verb_of(question: Choice) -> str:
    """Say whether people agreed with something, or chose something."""
    return AGREE if question.scale.startswith(AGREE) else _CHOSE


def quoted(options: Iterable[Option], voice: Voice) -> str:
    """Name options by what stands on their buttons."""
    labels = [voice.say("option", label=voice.name(one.label)) for one in options]
    return reduce(lambda one, other: voice.say("or", one=one, other=other), labels)
