"""What may be logged: that something happened and where in the code. Never whose.

A fault is written as the types of its exceptions and the lines of code they passed;
their messages and arguments may quote a client, so they are not written.
"""

import logging
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, TextIO

QUIET: Final = (
    # httpx prints every address it calls at INFO, and the token is part of it.
    "httpx",
    "httpcore",
    "telegram",
    "aiosqlite",
    "asyncio",
)
_OWN: Final = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "taskName"}


class SafeFormatter(logging.Formatter):
    """One line: level, event, the facts given with it, and where a fault arose."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record without its arguments and without an exception's message."""
        facts = [
            f"{key}={value}"
            for key, value in sorted(record.__dict__.items())
            if key not in _OWN
        ]
        error = record.exc_info[1] if record.exc_info else None
        where = [f"at={place}" for place in places(error)] if error else []
        # `msg` alone: the arguments are other people's, and may be anything.
        event = record.msg if record.name.startswith("bot") else "library"
        return " ".join([record.levelname, record.name, str(event), *facts, *where])


def places(error: BaseException | None) -> Iterator[str]:
    """Name each exception of the chain and the innermost line it came from."""
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        place = (
            f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
        )
        yield f"{type(error).__name__}@{place}"
        error = error.__cause__ or error.__context__


def set_up(stream: TextIO = sys.stderr) -> None:
    """Send the log to the stream, with the loud libraries quieted."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(SafeFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    # Python's own last words are the message of the exception.
    sys.excepthook = _crashed


def _crashed(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    logging.getLogger("bot").critical("crashed", exc_info=(kind, error, trace))
