"""One lock per person, for as long as somebody waits for it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Turn:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Turns:
    """Lets the events of one person through one by one, and those of others along."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._turns: dict[str, _Turn] = {}

    @asynccontextmanager
    async def of(self, subject: str) -> AsyncIterator[None]:
        """Wait for this person's turn, and hold it."""
        turn = self._turns.setdefault(subject, _Turn())
        turn.waiting += 1
        try:
            async with turn.lock:
                yield
        finally:
            turn.waiting -= 1
            # Kept no longer than needed: the key names a person.
            if not turn.waiting:
                self._turns.pop(subject, None)
