"""Opening a file, transactions on the thread, and what can befall the file."""

import asyncio
import os
import sqlite3
import stat
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StorageError
from storage import sqlite
from storage.sqlite import Database, private_folder


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "sessions.db", "sessions")
    yield database
    await database.close()


def add(tag: bytes) -> str:
    return f"INSERT INTO sessions (tag, sealed) VALUES (x'{tag.hex()}', x'00')"  # noqa: S608 - made up here


def tags(raw: sqlite3.Connection) -> list[bytes]:
    return [row[0] for row in raw.execute("SELECT tag FROM sessions")]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("secure_delete", 1),
        ("journal_mode", "delete"),
        ("synchronous", 3),
        ("temp_store", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("busy_timeout", 5000),
    ],
)
async def test_every_connection_is_told_how_to_forget(
    database: Database, pragma: str, value: object
) -> None:
    found = await database.read(
        lambda raw: raw.execute(f"PRAGMA {pragma}").fetchone()[0]
    )

    assert found == value


async def test_a_file_left_in_another_journal_mode_is_brought_back(
    tmp_path: Path,
) -> None:
    path = tmp_path / "sessions.db"
    await (await Database.open(path, "sessions")).close()
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)

    await (await Database.open(path, "sessions")).close()

    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)


async def test_a_pragma_that_does_not_take_is_a_reason_not_to_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "PRAGMAS", (("secure_delete", "OFF", 1),))
    path = tmp_path / "sessions.db"

    with pytest.raises(StorageError) as fault:
        await Database.open(path, "sessions")

    assert (fault.value.code, fault.value.facts) == (
        "pragma-refused",
        {"path": str(path), "pragma": "secure_delete"},
    )


async def test_nobody_else_can_read_what_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "data"
    old = os.umask(0)
    try:
        private_folder(folder)
        database = await Database.open(folder / "sessions.db", "sessions")
        journal = folder / "sessions.db-journal"

        def change(raw: sqlite3.Connection) -> int:
            raw.execute(add(b"a"))
            return stat.S_IMODE(journal.stat().st_mode)

        of_journal = await database.run(change)
        await database.close()
    finally:
        os.umask(old)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "sessions.db").stat().st_mode) == 0o600
    assert of_journal == 0o600
    assert not journal.exists()


async def test_a_change_that_fails_halfway_changes_nothing(database: Database) -> None:
    def change(raw: sqlite3.Connection) -> None:
        raw.execute(add(b"a"))
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        await database.run(change)

    assert await database.read(tags) == []
    await database.run(lambda raw: raw.execute(add(b"b")))
    assert await database.read(tags) == [b"b"]


async def test_a_fault_that_only_a_programmer_can_mend_is_not_dressed_up(
    database: Database,
) -> None:
    with pytest.raises(sqlite3.OperationalError):
        await database.run(lambda raw: raw.execute("SELECT nonsense"))
    with pytest.raises(sqlite3.IntegrityError):
        await database.run(lambda raw: [raw.execute(add(b"a")) for _ in range(2)])


async def test_changes_asked_for_at_once_do_not_mix(database: Database) -> None:
    async def change(tag: int) -> None:
        def two(raw: sqlite3.Connection) -> None:
            raw.execute(add(bytes([tag, 0])))
            if tag % 2:
                raise ArithmeticError
            raw.execute(add(bytes([tag, 1])))

        await database.run(two)

    await asyncio.gather(*map(change, range(20)), return_exceptions=True)

    expected = [bytes([tag, half]) for tag in range(0, 20, 2) for half in (0, 1)]
    assert await database.read(tags) == expected


async def test_whoever_is_cancelled_waits_until_the_change_is_done(
    database: Database,
) -> None:
    has_begun, may_end = threading.Event(), threading.Event()

    def change(raw: sqlite3.Connection) -> None:
        raw.execute(add(b"a"))
        has_begun.set()
        may_end.wait()

    task = asyncio.create_task(database.run(change))
    await asyncio.to_thread(has_begun.wait)
    for _ in range(2):
        task.cancel()
        await asyncio.sleep(0.01)
        assert not task.done()
    may_end.set()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert await database.read(tags) == [b"a"]


