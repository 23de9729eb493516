"""Sessions as they are stored, and which of them are on their way to the screen.

Stored first, shown then: what a crash leaves unshown is shown again from the store.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.anonymity import Door, settled
from bot.core.effects import Effect
from bot.core.session import Session
from bot.dialogue import Reply
from bot.errors import StaleEpoch
from bot.service.showing import Shown, in_chat

_UNDER_WAY: Final = timedelta(minutes=5)
"""So long a transport may take to show something before it is shown again."""


@dataclass(frozen=True, slots=True)
class _OnItsWay:
    """A state that the transport is showing now."""

    token: str
    session: Session
    since: datetime


class Keeping:
    """Stores sessions, and remembers what of them is being shown."""

    def __init__(self, door: Door, clock: Callable[[], datetime]) -> None:
        """Store through this door."""
        self._door = door
        self._clock = clock
        self._showing: dict[str, _OnItsWay] = {}
        self._tokens = (str(number) for number in itertools.count())

    async def keep(
        self, shown: Shown, update: int | None, effects: tuple[Effect, ...] = ()
    ) -> Reply:
        """Store a session that uses nothing up, and give what is to be shown."""
        reply = await self.store(shown, update, effects=effects)
        return reply or Reply(shown.session.subject)

    async def store(
        self,
        shown: Shown,
        update: int | None,
        *,
        effects: tuple[Effect, ...] = (),
        redeems: str | None = None,
    ) -> Reply | None:
        """Store a session, durably; then give what is to be shown.

        None when the invitation that it redeems is gone.
        """
        session = shown.session
        # What is on its way is out of date, even where this is stored and then fails:
        # to note it as shown would undo what is stored.
        self._showing.pop(session.subject, None)
        if not await self._door.save(shown.stored, redeems=redeems, update=update):
            return None
        stands = session if session.status.is_open else settled(session)
        token = next(self._tokens)
        self._showing[session.subject] = _OnItsWay(token, stands, self._clock())
        return Reply(session.subject, shown.outputs, effects, token)

    def is_under_way(self, subject: str, now: datetime) -> bool:
        """Say whether the transport may still be at it."""
        showing = self._showing.get(subject)
        return showing is not None and now - showing.since < _UNDER_WAY

    def is_showing(self, subject: str) -> bool:
        """Say whether something of this person is on its way."""
        return subject in self._showing

    async def shown(self, subject: str, token: str, sent: Sequence[int]) -> None:
        """Note that it is on the screen, if it is still the newest."""
        showing = self._showing.get(subject)
        if showing is None or showing.token != token:
            return
        del self._showing[subject]
        await self._note(showing.session, sent)

    async def let_be(self, subject: str) -> None:
        """Take what is on its way for shown: there is nothing to show of it."""
        if showing := self._showing.pop(subject, None):
            await self._note(showing.session)

    async def _note(self, stands: Session, sent: Sequence[int] = ()) -> None:
        try:
            await self._door.save(in_chat(stands, sent))
        except StaleEpoch:
            session = await self._door.session(stands.subject)
            if session is None:
                return
            if session.status is stands.status:
                await self._door.save(in_chat(session, sent))
            else:
                # It has expired in between: what was shown is to be tidied as well.
                messages = (*session.messages, *sent)
                await self._door.save(replace(session, messages=messages))
