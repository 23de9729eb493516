"""Bring written digests to the staff chats, once each.

What is not known to have arrived is never sent a second time: a digest that comes twice
makes people doubt the figures.
"""

import asyncio
from dataclasses import replace
from typing import Final

from telegram import Bot

from bot.faultlog import FaultLog
from bot.outbox import Dispatch, DispatchState, Outbox
from bot.transports.telegram.answers import Answer, Fate, NotAccepted, cause_of
from bot.transports.telegram.poller import pause
from bot.transports.telegram.screen import NO_PREVIEW
from bot.transports.telegram.sender import Kind, Sender
from bot.transports.telegram.settings import Timing

_MOVES: Final = 3
"""A group moves once in its life; more is a circle."""

_STATES: Final = {
    Fate.DONE: DispatchState.SENT,
    Fate.HELD: DispatchState.PENDING,
    Fate.NOT_DONE: DispatchState.PENDING,
    Fate.UNKNOWN: DispatchState.PERHAPS,
    Fate.GONE: DispatchState.DEAD,
    Fate.MISSING: DispatchState.DEAD,
    Fate.REFUSED: DispatchState.DEAD,
}


class Delivery:
    """The loop that empties the outbox."""

    def __init__(
        self, bot: Bot, sender: Sender, outbox: Outbox, timing: Timing, faults: FaultLog
    ) -> None:
        """Deliver from this outbox."""
        self._bot = bot
        self._sender = sender
        self._outbox = outbox
        self._timing = timing
        self._faults = faults

    async def run(self, stop: asyncio.Event) -> None:
        """Look every few seconds until stopped, less often while it fails."""
        wait = self._timing.outbox_every
        while not stop.is_set():
            try:
                is_empty = await self.deliver(stop)
            except Exception as fault:
                self._faults.note(fault)
                is_empty = False
            if is_empty:
                wait = self._timing.outbox_every
            else:
                wait = min(2 * wait, self._timing.longest_pause)
            await pause(stop, wait)

    async def deliver(self, stop: asyncio.Event) -> bool:
        """Try everything that waits once; say whether nothing is left."""
        is_empty = True
        for dispatch in await self._outbox.pending():
            if stop.is_set():
                return False
            if await self._dispatch(dispatch) is DispatchState.PENDING:
                is_empty = False
        return is_empty

    async def _dispatch(self, dispatch: Dispatch) -> DispatchState:
        for _ in range(_MOVES):
            chat = _chat(dispatch.recipient)
            if chat is None:
                break
            if self._sender.is_held(chat):
                return DispatchState.PENDING
            answer = await self._hand_over(dispatch, chat)
            if answer.fate is not Fate.MOVED:
                state = _STATES[answer.fate]
                await self._outbox.mark(dispatch, state)
                return state
            moved = str(answer.chat)
            await self._outbox.readdress(dispatch.recipient, moved)
            dispatch = replace(dispatch, recipient=moved)
        await self._outbox.mark(dispatch, DispatchState.DEAD)
        return DispatchState.DEAD

    async def _hand_over(self, dispatch: Dispatch, chat: int) -> Answer:
        async def send() -> None:
            # Stored when its turn has come and not before: after a crash between
            # here and the answer it is `perhaps`, and that must be rare.
            await self._outbox.mark(dispatch, DispatchState.SENDING)
            await self._bot.send_message(
                chat,
                dispatch.digest.text,
                disable_notification=not dispatch.digest.has_news,
                api_kwargs=NO_PREVIEW,
            )

        try:
            await self._sender.once(chat, Kind.MESSAGE, send)
        except NotAccepted as fault:
            if fault.answer.fate is not Fate.HELD:
                self._faults.note(cause_of(fault))
            return fault.answer
        return Answer(Fate.DONE)


def _chat(recipient: str) -> int | None:
    try:
        return int(recipient)
    except ValueError:
        return None
