"""The reviewers' chats: one remark at a time on the screen, and none for longer.

A message is there, and noted, before a remark stands in it: whenever the bot stops, it
knows which messages to take away when it is started again.
"""

import asyncio
from collections.abc import Callable
from typing import Final, Protocol

from bot.dialogue import Delete, Edit, Send, View
from bot.faultlog import FaultLog
from bot.reviewing import ReviewAsked, Turn, TypedReview
from bot.reviews import Place
from bot.transports.telegram.answers import Fate, NotAccepted, cause_of
from bot.transports.telegram.screen import Screen

_OVER: Final = (Fate.GONE, Fate.MOVED)
"""The bot has no way to this chat any more."""


class ReviewDesk(Protocol):
    """Who knows what reviewers are shown; `bot.reviewing.ReviewDesk` is one."""

    @property
    def soon(self) -> str:
        """Give what a message says before it shows a remark."""
        ...

    @property
    def none(self) -> str:
        """Give what is said where no remark waits."""
        ...

    @property
    def left(self) -> str:
        """Give what is said of a message that could not be taken away."""
        ...

    def serves(self, chat: int) -> bool:
        """Say whether a chat is one of the reviewers'."""
        ...

    def awaits(self, chat: int, answers: int | None) -> bool:
        """Say whether what is typed in a chat may be a rendering."""
        ...

    async def answer(self, asked: ReviewAsked) -> Turn:
        """Do what was asked; what is to be kept is durable when this returns."""
        ...

    async def place(self, chat: int, message: int) -> View | None:
        """Choose what a message that is there already is to show; None for nothing."""
        ...

    async def due(self) -> list[Place]:
        """Give the messages that should not be there any more."""
        ...

    async def gone(self, place: Place) -> None:
        """Hear that a message is not there, or that nobody can take it away."""
        ...


class ReviewRoom:
    """One act of a reviewer at a time, to its end.

    Args:
        slots: how many are handled at a time, those of clients among them.
        handle: seconds that the desk may take.
    """

    def __init__(
        self,
        desk: ReviewDesk,
        screen: Screen,
        faults: FaultLog,
        *,
        slots: asyncio.Semaphore,
        handle: float,
    ) -> None:
        """Show what this desk says."""
        self._desk = desk
        self._screen = screen
        self._faults = faults
        self._slots = slots
        self._handle = handle

    def takes(self, asked: ReviewAsked) -> bool:
        """Say whether this is for the reviewers, and not for anybody else."""
        if not self._desk.serves(asked.chat):
            return False
        if isinstance(asked, TypedReview):
            return self._desk.awaits(asked.chat, asked.answers)
        return True

    async def attend(
        self, asked: ReviewAsked, query: str | None, settled: Callable[[], None]
    ) -> None:
        """Have the desk answer, and show what it says.

        Args:
            query: id of a tap, which Telegram wants answered.
            settled: called once what was to be kept is kept.
        """
        turn = Turn()
        try:
            async with self._slots, asyncio.timeout(self._handle):
                turn = await self._desk.answer(asked)
        except Exception as fault:
            self._faults.note(fault)
        settled()
        try:
            if query is not None:
                await self._screen.answer(asked.chat, query, turn.hint)
        except NotAccepted as fault:
            self._faults.note(cause_of(fault))
        await self._carry_out(asked.chat, turn)

    async def tidy(self) -> None:
        """Take away what should not stand in a chat any more."""
        for place in await self._desk.due():
            await self._remove(place)

    async def _carry_out(self, chat: int, turn: Turn) -> None:
        for place in turn.remove:
            await self._remove(place)
        try:
            if turn.change is not None:
                place, view = turn.change
                edit = Edit(place.message, view)
                await self._screen.show(place.chat, (edit,))
            if turn.is_next:
                await self._show_next(chat)
            elif turn.say:
                await self._say(chat, turn.say)
        except NotAccepted as fault:
            if fault.answer.fate not in (Fate.GONE, Fate.HELD):
                self._faults.note(cause_of(fault))

    async def _show_next(self, chat: int) -> None:
        [message] = await self._say(chat, self._desk.soon)
        view = await self._desk.place(chat, message)
        # Another reviewer may have taken the last one just now.
        shown = Edit(message, View(self._desk.none) if view is None else view)
        await self._screen.show(chat, (shown,))

    async def _say(self, chat: int, text: str) -> list[int]:
        # Also what it shows later: it is the message that is protected, not the text.
        return await self._screen.show(
            chat, (Send(View(text)),), is_silent=True, is_protected=True
        )

    async def _remove(self, place: Place) -> None:
        """Take a message away; where that is refused for good, say so once."""
        delete = Delete(place.message, View(self._desk.left))
        try:
            await self._screen.show(place.chat, (delete,), is_silent=True)
        except NotAccepted as fault:
            if fault.answer.fate is not Fate.HELD:
                self._faults.note(cause_of(fault))
            if fault.answer.fate not in _OVER:
                # Still noted: it is tried again when the chats are tidied.
                return
        await self._desk.gone(place)
