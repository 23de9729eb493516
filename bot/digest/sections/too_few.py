"""Which questions have no figure yet; never how many answers they wait for."""

from bot.digest.model import Part, TooFew
from bot.digest.voice import Voice


def section(part: Part, voice: Voice) -> tuple[str, ...]:
    """Give one line for all of them, or none."""
    waiting = [
        voice.name(figure.question.short)
        for figure in part.figures
        if isinstance(figure, TooFew)
    ]
    if not waiting:
        return ()
    if len(waiting) == len(part.figures):
        return (voice.say_of(part.origin, "too_few.all"),)
    return (voice.say_of(part.origin, "too_few.some", names=", ".join(waiting)),)
