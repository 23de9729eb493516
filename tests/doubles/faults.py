"""What the double of the Bot API can be told to do wrong, and its rate meter."""

import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

FLOOD = "Too Many Requests: retry after {}"


@dataclass(frozen=True)
class Refuse:
    """Answer with an error and do nothing."""

    code: int
    description: str
    parameters: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """Answer with a page of a proxy instead of JSON, and do nothing."""

    code: int = 502


@dataclass(frozen=True)
class NotOk:
    """Answer `{"ok": false}` with code 200, and do nothing."""


@dataclass(frozen=True)
class DropBefore:
    """Close the connection and do nothing."""


@dataclass(frozen=True)
class LoseReply:
    """Do it, then close the connection without an answer."""


@dataclass(frozen=True)
class Delay:
    """Do it, and answer late."""

    seconds: float


Fault = Refuse | Page | NotOk | DropBefore | LoseReply | Delay


def flood(seconds: int = 1) -> Refuse:
    """Make the answer to a request that came too soon."""
    return Refuse(429, FLOOD.format(seconds), {"retry_after": seconds})


@dataclass
class Meter:
    """Refuse new messages that come faster than Telegram says it allows.

    A little more than allowed passes: what was sent in time may arrive in a bunch.
    """

    is_on: bool = True
    refused: int = 0
    _all: deque[float] = field(default_factory=deque)
    _chats: dict[int, deque[float]] = field(default_factory=dict)

    def refusal(self, chat: int) -> Refuse | None:
        """Count one new message; give the refusal if it is one too many."""
        if not self.is_on:
            return None
        now = time.monotonic()
        own = self._chats.setdefault(chat, deque())
        # Groups: 20 a minute. Private chats: one a second, and three at once.
        count, span = (21, 60.0) if chat < 0 else (13, 9.5)
        for times, most, seconds in ((self._all, 33, 1.0), (own, count, span)):
            while times and times[0] <= now - seconds:
                times.popleft()
            if len(times) >= most:
                self.refused += 1
                return flood()
        self._all.append(now)
        own.append(now)
        return None
