"""Each grade with its range, beside its nulmeting. Never a lowest or a highest one."""

from bot.digest.model import GradeFigure, Part, Standing
from bot.digest.voice import Voice


def section(part: Part, voice: Voice) -> tuple[str, ...]:
    """Give a line for each grade that has a figure."""
    return tuple(
        _line(part, figure, voice)
        for figure in part.figures
        if isinstance(figure, GradeFigure)
    )


def _line(part: Part, figure: GradeFigure, voice: Voice) -> str:
    line = voice.say_of(
        part.origin,
        "grade",
        name=voice.name(figure.question.short),
        mean=voice.number(figure.mean),
        low=voice.number(figure.low),
        high=voice.number(figure.high),
        n=figure.n,
    )
    baseline = figure.verdict.baseline
    if baseline is None:
        return line
    mean = voice.number(baseline.mean)
    return f"{line} {voice.say(f'beside.{_beside(part, figure, voice)}', mean=mean)}"


def _beside(part: Part, figure: GradeFigure, voice: Voice) -> str:
    if voice.is_brief:
        return "brief"
    # Where no figure differs, that was said once for all, above.
    is_alone = figure.verdict.standing is Standing.NO_DIFFERENCE and part.has_verdict
    return "no_difference" if is_alone else "was"
