"""Who was not heard. Always the last line."""

from bot.digest.model import Report
from bot.digest.voice import Voice


def section(_report: Report, voice: Voice) -> tuple[str, ...]:
    """Give the last line."""
    return (voice.say("caveat"),)
