"""What waits at the same moment is done in one transaction.

A durable commit costs the same for one change as for a hundred, and so does the way to
the thread that reads and back.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Wish = TypeVar("Wish")
Result = TypeVar("Result")


class Together(Generic[Wish, Result]):
    """Gather wishes while one group is being done; then do them as the next."""

    def __init__(
        self, do: Callable[[Sequence[Wish]], Awaitable[Sequence[Result]]]
    ) -> None:
        """Use `do`, which does a group and gives a result for each, one for one."""
        self._do = do
        self._waiting: list[tuple[Wish, asyncio.Future[Result]]] = []
        self._worker: asyncio.Task[None] | None = None

    async def add(self, wish: Wish) -> Result:
        """Wait until it is done, in a group that begins after now; give its result.

        Raises what `do` raised, to everybody of its group.
        """
        result: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((wish, result))
        if self._worker is None:
            self._worker = asyncio.create_task(self._do_groups())
        # A caller that gives up must not take the wish back: it may be done already.
        return await asyncio.shield(result)

    async def _do_groups(self) -> None:
        try:
            while self._waiting:
                # Everybody who is ready now comes along.
                await asyncio.sleep(0)
                group, self._waiting = self._waiting, []
                await self._do_one([w for w, _ in group], [f for _, f in group])
        finally:
            self._worker = None

    async def _do_one(
        self, wishes: Sequence[Wish], results: Sequence[asyncio.Future[Result]]
    ) -> None:
        try:
            said = await self._do(wishes)
        except Exception as error:
            for result in results:
                result.set_exception(error)
                # Nobody may be waiting any more; then the loop need not complain.
                result.exception()
        else:
            for result, one in zip(results, said, strict=True):
                result.set_result(one)
