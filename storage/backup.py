"""Backups: what was released goes out and comes back; what is sealed never does.

A backup is a new file, written row by row. A copy of `answers.db`, of its pages or by
SQLite's own backup would take along what was deleted from it, and ballots of the week.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.errors import StorageError
from bot.outbox import ASIDE
from storage.migrations import migrate, scripts
from storage.notices import leave_word
from storage.sqlite import Database, private_folder, put_in_place

Rows = Sequence[tuple[Any, ...]]
History = Mapping[str, Rows]
"""The rows of each table that a backup holds."""

LEFT_OUT: Final = {
    "epoch": "names a key that is destroyed by the time anybody restores",
    "ballots": "single answers, sealed: a copy would outlive the week",
    "phase_sums": "sealed under a key that no backup holds: nobody could read it",
    "outbox": "chat ids, and messages that a second delivery would send twice",
    "lots": "says what became of remarks of which most are destroyed by then",
    "remarks": "not published, and gone after thirteen weeks: a copy would outlive it",
    "review": "how the reviewers of this one installation went on",
    "review_messages": "chat ids, and messages that are gone by then",
}
"""The tables of `answers.db` that a backup has no place for, and why."""

_ASIDE: Final = ", ".join(f"'{kind}'" for kind in ASIDE)


@dataclass(frozen=True, slots=True)
class Part:
    """One table, as it is read from either file and written to either file."""

    table: str
    read: str
    write: str


PARTS: Final = (
    Part(
        "flows",
        """
        SELECT hash, flow, number, week, definition
        FROM flows
        ORDER BY hash
        """,
        """
        INSERT INTO flows (hash, flow, number, week, definition)
        VALUES (?, ?, ?, ?, ?)
        """,
    ),
    Part(
        "live",
        """
        SELECT flow, hash
        FROM live
        ORDER BY flow
        """,
        """
        INSERT INTO live (flow, hash)
        VALUES (?, ?)
        """,
    ),
    Part(
        "openings",
        """
        SELECT week, number, destroyed, remarks_destroyed
        FROM openings
        ORDER BY week
        """,
        """
        INSERT INTO openings (week, number, destroyed, remarks_destroyed)
        VALUES (?, ?, ?, ?)
        """,
    ),
    Part(
        "batches",
        """
        SELECT week, flow, origin
        FROM batches
        ORDER BY week, flow, origin
        """,
        """
        INSERT INTO batches (week, flow, origin)
        VALUES (?, ?, ?)
        """,
    ),
    Part(
        "counts",
        """
        SELECT week, flow, origin, question, code, n
        FROM counts
        ORDER BY week, flow, origin, question, code
        """,
        """
        INSERT INTO counts (week, flow, origin, question, code, n)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
    ),
    Part(
        "outcomes",
        """
        SELECT week, flow, origin, outcome, n
        FROM outcomes
        ORDER BY week, flow, origin, outcome
        """,
        """
        INSERT INTO outcomes (week, flow, origin, outcome, n)
        VALUES (?, ?, ?, ?, ?)
        """,
    ),
    Part(
        "digests",
        # A notice tells of this one installation, not of what was released.
        f"""
        SELECT week, kind, flow, text, has_news, picture
        FROM digests
        WHERE kind NOT IN ({_ASIDE})
        ORDER BY week, kind, flow
        """,  # noqa: S608 - our own constants
        """
        INSERT INTO digests (week, kind, flow, text, has_news, picture)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
    ),
    Part(
        "published",
        """
        SELECT week, flow, place, text
        FROM published
        ORDER BY week, flow, place
        """,
        """
        INSERT INTO published (week, flow, place, text)
        VALUES (?, ?, ?, ?)
        """,
    ),
    Part(
        "phase_figures",
        """
        SELECT week, flow, question, origin, phase, since, until, n, total, squares
        FROM phase_figures
        ORDER BY week, flow, question, origin, phase
        """,
        """
        INSERT INTO phase_figures
            (week, flow, question, origin, phase, since, until, n, total, squares)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
    ),
    Part(
        "baselines",
        """
        SELECT week, flow, question, reason
        FROM baselines
        ORDER BY week, flow, question
        """,
        """
        INSERT INTO baselines (week, flow, question, reason)
        VALUES (?, ?, ?, ?)
        """,
    ),
    Part(
        "deeds",
        """
        SELECT week, text
        FROM deeds
        ORDER BY week, text
        """,
        """
        INSERT INTO deeds (week, text)
        VALUES (?, ?)
        """,
    ),
)
"""Everything that a backup holds, in the order in which rows refer to each other."""

