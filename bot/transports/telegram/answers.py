"""What an answer of Telegram means for the request it was given to.

`BadRequest` and `TimedOut` are subclasses of `NetworkError`: the order matters here.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
)


class Fate(StrEnum):
    """What became of a request that Telegram did not simply accept."""

    DONE = "done"
    """It was so already."""
    HELD = "held"
    """Too fast for this chat; not now."""
    GONE = "gone"
    """The person blocked the bot or left, or the bot was put out of the group."""
    MISSING = "missing"
    """The message that it was about is not there, or can no longer be changed."""
    MOVED = "moved"
    """The group has another id now."""
    REFUSED = "refused"
    """It will never be accepted."""
    NOT_DONE = "not_done"
    """Certainly not carried out: try again."""
    UNKNOWN = "unknown"
    """Perhaps carried out: the answer was lost."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The fate of a request, and what belongs to it.

    Args:
        seconds: how long a `HELD` lasts.
        chat: where a `MOVED` went.
    """

    fate: Fate
    seconds: float = 0.0
    chat: int = 0


class NotAccepted(Exception):
    """A request was not simply accepted; the cause is what Telegram's client raised."""

    def __init__(self, answer: Answer) -> None:
        """Keep what it means."""
        super().__init__(answer.fate)
        self.answer = answer


def cause_of(fault: Exception) -> BaseException:
    """Give what lies behind a fault, for the log of faults."""
    return fault.__cause__ or fault


_DONE: Final = (
    "message is not modified",
    "message to delete not found",
    "query is too old",
    "query id is invalid",
)
_MISSING: Final = (
    "message to edit not found",
    "message can't be edited",
    "message can't be deleted",
    "message_id_invalid",
)

_TOO_LARGE: Final = "too large"
"""In the phrase of code 413, of Telegram and of a proxy before it."""

# Raised before a byte was sent.
_UNSENT: Final = (httpx.ConnectTimeout, httpx.ConnectError, httpx.PoolTimeout)


def meaning(fault: Exception) -> Answer:
    """Say what a fault means; a `KeyError` is an answer with code 200 but not ok."""
    match fault:
        case RetryAfter():
            wait = fault.retry_after
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else wait
            return Answer(Fate.HELD, seconds=float(seconds))
        case Forbidden():
            return Answer(Fate.GONE)
        case ChatMigrated():
            return Answer(Fate.MOVED, chat=fault.new_chat_id)
        case BadRequest():
            return Answer(_bad_request(fault.message.lower()))
        case NetworkError() if isinstance(fault.__cause__, httpx.TransportError):
            is_unsent = isinstance(fault.__cause__, _UNSENT)
            return Answer(Fate.NOT_DONE if is_unsent else Fate.UNKNOWN)
        case NetworkError() if _TOO_LARGE in fault.message.lower():
            return Answer(Fate.REFUSED)
        case _:
            # A 5xx, a page instead of JSON, a 401 or 404: the poller tells whether
            # the token is at fault.
            return Answer(Fate.NOT_DONE)


def was_heard(fault: NotAccepted) -> bool:
    """Say whether something answered, be it that it could not."""
    return not isinstance(cause_of(fault).__cause__, httpx.TransportError)


def _bad_request(said: str) -> Fate:
    if any(words in said for words in _DONE):
        return Fate.DONE
    if any(words in said for words in _MISSING):
        return Fate.MISSING
    return Fate.REFUSED
