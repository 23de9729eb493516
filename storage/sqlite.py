"""One SQLite file, opened so that what is deleted is gone and what is stored stays.

The pragmas are set on every connection and read back: they are not kept in the file,
and builds of SQLite differ in what they do without being told.
"""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import aiosqlite

from bot.errors import StorageError
from storage.migrations import migrate, scripts

T = TypeVar("T")

PRAGMAS: Final[tuple[tuple[str, str, object], ...]] = (
    # First, so that the others wait for another process instead of failing.
    ("busy_timeout", "5000", 5000),
    # Off in the SQLite that Python's own builds bring along.
    ("secure_delete", "ON", 1),
    # A write-ahead log would keep deleted rows, and the order in which rows came.
    ("journal_mode", "DELETE", "delete"),
    # EXTRA syncs the folder once the journal is gone; with FULL, a power cut could
    # bring back rows whose key has been destroyed.
    ("synchronous", "EXTRA", 3),
    # Else VACUUM writes a second copy of everything to a temporary file.
    ("temp_store", "MEMORY", 2),
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
)
"""Name, what it is set to, and what it must say when it is read back."""

FAULTS: Final = {
    sqlite3.SQLITE_BUSY: "database-locked",
    sqlite3.SQLITE_LOCKED: "database-locked",
    sqlite3.SQLITE_FULL: "disk-full",
    sqlite3.SQLITE_NOTADB: "not-a-database",
    sqlite3.SQLITE_CORRUPT: "database-damaged",
    sqlite3.SQLITE_IOERR: "disk-fault",
    sqlite3.SQLITE_READONLY: "database-unwritable",
    sqlite3.SQLITE_CANTOPEN: "database-unwritable",
    sqlite3.SQLITE_PERM: "database-unwritable",
}
"""What can befall a file and be mended by a person. Any other fault is a bug."""


@dataclass(frozen=True, slots=True)
class Condition:
    """How a file is, read back and not assumed.

    Args:
        file: its name, without the folder.
        pragmas: (name, value) of every setting that a promise rests on.
        is_sound: False where SQLite finds damage in it.
    """

    file: str
    pragmas: tuple[tuple[str, object], ...]
    is_sound: bool


class Database:
    """A connection whose every use is one whole transaction on its own thread."""

    def __init__(self, path: Path, connection: aiosqlite.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    async def open(cls, path: Path, schema: str) -> "Database":
        """Open the file, make it where it is missing, and bring it up to date.

        Args:
            schema: name of the folder with the scripts that make its tables.

        Raises:
            StorageError: it cannot be opened, trusted or understood.
        """
        steps = scripts(schema)
        _make(path)
        with _faults(path):
            # No isolation level: the module must never open or commit by itself.
            connection = await aiosqlite.connect(path, isolation_level=None)
        database = cls(path, connection)
        try:
            await database._call(lambda raw: _prepare(raw, path, steps))
        except BaseException:
            await database.close()
            raise
        return database

    async def run(self, change: Callable[[sqlite3.Connection], T]) -> T:
        """Carry out a change in one durable transaction, or not at all.

        Several awaits on a shared connection would interleave with another handler's
        and commit its half; so a transaction is one function on the writer thread.
        """
        return await self._call(lambda raw: _within(raw, "BEGIN IMMEDIATE", change))

    async def read(self, look: Callable[[sqlite3.Connection], T]) -> T:
        """Look at one state of the database, which no writer changes meanwhile."""
        return await self._call(lambda raw: _within(raw, "BEGIN", look))

    async def vacuum(self) -> None:
        """Rewrite the file, so that nothing deleted remains in it."""
        await self._call(lambda raw: raw.execute("VACUUM"))

    async def condition(self) -> Condition:
        """Read back the settings, and look the whole file through."""
        return await self._call(lambda raw: _condition(raw, self.path))

    async def close(self) -> None:
        """Finish what was begun and let go of the file. Twice does no harm."""
        await self._connection.close()

    async def _call(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Run on the thread; come back only when it is done, even when cancelled.

        Whoever holds a lock around a transaction would otherwise let go of it while
        the transaction still runs.
        """
        raw = self._connection._conn
        # aiosqlite has no public way to run a function on its thread. `_execute` is
        # what all its own methods use; the requirement pins 0.22 because of this line.
        task: asyncio.Future[T] = asyncio.ensure_future(
            self._connection._execute(function, raw)  # type: ignore[no-untyped-call]
        )
        with _faults(self.path):
            try:
                return await asyncio.shield(task)
            except asyncio.CancelledError:
                while not task.done():
                    try:
                        await asyncio.wait([task])
                    except asyncio.CancelledError:
                        continue
                # Looked at, or asyncio would report a fault nobody waits for.
                task.exception()
                raise


def build() -> tuple[str, str]:
    """Give the version of SQLite, and the day and hash of the sources it was built of.

    Needs no file: it can be said of a SQLite that no file can be trusted to.
    """
    with closing(sqlite3.connect(":memory:")) as raw:
        query = "SELECT sqlite_version(), sqlite_source_id()"
        version, source = raw.execute(query).fetchone()
    return str(version), str(source)


def private_folder(path: Path) -> None:
    """Make a folder that no other user of the machine can enter."""
    with _file_faults(path):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)


def put_in_place(draft: Path, path: Path) -> None:
    """Give a finished file its name, durably."""
    with _file_faults(path):
        draft.rename(path)
        # The name is durable only when the folder is.
        folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _make(path: Path) -> None:
    """Make the file before SQLite does: its journal takes over the permissions."""
    with _file_faults(path):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))


def _prepare(raw: sqlite3.Connection, path: Path, steps: tuple[str, ...]) -> None:
    for name, value, wanted in PRAGMAS:
        # A pragma takes no bound value; these are the constants above.
        raw.execute(f"PRAGMA {name} = {value}")
        row = raw.execute(f"PRAGMA {name}").fetchone()
        if row != (wanted,):
            raise StorageError("pragma-refused", path=str(path), pragma=name)
    migrate(raw, path, steps)


def _condition(raw: sqlite3.Connection, path: Path) -> Condition:
    pragmas = tuple(
        (name, raw.execute(f"PRAGMA {name}").fetchone()[0]) for name, _, _ in PRAGMAS
    )
    is_sound = raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return Condition(path.name, pragmas, is_sound)


def _within(
    raw: sqlite3.Connection, begin: str, function: Callable[[sqlite3.Connection], T]
) -> T:
    raw.execute(begin)
    try:
        result = function(raw)
        raw.execute("COMMIT")
    except BaseException:
        # A full disk has rolled back already.
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        raise
    return result


@contextmanager
def _faults(path: Path) -> Iterator[None]:
    """Say in our words what befell the file."""
    try:
        yield
    except sqlite3.Error as error:
        # The low byte is the kind; the rest says where inside SQLite it arose.
        kind = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if kind not in FAULTS:
            raise
        raise StorageError(FAULTS[kind], path=str(path)) from error


@contextmanager
def _file_faults(path: Path) -> Iterator[None]:
    """Say in our words why a file or folder cannot be made."""
    try:
        yield
    except OSError as error:
        raise StorageError("folder-unusable", path=str(path)) from error