TABLES: Final = frozenset(part.table for part in PARTS)


async def back_up(answers: Database, path: Path) -> History:
    """Write a backup that takes its name only once it is whole; give what is in it.

    Raises:
        StorageError: it cannot be written.
    """
    history = await answers.read(_read)
    await _make(path, "backup", lambda raw: _write(raw, history))
    return history


async def restore(
    path: Path, folder: Path, week: str, notice: str, recipients: Sequence[str]
) -> History:
    """Make the `answers.db` of a new installation out of a backup, or make nothing.

    It names no epoch: the next start makes new keys, as for any new installation.

    Args:
        path: a backup, or a copy of an `answers.db`; it is only read.
        folder: the data folder, which holds no database.
        week: the last week in which there may have been an opening; it is not done
            again.
        notice: what the recipients are told.

    Raises:
        StorageError: there are databases already, or this is no backup.
    """
    history = read_backup(path)
    private_folder(folder)
    for name in ("answers.db", "sessions.db"):
        if (folder / name).exists():
            raise StorageError("data-there", path=str(folder / name))

    def fill(raw: sqlite3.Connection) -> None:
        _write(raw, history)
        leave_word(raw, week, notice, recipients)

    await _make(folder / "answers.db", "answers", fill)
    return history


def read_backup(path: Path) -> History:
    """Read a backup without changing it.

    Raises:
        StorageError: it is none, it is damaged, or newer code made it.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as raw:
        try:
            tables = _take_up(path, raw)
            if raw.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise StorageError("backup-damaged", path=str(path))
            # A copy of an `answers.db` will do as well: only what was released is read.
            steps = scripts("answers" if "ballots" in tables else "backup")
            if not tables >= _begun(steps):
                raise StorageError("not-a-backup", path=str(path))
            migrate(raw, path, steps)
            # Of newer code, or with a number of its version that is not true.
            if not _tables(raw) >= TABLES:
                raise StorageError("not-a-backup", path=str(path))
            return _read(raw)
        except sqlite3.DatabaseError as error:
            raise StorageError("not-a-backup", path=str(path)) from error


def tables_of(path: Path) -> frozenset[str] | None:
    """Name the tables of a file, whoever made it; None where it is no database."""
    try:
        with closing(_open(path)) as file:
            return _tables(file)
    except sqlite3.DatabaseError:
        return None


def _open(path: Path) -> sqlite3.Connection:
    # Immutable: no lock and no journal is left beside a file that is not ours.
    where = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(where, uri=True)


def _take_up(path: Path, raw: sqlite3.Connection) -> frozenset[str]:
    """Read a file into memory, where it can be migrated; name its tables."""
    with closing(_open(path)) as file:
        file.backup(raw)
    # A view or a trigger that somebody put in must not run.
    raw.execute("PRAGMA trusted_schema = OFF")
    return _tables(raw)


def _tables(raw: sqlite3.Connection) -> frozenset[str]:
    found = raw.execute("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
    return frozenset(name for (name,) in found)


def _begun(steps: Sequence[str]) -> frozenset[str]:
    """Name the tables that even the oldest backup holds."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as raw:
        migrate(raw, Path(), steps[:1])
        return _tables(raw) & TABLES


def _read(raw: sqlite3.Connection) -> History:
    return {part.table: raw.execute(part.read).fetchall() for part in PARTS}


def _write(raw: sqlite3.Connection, history: History) -> None:
    for part in PARTS:
        raw.executemany(part.write, history[part.table])


async def _make(
    path: Path, schema: str, fill: Callable[[sqlite3.Connection], None]
) -> None:
    draft = path.with_name(f"{path.name}.part")
    # What an earlier attempt left; it never became anything.
    _remove([draft, draft.with_name(f"{draft.name}-journal")])
    try:
        database = await Database.open(draft, schema)
        try:
            await database.run(fill)
        finally:
            await database.close()
        put_in_place(draft, path)
    except BaseException:
        _remove([draft])
        raise


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
