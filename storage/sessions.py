"""The identity side, `sessions.db`: sealed rows under tags, and nothing readable.

It never sees a key, a person or a ballot.
"""

import itertools
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.core.session import IdentityRows, SealedRow, SessionWrite
from bot.errors import StorageError
from storage.sealed import (
    NO_EPOCH,
    begin_epoch,
    read_epoch,
    require_epoch,
    require_one_size,
    set_epoch,
    shuffled,
)
from storage.seen import note_seen, read_seen, remember
from storage.sqlite import Database


class SqliteSessions:
    """The port `SessionStore` on a file of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def epoch(self) -> str:
        """Say which epoch's keys the rows are under; empty before the first."""
        return await self._database.read(read_epoch)

    async def begin(self, epoch: str) -> None:
        """Name the first epoch of a new, empty store. No effect on one that has one."""
        await self._database.run(lambda raw: begin_epoch(raw, epoch))

    async def load(self, epoch: str, tags: Sequence[bytes]) -> list[bytes | None]:
        """Give the sealed session of each tag, or None."""

        def look(raw: sqlite3.Connection) -> list[bytes | None]:
            require_epoch(read_epoch(raw), epoch)
            return [_session(raw, tag) for tag in tags]

        return await self._database.read(look)

    async def invitation(self, epoch: str, tag: bytes) -> bytes | None:
        """Give the sealed invitation of this tag, or None when used or never made."""

        def look(raw: sqlite3.Connection) -> bytes | None:
            require_epoch(read_epoch(raw), epoch)
            row = raw.execute(
                "SELECT sealed FROM invitations WHERE tag = ?", (tag,)
            ).fetchone()
            return None if row is None else bytes(row[0])

        return await self._database.read(look)

    async def write(self, epoch: str, writes: Sequence[SessionWrite]) -> list[bool]:
        """Store all writes in one durable transaction.

        Gives, one for one, whether it was stored; of one that was not, nothing is.
        """

        def change(raw: sqlite3.Connection) -> list[bool]:
            require_epoch(read_epoch(raw), epoch)
            stored = [
                write.redeems is None or _redeem(raw, write.redeems) for write in writes
            ]
            kept = [w for w, is_stored in zip(writes, stored, strict=True) if is_stored]
            rows = [write.row for write in kept if write.row is not None]
            # By tag: the order of a group must not be the order of arrival. Of two
            # writes to one session the later stays the later.
            _put(raw, sorted(rows, key=lambda row: row.tag))
            note_seen(raw, [update for write in kept for update in write.updates])
            return stored

        return await self._database.run(change)

    async def invite(self, epoch: str, invitations: Sequence[SealedRow]) -> None:
        """Add invitations, in one transaction.

        Raises:
            StorageError: one of them is there already; none is added.
        """

        def change(raw: sqlite3.Connection) -> None:
            require_epoch(read_epoch(raw), epoch)
            # By tag: the order of a list of contacts must not be that of the file.
            _invite(raw, sorted(invitations, key=lambda row: row.tag))

        await self._database.run(change)

    async def updates(self) -> frozenset[int]:
        """Give the ids of the last deliveries that were settled, at most 10,000."""
        return await self._database.read(read_seen)

    async def rows(self, epoch: str) -> IdentityRows:
        """Give all rows, in the order of their tags, which has no meaning."""

        def look(raw: sqlite3.Connection) -> IdentityRows:
            require_epoch(read_epoch(raw), epoch)
            return _all(raw)

        return await self._database.read(look)

    async def retire(self, epoch: str, invitations: Sequence[bytes]) -> None:
        """Delete the invitations of these tags; unknown ones are passed over."""

        def change(raw: sqlite3.Connection) -> None:
            require_epoch(read_epoch(raw), epoch)
            raw.executemany(
                "DELETE FROM invitations WHERE tag = ?", [(tag,) for tag in invitations]
            )

        await self._database.run(change)

    async def reseal(
        self, old: str, new: str, turn: Callable[[IdentityRows], IdentityRows]
    ) -> None:
        """Replace all rows by what `turn` makes of them and name the new epoch.

        `turn` is called once, on the writer thread, inside the transaction.
        """

        def change(raw: sqlite3.Connection) -> None:
            require_epoch(read_epoch(raw), old)
            turned = turn(_all(raw))
            raw.execute("DELETE FROM sessions")
            raw.execute("DELETE FROM invitations")
            _put(raw, shuffled(turned.sessions))
            _invite(raw, shuffled(turned.invitations))
            set_epoch(raw, new)

        await self._database.run(change)

    async def vacuum(self) -> None:
        """Rewrite the file, so that nothing deleted remains in it."""
        await self._database.vacuum()


def _session(raw: sqlite3.Connection, tag: bytes) -> bytes | None:
    row = raw.execute("SELECT sealed FROM sessions WHERE tag = ?", (tag,)).fetchone()
    return None if row is None else bytes(row[0])


def _all(raw: sqlite3.Connection) -> IdentityRows:
    sessions = raw.execute("SELECT tag, sealed FROM sessions ORDER BY tag")
    invitations = raw.execute("SELECT tag, sealed FROM invitations ORDER BY tag")
    return IdentityRows(
        tuple(SealedRow(tag, sealed) for tag, sealed in sessions),
        tuple(SealedRow(tag, sealed) for tag, sealed in invitations),
    )


def _redeem(raw: sqlite3.Connection, tag: bytes) -> bool:
    return raw.execute("DELETE FROM invitations WHERE tag = ?", (tag,)).rowcount == 1


