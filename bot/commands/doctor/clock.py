"""The clock on which the keys are destroyed: is it right, and when does it strike."""

import ctypes
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

from bot.commands.doctor.finding import Finding, fault, mind, ok
from bot.config import Installation
from bot.core.weeks import iso_week
from bot.schedule import Weekly, next_due

UNKNOWN: Final = -1
NOT_SYNCHRONISED: Final = 5
_ROOM: Final = 512
_LATE: Final = timedelta(minutes=10)


def kernel_clock() -> int:
    """Ask the kernel about its clock, after adjtimex(2): 0 to 4 is synchronised."""
    try:
        # All noughts: nothing is to be changed, only read. It needs no privilege.
        return int(ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_ROOM)))
    except (AttributeError, OSError):
        return UNKNOWN


def check_clock(ask: Callable[[], int] = kernel_clock) -> Iterator[Finding]:
    """Say whether something keeps the clock right."""
    state = ask()
    if state == NOT_SYNCHRONISED:
        yield mind("clock-alone")
    elif state == UNKNOWN:
        yield mind("clock-unknown")
    else:
        yield ok("clock")


def check_opening(
    installation: Installation, now: datetime, last: str | None
) -> Iterator[Finding]:
    """Say when the next opening is due, on the clock on the wall.

    Args:
        last: ISO week of the newest opening.
    """
    digest = installation.config.digest
    this_week = iso_week(now, digest.zone)
    if last is not None and last > this_week:
        yield fault("clock-behind", last=last, now=this_week)
        return
    due = next_due(now, Weekly(digest.isoweekday, digest.time, digest.zone), last)
    local = due.astimezone(digest.zone)
    say = mind if now - due > _LATE else ok
    yield say(
        "opening-late" if say is mind else "opening",
        date=f"{local:%d-%m-%Y}",
        time=f"{local:%H:%M}",
        zone=digest.timezone,
    )
