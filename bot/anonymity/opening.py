"""The weekly opening: sealed ballots become counts, and the keys behind them go.

The steps, each of which may be the last before a crash:

0. settle: every ended occasion's ballot is dropped again and its row closed;
1. the new epoch's keys are written and on the disk;
2. one transaction re-seals the identity side and names the new epoch there;
3. one transaction counts the box, brings out remarks, keeps the digests and names the
   new epoch there;
4. both files are rewritten;
5. the keys that neither side names are destroyed.

Start-up takes up where it broke off, before any event is handled.
"""

import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final, TypeVar

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from bot.anonymity.counting import Counted, count
from bot.anonymity.door import Door, Lock
from bot.anonymity.keys import Epoch, KeyFolder
from bot.anonymity.lots import bring_out, clear
from bot.anonymity.phases import release
from bot.anonymity.seal import (
    pack_ballot,
    pack_remark,
    pack_sums,
    unpack_sums,
)
from bot.anonymity.turning import turn_rows
from bot.ballots import (
    BallotStore,
    Batch,
    Box,
    K,
    Ledger,
    Opening,
    PhaseSums,
    SealedBallot,
)
from bot.core.flow import FlowDefinition
from bot.core.session import SessionStore
from bot.core.weeks import week_after
from bot.decisions import Deed, NewBaseline
from bot.errors import KeyFault
from bot.outbox import WrittenDigest
from bot.reviews import KeptRemark

WriteDigests = Callable[[Ledger], tuple[WrittenDigest, ...]]
"""Makes the digests of an opening from all that they may be made of."""

T = TypeVar("T")

_ID: Final = 16


@dataclass(frozen=True, slots=True)
class Published:
    """The archive and the decisions as they stood when the opening began."""

    flows: Mapping[str, FlowDefinition]
    live: Mapping[str, str]
    baselines: Sequence[NewBaseline] = ()
    deeds: Sequence[Deed] = ()

    @property
    def leads_to(self) -> dict[str, str]:
        """Give, by version, the version that an invitation to it leads to now."""
        return {
            content_hash: self.live[flow.flow]
            for content_hash, flow in self.flows.items()
            if flow.flow in self.live
        }


@dataclass(frozen=True, slots=True)
class OpeningReport:
    """What may be said aloud of an opening."""

    week: str
    batches: int


