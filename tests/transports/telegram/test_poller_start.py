"""The first poll does not wait, so that a started bot is soon known to hear."""

import asyncio
from datetime import UTC, datetime

from bot.faultlog import FaultLog
from bot.transports.telegram.poller import Poller
from bot.transports.telegram.settings import Timing


async def test_the_first_poll_waits_for_nothing_and_the_next_ones_do() -> None:
    asked: list[int] = []
    stop = asyncio.Event()

    async def fetch(offset: int | None, seconds: int) -> list[object]:
        asked.append(seconds)
        if len(asked) == 3:
            stop.set()
        return []

    faults = FaultLog(lambda: datetime(2026, 1, 5, tzinfo=UTC))
    timing = Timing(poll=30)
    await Poller(fetch, lambda *_: False, timing, faults, lambda: None).run(stop)

    assert asked == [0, 30, 30]
