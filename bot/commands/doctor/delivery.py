"""Digests that did not reach their readers, or of which nobody knows."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.commands.doctor.finding import Finding, mind, ok
from bot.core.weeks import weeks_between
from bot.outbox import ASIDE, MAILTO, MONTHLY, Dispatch

_RECENT: Final = 4
"""Weeks: what went wrong longer ago, nobody can do anything about."""


def check_outbox(
    pending: Sequence[Dispatch], unsettled: Sequence[Dispatch], week: str
) -> Iterator[Finding]:
    """Say which digests of the last weeks need somebody to look."""
    recent = [d for d in unsettled if weeks_between(d.digest.week, week) <= _RECENT]
    for dispatch in recent:
        facts = {
            "week": dispatch.digest.week,
            "recipient": dispatch.recipient.removeprefix(MAILTO),
        }
        kind = dispatch.digest.kind
        if kind in (*ASIDE, MONTHLY):
            yield mind(f"{kind}-{dispatch.state}", **facts)
        else:
            flow = dispatch.digest.flow
            yield mind(f"digest-{dispatch.state}", flow=flow, **facts)
    if pending:
        yield mind("digests-waiting", count=len(pending))
    if not recent and not pending:
        yield ok("digests")
