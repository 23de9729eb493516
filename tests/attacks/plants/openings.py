"""An opening for whoever asks, however often that is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from bot.anonymity import OpeningReport, WeeklyOpening
from bot.core.weeks import week_after


@contextmanager
def whenever_told() -> Iterator[None]:
    """Open the box again for everybody who says so, under the next free week."""

    async def open_box(
        self: WeeklyOpening, now: datetime, week: str
    ) -> OpeningReport | None:
        async with self._lock:
            last = await self._ballots.last_opening()
            await self._door.settle(now)
            await self._turn_sessions(now)
            return await self._finish(max(week, week_after(last)) if last else week)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WeeklyOpening, "open", open_box)
        yield