def _put(raw: sqlite3.Connection, rows: Sequence[SealedRow]) -> None:
    size = raw.execute("SELECT length(sealed) FROM sessions LIMIT 1").fetchone()
    require_one_size("sessions", [*(size or ()), *(len(row.sealed) for row in rows)])
    raw.executemany(
        """
        INSERT INTO sessions (tag, sealed)
        VALUES (?, ?)
        ON CONFLICT (tag) DO UPDATE SET sealed = excluded.sealed
        """,
        [(row.tag, row.sealed) for row in rows],
    )


def _invite(raw: sqlite3.Connection, rows: Sequence[SealedRow]) -> None:
    size = raw.execute("SELECT length(sealed) FROM invitations LIMIT 1").fetchone()
    require_one_size("invitations", [*(size or ()), *(len(row.sealed) for row in rows)])
    added = raw.executemany(
        """
        INSERT INTO invitations (tag, sealed)
        VALUES (?, ?)
        ON CONFLICT (tag) DO NOTHING
        """,
        [(row.tag, row.sealed) for row in rows],
    ).rowcount
    # Of no rows at all, SQLite says nothing.
    if rows and added != len(rows):
        raise StorageError("invitation-exists")


@dataclass(slots=True)
class MemoryFile:
    """What a `sessions.db` would hold; it outlives the stores that are opened on it."""

    epoch: str = NO_EPOCH
    sessions: dict[bytes, bytes] = field(default_factory=dict)
    invitations: dict[bytes, bytes] = field(default_factory=dict)
    seen: OrderedDict[int, None] = field(default_factory=OrderedDict)


class MemorySessions:
    """The port `SessionStore` in memory, for tests and for `try`."""

    def __init__(self, file: MemoryFile | None = None) -> None:
        self._file = file or MemoryFile()

    async def epoch(self) -> str:
        """Say which epoch's keys the rows are under; empty before the first."""
        return self._file.epoch

    async def begin(self, epoch: str) -> None:
        """Name the first epoch of a new, empty store. No effect on one that has one."""
        self._file.epoch = self._file.epoch or epoch

    async def load(self, epoch: str, tags: Sequence[bytes]) -> list[bytes | None]:
        """Give the sealed session of each tag, or None."""
        require_epoch(self._file.epoch, epoch)
        return [self._file.sessions.get(tag) for tag in tags]

    async def invitation(self, epoch: str, tag: bytes) -> bytes | None:
        """Give the sealed invitation of this tag, or None when used or never made."""
        require_epoch(self._file.epoch, epoch)
        return self._file.invitations.get(tag)

    async def write(self, epoch: str, writes: Sequence[SessionWrite]) -> list[bool]:
        """Store all writes, or none."""
        require_epoch(self._file.epoch, epoch)
        used: set[bytes] = set()
        stored = []
        for write in writes:
            code = write.redeems
            is_free = code in self._file.invitations and code not in used
            stored.append(code is None or is_free)
            if code is not None:
                used.add(code)
        kept = [w for w, is_stored in zip(writes, stored, strict=True) if is_stored]
        rows = {w.row.tag: w.row.sealed for w in kept if w.row is not None}
        known = itertools.islice(self._file.sessions.values(), 1)
        require_one_size("sessions", map(len, [*known, *rows.values()]))
        self._file.sessions |= rows
        for code in used:
            self._file.invitations.pop(code, None)
        remember(self._file.seen, (u for write in kept for u in write.updates))
        return stored

    async def invite(self, epoch: str, invitations: Sequence[SealedRow]) -> None:
        """Add invitations, or none where one of them is there already."""
        require_epoch(self._file.epoch, epoch)
        self._file.invitations = _added(self._file.invitations, invitations)

    async def updates(self) -> frozenset[int]:
        """Give the ids of the last deliveries that were settled, at most 10,000."""
        return frozenset(self._file.seen)

    async def rows(self, epoch: str) -> IdentityRows:
        """Give all rows, in the order of their tags, which has no meaning."""
        require_epoch(self._file.epoch, epoch)
        return self._rows()

    async def retire(self, epoch: str, invitations: Sequence[bytes]) -> None:
        """Delete the invitations of these tags; unknown ones are passed over."""
        require_epoch(self._file.epoch, epoch)
        for tag in invitations:
            self._file.invitations.pop(tag, None)

    async def reseal(
        self, old: str, new: str, turn: Callable[[IdentityRows], IdentityRows]
    ) -> None:
        """Replace all rows by what `turn` makes of them and name the new epoch."""
        require_epoch(self._file.epoch, old)
        turned = turn(self._rows())
        require_one_size("sessions", (len(row.sealed) for row in turned.sessions))
        self._file.invitations = _added({}, turned.invitations)
        self._file.sessions = {row.tag: row.sealed for row in turned.sessions}
        self._file.epoch = new

    async def vacuum(self) -> None:
        """Do nothing: what was deleted is gone."""

    def _rows(self) -> IdentityRows:
        return IdentityRows(
            tuple(SealedRow(*row) for row in sorted(self._file.sessions.items())),
            tuple(SealedRow(*row) for row in sorted(self._file.invitations.items())),
        )


def _added(known: dict[bytes, bytes], rows: Sequence[SealedRow]) -> dict[bytes, bytes]:
    fresh = {row.tag: row.sealed for row in rows}
    if len(fresh) != len(rows) or fresh.keys() & known.keys():
        raise StorageError("invitation-exists")
    both = known | fresh
    require_one_size("invitations", map(len, both.values()))
    return both
