"""The bot with a pen that needs no time, and in a hurry.

`python -m tests.e2e.drawing CONFIG`
"""

import asyncio
import sys
from pathlib import Path

from bot.commands.running import Drawing, run
from bot.config import read_config
from bot.transports import rounds
from tests.doubles.contract import PNG


async def plot(picture: str) -> bytes:
    """Draw what was asked for, so that it can be seen to have been that."""
    return PNG + picture.encode()


_HURRY = 10
_pause = rounds.pause


async def hurry(stop: asyncio.Event, seconds: float) -> None:
    """Wait a tenth of the time for the next look in the outbox."""
    await _pause(stop, seconds / _HURRY)


if __name__ == "__main__":
    rounds.pause = hurry
    asyncio.run(run(read_config(Path(sys.argv[1])), Drawing(plot=plot)))
