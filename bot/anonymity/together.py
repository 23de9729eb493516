"""Writers that wait at the same moment are written in one transaction.

A durable commit costs the same for one change as for a hundred.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Change = TypeVar("Change")


class Together(Generic[Change]):
    """Gather changes while one group is being written; then write them as the next."""

    def __init__(
        self, write: Callable[[Sequence[Change]], Awaitable[Sequence[bool]]]
    ) -> None:
        """Use `write`, which stores a group and says of each whether it was stored."""
        self._write = write
        self._waiting: list[tuple[Change, asyncio.Future[bool]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def add(self, change: Change) -> bool:
        """Wait until the change is durable; give what `write` said of it.

        Raises what `write` raised, to everybody of its group.
        """
        result: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((change, result))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_groups())
        # A caller that gives up must not take the change back: it may be written.
        return await asyncio.shield(result)

    async def _write_groups(self) -> None:
        try:
            while self._waiting:
                # Everybody who is ready to write now comes along.
                await asyncio.sleep(0)
                group, self._waiting = self._waiting, []
                await self._write_one([c for c, _ in group], [f for _, f in group])
        finally:
            self._writer = None

    async def _write_one(
        self, changes: Sequence[Change], results: Sequence[asyncio.Future[bool]]
    ) -> None:
        try:
            said = await self._write(changes)
        except Exception as error:
            for result in results:
                result.set_exception(error)
                # Nobody may be waiting any more; then the loop need not complain.
                result.exception()
        else:
            for result, stored in zip(results, said, strict=True):
                result.set_result(stored)
