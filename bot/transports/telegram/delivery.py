"""Bring written digests to the staff chats, once each.

What is not known to have arrived is never sent a second time: a digest that comes twice
makes people doubt the figures.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Final

from telegram import Bot
from telegram.error import TelegramError

from bot.faultlog import FaultLog
from bot.outbox import HEADCOUNT, Channel, Dispatch, DispatchState, Outbox
from bot.transports.pictures import Pictures, Plot
from bot.transports.rounds import keep_on
from bot.transports.telegram.answers import (
    Answer,
    Fate,
    NotAccepted,
    cause_of,
    meaning,
    was_heard,
)
from bot.transports.telegram.poster import Poster, fits_a_photo
from bot.transports.telegram.sender import Kind, Sender
from bot.transports.telegram.settings import Timing

_MOVES: Final = 3
"""A group moves once in its life; more is a circle."""

_PHOTO_TRIES: Final = 5
"""So often something may answer that it cannot take the photo; then the text goes."""

_STATES: Final = {
    Fate.DONE: DispatchState.SENT,
    Fate.HELD: DispatchState.PENDING,
    Fate.NOT_DONE: DispatchState.PENDING,
    Fate.MOVED: DispatchState.PENDING,
    Fate.UNKNOWN: DispatchState.PERHAPS,
    Fate.GONE: DispatchState.DEAD,
    Fate.MISSING: DispatchState.DEAD,
    Fate.REFUSED: DispatchState.DEAD,
}

_NO_PHOTO: Final = (Fate.REFUSED, Fate.MISSING)
"""Telegram has said that there will be no photo here."""


class Delivery:
    """The loop that empties the outbox.

    Args:
        plot: draws the pictures; None sends the texts alone.
        turn: held while one message is on its way, by whatever channel: then one
            crash leaves one message at most of which nobody knows.
    """

    def __init__(
        self,
        bot: Bot,
        sender: Sender,
        poster: Poster,
        outbox: Outbox,
        timing: Timing,
        faults: FaultLog,
        *,
        plot: Plot | None = None,
        turn: asyncio.Lock | None = None,
    ) -> None:
        """Deliver from this outbox."""
        self._bot = bot
        self._sender = sender
        self._poster = poster
        self._outbox = outbox
        self._timing = timing
        self._faults = faults
        self._plot = plot
        self._turn = turn or asyncio.Lock()
        self._photos_refused: Counter[tuple[str, str, str, str]] = Counter()

    async def run(self, stop: asyncio.Event) -> None:
        """Look every few seconds until stopped, less often while it fails."""
        await keep_on(
            self.deliver,
            stop,
            self._faults,
            every=self._timing.outbox_every,
            longest=self._timing.longest_pause,
        )

    async def deliver(self, stop: asyncio.Event) -> bool:
        """Try everything that waits once; say whether nothing is left."""
        is_empty = True
        pictures = Pictures(self._plot, self._faults)
        for dispatch in await self._outbox.pending(Channel.CHAT):
            if stop.is_set():
                return False
            if await self._dispatch(dispatch, pictures) is DispatchState.PENDING:
                is_empty = False
        return is_empty

    async def _dispatch(self, dispatch: Dispatch, pictures: Pictures) -> DispatchState:
        for _ in range(_MOVES):
            chat = _chat(dispatch.recipient)
            if chat is None:
                break
            if self._sender.is_held(chat):
                return DispatchState.PENDING
            answer = await self._hand_over(dispatch, chat, pictures)
            if answer.fate is not Fate.MOVED:
                return _STATES[answer.fate]
            moved = str(answer.chat)
            await self._outbox.readdress(dispatch.recipient, moved)
            dispatch = replace(dispatch, recipient=moved)
        await self._outbox.mark(dispatch, DispatchState.DEAD)
        return DispatchState.DEAD

    async def _hand_over(
        self, dispatch: Dispatch, chat: int, pictures: Pictures
    ) -> Answer:
        """Try once, and store what became of it."""
        digest = dispatch.digest
        is_silent = not digest.has_news
        if digest.kind == HEADCOUNT:
            return await self._ask_how_many(dispatch, chat)
        if fits_a_photo(digest) and self._may_be_photo(dispatch):
            png = await pictures.of(digest)
            if png is not None:
                photo = partial(
                    self._poster.photo, chat, digest, png, is_silent=is_silent
                )
                answer = await self._try(dispatch, chat, photo, is_photo=True)
                if answer.fate not in _NO_PHOTO:
                    return answer
        text = partial(self._poster.text, chat, digest, is_silent=is_silent)
        return await self._try(dispatch, chat, text)

    async def _ask_how_many(self, dispatch: Dispatch, chat: int) -> Answer:
        """Ask a group whether it knows all who read along, by their number."""
        if chat > 0:
            # A chat with one person has nobody to count.
            await self._outbox.mark(dispatch, DispatchState.SENT)
            return Answer(Fate.DONE)
        try:
            count = await self._sender.once(
                chat, Kind.CHANGE, lambda: self._bot.get_chat_member_count(chat)
            )
        except NotAccepted as fault:
            self._note(fault)
            # Whatever became of the counting, nothing was sent.
            is_lost = fault.answer.fate is Fate.UNKNOWN
            answer = Answer(Fate.NOT_DONE) if is_lost else fault.answer
            await self._outbox.mark(dispatch, _STATES[answer.fate])
            return answer
        # The bot itself reads nothing.
        text = dispatch.digest.text.replace("{n}", str(count - 1))
        is_silent = not dispatch.digest.has_news
        say = partial(self._poster.say, chat, text, is_silent=is_silent)
        return await self._try(dispatch, chat, say)

    async def _try(
        self,
        dispatch: Dispatch,
        chat: int,
        request: Callable[[], Awaitable[None]],
        *,
        is_photo: bool = False,
    ) -> Answer:
        async def send() -> None:
            # Stored when its turn has come and not before: after a crash between
            # here and the answer it is `perhaps`, and that must be rare.
            async with self._turn:
                await self._outbox.mark(dispatch, DispatchState.SENDING)
                try:
                    await request()
                except (TelegramError, KeyError) as fault:
                    fate = meaning(fault).fate
                    # Where the photo is refused, the text has not been tried yet.
                    is_next = is_photo and fate in _NO_PHOTO
                    state = DispatchState.PENDING if is_next else _STATES[fate]
                    await self._outbox.mark(dispatch, state)
                    raise
                await self._outbox.mark(dispatch, DispatchState.SENT)

        try:
            await self._sender.once(chat, Kind.MESSAGE, send)
        except NotAccepted as fault:
            self._note(fault)
            if is_photo and fault.answer.fate is Fate.NOT_DONE and was_heard(fault):
                self._photos_refused[_name(dispatch)] += 1
            return fault.answer
        return Answer(Fate.DONE)

    def _may_be_photo(self, dispatch: Dispatch) -> bool:
        return self._photos_refused[_name(dispatch)] < _PHOTO_TRIES

    def _note(self, fault: NotAccepted) -> None:
        if fault.answer.fate is not Fate.HELD:
            self._faults.note(cause_of(fault))


def _chat(recipient: str) -> int | None:
    try:
        return int(recipient)
    except ValueError:
        return None


def _name(dispatch: Dispatch) -> tuple[str, str, str, str]:
    digest = dispatch.digest
    return (digest.week, digest.kind, digest.flow, dispatch.recipient)
