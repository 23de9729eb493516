"""A backup holds what was released; every table must be decided on."""

import re
import sqlite3
import stat
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.ballots import Box, Opening, SealedBallot
from bot.decisions import Deed, NewBaseline
from bot.errors import StorageError
from bot.outbox import NOTICE, Dispatch, DispatchState, WrittenDigest
from bot.reviews import Lot
from storage import Stores, open_stores
from storage.backup import (
    LEFT_OUT,
    PARTS,
    TABLES,
    back_up,
    read_backup,
    restore,
    tables_of,
)
from storage.migrations import migrate, scripts
from storage.notices import empty_box
from tests.contracts.ports import (
    batch,
    digest,
    flow,
    opening,
    phase_figures,
    remark,
)

CHAT = "-100200300"


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[Stores]:
    stores = await open_stores(tmp_path / "data")
    await stores.sessions.begin("one")
    await stores.ballots.begin("one")
    yield stores
    await stores.close()


def _as_it_is(done: Opening, _: Box) -> Opening:
    return done


async def a_history(stores: Stores) -> list[Opening]:
    """Let two openings be done, with ballots and sums behind the last."""
    for title in ("Contact", "Ander contact"):
        await stores.archive.publish(flow(title=title), "2026-W29")
    told = replace(digest("2026-W31"), remarks=tuple(f"Gezegd {n}." for n in range(5)))
    done = [
        opening("2026-W30", recipients=(CHAT,)),
        opening(
            "2026-W31",
            phases=phase_figures("2026-W31"),
            digests=(told,),
            remarks=(remark(1), replace(remark(2), is_approved=True)),
            lots=(Lot("2026-W31", "sozawe", 7, 10),),
        ),
    ]
    for each in done:
        await stores.ballots.open_box("one", "one", partial(_as_it_is, each))
    decisions = stores.decisions
    await decisions.set_baseline(NewBaseline("2026-W30", "sozawe", "counter", "Nieuw"))
    await decisions.note(Deed("2026-W31", "Wij bellen terug."))
    await stores.ballots.drop(
        "one", [SealedBallot(b"B" * 16, b"SEALED" * 10 + b"!!!!")]
    )
    return done


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def schema(name: str) -> dict[str, list[str]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as raw:
        migrate(raw, Path("memory"), scripts(name))
        tables = raw.execute("SELECT name, sql FROM sqlite_schema WHERE sql NOT NULL")
        return {
            table: [sql, *(c[1] for c in raw.execute(f"PRAGMA table_info({table})"))]
            for table, sql in tables.fetchall()
        }


def test_every_table_is_kept_or_left_out_on_purpose() -> None:
    assert TABLES | set(LEFT_OUT) == set(schema("answers"))
    assert not TABLES & set(LEFT_OUT)
    assert set(schema("backup")) == TABLES


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_table_of_a_backup_has_the_columns_it_has_in_use(table: str) -> None:
    [_, *columns] = schema("backup")[table]
    assert columns == schema("answers")[table][1:]
    [part] = [part for part in PARTS if part.table == table]
    for statement in (part.read, part.write):
        assert re.search(rf"\b{', '.join(columns)}\b", statement)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_column_of_a_backup_says_why_it_may_be_held(table: str) -> None:
    [sql, *columns] = schema("backup")[table]
    later = rf"^-- .+\nALTER TABLE {table} ADD COLUMN (\w+)"
    added = re.findall(later, "\n".join(scripts("backup")), re.MULTILINE)
    silent = [
        column
        for column in columns
        if not re.search(rf"^ +-- .+\n +{column} [A-Z]", sql, re.MULTILINE)
    ]
    assert silent == added


async def test_a_backup_holds_what_was_released_and_nothing_sealed(
    stores: Stores, tmp_path: Path
) -> None:
    await a_history(stores)
    out = tmp_path / "backup.db"

    history = await back_up(stores.databases[1], out)

    assert read_backup(out) == history
    assert {table: len(rows) for table, rows in history.items()} == {
        "flows": 2,
        "live": 1,
        "openings": 2,
        "batches": 2,
        "counts": 8,
        "outcomes": 4,
        "digests": 2,
        "phase_figures": 2,
        "baselines": 1,
        "deeds": 1,
        "published": 5,
    }
    assert tables_of(out) == TABLES
    content = out.read_bytes()
    # Neither a ballot, nor its id, nor the sums, nor the epoch, nor a chat; nor a
    # remark that nobody may read yet.
    sealed = (b"SEALED", b"B" * 16, b"sums", b"\x00\x00\x00c" * 4, CHAT.encode())
    for what in (*sealed, b"Opmerking 1.", b"Opmerking 2."):
        assert what not in content
    assert b"Gezegd 4." in content
    assert b"Weekbericht sozawe 2026-W31" in content


async def test_a_backup_is_a_new_file_of_ours_alone(
    stores: Stores, tmp_path: Path
) -> None:
    secret = b"deleted a moment ago"
    answers = stores.databases[1]
    await answers.run(
        lambda raw: raw.execute("INSERT INTO ballots VALUES (?, ?)", (secret, secret))
    )
    await answers.run(lambda raw: raw.execute("DELETE FROM ballots"))
    out = tmp_path / "backup.db"

    await back_up(answers, out)

    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert secret not in out.read_bytes()
    assert names(tmp_path) == ["backup.db", "data"]


async def test_what_was_left_half_made_is_in_nobodys_way(
    stores: Stores, tmp_path: Path
) -> None:
    out = tmp_path / "backup.db"
    (tmp_path / "backup.db.part").write_text("half")
    (tmp_path / "backup.db.part-journal").write_text("half")

    await back_up(stores.databases[1], out)

    assert names(tmp_path) == ["backup.db", "data"]


async def test_a_backup_that_cannot_be_written_leaves_nothing(
    stores: Stores, tmp_path: Path
) -> None:
    with pytest.raises(StorageError, match="folder-unusable"):
        await back_up(stores.databases[1], tmp_path / "missing" / "backup.db")

    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "inside").touch()
    with pytest.raises(StorageError, match="folder-unusable"):
        await back_up(stores.databases[1], tmp_path / "taken")
    assert names(tmp_path) == ["data", "taken"]


