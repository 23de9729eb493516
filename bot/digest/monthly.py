"""The roll-up of a month: what was asked, what people said, what was done with it.

For who does not read it every week: management, the Participatieraad, the public. It
never holds a figure on answers that a weekly digest did not hold.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from bot.ballots import K, Ledger
from bot.core.flow import FlowDefinition
from bot.core.weeks import month
from bot.digest.model import Report
from bot.digest.sections import FOUND
from bot.digest.sections.reached import reached
from bot.digest.voice import Voice, Words, fitting, units

MESSAGE: Final = 4096
"""What a message without a picture may hold, in UTF-16 units."""

_LIMITS: Final = ("others", "blame", "small")


def is_due(ledger: Ledger) -> bool:
    """Say whether this opening is the first one of a month, and not of all."""
    return ledger.last is not None and month(ledger.last) < month(ledger.week)


def deeds_of(ledger: Ledger) -> tuple[str, ...]:
    """Give what was noted as done since the last roll-up, oldest first."""
    first = "" if ledger.last is None else month(ledger.last)
    now = month(ledger.week)
    return tuple(one.text for one in ledger.deeds if first <= month(one.week) < now)


def monthly_text(
    flow: FlowDefinition,
    report: Report,
    deeds: Sequence[str],
    during: str,
    words: Words,
) -> str:
    """Write the roll-up of one flow.

    What people said is put in brief where even without a deed there is no room.

    Args:
        report: the flow's newest weekly digest that had figures.
        deeds: what was done; the newest of them where there is no room for all.
        during: the month that it tells of (`2026-10`).
    """

    def text(shown: Sequence[str], found: Voice) -> str:
        return "\n".join(_lines(flow, report, shown, during, found))

    # Of what people said no more is put in brief than need be for a month without a
    # deed; after that it is the oldest deeds that make room.
    found = fitting(partial(text, ()), words, MESSAGE)
    shown = list(deeds)
    while units(text(shown, found)) > MESSAGE and shown:
        del shown[0]
    return text(shown, found)


def _lines(
    flow: FlowDefinition,
    report: Report,
    deeds: Sequence[str],
    during: str,
    found: Voice,
) -> Iterator[str]:
    voice = Voice(found.words)
    year, _, number = during.partition("-")
    named = voice.say(f"monthly.month.{int(number)}")
    key = "title" if report.title is None else "title_of_flow"
    flow_name = voice.name(flow.title)
    yield voice.say(f"monthly.{key}", month=named, year=year, flow=flow_name)
    yield voice.say("monthly.until", week=voice.week(report.week))
    yield ""
    yield voice.say("monthly.asked")
    for question in flow.questions:
        yield voice.say("monthly.question", label=voice.name(question.label))
    yield ""
    yield voice.say("monthly.found")
    for section in FOUND:
        yield from section(report, found)
    yield from reached(report, voice)
    yield ""
    yield voice.say("monthly.done")
    for text in deeds:
        yield voice.say("monthly.deed", text=text)
    if not deeds:
        yield voice.say("monthly.nothing_done")
    yield ""
    yield voice.say("monthly.limits")
    for limit in _LIMITS:
        yield voice.say(f"monthly.limit.{limit}")
    yield voice.say("monthly.groups", least=K)
