"""Which nulmetingen are still running, which never came about, and which are new."""

from typing import Final

from bot.digest.model import Part, Report, Standing
from bot.digest.voice import Voice

_SAID: Final = (Standing.RUNNING, Standing.NO_BASELINE)
_ENDS: Final = (".", "!", "?", "…")


def section(part: Part, voice: Voice) -> tuple[str, ...]:
    """Give a line for all nulmetingen that run, and one for all that failed."""
    return tuple(
        _line(part, standing, voice)
        for standing in _SAID
        if any(figure.verdict.standing is standing for figure in part.judged)
    )


def _line(part: Part, standing: Standing, voice: Voice) -> str:
    alike = [one for one in part.judged if one.verdict.standing is standing]
    # The one that is furthest behind: the others will not be compared before it.
    least = min(figure.verdict.collected for figure in alike)
    if voice.is_brief:
        return voice.say(f"baseline.{standing}.brief.{part.origin}", n=least)
    # Below the heading of the walk-ins, too, it says of whom: else it would seem to
    # gainsay a verdict on the invited, who have a nulmeting of their own.
    if len(alike) == len(part.judged):
        return voice.say(f"baseline.{standing}.all.{part.origin}", n=least)
    names = ", ".join(voice.name(figure.question.short) for figure in alike)
    return voice.say(f"baseline.{standing}.some.{part.origin}", n=least, names=names)


def restarts(report: Report, voice: Voice) -> tuple[str, ...]:
    """Say which nulmeting somebody set anew, and why; in brief only which."""
    if not report.restarts:
        return ()
    if voice.is_brief:
        names = ", ".join(voice.name(one.question.short) for one in report.restarts)
        return (voice.say("restart.brief", names=names),)
    return tuple(
        voice.say(
            "restart.full",
            name=voice.name(one.question.short),
            week=voice.week(one.week),
            reason=one.reason if one.reason.endswith(_ENDS) else f"{one.reason}.",
        )
        for one in report.restarts
    )
