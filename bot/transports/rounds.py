"""What every deliverer of digests does: look in the outbox, try, and be patient."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.faultlog import FaultLog

Round = Callable[[asyncio.Event], Awaitable[bool]]
"""Tries everything that waits once; says whether nothing is left."""


async def keep_on(
    deliver: Round,
    stop: asyncio.Event,
    faults: FaultLog,
    *,
    every: float,
    longest: float,
) -> None:
    """Go round every few seconds until stopped, less often while it fails."""
    wait = every
    while not stop.is_set():
        try:
            is_empty = await deliver(stop)
        except Exception as fault:
            faults.note(fault)
            is_empty = False
        wait = every if is_empty else min(2 * wait, longest)
        await pause(stop, wait)


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Sleep, but wake when stopped."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        pass
