"""Which week it is, and which survey where there are several."""

from bot.digest.model import Digest
from bot.digest.voice import Voice


def section(digest: Digest, voice: Voice) -> tuple[str, ...]:
    """Give the first line."""
    number = voice.week(digest.week)
    if digest.title is None:
        return (voice.say("week.alone", week=number),)
    return (voice.say("week.of_flow", week=number, flow=voice.name(digest.title)),)
