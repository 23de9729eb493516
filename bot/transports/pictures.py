"""The picture of a digest, drawn once for all who get it.

A digest without its picture still says everything: whatever goes wrong with a drawing
costs the picture and never the text.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from bot.faultlog import FaultLog
from bot.outbox import WrittenDigest

Plot = Callable[[str], Awaitable[bytes]]
"""Draws what `WrittenDigest.picture` says; gives a PNG."""

PNG_NAME: Final = "digest.png"
_PATIENCE: Final = 60.0


class Pictures:
    """The pictures of one round of delivery.

    Args:
        plot: None where nothing is drawn.
    """

    def __init__(self, plot: Plot | None, faults: FaultLog) -> None:
        """Start with none drawn."""
        self._plot = plot
        self._faults = faults
        self._drawn: dict[str, bytes | None] = {}

    async def of(self, digest: WrittenDigest) -> bytes | None:
        """Give the picture; None where there is none, or it cannot be drawn."""
        if self._plot is None or not digest.picture:
            return None
        if digest.picture not in self._drawn:
            self._drawn[digest.picture] = await self._draw(self._plot, digest.picture)
        return self._drawn[digest.picture]

    async def _draw(self, plot: Plot, picture: str) -> bytes | None:
        try:
            async with asyncio.timeout(_PATIENCE):
                return await plot(picture) or None
        except Exception as fault:
            self._faults.note(fault)
            return None
