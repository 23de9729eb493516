"""An opening for whoever asks, and one that notes when each ballot came."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import pytest

from bot import schedule
from bot.anonymity import OpeningReport, WeeklyOpening, counting, lots
from bot.ballots import Ballot, RemarkBallot
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


@contextmanager
def each_with_its_week() -> Iterator[None]:
    """Note in every ballot that waits since which opening it does."""

    def waiting(ballots: Sequence[Ballot], week: str) -> list[Ballot]:
        return [replace(ballot, missed=ballot.missed or week) for ballot in ballots]

    def remarks(
        ballots: Sequence[RemarkBallot], week: str, _flows: object
    ) -> list[RemarkBallot]:
        return [replace(ballot, missed=ballot.missed or week) for ballot in ballots]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "_waiting", waiting)
        patch.setattr(lots, "_waiting", remarks)
        yield
