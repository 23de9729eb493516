"""What an intruder takes: copies of all files, and what SQLite reads in them."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple

Files = Mapping[str, bytes]
"""The content of every file, by its path below the root."""

MAGIC: Final = b"SQLite format 3"

SEALED: Final = ("sessions", "invitations", "ballots", "phase_sums")
"""The tables of which nothing can be read without a key."""

NUMBERS: Final = ("seen", "seen_next")
"""The deliveries that were settled: Telegram's own numbers."""


class Cell(NamedTuple):
    """One stored value, and where it lies."""

    file: str
    table: str
    column: str
    value: Any


def files_in(folder: Path) -> Files:
    """Copy everything below a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def schema(files: Files) -> dict[str, list[str]]:
    """Give the columns of every table of every database."""
    found = {}
    for name, content in files.items():
        if content.startswith(MAGIC):
            with closing(sqlite3.connect(":memory:")) as raw:
                raw.deserialize(content)
                for (table,) in _named(raw):
                    rows = raw.execute(
                        "SELECT name FROM pragma_table_info(?)", (table,)
                    )
                    found[f"{Path(name).name}:{table}"] = [row[0] for row in rows]
    return found


def tables(files: Files) -> dict[str, list[dict[str, Any]]]:
    """Read every table of every database, as SQLite gives its rows."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, content in files.items():
        if content.startswith(MAGIC):
            with closing(sqlite3.connect(":memory:")) as raw:
                # Of a database with a log beside it, what has left the log.
                raw.deserialize(content[:18] + b"\1\1" + content[20:])
                found |= _read(raw, Path(name).name)
    return found


def _read(raw: sqlite3.Connection, file: str) -> dict[str, list[dict[str, Any]]]:
    raw.row_factory = sqlite3.Row
    return {
        f"{file}:{name}": [
            dict(row)
            for row in raw.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - its own names
        ]
        for (name,) in _named(raw)
    }


def _named(raw: sqlite3.Connection) -> list[Any]:
    query = "SELECT name FROM sqlite_schema WHERE type = 'table'"
    return raw.execute(query).fetchall()


def _told(place: str, row: Mapping[str, Any]) -> tuple[Any, ...]:
    is_name = place.endswith(":remarks")
    return tuple(v for column, v in row.items() if not (is_name and column == "id"))


def cells(files: Files) -> Iterator[Cell]:
    """Give every value of every table."""
    for place, rows in tables(files).items():
        file, _, table = place.partition(":")
        for row in rows:
            for column, value in row.items():
                yield Cell(file, table, column, value)


def plain(files: Files) -> dict[str, list[tuple[Any, ...]]]:
    """Give what can be read without a key, in an order that says nothing.

    The epoch's random name, those of remarks, and the numbers of deliveries are left
    out.
    """
    hidden = {*SEALED, *NUMBERS, "epoch"}
    return {
        place: sorted((_told(place, row) for row in rows), key=repr)
        for place, rows in tables(files).items()
        if place.partition(":")[2] not in hidden
    }
