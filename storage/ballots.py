"""The anonymous side, `answers.db`: a box nobody can look into, and what came of it.

It never sees a key, a person or a session. The opening is one transaction, which also
writes the digests and who is to get them: an opening without its digest, or a digest
that is sent twice, cannot come of it.
"""

import itertools
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, field

from bot.ballots import (
    Batch,
    Box,
    Cell,
    Opening,
    Outcome,
    PhaseTotal,
    SealedBallot,
)
from bot.core.flow import Origin, Phase
from bot.errors import StorageError
from storage.memory import MemoryMail, MemoryRemarks
from storage.outbox import newest_opening, post
from storage.remarks import release_lots, replace_remarks, waiting_remarks
from storage.sealed import (
    NO_EPOCH,
    begin_epoch,
    read_epoch,
    require_epoch,
    require_one_size,
    set_epoch,
    shuffled,
)
from storage.sqlite import Database


class SqliteBallots:
    """The port `BallotStore` on `answers.db`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def epoch(self) -> str:
        """Say to which epoch ballots must be sealed; empty before the first."""
        return await self._database.read(read_epoch)

    async def begin(self, epoch: str) -> None:
        """Name the first epoch of a new, empty store. No effect on one that has one."""
        await self._database.run(lambda raw: begin_epoch(raw, epoch))

    async def drop(self, epoch: str, ballots: Sequence[SealedBallot]) -> None:
        """Put ballots in the box; one whose id is there already is not put twice."""

        def change(raw: sqlite3.Connection) -> None:
            require_epoch(read_epoch(raw), epoch)
            # By id, so that the order of a group is not the order of arrival.
            _put(raw, sorted(ballots, key=lambda ballot: ballot.id))

        await self._database.run(change)

    async def open_box(
        self, old: str, new: str, turn: Callable[[Box], Opening]
    ) -> None:
        """Replace the box by the opening that `turn` makes of it; name the new epoch.

        `turn` is called once, on the writer thread, inside the transaction.

        Raises:
            StorageError: the box was opened in that week already.
        """

        def change(raw: sqlite3.Connection) -> None:
            require_epoch(read_epoch(raw), old)
            opening = turn(_box(raw))
            _refill(raw, opening)
            _open(raw, opening)
            for batch in opening.batches:
                _release(raw, batch)
            _release_phases(raw, opening.phases)
            release_lots(raw, opening.lots)
            replace_remarks(raw, opening.remarks)
            post(raw, opening.digests, opening.recipients, opening.reviewers)
            set_epoch(raw, new)

        await self._database.run(change)

    async def in_box(self) -> int:
        """Count the sealed ballots."""
        return await self._database.read(_in_box)

    async def last_opening(self) -> str | None:
        """Give the ISO week of the newest opening."""
        return await self._database.read(newest_opening)

    async def batches(self) -> list[Batch]:
        """Give every batch ever released, oldest first."""
        return await self._database.read(_batches)

    async def phases(self) -> list[PhaseTotal]:
        """Give every figure by phase ever released, oldest first."""
        return await self._database.read(_phases)

    async def vacuum(self) -> None:
        """Rewrite the file, so that nothing deleted remains in it."""
        await self._database.vacuum()


def _put(raw: sqlite3.Connection, ballots: Sequence[SealedBallot]) -> None:
    size = raw.execute("SELECT length(sealed) FROM ballots LIMIT 1").fetchone()
    require_one_size("ballots", [*(size or ()), *(len(b.sealed) for b in ballots)])
    raw.executemany(
        """
        INSERT INTO ballots (id, sealed)
        VALUES (?, ?)
        ON CONFLICT (id) DO NOTHING
        """,
        [(ballot.id, ballot.sealed) for ballot in ballots],
    )


def _box(raw: sqlite3.Connection) -> Box:
    ballots = raw.execute("SELECT id, sealed FROM ballots ORDER BY id")
    sums = raw.execute("SELECT sealed FROM phase_sums").fetchone()
    return Box(
        tuple(SealedBallot(*row) for row in ballots),
        None if sums is None else sums[0],
        tuple(_batches(raw)),
        tuple(_phases(raw)),
        newest_opening(raw),
        waiting_remarks(raw),
    )


def _in_box(raw: sqlite3.Connection) -> int:
    count: int = raw.execute("SELECT count(*) FROM ballots").fetchone()[0]
    return count


def _refill(raw: sqlite3.Connection, opening: Opening) -> None:
    """Put back what waits, in a random order, and the sums."""
    raw.execute("DELETE FROM ballots")
    _put(raw, shuffled(opening.waiting))
    raw.execute(
        """
        INSERT INTO phase_sums (one, sealed)
        VALUES (1, ?)
        ON CONFLICT (one) DO UPDATE SET sealed = excluded.sealed
        """,
        (opening.phase_sums,),
    )


def _open(raw: sqlite3.Connection, opening: Opening) -> None:
    is_new = raw.execute(
        """
        INSERT INTO openings (week, number, destroyed, remarks_destroyed)
        SELECT ?, 1 + COALESCE(MAX(number), 0), ?, ?
        FROM openings
        WHERE TRUE
        ON CONFLICT (week) DO NOTHING
        """,
        (opening.week, opening.destroyed, opening.remarks_destroyed),
    ).rowcount
    if not is_new:
        raise StorageError("opened-this-week", week=opening.week)


def _release(raw: sqlite3.Connection, batch: Batch) -> None:
    key = (batch.week, batch.cell.flow, batch.cell.origin.value)
    raw.execute(
        """
        INSERT INTO batches (week, flow, origin)
        VALUES (?, ?, ?)
        """,
        key,
    )
    raw.executemany(
        """
        INSERT INTO counts (week, flow, origin, question, code, n)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        [
            (*key, question, code, n)
            for question, codes in batch.counts.items()
            for code, n in codes.items()
        ],
    )
    raw.executemany(
        """
        INSERT INTO outcomes (week, flow, origin, outcome, n)
        VALUES (?, ?, ?, ?, ?)
        """,
        [(*key, outcome.value, n) for outcome, n in batch.outcomes.items()],
    )


