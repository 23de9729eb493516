"""The survey as a service: one person's event in, what to show out.

Everything that changes is durable before anything is shown; doing the same thing twice
does no harm. Nothing a client does is logged.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final, assert_never

from bot.anonymity import Door, settled
from bot.core.codes import looks_like_code, read
from bot.core.effects import AskIntro
from bot.core.events import Expired
from bot.core.session import Session
from bot.dialogue import (
    Commanded,
    Edit,
    Input,
    Left,
    Opened,
    Output,
    Reply,
    Send,
    SentOther,
    Tapped,
    View,
    Word,
    Wrote,
)
from bot.errors import StaleEpoch
from bot.invited import typed_code
from bot.service.admission import (
    Admission,
    Admitted,
    AlreadyDone,
    NoLink,
    NotDrawn,
    NotOpen,
    NotValid,
    Reception,
)
from bot.service.keeping import Keeping
from bot.service.reading import Reading
from bot.service.showing import Shown, Stage, preceded, quiet
from bot.service.turns import Turns
from bot.service.underway import UnderWay

_TRIES: Final = 5
_TOGETHER: Final = 100
"""So many are tidied at a time: what they leave to be stored shares a commit."""


class SurveyService:
    """Handles the events of every person; keeps nothing but what is being shown."""

    def __init__(
        self,
        door: Door,
        reception: Reception,
        stage: Stage,
        clock: Callable[[], datetime],
        *,
        languages: Sequence[str],
        reading: Reading,
        staff: Iterable[str] = (),
    ) -> None:
        """Serve clients in these languages; staff are never asked anything."""
        self._door = door
        self._reception = reception
        self._stage = stage
        self._clock = clock
        self._languages = tuple(languages)
        self._staff = frozenset(staff)
        self._turns = Turns()
        self._reading = reading
        self._keeping = Keeping(door, clock)
        self._under_way = UnderWay(stage, self._keeping, reading, clock)

    async def handle(
        self, subject: str, event: Input, update: int | None = None
    ) -> Reply:
        """Take in what a person did; what changed is durable when this returns.

        Args:
            update: the transport's id of this delivery; a second one with the same
                id changes nothing, and shows again what was not shown.
        """
        if subject in self._staff:
            return self._to_staff(subject, event)
        async with self._turns.of(subject):
            return await _decided(lambda: self._handle(subject, event, update))

    async def shown(self, subject: str, token: str, sent: Sequence[int]) -> None:
        """Hear that a reply is on the screen, and the ids of its new messages."""
        async with self._turns.of(subject):
            await self._keeping.shown(subject, token, sent)

    async def tidy(self) -> list[Reply]:
        """Show again what was stored but never shown; end what has expired."""
        now = self._clock()
        subjects = await self._door.unfinished(now)
        replies: list[Reply] = []
        for start in range(0, len(subjects), _TOGETHER):
            group = subjects[start : start + _TOGETHER]
            replies += await asyncio.gather(*(self._tidy(one, now) for one in group))
        return [reply for reply in replies if reply.outputs]

    async def _tidy(self, subject: str, now: datetime) -> Reply:
        async with self._turns.of(subject):
            return await _decided(partial(self._tidied, subject, now))

    async def _handle(self, subject: str, event: Input, update: int | None) -> Reply:
        session = await self._present(subject)
        if update is not None and self._door.has_seen(update):
            # No session any more: the opening has swept it away since.
            return await self._restored(session, event) if session else Reply(subject)
        if session is not None and session.status.is_open:
            if session.expires_at <= self._clock():
                return await self._too_late(session, event, update)
            flow = await self._reception.flow(session.flow)
            return await self._under_way.take(flow, session, event, update)
        language = session.language if session else self._language(event)
        if isinstance(event, Opened):
            admission = await self._reception.admit(
                subject, event.payload, language, session
            )
            return await self._admitted(subject, admission, event, language, update)
        if isinstance(event, Wrote) and (code := read(typed_code(event.text))):
            admission = await self._reception.invited(subject, code, language)
            return await self._admitted(subject, admission, event, language, update)
        return await self._outside(subject, event, language)

    async def _present(self, subject: str) -> Session | None:
        """Give this person's session as it stands now, its ballots in the box."""
        session = await self._door.session(subject)
        if session is None or not session.status.awaits_ballot:
            return session
        # A fault came between. Its ballot first: an invitation would replace it.
        await self._door.save(session)
        return settled(session)

    def _to_staff(self, subject: str, event: Input) -> Reply:
        if isinstance(event, Opened | Commanded):
            return self._told(subject, self._languages[0], "staff")
        return Reply(subject)

    async def _outside(self, subject: str, event: Input, language: str) -> Reply:
        match event:
            case Wrote(text=text):
                need = await self._reading.needed(text)
                if need is None and looks_like_code(typed_code(text)):
                    # It stays, for the person to compare with the letter.
                    return self._told(subject, language, "wrong_code")
                key = f"need.{need}" if need else "nothing_open"
                return self._taken(subject, language, key, event)
            case SentOther():
                return self._taken(subject, language, "only_text", event)
            case Commanded(word=Word.PRIVACY):
                return self._told(subject, language, "privacy")
            case Commanded():
                return self._told(subject, language, "help")
            case Tapped(message=int(message)):
                # An old button: nothing can come of it, so it goes. Where the chat is
                # too old to be tidied, the text says what the person can do.
                closing = self._stage.closing(language)
                return Reply(subject, (Edit(message, closing, or_send=True),))
            case _:
                return Reply(subject)

    async def _admitted(
        self,
        subject: str,
        admission: Admission,
        event: Opened | Wrote,
        language: str,
        update: int | None,
    ) -> Reply:
        match admission:
            case Admitted(session=session, flow=flow, redeems=code):
                gone = self._stage.taking(event, language)
                shown = preceded(gone, self._stage.afresh(flow, session))
                first = (AskIntro(),)
                reply = await self._keeping.store(
                    shown, update, effects=first, redeems=code
                )
                return reply or self._told(subject, language, "invitation_not_valid")
            case NotDrawn(session=session, one_in=one_in):
                view = self._stage.text("not_drawn", language, one_in=one_in)
                if session is None:
                    return Reply(subject, (Send(view),))
                return await self._keeping.keep(Shown(session, (Send(view),)), update)
            case AlreadyDone():
                return Reply(subject, (Send(self._stage.closing(language)),))
            case NotValid():
                return self._told(subject, language, "invitation_not_valid")
            case NotOpen():
                return self._told(subject, language, "not_open")
            case NoLink():
                help_text = self._stage.text("help", language).text
                welcome = self._stage.text("greeting", language).text
                return Reply(subject, (Send(View(f"{welcome}\n\n{help_text}")),))
        assert_never(admission)

    async def _too_late(
        self, session: Session, event: Input, update: int | None
    ) -> Reply:
        """End what has expired; then see what a link or a code leads to."""
        ended = await self._expired(session)
        if isinstance(event, Left):
            return replace(ended, outputs=())
        leads_on = isinstance(event, Opened) or (
            isinstance(event, Wrote) and looks_like_code(typed_code(event.text))
        )
        if not leads_on:
            gone = self._stage.taking(event, session.language)
            told = await self._needed(event, session.language)
            return replace(ended, outputs=(*gone, *ended.outputs, *told))
        begun = await self._handle(session.subject, event, update)
        outputs = (*ended.outputs, *begun.outputs)
        return replace(begun, outputs=outputs, token=begun.token or ended.token)

    async def _needed(self, event: Input, language: str) -> tuple[Output, ...]:
        """Say where help is to somebody who needs it, also when it is too late."""
        text = event.text if isinstance(event, Wrote) else ""
        need = await self._reading.needed(text)
        return (Send(self._stage.text(f"need.{need}", language)),) if need else ()

    async def _expired(self, session: Session) -> Reply:
        flow = await self._reception.flow(session.flow)
        return await self._under_way.step(flow, session, Expired(self._clock()))

    async def _restored(self, session: Session, event: Input) -> Reply:
        if session.is_shown or self._keeping.is_showing(session.subject):
            return Reply(session.subject)
        if session.status.is_open and session.expires_at <= self._clock():
            return await self._expired(session)
        if isinstance(event, Opened) and not session.status.is_open:
            # Whoever was not drawn is told that, and not that something has ended.
            admission = await self._reception.admit(
                session.subject, event.payload, session.language, session
            )
            if isinstance(admission, NotDrawn):
                return await self._admitted(
                    session.subject, admission, event, session.language, None
                )
        return await self._again(session)

    async def _tidied(self, subject: str, now: datetime) -> Reply:
        if self._keeping.is_under_way(subject, now):
            return Reply(subject)
        session = await self._present(subject)
        if session is None:
            return Reply(subject)
        if session.status.is_open and session.expires_at <= now:
            return await self._silently(await self._expired(session))
        if session.is_shown:
            return Reply(subject)
        if session.status.is_open:
            return await self._again(session)
        return await self._silently(await self._again(session))

    async def _silently(self, reply: Reply) -> Reply:
        """Send nothing: nobody asked, and it may be a shared telephone."""
        outputs = quiet(reply.outputs)
        if not outputs:
            await self._keeping.let_be(reply.subject)
        return replace(reply, outputs=outputs)

    async def _again(self, session: Session) -> Reply:
        if not session.status.is_open:
            return await self._keeping.keep(
                Shown(session, self._stage.close(session)), None
            )
        flow = await self._reception.flow(session.flow)
        return await self._keeping.keep(self._stage.afresh(flow, session), None)

    def _taken(self, subject: str, language: str, key: str, event: Input) -> Reply:
        """Answer what was sent, and take it out of a chat that others may read."""
        gone = self._stage.taking(event, language)
        told = self._told(subject, language, key)
        return replace(told, outputs=(*gone, *told.outputs))

    def _told(self, subject: str, language: str, key: str, **facts: object) -> Reply:
        return Reply(subject, (Send(self._stage.text(key, language, **facts)),))

    def _language(self, event: Input) -> str:
        said = None if isinstance(event, Tapped | Left) else event.language
        short = (said or "").partition("-")[0].lower()
        return short if short in self._languages else self._languages[0]


async def _decided(decide: Callable[[], Awaitable[Reply]]) -> Reply:
    """Read and decide; again where the weekly opening came between the two."""
    for _ in range(_TRIES - 1):
        with suppress(StaleEpoch):
            return await decide()
    return await decide()