async def test_the_history_comes_back_and_the_staff_are_told_once(
    stores: Stores, tmp_path: Path
) -> None:
    done = await a_history(stores)
    published = await stores.archive.definitions()
    out = tmp_path / "backup.db"
    await back_up(stores.databases[1], out)

    await restore(out, tmp_path / "new", "2026-W33", "Wat wachtte, is weg.", [CHAT])

    new = await open_stores(tmp_path / "new")
    try:
        assert await new.ballots.batches() == [batch("2026-W30"), batch("2026-W31")]
        assert await new.archive.definitions() == published
        assert await new.archive.live() == await stores.archive.live()
        assert await new.outbox.latest() == list(done[1].digests)
        # No keys, no sessions, no ballots; the week is done, and once is told of it.
        assert (await new.sessions.epoch(), await new.ballots.epoch()) == ("", "")
        assert await new.ballots.in_box() == 0
        assert await new.ballots.last_opening() == "2026-W33"
        told = WrittenDigest("2026-W33", NOTICE, "", "Wat wachtte, is weg.", True)
        assert await new.outbox.pending() == [Dispatch(told, CHAT)]
        # A notice is of this one disk: it is in no backup of it.
        history = await back_up(new.databases[1], tmp_path / "again.db")
        assert len(history["digests"]) == 2
        assert len(history["openings"]) == 3
    finally:
        await new.close()


async def test_a_copy_of_the_database_itself_will_do_as_well(
    stores: Stores, tmp_path: Path
) -> None:
    await a_history(stores)
    copy = tmp_path / "copy.db"
    await stores.databases[1].read(lambda raw: None)
    with closing(sqlite3.connect(tmp_path / "data" / "answers.db")) as raw:
        raw.execute("VACUUM INTO ?", (str(copy),))

    await restore(copy, tmp_path / "new", "2026-W31", "", [])

    new = await open_stores(tmp_path / "new")
    try:
        assert len(await new.ballots.batches()) == 2
        assert await new.ballots.in_box() == 0
        assert await new.ballots.last_opening() == "2026-W31"
    finally:
        await new.close()


@pytest.mark.parametrize("name", ["answers.db", "sessions.db"])
async def test_what_is_there_is_never_written_over(
    stores: Stores, tmp_path: Path, name: str
) -> None:
    out = tmp_path / "backup.db"
    await back_up(stores.databases[1], out)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / name).write_text("mine")

    with pytest.raises(StorageError, match="data-there"):
        await restore(out, tmp_path / "new", "2026-W31", "", [])

    assert [path.read_text() for path in (tmp_path / "new").iterdir()] == ["mine"]


