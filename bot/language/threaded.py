"""Guess in a thread, so that nobody waits; a fault is noted, and is no guess."""

import asyncio
from collections.abc import Sequence

from bot.faultlog import FaultLog
from bot.guesses import Guess
from bot.language.policy import Hints, guess
from bot.language.tables import warm


class ThreadedGuesser:
    """The port `bot.guesses.Guesser`, on threads of the running event loop."""

    def __init__(self, faults: FaultLog) -> None:
        """Keep where faults go; what was typed never goes there."""
        self._faults = faults

    async def warm(self) -> None:
        """Read the tables at start-up, so that nobody's first remark waits for them.

        Raises OSError or ModuleNotFoundError where langdetect is not whole.
        """
        await asyncio.to_thread(warm)

    async def guess(
        self,
        text: str,
        *,
        configured: Sequence[str],
        chosen: str | None,
        app_language: str | None,
    ) -> Guess:
        """Say what the text is likely written in. Never raises."""
        hints = Hints(tuple(configured), chosen, app_language)
        try:
            return await asyncio.to_thread(guess, text, hints)
        except Exception as fault:
            self._faults.note(fault)
            return Guess()
