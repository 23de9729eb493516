"""An opening for whoever asks, however often that is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from bot import schedule
from bot.anonymity import OpeningReport, WeeklyOpening
from bot.core.weeks import iso_week, week_after
from bot.schedule import Weekly


@contextmanager
def whenever_told() -> Iterator[None]:
    """Open the box again for everybody who says so, and whenever the hour is past."""

    async def open_box(
        self: WeeklyOpening, now: datetime, week: str
    ) -> OpeningReport | None:
        async with self._lock:
            last = await self._ballots.last_opening()
            await self._door.settle(now)
            await self._turn_sessions(now)
            return await self._finish(max(week, week_after(last)) if last else week)

    def due(now: datetime, spec: Weekly, last_week: str | None) -> datetime:
        return spec.moment(iso_week(now, spec.zone))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schedule, "next_due", due)
        patch.setattr(WeeklyOpening, "open", open_box)
        yield
