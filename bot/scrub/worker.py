"""Have texts scrubbed in a process apart, within a second or not at all.

The text is cut to its longest before it goes anywhere. It stands in memory and in a
pipe, and nowhere else; a request that fails is never made again from a copy.
"""

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import Iterable
from types import TracebackType
from typing import Final, Self

from bot.remarks import Scrubbed, Withheld
from bot.scrub import LONGEST_TIME, cut, serving
from bot.scrub.messages import HEAD, Message, length_of, packed, unpacked

START_LIMIT: Final = 30.0
"""Seconds that a worker has to read its lists and catch its canaries; it takes one."""
_GRACE: Final = 0.1
"""Seconds that a worker has to end by itself."""
_FAULTS: Final = (OSError, ValueError, KeyError, asyncio.IncompleteReadError)


class ScrubWorker:
    """A scrubber in a process of its own; a `bot.remarks.Scrubber`.

    Before `start`, after `close` and wherever the worker is not sound, all is withheld.

    Args:
        roster: names of staff that are looked for besides; given to the worker over its
            pipe, and to nobody else.
        limit: seconds that a request has, its waiting included.
    """

    def __init__(
        self, roster: Iterable[str] = (), *, limit: float = LONGEST_TIME
    ) -> None:
        """Start nothing yet."""
        self._roster = tuple(roster)
        self._limit = limit
        self._process: asyncio.subprocess.Process | None = None
        self._starting: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()
        self._is_closed = True
        self._is_sound = False
        self._is_hopeless = False

    @property
    def is_sound(self) -> bool:
        """Say whether the newest worker caught every canary; else remarks are off."""
        return self._is_sound

    @property
    def pid(self) -> int | None:
        """Give the worker's process; None while there is none."""
        return self._process.pid if self._process else None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def start(self) -> None:
        """Start the worker and wait until it is warm; `is_sound` says if it works."""
        self._is_closed = self._is_hopeless = False
        await self._start()

    async def close(self) -> None:
        """Stop the worker; what is asked from now on is withheld."""
        self._is_closed = True
        self._is_sound = False
        if self._starting is not None:
            self._starting.cancel()
            await asyncio.gather(self._starting, return_exceptions=True)
            self._starting = None
        await self._stop()

    async def scrub(self, text: str, language: str | None) -> Scrubbed | Withheld:
        """Give what may be kept of a text, or why nothing may. Raises nothing."""
        asked = {"do": "scrub", "text": cut(text), "language": language}
        match await self.ask(asked):
            case {"text": str(clean), "replaced": int(replaced)}:
                return Scrubbed(clean, replaced)
            case {"withheld": str(why)} if why in list(Withheld):
                return Withheld(why)
            case _:
                return Withheld.IN_DOUBT

    async def ask(self, message: Message) -> Message | None:
        """Give the worker's answer; None where there is none in time, or no worker.

        A worker that does not answer in time is killed, and another one started.
        """
        if self._is_closed:
            return None
        try:
            async with asyncio.timeout(self._limit), self._turn:
                return await self._asked_in_turn(message)
        except TimeoutError:
            return None

    async def _asked_in_turn(self, message: Message) -> Message | None:
        if self._starting is not None:
            # A fresh worker is on its way: wait for it, as long as the limit is.
            await asyncio.wait([self._starting])
        if self._process is None or not self._is_sound:
            self._renew()
            return None
        is_answered = False
        try:
            answer = await self._exchange(self._process, message)
            is_answered = "failed" not in answer
        except _FAULTS:
            return None
        finally:
            if not is_answered:
                # It hangs, has died, or is not to be trusted with the next text.
                self._renew()
        return answer if is_answered else None

    def _renew(self) -> None:
        if self._starting is None and not (self._is_closed or self._is_hopeless):
            self._starting = asyncio.create_task(self._start())
            self._starting.add_done_callback(self._started)

    def _started(self, task: asyncio.Task[None]) -> None:
        if self._starting is task:
            self._starting = None

    async def _start(self) -> None:
        await self._stop()
        self._is_sound = False
        try:
            async with asyncio.timeout(START_LIMIT):
                # Isolated: it takes no module and no setting from where the bot is.
                self._process = await asyncio.create_subprocess_exec(
                    sys.executable,
                    "-I",
                    "-m",
                    serving.__name__,
                    stdin=asyncio.subprocess.PIPE,
                    stdout=asyncio.subprocess.PIPE,
                    stderr=asyncio.subprocess.DEVNULL,
                    cwd=tempfile.gettempdir(),
                    env={},
                    start_new_session=True,
                )
                begin = {"do": "begin", "roster": self._roster}
                answer = await self._exchange(self._process, begin)
                self._is_sound = answer.get("sound") is True
                # What it said of its canaries the next one would say too.
                self._is_hopeless = answer.get("sound") is False
        except (TimeoutError, *_FAULTS):
            await self._stop()
        if not self._is_sound:
            await self._stop()

    async def _exchange(
        self, process: asyncio.subprocess.Process, message: Message
    ) -> Message:
        """Send a message and read the answer. Raises one of _FAULTS."""
        pipe, answers = process.stdin, process.stdout
        if pipe is None or answers is None:
            raise ValueError("a process without pipes")
        pipe.write(packed(message))
        await pipe.drain()
        length = length_of(await answers.readexactly(HEAD))
        return unpacked(await answers.readexactly(length))

    async def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            # With its input it ends by itself, unless it hangs.
            async with asyncio.timeout(_GRACE):
                await process.wait()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