async def test_a_change_that_fails_after_it_was_cancelled_is_no_loose_end(
    database: Database,
) -> None:
    has_begun, may_end = threading.Event(), threading.Event()

    def change(_: sqlite3.Connection) -> None:
        has_begun.set()
        may_end.wait()
        raise ArithmeticError

    task = asyncio.create_task(database.run(change))
    await asyncio.to_thread(has_begun.wait)
    task.cancel()
    await asyncio.sleep(0)
    may_end.set()

    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_locked_file_is_said_to_be_locked(
    database: Database, tmp_path: Path
) -> None:
    await database.read(lambda raw: raw.execute("PRAGMA busy_timeout = 1").fetchone())
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StorageError) as fault:
            await database.run(tags)

    assert (fault.value.code, fault.value.facts) == (
        "database-locked",
        {"path": str(tmp_path / "sessions.db")},
    )
    assert await database.run(tags) == []


async def test_a_full_disk_is_said_to_be_full_and_changes_nothing(
    database: Database,
) -> None:
    def change(raw: sqlite3.Connection) -> None:
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {pages + 3}")
        for number in range(1000):
            raw.execute(
                "INSERT INTO sessions (tag, sealed) VALUES (?, zeroblob(2000))",
                (number.to_bytes(4, "big"),),
            )

    with pytest.raises(StorageError) as fault:
        await database.run(change)

    assert fault.value.code == "disk-full"
    assert await database.read(tags) == []


async def test_a_file_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "sessions.db"
    path.write_bytes(b"\x89PNG" * 1000)

    with pytest.raises(StorageError) as fault:
        await Database.open(path, "sessions")

    assert (fault.value.code, fault.value.facts) == (
        "not-a-database",
        {"path": str(path)},
    )
    assert path.read_bytes() == b"\x89PNG" * 1000


async def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "sessions.db"
    await (await Database.open(path, "sessions")).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    database = await Database.open(path, "sessions")

    with pytest.raises(StorageError) as fault:
        await database.read(tags)
    await database.close()

    assert fault.value.code == "database-damaged"


async def test_a_place_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    in_the_way = tmp_path / "data"
    in_the_way.write_bytes(b"")

    with pytest.raises(StorageError) as of_folder:
        private_folder(in_the_way)
    with pytest.raises(StorageError) as of_file:
        await Database.open(in_the_way / "sessions.db", "sessions")

    assert [
        (fault.value.code, fault.value.facts) for fault in (of_folder, of_file)
    ] == [
        ("folder-unusable", {"path": str(in_the_way)}),
        ("folder-unusable", {"path": str(in_the_way / "sessions.db")}),
    ]


async def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sessions.db").mkdir()

    with pytest.raises(StorageError) as fault:
        await Database.open(tmp_path / "sessions.db", "sessions")

    assert fault.value.code == "folder-unusable"


async def test_closing_twice_does_no_harm(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "answers.db", "answers")

    await database.close()
    await database.close()


async def test_the_condition_of_a_file_is_read_back_and_not_assumed(
    database: Database,
) -> None:
    found = await database.condition()

    assert (found.file, found.is_sound) == ("sessions.db", True)
    assert dict(found.pragmas) == {name: wanted for name, _, wanted in sqlite.PRAGMAS}
    assert sqlite.build()[0] == sqlite3.sqlite_version


async def test_the_condition_of_a_file_tells_of_what_cannot_be(
    database: Database,
) -> None:
    def damage(raw: sqlite3.Connection) -> None:
        raw.execute("PRAGMA ignore_check_constraints = ON")
        raw.execute("UPDATE seen_next SET slot = -1")
        raw.execute("PRAGMA ignore_check_constraints = OFF")

    await database.read(damage)

    assert not (await database.condition()).is_sound
