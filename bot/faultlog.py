"""Gather faults by type and place, and write them on the hour without count or value.

A fault that is written the moment it happens tells when somebody used the bot, and its
text may quote them. So only its type and its place are kept, once each, until the hour.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from traceback import walk_tb

_ROOT = Path(__file__).resolve().parent.parent
_OURS = (_ROOT / "bot", _ROOT / "storage")
_UNKNOWN = "unknown"

_log = logging.getLogger("bot.faults")


class FaultLog:
    """The faults of this hour; a set, so that nothing can be counted from it."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Keep the clock by which an hour is over."""
        self._now = now
        self._faults: set[tuple[str, str]] = set()

    def note(self, fault: BaseException) -> None:
        """Keep the type of a fault and the line of ours that it went through last."""
        self._faults.add((_kind(fault), place_of(fault)))

    def overhear(self, library: str, fault: BaseException | None) -> None:
        """Keep that a library complained, and where in our code, if it says so."""
        if fault is None:
            self._faults.add((library, _UNKNOWN))
        else:
            self._faults.add((f"{library}:{_kind(fault)}", place_of(fault)))

    def flush(self) -> None:
        """Write each fault once, in the order of the alphabet, and forget them."""
        faults, self._faults = sorted(self._faults), set()
        for kind, place in faults:
            _log.warning("fault", extra={"kind": kind, "place": place})

    async def run(self, stop: asyncio.Event) -> None:
        """Write on every full hour, and once more when stopped."""
        while not stop.is_set():
            try:
                async with asyncio.timeout(_until_the_hour(self._now())):
                    await stop.wait()
            except TimeoutError:
                self.flush()
        self.flush()


def _kind(fault: BaseException) -> str:
    kind = type(fault)
    return f"{kind.__module__}.{kind.__qualname__}"


def place_of(fault: BaseException) -> str:
    """Give file and line where a fault left our own code, as `bot/service.py:12`."""
    place = _UNKNOWN
    for frame, line in walk_tb(fault.__traceback__):
        file = Path(frame.f_code.co_filename)
        if any(file.is_relative_to(folder) for folder in _OURS):
            place = f"{file.relative_to(_ROOT).as_posix()}:{line}"
    return place


def _until_the_hour(now: datetime) -> float:
    hour = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return (hour - now).total_seconds()
