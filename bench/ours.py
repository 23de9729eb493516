"""The bot itself, whole but for the network: it takes batches and says when it is done.

Real: the transport with its poller, lanes and sender, the service, the engine, the
door, and SQLite on the disk. Off: the pace that Telegram asks for.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

from bench.network import Network
from bench.people import People, Person
from bot.app import App, now
from bot.dialogue import Input, Reply
from bot.faultlog import FaultLog
from bot.transports.telegram import Pacing, TelegramTransport, Timing
from bot.transports.telegram.request import QuietRequest

TOKEN: Final = "123456:BENCH"  # noqa: S105 - of a bot that does not exist
UNMETERED: Final = Pacing(all_per_second=1e9, chat_every=0, group_every=0)
"""Telegram's own limit, 30 messages a second, would be all that is measured."""

_AT_ONCE: Final = 10_000
_PATIENCE: Final = 600.0


class _Network(Network):
    """Reads the answers as the bot's own HTTP client does."""

    parse_json_payload = staticmethod(QuietRequest.parse_json_payload)


class _Faults(FaultLog):
    """Keeps no fault to itself: what would then be measured is not the bot."""

    def __init__(self) -> None:
        super().__init__(now)
        self.first: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def note(self, fault: BaseException) -> None:
        if not self.first.done():
            self.first.set_exception(fault)


class _Watched:
    """The service, and how many replies of it are not on the screen yet."""

    def __init__(self, app: App) -> None:
        self._service = app.service
        self._left = 0
        self._done = asyncio.Event()
        self.is_tidy = asyncio.Event()

    def expect(self, replies: int) -> None:
        self._left = replies
        self._done.clear()

    async def all_shown(self) -> None:
        await self._done.wait()

    async def handle(
        self, subject: str, event: Input, update: int | None = None
    ) -> Reply:
        return await self._service.handle(subject, event, update)

    async def shown(self, subject: str, token: str, sent: Sequence[int]) -> None:
        await self._service.shown(subject, token, sent)
        self._left -= 1
        if not self._left:
            self._done.set()

    async def tidy(self) -> list[Reply]:
        replies = await self._service.tidy()
        self.is_tidy.set()
        return replies


class Ours:
    """A bot at work."""

    def __init__(self, app: App, people: People) -> None:
        """Put it together; it is idle until a round."""
        self.network = _Network(people.turns[-1].shown)
        self._app = app
        self._people = people
        self._service = _Watched(app)
        self._faults = _Faults()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Run the transport for as long as the block lasts."""
        stop = asyncio.Event()
        transport = TelegramTransport(
            TOKEN,
            self._service,
            base_url="https://telegram.invalid/bot",
            outbox=self._app.stores.outbox,
            faults=self._faults,
            request=self.network,
            pacing=UNMETERED,
            timing=Timing(outbox_every=_PATIENCE),
        )
        task = asyncio.create_task(transport.run(stop))
        try:
            # Every open session is looked at when it starts.
            await self._unless_faulty(self._service.is_tidy.wait())
            yield
        finally:
            stop.set()
            await task

    async def welcome(self, people: Sequence[Person]) -> None:
        """Begin a session with everybody; not a part of what is measured."""
        await fill(self._app, self._people, people)

    async def serve(self, batches: Sequence[bytes], steps: int) -> None:
        """Take all these steps: the last reply is shown, and that is stored."""
        self._service.expect(steps)
        self.network.feed(batches)
        await self._unless_faulty(self._service.all_shown())

    async def _unless_faulty(self, work: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(work)
        both = (task, self._faults.first)
        done, _ = await asyncio.wait(
            both, timeout=_PATIENCE, return_when=asyncio.FIRST_COMPLETED
        )
        task.cancel()
        if not done:
            raise TimeoutError
        done.pop().result()


async def fill(app: App, people: People, who: Sequence[Person]) -> None:
    """Store an open session of everybody, through the door."""
    for start in range(0, len(who), _AT_ONCE):
        some = who[start : start + _AT_ONCE]
        async with asyncio.TaskGroup() as group:
            for person in some:
                group.create_task(app.door.save(people.session(person)))
