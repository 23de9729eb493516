"""A service that answers by a script, to test what stands between it and a chat."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from bot.dialogue import Input, Reply

Script = Callable[[str, Input], Awaitable[Reply] | Reply]


class ScriptedService:
    """Remembers what it was told, and answers what the script says.

    Args:
        script: (subject, event) -> the reply; None answers nothing.
        tidied: what each call of `tidy` gives, one after another.
    """

    def __init__(
        self, script: Script | None = None, tidied: Sequence[list[Reply]] = ()
    ) -> None:
        """Start with nothing handled."""
        self.script = script
        self.handled: list[tuple[str, Input, int | None]] = []
        self.seen: list[tuple[str, str, tuple[int, ...]]] = []
        self.tidied = list(tidied)
        self._changed = asyncio.Event()

    async def handle(
        self, subject: str, event: Input, update: int | None = None
    ) -> Reply:
        """Remember the event, then do as the script says."""
        self.handled.append((subject, event, update))
        self._touch()
        if self.script is None:
            return Reply(subject)
        reply = self.script(subject, event)
        return reply if isinstance(reply, Reply) else await reply

    async def shown(self, subject: str, token: str, sent: Sequence[int]) -> None:
        """Remember what was on the screen."""
        self.seen.append((subject, token, tuple(sent)))
        self._touch()

    async def tidy(self) -> list[Reply]:
        """Give the next list of replies."""
        return self.tidied.pop(0) if self.tidied else []

    @property
    def events(self) -> list[Input]:
        """What people did, in the order in which it was handled."""
        return [event for _, event, _ in self.handled]

    async def until(self, claim: Callable[[], bool], seconds: float = 5.0) -> None:
        """Wait until a claim about this service is true."""
        async with asyncio.timeout(seconds):
            while not claim():
                await self._changed.wait()

    def _touch(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
