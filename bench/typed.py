"""What it takes to read a typed text, and how long everybody else is held up by it.

The whole service in memory, with the real tables and word lists and the real worker;
texts are typed at the open question, where most is done with them. How long the event
loop was held is how much later than it should a clock ticks that runs beside it.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Final

from bench.figures import Figure
from bench.place import flow_to_ask
from bench.remarks import HALVES, remarks
from bot.app import App, now, open_in_memory
from bot.app.reading import open_reading
from bot.commands.publishing import publish
from bot.config import Config, EntryPoint
from bot.core.session import Session, Status
from bot.dialogue import Opened, Wrote
from bot.faultlog import FaultLog
from bot.service import ENTRY

_DOOR: Final = "bench"
_SUBJECT: Final = "bench:1"
_SAYS: Final = ("ja", "7", "8", "eens", "oneens")
"""The way to the open question, typed."""
_TICK: Final = 0.001
_MEGABYTE: Final = 1_000_000
_OF_TELEGRAM: Final = 4_096

_ZERO: Final = "\N{ZERO WIDTH SPACE}"
_MARKS: Final = "\u0301\u0316"
"""Two that have to be put in order where they come in turns."""
_SEEN_AS: Final = "\u0430\u0435\u043e\u0440\u0441"
"""Cyrillic letters that look like Latin ones."""

HOSTILE: Final[Mapping[str, str]] = {
    "4,096 blanks": " " * _OF_TELEGRAM,
    "1-1-1-...": "1-" * (_OF_TELEGRAM // 2),
    "a letter with 4,095 marks": f"e{_MARKS * _OF_TELEGRAM}"[:_OF_TELEGRAM],
    "letters that look like others": (_SEEN_AS + "x ") * (_OF_TELEGRAM // 7),
    "letters of no width": f"J{_ZERO}a{_ZERO}n{_ZERO} " * (_OF_TELEGRAM // 7),
    "signs that stand for many": "\ufdfa" * _OF_TELEGRAM,
    "a letter with a million marks": f"e{_MARKS * (_MEGABYTE // 2)}",
    "1 MB of 1-1-1-...": "1-" * (_MEGABYTE // 2),
    "1 MB of words": "zomaar een woord " * (_MEGABYTE // 17),
}
"""Texts made to be slow. Telegram sends no more than the first six; a terminal may."""


@dataclass(slots=True)
class Clock:
    """Ticks beside the work, and remembers by how much it was late at most."""

    late: float = 0.0

    async def run(self) -> None:
        """Tick for ever."""
        while True:
            began = time.perf_counter()
            await asyncio.sleep(_TICK)
            self.late = max(self.late, time.perf_counter() - began - _TICK)


async def measure(rounds: int, most: int | None = None) -> list[Figure]:
    """Read the labelled remarks, and then what is made to be slow.

    Args:
        most: how many remarks of each half; None for all of them.
    """
    async with _asked() as (app, session):
        read = [await _median(app, session, most) for _ in range(rounds)]
        figures = [Figure("remark: milliseconds to guess and scrub", None, tuple(read))]
        clock = Clock()
        ticking = asyncio.create_task(clock.run())
        for name, text in HOSTILE.items():
            found = [await _typed(app, clock, text) for _ in range(rounds)]
            answers, held = zip(*found, strict=True)
            figures += [
                Figure(f"{name}: milliseconds to an answer", None, answers),
                Figure(f"{name}: milliseconds held", None, held),
            ]
        ticking.cancel()
        return figures


@asynccontextmanager
async def _asked() -> AsyncIterator[tuple[App, Session]]:
    """Give a bot in memory, and somebody who was asked for a remark."""
    flow = flow_to_ask()
    entry = EntryPoint(flow=flow.flow, one_in=1)
    config = Config(phone="14 023", entries={_DOOR: entry})
    reads = partial(open_reading, faults=FaultLog(now), is_trial=True)
    async with open_in_memory(config, reads=reads) as app:
        await publish(app, flow)
        await app.service.handle(_SUBJECT, Opened(f"{ENTRY}{_DOOR}", "nl"))
        for said in _SAYS:
            await app.service.handle(_SUBJECT, Wrote(said, "nl"))
        session = await app.door.session(_SUBJECT)
        if session is None or session.status is not Status.REMARKING:
            raise RuntimeError("nobody is asked for a remark")
        yield app, session


async def _median(app: App, session: Session, most: int | None) -> float:
    """Give the median over the remarks, each to the worker and back."""
    flow, reading, taken = flow_to_ask(), app.reading, []
    for remark in (one for half in HALVES for one in remarks(half)[:most]):
        began = time.perf_counter()
        guess = await reading.guessed(remark.text, flow, session, "nl")
        await reading.scrubbed(remark.text, guess.language)
        taken.append(1000 * (time.perf_counter() - began))
    return median(taken)


async def _typed(app: App, clock: Clock, text: str) -> tuple[float, float]:
    """Give how long an answer takes, and how long the event loop was held."""
    await asyncio.sleep(2 * _TICK)
    clock.late = 0.0
    began = time.perf_counter()
    await app.service.handle(_SUBJECT, Wrote(text, "nl"))
    taken = time.perf_counter() - began
    await asyncio.sleep(2 * _TICK)
    return 1000 * taken, 1000 * clock.late
