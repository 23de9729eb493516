"""The staff's chats: bring what they ask to the desk, and show what it gives."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import Protocol

from bot.desk import Asked, Said
from bot.dialogue import Played
from bot.faultlog import FaultLog
from bot.outbox import WrittenDigest
from bot.transports.pictures import Pictures, Plot
from bot.transports.telegram.answers import Fate, NotAccepted, cause_of
from bot.transports.telegram.poster import Poster, fits_a_photo
from bot.transports.telegram.screen import Screen
from bot.transports.telegram.sender import Kind, Sender


class Desk(Protocol):
    """Who knows what to say to the staff; `bot.desk.StaffDesk` is one."""

    @property
    def label(self) -> str:
        """Give what stands on the button that asks for the explanation."""
        ...

    def label_of_remarks(self, count: int) -> str:
        """Give what stands on the button that asks for so many remarks."""
        ...

    def serves(self, chat: int) -> bool:
        """Say whether a chat is one of the staff's."""
        ...

    async def answer(self, asked: Asked) -> tuple[Said, ...]:
        """Do what was asked; what is to be kept is durable when this returns."""
        ...

    def shown(self, chat: int, token: str, sent: Sequence[int]) -> None:
        """Hear that what was played is on the screen, and the ids of new messages."""
        ...


class StaffRoom:
    """One question of the staff at a time, to its end.

    Args:
        slots: how many are handled at a time, those of clients among them.
        handle: seconds that the desk may take.
    """

    def __init__(
        self,
        desk: Desk,
        sender: Sender,
        poster: Poster,
        screen: Screen,
        faults: FaultLog,
        *,
        plot: Plot | None,
        slots: asyncio.Semaphore,
        handle: float,
    ) -> None:
        """Show what this desk says."""
        self._desk = desk
        self._sender = sender
        self._poster = poster
        self._screen = screen
        self._faults = faults
        self._plot = plot
        self._slots = slots
        self._handle = handle

    def serves(self, chat: int) -> bool:
        """Say whether a chat is one of the staff's."""
        return self._desk.serves(chat)

    async def ask(self, asked: Asked) -> tuple[Said, ...]:
        """Have the desk answer; nothing where it cannot."""
        try:
            async with self._slots, asyncio.timeout(self._handle):
                return await self._desk.answer(asked)
        except Exception as fault:
            self._faults.note(fault)
            return ()

    async def show(self, chat: int, said: Iterable[Said]) -> None:
        """Put the answers into the chat, without a sound: one person asked."""
        pictures = Pictures(self._plot, self._faults)
        for one in said:
            try:
                if isinstance(one, WrittenDigest):
                    await self._show_digest(chat, one, pictures)
                elif isinstance(one, Played):
                    sent = await self._screen.show(chat, one.outputs, is_silent=True)
                    if one.token is not None:
                        self._desk.shown(chat, one.token, sent)
                else:
                    await self._insist(
                        chat, partial(self._poster.say, chat, one, is_silent=True)
                    )
            except NotAccepted as fault:
                if fault.answer.fate not in (Fate.GONE, Fate.HELD):
                    self._faults.note(cause_of(fault))
                return

    async def _show_digest(
        self, chat: int, digest: WrittenDigest, pictures: Pictures
    ) -> None:
        png = await pictures.of(digest) if fits_a_photo(digest) else None
        if png is not None:
            photo = partial(self._poster.photo, chat, digest, png, is_silent=True)
            try:
                return await self._insist(chat, photo)
            except NotAccepted as fault:
                if fault.answer.fate is not Fate.REFUSED:
                    raise
                self._faults.note(cause_of(fault))
        return await self._insist(
            chat, partial(self._poster.text, chat, digest, is_silent=True)
        )

    async def _insist(self, chat: int, request: Callable[[], Awaitable[None]]) -> None:
        await self._sender.insist(chat, Kind.MESSAGE, request)