class WeeklyOpening:
    """Opens the box, once per ISO week, whoever asks and whatever happened before."""

    def __init__(
        self,
        door: Door,
        sessions: SessionStore,
        ballots: BallotStore,
        keys: KeyFolder,
        lock: Lock,
        *,
        published: Callable[[], Awaitable[Published]],
        write_digests: WriteDigests,
        recipients: Sequence[str] = (),
        reviewers: Sequence[str] = (),
    ) -> None:
        """Work on these stores; the digests go to the recipients.

        Args:
            reviewers: who is told that there are remarks to be looked at.
        """
        self._door = door
        self._sessions = sessions
        self._ballots = ballots
        self._keys = keys
        self._lock = lock
        self._published = published
        self._write_digests = write_digests
        self._recipients = tuple(recipients)
        self._reviewers = tuple(reviewers)

    async def open(self, now: datetime, week: str) -> OpeningReport | None:
        """Do the opening of this week. None when it, or a later one, was done."""
        async with self._lock:
            last = await self._ballots.last_opening()
            if last is not None and week <= last:
                return None
            await self._settle(now)
            if not await self._door.is_between_epochs():
                await self._turn_sessions(now)
            return await self._finish(week)

    async def recover(self, now: datetime, week: str) -> OpeningReport | None:
        """Settle, and take up an opening that was broken off; None if there was none.

        For the start, before any event.
        """
        async with self._lock:
            await self._settle(now)
            return await self._take_up(week)

    async def mend(self, now: datetime, week: str) -> OpeningReport | None:
        """Take up what another process broke off meanwhile; None if there was none.

        For now and then: it costs next to nothing when nothing is the matter.
        """
        if not await self._is_broken_off():
            return None
        # Or else another process is just at it: then this waits, and finds it done.
        return await self.recover(now, week)

    async def _settle(self, now: datetime) -> None:
        await self._door.settle(now, (await self._published()).leads_to)

    async def _take_up(self, week: str) -> OpeningReport | None:
        if await self._door.is_between_epochs():
            last = await self._ballots.last_opening()
            # A clock set back must not write two openings into one week.
            return await self._finish(max(week, week_after(last)) if last else week)
        if await self._is_broken_off():
            await self._forget()
        return None

    async def _is_broken_off(self) -> bool:
        return await self._door.is_between_epochs() or self._keys.has_others(
            await self._named()
        )

    async def _named(self) -> frozenset[str]:
        return frozenset({await self._sessions.epoch(), await self._ballots.epoch()})

    async def _turn_sessions(self, now: datetime) -> None:
        old = self._keys.load(await self._sessions.epoch())
        new = self._keys.load(self._keys.make())
        turn = partial(turn_rows, old, new, now)
        await self._sessions.reseal(old.id, new.id, turn)

    async def _finish(self, week: str) -> OpeningReport:
        old, new = await self._ballots.epoch(), await self._sessions.epoch()
        published = await self._published()
        batches: list[Batch] = []

        def turn(box: Box) -> Opening:
            opening = self._open_box(box, old, new, week, published)
            batches.extend(opening.batches)
            return opening

        await self._ballots.open_box(old, new, turn)
        await self._forget()
        await self._door.reload()
        return OpeningReport(week, len(batches))

    def _open_box(
        self, box: Box, old: str, new: str, week: str, published: Published
    ) -> Opening:
        closed, next_box = self._keys.load(old), self._keys.load(new)
        secret = self._keys.box_secret(old)
        flows, live = published.flows, published.live
        sums = _sums(closed, box.phase_sums)
        # Before this opening adds to them: it tells of the quarters before its own.
        phases, sums = release(sums, week, flows, live, box.batches)
        ballots = [_opened(secret, ballot) for ballot in box.ballots]
        counted: Counted = count(ballots, sums, week, flows, box.batches)
        batches = tuple(counted.batches)
        lots = bring_out(counted.remarks, week, flows)
        cleared = clear(box.remarks, week, live)
        digests = self._write_digests(
            Ledger(
                week=week,
                last=box.last,
                batches=(*box.batches, *batches),
                phases=(*box.phases, *phases),
                flows=flows,
                live=live,
                baselines=published.baselines,
                deeds=published.deeds,
                remarks={name: _mixed(own) for name, own in cleared.texts.items()},
                has_lot=bool(lots.lots),
            )
        )
        packed = [*map(pack_ballot, counted.waiting), *map(pack_remark, lots.waiting)]
        waiting = [
            SealedBallot(secrets.token_bytes(_ID), next_box.seal_ballot(one))
            for one in packed
        ]
        # By fresh random id: the order says nothing of who was first.
        waiting.sort(key=lambda ballot: ballot.id)
        return Opening(
            week=week,
            batches=batches,
            waiting=tuple(waiting),
            phase_sums=next_box.seal(pack_sums(counted.sums)),
            digests=digests,
            recipients=self._recipients,
            destroyed=_told(counted.destroyed),
            phases=phases,
            reviewers=self._reviewers,
            lots=tuple(lots.lots),
            remarks=(*cleared.waiting, *_named(lots.texts, week)),
            remarks_destroyed=_told(lots.destroyed + cleared.destroyed),
        )

    async def _forget(self) -> None:
        await self._sessions.vacuum()
        await self._ballots.vacuum()
        # Not on a thread: given up half-way, it would go on without the lock.
        self._keys.destroy_all_but(await self._named())


def _named(texts: Mapping[str, Sequence[str]], week: str) -> list[KeptRemark]:
    """Give remarks that just came out a random name each, and an order by chance."""
    return _mixed(
        [
            KeptRemark(secrets.token_bytes(_ID), flow, week, text)
            for flow, own in texts.items()
            for text in own
        ]
    )


def _mixed(things: Sequence[T]) -> list[T]:
    return secrets.SystemRandom().sample(things, len(things))


def _told(destroyed: int) -> int:
    return destroyed if destroyed >= K else 0


def _opened(secret: SealedBox[PrivateKey], ballot: SealedBallot) -> bytes:
    try:
        return secret.decrypt(ballot.sealed)
    except CryptoError:
        # One row that is damaged must not keep the whole box shut: it is destroyed.
        return b""


def _sums(epoch: Epoch, sealed: bytes | None) -> PhaseSums:
    if sealed is None:
        return PhaseSums()
    try:
        return unpack_sums(epoch.unseal(sealed))
    except KeyFault:
        # Sums nobody can read any more: the quarter starts again.
        return PhaseSums()