def _release_phases(raw: sqlite3.Connection, phases: Sequence[PhaseTotal]) -> None:
    raw.executemany(
        """
        INSERT INTO phase_figures
            (week, flow, question, origin, phase, since, until, n, total, squares)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [astuple(figure) for figure in phases],
    )


def _phases(raw: sqlite3.Connection) -> list[PhaseTotal]:
    rows = raw.execute(
        """
        SELECT week, flow, question, origin, phase, since, until, n, total, squares
        FROM phase_figures
        JOIN openings USING (week)
        ORDER BY openings.number, flow, question, origin, phase
        """
    )
    return [
        PhaseTotal(week, flow, question, Origin(origin), Phase(phase), *rest)
        for week, flow, question, origin, phase, *rest in rows
    ]


def _batches(raw: sqlite3.Connection) -> list[Batch]:
    heads = raw.execute(
        """
        SELECT week, flow, origin
        FROM batches
        JOIN openings USING (week)
        ORDER BY number, flow, origin
        """
    )
    batches = {
        (week, flow, origin): Batch(week, Cell(flow, Origin(origin)), {}, {})
        for week, flow, origin in heads
    }
    counts = raw.execute("SELECT week, flow, origin, question, code, n FROM counts")
    for *key, question, code, n in counts:
        batches[tuple(key)].counts.setdefault(question, {})[code] = n
    outcomes = raw.execute("SELECT week, flow, origin, outcome, n FROM outcomes")
    for *key, outcome, n in outcomes:
        batches[tuple(key)].outcomes[Outcome(outcome)] = n
    return list(batches.values())


@dataclass(slots=True)
class MemoryBox:
    """What an `answers.db` would hold of the box; it outlives the stores on it."""

    epoch: str = NO_EPOCH
    ballots: dict[bytes, bytes] = field(default_factory=dict)
    phase_sums: bytes | None = None
    batches: list[Batch] = field(default_factory=list)
    phases: list[PhaseTotal] = field(default_factory=list)
    remarks: MemoryRemarks = field(default_factory=MemoryRemarks)


class MemoryBallots:
    """The port `BallotStore` in memory, for tests and for `try`.

    Args:
        mail: what it shares with the outbox, as the two share a file on disk.
    """

    def __init__(self, mail: MemoryMail, box: MemoryBox | None = None) -> None:
        self._mail = mail
        self._box = box or MemoryBox()

    async def epoch(self) -> str:
        """Say to which epoch ballots must be sealed; empty before the first."""
        return self._box.epoch

    async def begin(self, epoch: str) -> None:
        """Name the first epoch of a new, empty store. No effect on one that has one."""
        self._box.epoch = self._box.epoch or epoch

    async def drop(self, epoch: str, ballots: Sequence[SealedBallot]) -> None:
        """Put ballots in the box; one whose id is there already is not put twice."""
        require_epoch(self._box.epoch, epoch)
        known = itertools.islice(self._box.ballots.values(), 1)
        sealed = [*known, *(ballot.sealed for ballot in ballots)]
        require_one_size("ballots", map(len, sealed))
        for ballot in ballots:
            self._box.ballots.setdefault(ballot.id, ballot.sealed)

    async def open_box(
        self, old: str, new: str, turn: Callable[[Box], Opening]
    ) -> None:
        """Replace the box by what `turn` makes of it and name the new epoch."""
        require_epoch(self._box.epoch, old)
        ballots = (SealedBallot(*row) for row in sorted(self._box.ballots.items()))
        released = map(_copy, self._box.batches)
        box = Box(
            tuple(ballots),
            self._box.phase_sums,
            tuple(released),
            tuple(self._box.phases),
            await self.last_opening(),
            tuple(remark for _, remark in sorted(self._box.remarks.waiting.items())),
        )
        opening = turn(box)
        require_one_size("ballots", (len(b.sealed) for b in opening.waiting))
        if opening.week in self._mail.openings:
            raise StorageError("opened-this-week", week=opening.week)
        self._box.epoch = new
        self._box.ballots = {b.id: b.sealed for b in opening.waiting}
        self._box.phase_sums = opening.phase_sums
        in_order = sorted(opening.batches, key=lambda b: (b.cell.flow, b.cell.origin))
        self._box.batches += map(_copy, in_order)
        self._box.phases += sorted(
            opening.phases, key=lambda p: (p.flow, p.question, p.origin, p.phase)
        )
        self._box.remarks.replace(opening.remarks, opening.lots)
        self._box.remarks.destroyed += opening.remarks_destroyed
        self._mail.openings.append(opening.week)
        self._mail.post(opening.digests, opening.recipients, opening.reviewers)

    async def in_box(self) -> int:
        """Count the sealed ballots."""
        return len(self._box.ballots)

    async def last_opening(self) -> str | None:
        """Give the ISO week of the newest opening."""
        return self._mail.openings[-1] if self._mail.openings else None

    async def batches(self) -> list[Batch]:
        """Give every batch ever released, oldest first."""
        return [_copy(batch) for batch in self._box.batches]

    async def phases(self) -> list[PhaseTotal]:
        """Give every figure by phase ever released, oldest first."""
        return list(self._box.phases)

    async def vacuum(self) -> None:
        """Do nothing: what was deleted is gone."""


def _copy(batch: Batch) -> Batch:
    """Copy what can be changed; a question without counts leaves no trace."""
    counts = {
        question: dict(codes) for question, codes in batch.counts.items() if codes
    }
    return Batch(batch.week, batch.cell, counts, dict(batch.outcomes))
