"""One person's way through one flow, as a value; and the port that keeps it sealed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from bot.core.flow import Origin, Phase
from bot.remarks import Scrubbed, Withheld

LIFETIME: Final = timedelta(hours=40)
"""A chat bot may edit and delete for 48 hours: by then everything must be tidied."""


class Status(StrEnum):
    """Where a session stands. New ones are added at the end: rows name their place."""

    INTRO = "intro"
    ASKING = "asking"
    COMPLETE = "complete"
    DECLINED = "declined"
    STOPPED = "stopped"
    EXPIRED = "expired"
    """The introduction was never answered."""
    BROKE_OFF = "broke_off"
    """Took part, but left before the last question."""
    NOT_DRAWN = "not_drawn"
    """A walk-in whom chance did not choose."""
    CLOSED = "closed"
    """A tombstone: ended and settled, alike for every ending."""
    ANSWERED = "answered"
    """Complete; once the ballot with the answers is in the box, the remark is asked."""
    REMARKING = "remarking"
    """The answers are in the box and gone from here; the remark is asked."""
    REMARKED = "remarked"
    """The remark was kept or left."""

    @property
    def is_open(self) -> bool:
        """Say whether the person can still do something."""
        return self in (Status.INTRO, Status.ASKING, Status.REMARKING)

    @property
    def awaits_ballot(self) -> bool:
        """Say whether a ballot of it should be in the box, and may not be there yet."""
        return not self.is_open and self is not Status.CLOSED


@dataclass(frozen=True, slots=True)
class Session:
    """Everything the bot knows of one occasion, until its ballot is in the box.

    Args:
        subject: who, in the transport's own words (`telegram:1234`).
        ballot: random id of the ballot that tells how this occasion ended; empty as
            soon as nothing may tie the two any more.
        nonce: random; ties buttons to this session, so that stale ones do nothing.
        flow: content hash of the published version it began with.
        at: name of the question on the screen; None on the introduction.
        answers: (question, code) in the order of the flow.
        misread: how often in a row typed words were not understood.
        messages: the transport's ids of what stands in the chat, oldest first.
        is_shown: False until the transport says that the last state is on the screen.
        remark_ballot: random id of the ballot for the remark, which every occasion
            drops, with a text or without; nothing ties it to the other one.
        remark: what would be kept, scrubbed and not decided on yet; or why the last
            one was withheld; None where there is none.
        has_chosen: whether the person chose the language.
        was_offered: whether another language was offered; that is done once.
    """

    subject: str
    ballot: str
    nonce: str
    flow: str
    origin: Origin
    phase: Phase
    language: str
    expires_at: datetime
    status: Status = Status.INTRO
    at: str | None = None
    answers: tuple[tuple[str, str], ...] = ()
    misread: int = 0
    messages: tuple[int, ...] = ()
    is_shown: bool = False
    remark_ballot: str = ""
    remark: Scrubbed | Withheld | None = None
    has_chosen: bool = False
    was_offered: bool = False

    def answer(self, question: str) -> str | None:
        """Give the code chosen for a question, or None."""
        return dict(self.answers).get(question)


@dataclass(frozen=True, slots=True)
class SealedRow:
    """A row of the identity side: a tag that only the week key makes, and a cipher."""

    tag: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class SessionWrite:
    """One change, stored whole or not at all, with what it uses up.

    Args:
        row: the new state of one session; None where only an update is noted.
        redeems: tag of the invitation that this uses up; where it is gone already,
            the row is not written.
        updates: ids of the transport's deliveries that this settles.
    """

    row: SealedRow | None = None
    redeems: bytes | None = None
    updates: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class IdentityRows:
    """All that the identity side holds: sessions and unused invitations, sealed."""

    sessions: tuple[SealedRow, ...]
    invitations: tuple[SealedRow, ...]


class SessionStore(Protocol):
    """The identity side (`sessions.db`): sealed rows, and no other thing.

    Every method that names an epoch raises `bot.errors.StaleEpoch` when the store is
    in another one; nothing has then been read or written.
    """

    async def epoch(self) -> str:
        """Say which epoch's keys the rows are under."""
        ...

    async def begin(self, epoch: str) -> None:
        """Name the first epoch of a new, empty store. No effect on one that has one."""
        ...

    async def load(self, epoch: str, tags: Sequence[bytes]) -> list[bytes | None]:
        """Give the sealed session of each tag, or None."""
        ...

    async def invitation(self, epoch: str, tag: bytes) -> bytes | None:
        """Give the sealed invitation of this tag, or None when used or never made."""
        ...

    async def write(self, epoch: str, writes: Sequence[SessionWrite]) -> list[bool]:
        """Store all writes in one durable transaction.

        Gives, one for one, whether it was stored: False where the invitation it was
        to use up is no longer there.
        """
        ...

    async def invite(self, epoch: str, invitations: Sequence[SealedRow]) -> None:
        """Add invitations, in one transaction."""
        ...

    async def updates(self) -> frozenset[int]:
        """Give the ids of the last deliveries that were settled, at most 10,000."""
        ...

    async def rows(self, epoch: str) -> IdentityRows:
        """Give all rows, in no meaningful order."""
        ...

    async def retire(self, epoch: str, invitations: Sequence[bytes]) -> None:
        """Delete the invitations of these tags; unknown ones are passed over."""
        ...

    async def reseal(
        self, old: str, new: str, turn: Callable[[IdentityRows], IdentityRows]
    ) -> None:
        """Replace all rows by what `turn` makes of them and name the new epoch.

        One transaction, in which `turn` is called once.
        """
        ...

    async def vacuum(self) -> None:
        """Rewrite the file, so that nothing deleted remains in it."""
        ...
