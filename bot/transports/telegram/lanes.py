"""One lane per chat: in order within a chat, side by side across chats."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from bot.faultlog import FaultLog

Job = Callable[[], Awaitable[None]]


class Lanes:
    """Run jobs, each in the lane of its chat. A lane without jobs does not exist.

    Args:
        slots: for the part of a job that must not run too often at a time. A job takes
            one itself, so none is taken by jobs that wait for their turn: a busy chat
            cannot starve the rest.
    """

    def __init__(self, slots: int, faults: FaultLog) -> None:
        """Start without lanes."""
        self.slots = asyncio.Semaphore(slots)
        self._faults = faults
        self._jobs: dict[int, deque[Job]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        """Say how many chats are being served."""
        return len(self._jobs)

    def waiting(self, chat: int) -> int:
        """Say how many jobs of this chat have not begun."""
        return len(self._jobs.get(chat, ()))

    def put(self, chat: int, job: Job) -> None:
        """Let a job run after all earlier ones of this chat."""
        jobs = self._jobs.get(chat)
        if jobs is not None:
            jobs.append(job)
            return
        self._jobs[chat] = deque((job,))
        task = asyncio.create_task(self._run(chat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def drain(self, seconds: float) -> None:
        """Wait until all is done, at most so long; then drop what is left."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _run(self, chat: int) -> None:
        jobs = self._jobs[chat]
        try:
            while jobs:
                try:
                    await jobs.popleft()()
                except Exception as fault:
                    self._faults.note(fault)
        finally:
            del self._jobs[chat]
