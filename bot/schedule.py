"""When the weekly opening is due, and the waiting for it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.weeks import iso_week, week_after

_LONGEST_SLEEP: Final = timedelta(seconds=30)
"""A clock that was set forward, or a machine that slept, is noticed within this."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """Once in every ISO week, at this time on this day by this clock on the wall.

    Args:
        weekday: 1 for Monday to 7 for Sunday.
    """

    weekday: int
    at: time
    zone: ZoneInfo

    def moment(self, week: str) -> datetime:
        """Give the moment in an ISO week (`2026-W30`), in UTC."""
        day = date.fromisocalendar(int(week[:4]), int(week[-2:]), self.weekday)
        return datetime.combine(day, self.at, self.zone).astimezone(UTC)


def next_due(now: datetime, spec: Weekly, last_week: str | None) -> datetime:
    """Say when the next opening is due; one that was missed is due already.

    However many were missed, one makes up for all, in the week in which it runs.

    Args:
        last_week: ISO week of the newest opening; None when there was none yet, and
            then the first moment from `now` on is the first that is due.
    """
    if last_week is not None:
        return spec.moment(week_after(last_week))
    this_week = iso_week(now, spec.zone)
    due = spec.moment(this_week)
    return due if due >= now else spec.moment(week_after(this_week))


def last_due(now: datetime, spec: Weekly) -> str:
    """Name the week of the last moment that has passed."""
    this_week = iso_week(now, spec.zone)
    return this_week if spec.moment(this_week) <= now else week_after(this_week, -1)


async def run_weekly(
    spec: Weekly,
    clock: Callable[[], datetime],
    last_week: Callable[[], Awaitable[str | None]],
    open_box: Callable[[], Awaitable[object]],
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> None:
    """Open the box whenever it is due, for ever; catch up at once after a stop.

    Sleeps in short steps and looks at the clock after each, so that nothing depends
    on how long a sleep really took.
    """
    began = clock()
    while True:
        due = next_due(began, spec, await last_week())
        left = due - clock()
        if left <= timedelta(0):
            await open_box()
            left = _LONGEST_SLEEP
        await sleep(min(left, _LONGEST_SLEEP).total_seconds())
