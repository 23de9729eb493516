"""How someone comes in: by an invitation that chance drew, or through an open door.

A walk-in's draw is kept nowhere: the same person gets the same answer until the weekly
opening because the key says so, and after it nobody can work it out again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.anonymity import Door, new_id, new_nonce
from bot.core.codes import read
from bot.core.engine import begin
from bot.core.flow import FlowArchive, FlowDefinition, Origin, Phase
from bot.core.sampling import is_drawn
from bot.core.session import Session, Status
from bot.invited import INVITATION

ENTRY: Final = "e_"


@dataclass(frozen=True, slots=True)
class Entry:
    """A fixed link or QR code through which people walk in.

    Args:
        flow: name of the flow; its live version is asked.
        one_in: so many people, one of whom is asked.
    """

    flow: str
    phase: Phase = Phase.UNKNOWN
    one_in: int = 25


@dataclass(frozen=True, slots=True)
class Admitted:
    """Comes in: a new session, not stored yet.

    Args:
        redeems: the invitation's code, which storing the session uses up.
    """

    session: Session
    flow: FlowDefinition
    redeems: str | None = None


@dataclass(frozen=True, slots=True)
class NotDrawn:
    """Chance did not choose this walk-in.

    Args:
        session: the ended session to store; None when it was told before.
        one_in: so many people, one of whom is asked.
    """

    session: Session | None
    one_in: int


@dataclass(frozen=True, slots=True)
class AlreadyDone:
    """Has had a turn since the last opening."""


@dataclass(frozen=True, slots=True)
class NotValid:
    """The invitation is used up, too old, or never was."""


@dataclass(frozen=True, slots=True)
class NotOpen:
    """No version of the survey is live; an invitation to it is not used up."""


@dataclass(frozen=True, slots=True)
class NoLink:
    """Came without a link that leads anywhere."""


Admission = Admitted | NotDrawn | AlreadyDone | NotValid | NotOpen | NoLink


class Reception:
    """Decides who comes in, and with which flow."""

    def __init__(
        self,
        door: Door,
        archive: FlowArchive,
        entries: Mapping[str, Entry],
        clock: Callable[[], datetime],
    ) -> None:
        """Let people in through these entries."""
        self._door = door
        self._archive = archive
        self._entries = entries
        self._clock = clock

    async def admit(
        self, subject: str, payload: str, language: str, last: Session | None
    ) -> Admission:
        """Answer to a link's payload, which may be anything at all.

        Args:
            last: the person's session of this week, which has ended, if any.
        """
        if payload.startswith(ENTRY):
            return await self._walk_in(
                subject, payload.removeprefix(ENTRY), language, last
            )
        if payload.startswith(INVITATION):
            code = read(payload.removeprefix(INVITATION))
            return await self.invited(subject, code, language) if code else NotValid()
        return NoLink()

    async def invited(self, subject: str, code: str, language: str) -> Admission:
        """Answer to an invitation's code; a new turn, whatever came before it."""
        invitation = await self._door.invitation(code)
        if invitation is None or invitation.expires_at <= self._clock():
            return NotValid()
        flow = await self._live((await self.flow(invitation.flow)).flow)
        if flow is None:
            return NotOpen()
        phase = invitation.phase
        session = self._begun(subject, flow, Origin.INVITED, phase, language)
        return Admitted(session, flow, redeems=code)

    async def flow(self, content_hash: str) -> FlowDefinition:
        """Give a published version; what is published never changes."""
        return await self._archive.definition(content_hash)

    async def _live(self, name: str) -> FlowDefinition | None:
        """Give the version that is live now, whatever was when an invitation went out.

        Nobody who begins is asked in words that the staff have replaced since.
        """
        content_hash = (await self._archive.live()).get(name)
        return None if content_hash is None else await self.flow(content_hash)

    async def _walk_in(
        self, subject: str, name: str, language: str, last: Session | None
    ) -> Admission:
        entry = self._entries.get(name)
        if entry is None:
            return NoLink()
        flow = await self._live(entry.flow)
        if flow is None:
            return NotOpen()
        drawn = is_drawn(self._door.ticket(subject), entry.one_in)
        if last is not None:
            return AlreadyDone() if drawn else NotDrawn(None, entry.one_in)
        session = self._begun(subject, flow, Origin.WALK_IN, entry.phase, language)
        if drawn:
            return Admitted(session, flow)
        return NotDrawn(replace(session, status=Status.NOT_DRAWN), entry.one_in)

    def _begun(
        self,
        subject: str,
        flow: FlowDefinition,
        origin: Origin,
        phase: Phase,
        language: str,
    ) -> Session:
        return begin(
            flow,
            subject=subject,
            ballot=new_id(),
            remark_ballot=new_id(),
            nonce=new_nonce(),
            origin=origin,
            phase=phase,
            language=language,
            at=self._clock(),
        ).session
