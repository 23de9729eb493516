"""Each statement or choice in counts of people. Singles nobody out."""

from collections.abc import Iterable
from functools import reduce
from typing import Final

from bot.core.flow import Origin
from bot.core.questions import Choice, Option
from bot.digest.measures import positive_side
from bot.digest.model import ChoiceFigure, Part
from bot.digest.voice import Voice

SINGLED_OUT: Final = 3
"""Fewer people than this on one side are not counted out loud: see `docs/digest.md`."""

_AGREE: Final = "agree"


def section(part: Part, voice: Voice) -> tuple[str, ...]:
    """Give a line for each choice that has a figure."""
    return tuple(
        _line(part.origin, figure, voice)
        for figure in part.figures
        if isinstance(figure, ChoiceFigure)
    )


def _line(origin: Origin, figure: ChoiceFigure, voice: Voice) -> str:
    question = figure.question
    facts: dict[str, object] = {"name": voice.name(question.short)}
    if is_statement(question):
        verb = "agree"
    else:
        verb = "chose"
        facts["options"] = voice.fit(quoted(positive_side(question), voice))
    if figure.positive < SINGLED_OUT:
        return voice.say_of(origin, f"{verb}.none", **facts)
    if figure.n - figure.positive < SINGLED_OUT:
        return voice.say_of(origin, f"{verb}.all", **facts)
    facts |= {"positive": figure.positive, "n": figure.n}
    return voice.say_of(origin, f"{verb}.some", **facts)


def is_statement(question: Choice) -> bool:
    """Say whether people agree with it or not, rather than choose something."""
    return question.scale.startswith(_AGREE)


def quoted(options: Iterable[Option], voice: Voice) -> str:
    """Name options by what stands on their buttons."""
    labels = [voice.say("option", label=voice.name(one.label)) for one in options]
    return reduce(lambda one, other: voice.say("or", one=one, other=other), labels)
