"""Ask Telegram for updates, and confirm each only when it has been dealt with.

The library's own poller confirms a batch before it is handled: what is lost with the
process is then lost for good.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from telegram.error import Conflict, InvalidToken

from bot.errors import ConfigError, TransportError
from bot.faultlog import FaultLog
from bot.transports.rounds import pause
from bot.transports.telegram.answers import Fate, meaning
from bot.transports.telegram.settings import Timing

T = TypeVar("T")

Fetch = Callable[[int | None, int], Awaitable[list[Any]]]
"""(offset, seconds to wait) -> raw updates."""

Deal = Callable[[int, Any], bool]
"""Take on one update; False where nothing has to be waited for."""


class Poller:
    """The loop that fetches updates.

    An update is pending from when it was taken on until `settled` says so. A pending
    one holds up the confirmation of later ones, never the handling of them.

    Args:
        fetch: asks Telegram.
        deal: takes on one update; may raise, which settles it.
        heard: called after each successful poll, for whoever watches.
    """

    def __init__(
        self,
        fetch: Fetch,
        deal: Deal,
        timing: Timing,
        faults: FaultLog,
        heard: Callable[[], None],
    ) -> None:
        """Start without an update."""
        self._fetch = fetch
        self._deal = deal
        self._timing = timing
        self._faults = faults
        self._heard = heard
        self._has_heard = False
        self._pending: set[int] = set()
        self._settled: set[int] = set()
        self._all_settled = asyncio.Event()

    def settled(self, update: int) -> None:
        """Note that this update may be confirmed. Twice does no harm."""
        if update not in self._pending:
            return
        self._pending.remove(update)
        self._settled.add(update)
        if not self._pending:
            self._all_settled.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until stopped; raise where going on makes no sense."""
        watch = _Watch(self._timing)
        while not stop.is_set():
            try:
                raws = await unless(stop, self._poll(self._seconds()))
            except Exception as fault:
                self._faults.note(fault)
                await pause(stop, watch.failed(fault))
                continue
            if raws is None:
                return
            self._tell()
            is_news = self._take_on(raws)
            await self._wait(stop)
            if raws and not is_news and self._offset() is None:
                # Nothing in it can be confirmed: asking at once would bring it again.
                await pause(stop, watch.stuck())
            else:
                watch.succeeded()

    async def confirm(self) -> None:
        """Confirm what was dealt with since the last poll; failing does no harm."""
        if self._offset() is None:
            return
        try:
            await self._poll(0)
        except Exception as fault:
            self._faults.note(fault)

    async def _poll(self, seconds: int) -> list[Any]:
        offset = self._offset()
        raws = await self._fetch(offset, seconds)
        if offset is not None:
            self._settled = {number for number in self._settled if number >= offset}
        return raws

    def _offset(self) -> int | None:
        """Give where to go on: confirms everything below.

        None when all is confirmed. After a quiet week the ids begin anew, perhaps
        lower: an offset kept from before would throw those updates away.
        """
        if self._pending:
            return min(self._pending)
        if self._settled:
            return max(self._settled) + 1
        return None

    def _seconds(self) -> int:
        # What is pending comes again at once, whatever time is given. And the first
        # poll does not wait: whoever just started the bot wants to know if it hears.
        return 0 if self._pending or not self._has_heard else self._timing.poll

    def _tell(self) -> None:
        self._has_heard = True
        try:
            self._heard()
        except OSError as fault:
            # A full disk is no reason to stop listening.
            self._faults.note(fault)

    def _take_on(self, raws: list[Any]) -> bool:
        """Take on what is new; say whether anything was."""
        is_news = False
        for raw in raws:
            number = raw.get("update_id") if isinstance(raw, dict) else None
            if not isinstance(number, int):
                self._faults.note(TypeError("an update without an id"))
                continue
            if number in self._pending or number in self._settled:
                continue
            is_news = True
            self._pending.add(number)
            try:
                is_settled = not self._deal(number, raw)
            except Exception as fault:
                self._faults.note(fault)
                is_settled = True
            if is_settled:
                self.settled(number)
        return is_news

    async def _wait(self, stop: asyncio.Event) -> None:
        """Wait until nothing is pending, or so long that others should not wait."""
        self._all_settled.clear()
        if not self._pending:
            return
        try:
            async with asyncio.timeout(self._timing.grace):
                await unless(stop, self._all_settled.wait())
        except TimeoutError:
            pass


class _Watch:
    """How long polling has been failing, and when that is too long."""

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self.succeeded()

    def succeeded(self) -> None:
        """Start anew."""
        self._since = asyncio.get_running_loop().time()
        self._conflicts = 0
        self._pause = self._timing.first_pause

    def failed(self, fault: Exception) -> float:
        """Give how long to wait before the next poll; raise when it is enough."""
        if isinstance(fault, InvalidToken):
            raise ConfigError("telegram-token-refused") from None
        if isinstance(fault, Conflict):
            self._conflicts += 1
            if self._conflicts >= self._timing.conflicts:
                raise TransportError("telegram-conflict") from None
        else:
            self._conflicts = 0
        if asyncio.get_running_loop().time() - self._since > self._timing.silence:
            minutes = round(self._timing.silence / 60)
            raise TransportError("telegram-silent", minutes=minutes) from None
        answer = meaning(fault)
        return answer.seconds if answer.fate is Fate.HELD else self.stuck()

    def stuck(self) -> float:
        """Give a pause that doubles each time."""
        wait = self._pause
        self._pause = min(2 * wait, self._timing.longest_pause)
        return wait


async def unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """Do the work, but let go of it and give None when stopped."""
    task = asyncio.create_task(work)
    stopped = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((task, stopped), return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        for one in (task, stopped):
            one.cancel()
        await asyncio.gather(task, stopped, return_exceptions=True)
