"""The door in use: sessions in and out of their seal, ballots into the box.

Nothing here is ever logged, and nothing is kept in memory between two calls but the
keys, the ids of the last deliveries, and those of the ballots of this week and last.
"""

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Final

from bot.anonymity.due import ended, unfinished
from bot.anonymity.keys import Epoch, KeyFolder
from bot.anonymity.leaving import ballots_of, settled
from bot.anonymity.names import new_id
from bot.anonymity.seal import (
    Invitation,
    ballot_of_unopened,
    pack_ballot,
    pack_invitation,
    pack_session,
    unpack_invitation,
    unpack_session,
)
from bot.anonymity.together import Together
from bot.anonymity.widening import are_of_one_size, widened
from bot.ballots import BallotStore, SealedBallot
from bot.core.session import (
    SealedRow,
    Session,
    SessionStore,
    SessionWrite,
)
from bot.errors import KeyFault, StaleEpoch

Lock = AbstractAsyncContextManager[object]
"""The one lock that every writer of the data folder takes, again and again."""

_GROUP: Final = 500
_REMEMBERED: Final = 10_000

NOWHERE_ELSE: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Change:
    """What one event leaves to be stored."""

    session: Session
    redeems: str | None
    update: int | None


@dataclass(frozen=True, slots=True)
class _Found:
    """What is stored under a person's tag, still sealed, and under which keys."""

    epoch: Epoch
    sealed: bytes | None

    def session(self) -> Session | None:
        """Read it."""
        if self.sealed is None:
            return None
        return unpack_session(self.epoch.unseal(self.sealed))


