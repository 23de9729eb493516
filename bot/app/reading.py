"""Put together what reads the words that people type. The one place that says so.

Remarks are asked where there is a scrubber; without one they are off.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from bot.config import Config
from bot.needs import needs_of
from bot.service import Reading

Reads = Callable[[Config], AbstractAsyncContextManager[Reading]]
"""Puts it together for one installation, and takes it apart again."""


@asynccontextmanager
async def open_reading(_: Config) -> AsyncIterator[Reading]:
    """Give what reads words in this installation."""
    yield Reading(
        asks_remarks=lambda: False,
        scrubber=None,
        needs=needs_of,
        guesser=None,
    )
