"""What may be logged: that something happened and where in the code. Never whose.

A fault is written as the types of its exceptions and the lines of code they passed;
their messages and arguments may quote a client, so they are not written.
"""

import logging
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TextIO

QUIET: Final = (
    # httpx prints every address it calls at INFO, and the token is part of it.
    "httpx",
    "httpcore",
    "telegram",
    "aiosqlite",
    "asyncio",
)
_OWN: Final = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "taskName"}

_log = logging.getLogger("bot")


class SafeFormatter(logging.Formatter):
    """One line: level, event, the facts given with it, and where a fault arose."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record without its arguments and without an exception's message."""
        error = record.exc_info[1] if record.exc_info else None
        where = [f"at={place}" for place in places(error)] if error else []
        head = [record.levelname, record.name]
        if not is_ours(record):
            # Its text, arguments and facts are other people's, and may be anything.
            return " ".join([*head, "library", *where])
        facts = [
            f"{key}={value}"
            for key, value in sorted(record.__dict__.items())
            if key not in _OWN
        ]
        return " ".join([*head, str(record.msg), *facts, *where])


def places(error: BaseException | None) -> Iterator[str]:
    """Name each exception of the chain and the innermost line it came from."""
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        place = (
            f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
        )
        yield f"{type(error).__name__}@{place}"
        error = error.__cause__ or error.__context__


def is_ours(record: logging.LogRecord) -> bool:
    """Say whether our own code wrote this."""
    return record.name.partition(".")[0] == "bot"


def set_up(stream: TextIO = sys.stderr) -> None:
    """Send the log to the stream, with the loud libraries quieted."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(SafeFormatter())
    # Whatever level somebody forces on a library, its chatter ends here.
    handler.addFilter(lambda record: is_ours(record) or _is_grave(record))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    # A line that cannot be written would be printed with its arguments instead.
    logging.raiseExceptions = False
    # What Python itself prints is the message: of a warning, and of an exception that
    # nobody caught, on any thread, and while it takes an object away.
    logging.captureWarnings(True)
    sys.excepthook = _crashed
    threading.excepthook = lambda args: _last_words("crashed on a thread", args)
    sys.unraisablehook = lambda args: _last_words("crashed in passing", args)


def hand_over(gather: Callable[[str, BaseException | None], None]) -> None:
    """Have what libraries complain of gathered from now on instead of written.

    And what nobody waits for: a thread that fails, an object that fails as it goes.
    Written at once, it would tell when somebody used the bot.

    Args:
        gather: takes the name of the library and its exception, if any.
    """
    root = logging.getLogger()
    for handler in root.handlers:
        handler.addFilter(is_ours)
    root.addHandler(_Gatherer(gather))
    threading.excepthook = lambda args: gather("thread", args.exc_value)
    sys.unraisablehook = lambda args: gather("passing", args.exc_value)


class _Gatherer(logging.Handler):
    def __init__(self, gather: Callable[[str, BaseException | None], None]) -> None:
        super().__init__(logging.WARNING)
        self._gather = gather

    def emit(self, record: logging.LogRecord) -> None:
        if not is_ours(record):
            self._gather(record.name, record.exc_info[1] if record.exc_info else None)


def _is_grave(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING


def _crashed(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    _log.critical("crashed", exc_info=(kind, error, trace))


def _last_words(event: str, args: Any) -> None:
    """Say of an exception nobody waits for where it arose."""
    error = args.exc_value
    exc_info = (type(error), error, args.exc_traceback) if error else None
    _log.critical(event, exc_info=exc_info)