class Door:
    """Keeps sessions sealed, and turns each ended one into two sealed ballots."""

    def __init__(
        self,
        sessions: SessionStore,
        ballots: BallotStore,
        keys: KeyFolder,
        lock: Lock,
    ) -> None:
        """Stand between the two stores; call `start` before anything else."""
        self._sessions = sessions
        self._ballots = ballots
        self._keys = keys
        self._lock = lock
        self._changes: Together[_Change, bool] = Together(self._store)
        self._reads: Together[str, _Found] = Together(self._load)
        self._seen_before: frozenset[int] = frozenset()
        self._seen: dict[int, None] = {}
        self._buried: set[str] = set()
        self._buried_before: set[str] = set()
        self._epoch: Epoch
        self._box: Epoch

    async def start(self) -> None:
        """Check and load the keys; make the first ones in a new, empty folder."""
        self._keys.check()
        async with self._lock:
            if not await self._sessions.epoch():
                await self._sessions.begin(self._keys.make())
            if not await self._ballots.epoch():
                await self._ballots.begin(await self._sessions.epoch())
            await self.reload()
            await self._widen()
        self._seen_before = await self._sessions.updates()

    def ticket(self, subject: str) -> bytes:
        """Give this person's draw of the week: 16 random-looking bytes."""
        return self._epoch.ticket(subject)

    def has_seen(self, update: int) -> bool:
        """Say whether this delivery was settled already."""
        return update in self._seen or update in self._seen_before

    async def session(self, subject: str) -> Session | None:
        """Give this person's session or tombstone, if there is one."""
        found = await self._reads.add(subject)
        return found.session()

    async def invitation(self, code: str) -> Invitation | None:
        """Give the unused invitation of this code, if there is one."""
        while True:
            epoch = self._epoch
            with contextlib.suppress(StaleEpoch):
                tag = epoch.invitation_tag(code)
                sealed = await self._sessions.invitation(epoch.id, tag)
                return unpack_invitation(epoch.unseal(sealed)) if sealed else None
            await self.reload()

    async def save(
        self, session: Session, *, redeems: str | None = None, update: int | None = None
    ) -> bool:
        """Store the session, durably; an ended one drops its ballots and is closed.

        An answered one drops the ballot with its answers and is asked for a remark.

        Gives False, with nothing stored, when the invitation it redeems is gone.
        Raises StaleEpoch when the weekly opening came between, or has ended this
        very session: read again, decide again.
        """
        return await self._changes.add(_Change(session, redeems, update))

    async def invite(self, invitations: Sequence[Invitation]) -> None:
        """Store what was drawn, in one transaction."""
        async with self._lock:
            await self.reload()
            rows = [
                SealedRow(
                    self._epoch.invitation_tag(invitation.code),
                    self._epoch.seal(pack_invitation(invitation)),
                )
                for invitation in invitations
            ]
            await self._sessions.invite(self._epoch.id, rows)

    async def unfinished(self, now: datetime) -> list[str]:
        """Give who has a session that has expired, or is not shown as it stands."""
        while True:
            epoch = self._epoch
            with contextlib.suppress(StaleEpoch):
                rows = (await self._sessions.rows(epoch.id)).sessions
                return await asyncio.to_thread(unfinished, epoch, rows, now)
            await self.reload()

    async def is_between_epochs(self) -> bool:
        """Say whether an opening was broken off between its two transactions."""
        return await self._sessions.epoch() != await self._ballots.epoch()

    async def settle(
        self, now: datetime, leads_to: Mapping[str, str] = NOWHERE_ELSE
    ) -> None:
        """Drop again the ballots of everything that has ended. Needs the lock held.

        Doing it twice drops nothing twice: a ballot keeps its id until the opening.

        Args:
            leads_to: by the version an invitation was drawn for, the version that it
                leads to now; left out where that is the same.
        """
        await self.reload()
        rows = await self._sessions.rows(self._epoch.id)
        # Many rows take long; the conversations go on meanwhile.
        over = await asyncio.to_thread(ended, self._epoch, rows.sessions, now)
        self._buried_before, self._buried = self._buried, set()
        for start in range(0, len(over), _GROUP):
            await self._bury(over[start : start + _GROUP])
        await self._retire(rows.invitations, now, leads_to)

    async def _retire(
        self, rows: Sequence[SealedRow], now: datetime, leads_to: Mapping[str, str]
    ) -> None:
        epoch = self._epoch
        late = [
            (row.tag, invitation)
            for row in rows
            for invitation in [unpack_invitation(epoch.unseal(row.sealed))]
            if invitation.expires_at <= now
        ]
        # Whoever opens one is asked the version of now. So is it counted with those who
        # did not, or the response would look better after every change of words.
        unopened = [
            pack_ballot(
                ballot_of_unopened(replace(i, flow=leads_to.get(i.flow, i.flow)))
            )
            for _, i in late
        ]
        names = [invitation.ballot for _, invitation in late]
        await self._drop(list(zip(names, unopened, strict=True)))
        await self._sessions.retire(epoch.id, [tag for tag, _ in late])

    async def _widen(self) -> None:
        """Seal anew what an earlier version sealed in fewer bytes: all, at once.

        One by one, the rows of those who are active would stand out by their size.
        """
        epoch = self._epoch
        if not are_of_one_size(epoch, await self._sessions.rows(epoch.id)):
            turn = partial(widened, epoch, new_id)
            await self._sessions.reseal(epoch.id, epoch.id, turn)
            await self._sessions.vacuum()

    async def _load(self, subjects: Sequence[str]) -> list[_Found]:
        while True:
            epoch = self._epoch
            tags = [epoch.tag(subject) for subject in subjects]
            with contextlib.suppress(StaleEpoch):
                rows = await self._sessions.load(epoch.id, tags)
                # Unsealed by whoever asked: a damaged row is nobody else's fault.
                return [_Found(epoch, sealed) for sealed in rows]
            await self.reload()

    async def _store(self, changes: Sequence[_Change]) -> list[bool]:
        async with self._lock:
            if any(self._is_buried(change.session) for change in changes):
                # Read before it ended. It must not come back to life: its ballot is in
                # the box, and may have been counted.
                raise StaleEpoch(self._epoch.id)
            try:
                stored = await self._sessions.write(
                    self._epoch.id, [self._write(change) for change in changes]
                )
                self._remember(changes)
                ended = [
                    change.session
                    for change, done in zip(changes, stored, strict=True)
                    if done and change.session.status.awaits_ballot
                ]
                if ended:
                    await self._bury(ended)
            except StaleEpoch:
                await self.reload()
                raise
        return stored

    def _is_buried(self, session: Session) -> bool:
        ballots = {session.ballot, session.remark_ballot}
        return not ballots.isdisjoint(self._buried | self._buried_before)

    def _remember(self, changes: Sequence[_Change]) -> None:
        self._seen |= {c.update: None for c in changes if c.update is not None}
        while len(self._seen) > _REMEMBERED:
            del self._seen[next(iter(self._seen))]

    def _write(self, change: _Change) -> SessionWrite:
        updates = () if change.update is None else (change.update,)
        redeems = change.redeems and self._epoch.invitation_tag(change.redeems)
        return SessionWrite(self._row(change.session), redeems or None, updates)

    async def _bury(self, ended: Sequence[Session]) -> None:
        # The answers are durable in their sessions. Ballots next, tombstones last: a
        # crash between leaves sessions that `settle` finds and drops again.
        ballots = [ballot for session in ended for ballot in ballots_of(session)]
        await self._drop(ballots)
        after = [SessionWrite(self._row(settled(session))) for session in ended]
        await self._sessions.write(self._epoch.id, after)
        self._buried.update(name for name, _ in ballots)

    async def _drop(self, ballots: Sequence[tuple[str, bytes]]) -> None:
        if not ballots:
            return None
        while True:
            box = self._box
            sealed = [
                SealedBallot(bytes.fromhex(name), box.seal_ballot(packed))
                for name, packed in ballots
            ]
            sealed.sort(key=lambda one: one.id)
            with contextlib.suppress(StaleEpoch):
                return await self._ballots.drop(box.id, sealed)
            self._box = await self._named(self._ballots)

    def _row(self, session: Session) -> SealedRow:
        tag = self._epoch.tag(session.subject)
        return SealedRow(tag, self._epoch.seal(pack_session(session)))

    async def reload(self) -> None:
        """Take up the keys that the two sides name now."""
        self._epoch = await self._named(self._sessions)
        self._box = await self._named(self._ballots)

    async def _named(self, side: SessionStore | BallotStore) -> Epoch:
        while True:
            epoch = await side.epoch()
            try:
                return self._keys.load(epoch)
            except KeyFault:
                # Another process may have gone on, and destroyed it, just now.
                if await side.epoch() == epoch:
                    raise
