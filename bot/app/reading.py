"""Put together what reads the words that people type. The one place that says so.

Only the process that talks with people reads anything; every other command does
without the worker and the tables.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
)

from bot.config import Config
from bot.faultlog import FaultLog
from bot.language import ThreadedGuesser
from bot.needs import needs_of
from bot.scrub.worker import ScrubWorker
from bot.service import Reading

Reads = Callable[[Config], AbstractAsyncContextManager[Reading]]
"""Puts it together for one installation, and takes it apart again."""


@asynccontextmanager
async def open_unread(_: Config) -> AsyncIterator[Reading]:
    """Give what a command needs that nobody types to: no remark is asked."""
    yield Reading(
        asks_remarks=lambda: False,
        scrubber=None,
        needs=needs_of,
        guesser=None,
    )


@asynccontextmanager
async def open_reading(
    config: Config,
    *,
    faults: FaultLog,
    roster: Sequence[str] = (),
    is_trial: bool = False,
) -> AsyncIterator[Reading]:
    """Give all that reads words, warm: nobody waits for lists to be read.

    Remarks are asked while the scrubber is sound and somebody looks them through.

    Args:
        faults: where faults are noted, without what was typed.
        roster: names of staff that the scrubber looks for besides.
        is_trial: nothing is kept, so that nobody need look through anything.
    """
    guesser, worker = ThreadedGuesser(faults), ScrubWorker(roster)
    async with AsyncExitStack() as running:
        if is_trial or config.remarks.reviewers:
            # Or else nobody asks for a remark: it need not run, and withholds all.
            await running.enter_async_context(worker)
        await asyncio.gather(guesser.warm(), asyncio.to_thread(needs_of, ""))
        yield Reading(
            asks_remarks=lambda: worker.is_sound,
            scrubber=worker,
            needs=needs_of,
            guesser=guesser,
        )
