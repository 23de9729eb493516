"""A changed question starts its measuring anew, and readers are told for a window."""

from bot.digest.model import Report
from bot.digest.voice import Voice


def section(report: Report, voice: Voice) -> tuple[str, ...]:
    """Give one line for all changed questions, or none."""
    if not report.changed:
        return ()
    sentence = voice.say("changed")
    if voice.longest is not None:
        return (sentence,)
    names = ", ".join(voice.name(question.short) for question in report.changed)
    return (f"{voice.say('measured_anew', names=names)} {sentence}",)