async def test_what_is_no_backup_is_refused(stores: Stores, tmp_path: Path) -> None:
    text, empty, other = (tmp_path / name for name in ("text", "empty", "other"))
    text.write_text("no database at all, but a text that is long enough to be read")
    empty.touch()
    with closing(sqlite3.connect(other)) as raw:
        raw.execute("CREATE TABLE openings (week TEXT)")
        raw.commit()

    for path in (text, empty, other, tmp_path / "missing"):
        with pytest.raises(StorageError, match="not-a-backup"):
            read_backup(path)
    assert tables_of(text) is None
    assert tables_of(other) == frozenset({"openings"})


def earlier(path: Path, schema: str, version: int) -> None:
    """Make a file as the code of that version would have: an opening, a digest."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        migrate(raw, path, scripts(schema)[:version])
        raw.execute("INSERT INTO openings VALUES ('2026-W30', 1, 0)")
        raw.execute(
            """
            INSERT INTO digests (week, kind, flow, text, has_news)
            VALUES ('2026-W30', 'weekly', 'sozawe', 'Weekbericht', 1)
            """
        )


EARLIER = [
    (schema, version)
    for schema in ("backup", "answers")
    for version in range(1, len(scripts(schema)))
]


@pytest.mark.parametrize(("schema", "version"), EARLIER)
async def test_a_backup_of_every_earlier_version_comes_back(
    tmp_path: Path, schema: str, version: int
) -> None:
    earlier(tmp_path / "old.db", schema, version)

    await restore(tmp_path / "old.db", tmp_path / "new", "2026-W30", "", [])

    new = await open_stores(tmp_path / "new")
    try:
        assert await new.outbox.latest() == [
            WrittenDigest("2026-W30", "weekly", "sozawe", "Weekbericht", True)
        ]
    finally:
        await new.close()


def test_a_backup_without_a_table_of_its_version_is_refused(tmp_path: Path) -> None:
    earlier(tmp_path / "old.db", "backup", 1)
    with closing(sqlite3.connect(tmp_path / "old.db", isolation_level=None)) as raw:
        raw.execute(f"PRAGMA user_version = {len(scripts('backup'))}")

    with pytest.raises(StorageError, match="not-a-backup"):
        read_backup(tmp_path / "old.db")


async def test_a_damaged_backup_is_refused(stores: Stores, tmp_path: Path) -> None:
    await a_history(stores)
    out = tmp_path / "backup.db"
    await back_up(stores.databases[1], out)
    with closing(sqlite3.connect(out)) as raw:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = 'counts'"
        [page] = raw.execute(query).fetchone()
    content = bytearray(out.read_bytes())
    content[(page - 1) * 4096 + 8 : page * 4096] = bytes(4096 - 8)
    out.write_bytes(content)

    with pytest.raises(StorageError, match="backup-damaged"):
        read_backup(out)


async def test_a_backup_of_newer_code_is_refused(
    stores: Stores, tmp_path: Path
) -> None:
    out = tmp_path / "backup.db"
    await back_up(stores.databases[1], out)
    with closing(sqlite3.connect(out)) as raw:
        raw.execute("PRAGMA user_version = 99")

    with pytest.raises(StorageError, match="database-newer"):
        read_backup(out)


async def test_an_emptied_box_keeps_what_was_released(stores: Stores) -> None:
    await a_history(stores)
    await stores.outbox.mark(Dispatch(digest("2026-W30"), CHAT), DispatchState.SENT)
    answers = stores.databases[1]

    for week in ("2026-W31", "2026-W31", "2026-W29"):
        await empty_box(answers, "two", week, "Weg.", [CHAT, CHAT])

    assert await stores.ballots.epoch() == "two"
    assert await stores.ballots.in_box() == 0
    sums = await answers.read(
        lambda raw: raw.execute("SELECT * FROM phase_sums").fetchall()
    )
    assert sums == []
    assert await stores.ballots.batches() == [batch("2026-W30"), batch("2026-W31")]
    assert await stores.ballots.last_opening() == "2026-W31"
    told = WrittenDigest("2026-W31", NOTICE, "", "Weg.", True)
    pending = await stores.outbox.pending()
    assert [d for d in pending if d.digest.kind == NOTICE] == [Dispatch(told, CHAT)]

    # It happened again: it is told again.
    await stores.outbox.mark(Dispatch(told, CHAT), DispatchState.SENT)
    await empty_box(answers, "three", "2026-W31", "Weg.", [CHAT])
    assert Dispatch(told, CHAT) in await stores.outbox.pending()
