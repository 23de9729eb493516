"""Is the bot running, and when did it last hear from the chat service."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.app import is_running
from bot.commands.doctor.finding import Finding, fault, mind, ok
from bot.commands.running import heartbeat_of
from bot.config import Installation

_SILENT: Final = timedelta(minutes=5)
_MINUTE: Final = timedelta(minutes=1)


def check_pulse(installation: Installation, now: datetime) -> Iterator[Finding]:
    """Say whether the bot runs and hears."""
    runs = is_running(installation)
    try:
        beat = heartbeat_of(installation).stat().st_mtime
    except OSError:
        yield mind("not-heard-yet") if runs else mind("never-ran")
        return
    age = max(now - datetime.fromtimestamp(beat, UTC), timedelta())
    facts = {"minutes": age // _MINUTE}
    if not runs:
        yield mind("not-running", **facts)
    elif age > _SILENT:
        yield fault("hears-nothing", **facts)
    else:
        yield ok("running", **facts)
