"""Each grade with its range. Never a lowest or a highest grade, never a comparison."""

from bot.digest.model import GradeFigure, Part
from bot.digest.voice import Voice


def section(part: Part, voice: Voice) -> tuple[str, ...]:
    """Give a line for each grade that has a figure."""
    return tuple(
        voice.say_of(
            part.origin,
            "grade",
            name=voice.name(figure.question.short),
            mean=voice.number(figure.mean),
            low=voice.number(figure.low),
            high=voice.number(figure.high),
        )
        for figure in part.figures
        if isinstance(figure, GradeFigure)
    )
