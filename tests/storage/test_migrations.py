"""From each earlier version to this one, forward only, whole or not at all."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StorageError
from storage import migrations
from storage.migrations import migrate, scripts
from storage.sqlite import Database

SCHEMAS = ("sessions", "answers")
STEPS = (
    "CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT, WITHOUT ROWID;\n",
    "-- A comment; with a semicolon.\nINSERT INTO a VALUES (1);\nINSERT INTO a\n"
    "VALUES (2);\n",
)


def shape(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute(
            "SELECT name, sql FROM sqlite_schema WHERE sql NOT NULL ORDER BY name"
        ).fetchall()


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as raw:
        found: int = raw.execute("PRAGMA user_version").fetchone()[0]
        return found


def as_it_was(path: Path, schema: str, earlier: int) -> None:
    """Make a database of an earlier version, with one row that must survive."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        migrate(raw, path, scripts(schema)[:earlier])
        if earlier:
            raw.execute("INSERT INTO epoch (one, epoch) VALUES (1, 'kept')")


@pytest.mark.parametrize(
    ("schema", "earlier"),
    [
        (schema, earlier)
        for schema in SCHEMAS
        for earlier in range(len(scripts(schema)) + 1)
    ],
)
async def test_every_earlier_version_becomes_this_one_with_its_rows(
    tmp_path: Path, schema: str, earlier: int
) -> None:
    fresh, aged = tmp_path / "fresh.db", tmp_path / "aged.db"
    as_it_was(aged, schema, earlier)

    for path in (fresh, aged, aged):
        await (await Database.open(path, schema)).close()

    assert shape(aged) == shape(fresh)
    assert version(aged) == version(fresh) == len(scripts(schema))
    with closing(sqlite3.connect(aged)) as raw:
        kept = raw.execute("SELECT epoch FROM epoch").fetchall()
    assert kept == ([("kept",)] if earlier else [])


async def test_a_database_of_newer_code_is_refused_and_left_alone(
    tmp_path: Path,
) -> None:
    path = tmp_path / "answers.db"
    await (await Database.open(path, "answers")).close()
    known = len(scripts("answers"))
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA user_version = {known + 1}")
    before = path.read_bytes()

    with pytest.raises(StorageError) as fault:
        await Database.open(path, "answers")

    assert (fault.value.code, fault.value.facts) == (
        "database-newer",
        {"path": str(path), "found": known + 1, "known": known},
    )
    assert path.read_bytes() == before


def test_only_the_scripts_that_are_missing_are_run(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for known in (1, 2, 2):
            migrate(raw, path, STEPS[:known])

        assert raw.execute("SELECT id FROM a").fetchall() == [(1,), (2,)]
    assert version(path) == 2


@pytest.mark.parametrize("broken", ["SELECT nonsense;\n", "INSERT INTO a VALUES (3)"])
def test_a_script_that_fails_undoes_those_before_it(
    tmp_path: Path, broken: str
) -> None:
    path = tmp_path / "some.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        with pytest.raises((sqlite3.OperationalError, ValueError)):
            migrate(raw, path, (*STEPS, broken))

        assert not raw.in_transaction
    assert shape(path) == []
    assert version(path) == 0


def test_a_transaction_that_is_gone_already_is_not_rolled_back_again(
    tmp_path: Path,
) -> None:
    path = tmp_path / "some.db"
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as raw,
        pytest.raises(sqlite3.IntegrityError),
    ):
        migrate(raw, path, (STEPS[0], "INSERT OR ROLLBACK INTO a VALUES (1), (1);"))

    assert shape(path) == []


def test_scripts_are_numbered_without_a_gap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "schema" / "some"
    folder.mkdir(parents=True)
    for name in ("0001_begin.sql", "0003_late.sql", "notes.txt"):
        (folder / name).write_text(name)
    monkeypatch.setattr(migrations, "files", lambda _: tmp_path)

    with pytest.raises(ValueError, match="not numbered"):
        scripts("some")

    (folder / "0003_late.sql").rename(folder / "0002_late.sql")
    assert scripts("some") == ("0001_begin.sql", "0003_late.sql")
