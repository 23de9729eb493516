"""A transport at work against the double, fast and with a script for a service."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.faultlog import FaultLog
from bot.transports.telegram import Pacing, TelegramTransport, Timing
from storage.memory import MemoryMail
from storage.outbox import MemoryOutbox
from tests.doubles.botapi import BotApi
from tests.doubles.services import ScriptedService

FAST = Pacing(
    all_per_second=10_000,
    chat_every=0.0001,
    group_every=0.0001,
    patience=5,
    first_pause=0.01,
    longest_pause=0.02,
)
EAGER = Timing(
    poll=2,
    grace=0.1,
    handle=1,
    tidy_every=60,
    outbox_every=0.01,
    conflicts=3,
    silence=5,
    first_pause=0.01,
    longest_pause=0.05,
    drain=3,
)


class Bot:
    """A transport that runs, and what it is connected to."""

    def __init__(self, api: BotApi, service: ScriptedService, **options: Any) -> None:
        """Put it together; `options` go to the transport."""
        self.service = service
        self.mail = MemoryMail()
        self.outbox = MemoryOutbox(self.mail)
        self.faults = FaultLog(lambda: datetime(2026, 7, 20, tzinfo=UTC))
        self.stop = asyncio.Event()
        settings = {"pacing": FAST, "timing": EAGER, **options}
        self.transport = TelegramTransport(
            settings.pop("token", api.token),
            service,
            base_url=api.base_url,
            outbox=self.outbox,
            faults=self.faults,
            **settings,
        )

    @property
    def kinds(self) -> set[str]:
        """The types of the faults so far."""
        return {kind.rsplit(".", 1)[1] for kind, _ in self.faults._faults}


Running = Callable[..., AbstractAsyncContextManager[Bot]]


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi(is_metered=False) as server:
        yield server


@pytest.fixture
def service() -> ScriptedService:
    return ScriptedService()


@pytest.fixture
def running(api: BotApi, service: ScriptedService) -> Running:
    """Give a context in which the transport runs; leaving it stops it in order."""

    @asynccontextmanager
    async def run(**options: Any) -> AsyncIterator[Bot]:
        bot = Bot(api, service, **options)
        task = asyncio.create_task(bot.transport.run(bot.stop))
        try:
            yield bot
        finally:
            bot.stop.set()
            async with asyncio.timeout(10):
                await task

    return run


def soon(claim: Callable[[], bool], seconds: float = 5.0) -> Awaitable[None]:
    """Wait until something is so that nobody tells us of."""

    async def wait() -> None:
        async with asyncio.timeout(seconds):
            while not claim():  # noqa: ASYNC110
                await asyncio.sleep(0.005)

    return wait()
