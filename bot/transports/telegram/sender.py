"""The one way out: every request to a chat waits here for its turn.

Only new messages are metered; edits, deletions and answers to taps make no sound and
follow the pace of what they belong to.
"""

import asyncio
from collections.abc import Awaitable, Callable
from enum import Enum, auto
from typing import Final, TypeVar

from telegram.error import TelegramError

from bot.transports.telegram.answers import Answer, Fate, NotAccepted, meaning
from bot.transports.telegram.pace import Pace
from bot.transports.telegram.settings import Pacing

_PACES_KEPT: Final = 1000


class Kind(Enum):
    """What a request has to wait for."""

    MESSAGE = auto()
    """Its pace, and the end of a hold."""
    CHANGE = auto()
    """The end of a hold."""
    ANSWER = auto()
    """Nothing: a tap that is answered late is not answered."""


T = TypeVar("T")


class Sender:
    """Carry out requests, never faster than Telegram allows."""

    def __init__(self, pacing: Pacing) -> None:
        """Start with nothing held back."""
        self._pacing = pacing
        self._slots = asyncio.Semaphore(pacing.in_flight)
        self._all = Pace(1 / pacing.all_per_second)
        self._paces: dict[int, Pace] = {}
        self._held_until: dict[int, float] = {}

    def is_held(self, chat: int) -> bool:
        """Say whether Telegram asked to wait with this chat."""
        return self._hold(chat, Kind.MESSAGE) > 0

    async def once(
        self, chat: int, kind: Kind, request: Callable[[], Awaitable[T]]
    ) -> T:
        """Carry out one request in its turn; raise `NotAccepted` where it fails."""
        if kind is Kind.MESSAGE:
            await asyncio.sleep(self._pace(chat).reserve(_now()))
        # It may be held again while we wait; a clock ends that, not an event.
        while (wait := self._hold(chat, kind)) > 0:  # noqa: ASYNC110
            await asyncio.sleep(wait)
        if kind is Kind.MESSAGE:
            await asyncio.sleep(self._all.reserve(_now()))
        async with self._slots:
            try:
                return await request()
            except (TelegramError, KeyError) as fault:
                answer = meaning(fault)
                if answer.fate is Fate.HELD and kind is not Kind.ANSWER:
                    self._held_until[chat] = _now() + answer.seconds
                raise NotAccepted(answer) from fault

    async def insist(
        self,
        chat: int,
        kind: Kind,
        request: Callable[[], Awaitable[T]],
    ) -> T:
        """Try again while that can help; where the answer was lost, do it again."""
        is_answer = kind is Kind.ANSWER
        patience = self._pacing.query_patience if is_answer else self._pacing.patience
        deadline = _now() + patience
        pause = self._pacing.first_pause
        while True:
            if _now() + self._hold(chat, kind) > deadline:
                raise NotAccepted(Answer(Fate.HELD))
            try:
                return await self.once(chat, kind, request)
            except NotAccepted as fault:
                match fault.answer:
                    case Answer(Fate.HELD, seconds) if is_answer:
                        wait = seconds
                    case Answer(Fate.HELD):
                        continue
                    case Answer(Fate.NOT_DONE | Fate.UNKNOWN):
                        wait = pause
                        pause = min(2 * pause, self._pacing.longest_pause)
                    case _:
                        raise
                if _now() + wait > deadline:
                    raise
            await asyncio.sleep(wait)

    def _hold(self, chat: int, kind: Kind) -> float:
        if kind is Kind.ANSWER:
            return 0.0
        wait = self._held_until.get(chat, 0.0) - _now()
        if wait <= 0:
            self._held_until.pop(chat, None)
        return wait

    def _pace(self, chat: int) -> Pace:
        pace = self._paces.get(chat)
        if pace is None:
            if len(self._paces) >= _PACES_KEPT:
                now = _now()
                self._paces = {
                    chat: pace
                    for chat, pace in self._paces.items()
                    if not pace.is_rested(now)
                }
            # Ids of groups and channels are below zero.
            if chat < 0:
                pace = Pace(self._pacing.group_every)
            else:
                pace = Pace(self._pacing.chat_every, self._pacing.chat_burst)
            self._paces[chat] = pace
        return pace


def _now() -> float:
    return asyncio.get_running_loop().time()
