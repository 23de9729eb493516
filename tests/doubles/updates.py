"""The queue of updates, as Telegram keeps it: until they are confirmed."""

import asyncio
from dataclasses import dataclass
from typing import Any

from tests.doubles.faults import Refuse

CONFLICT = Refuse(
    409,
    "Conflict: terminated by other getUpdates request; make sure that only one bot "
    "instance is running",
)
EVERYTHING = ("message", "edited_message", "callback_query", "my_chat_member")


@dataclass
class Waiting:
    """One update that is not confirmed yet."""

    body: Any
    deliveries: int = 0


class Queue:
    """Updates in the order in which they happened.

    Args:
        deliveries: how often each is delivered at least; 2 makes believe that every
            confirmation got lost once.
    """

    def __init__(self, deliveries: int = 1) -> None:
        """Start empty."""
        self.deliveries = deliveries
        self.next_id = 100_000
        self.delivered: dict[int, int] = {}
        self._waiting: dict[int, Waiting] = {}
        self._allowed: tuple[str, ...] = EVERYTHING
        self._arrived = asyncio.Event()
        self._poll = 0

    def __len__(self) -> int:
        """Say how many are not confirmed."""
        return len(self._waiting)

    def put(self, kind: str, body: Any) -> int:
        """Add an update and give its id; one of a kind nobody wants is dropped."""
        number = self.next_id
        self.next_id += 1
        if kind in self._allowed:
            self.put_raw({"update_id": number, kind: body}, number)
        return number

    def put_raw(self, body: Any, number: int) -> None:
        """Add anything at all under this id."""
        self._waiting[number] = Waiting(body)
        self._wake()

    def confirm(self, offset: int) -> None:
        """Forget what is below, once it was delivered often enough."""
        for number in [number for number in self._waiting if number < offset]:
            if self._waiting[number].deliveries >= self.deliveries:
                del self._waiting[number]

    async def get(
        self, offset: int | None, limit: int, seconds: int, allowed: list[str] | None
    ) -> list[Any] | Refuse:
        """Answer one poll; an older one that still waits is told of a conflict."""
        self._poll += 1
        poll = self._poll
        self._wake()
        if allowed is not None:
            self._allowed = tuple(allowed) or EVERYTHING
        if offset is not None:
            self.confirm(offset)
        try:
            async with asyncio.timeout(seconds):
                while not self._waiting:
                    await self._arrived.wait()
                    if self._poll != poll:
                        return CONFLICT
        except TimeoutError:
            pass
        batch = list(self._waiting.items())[:limit]
        for number, waiting in batch:
            waiting.deliveries += 1
            self.delivered[number] = self.delivered.get(number, 0) + 1
        return [waiting.body for _, waiting in batch]

    def _wake(self) -> None:
        self._arrived.set()
        self._arrived = asyncio.Event()
