"""What the program says it stores, and what a file says it stores: tables and columns.

SQLite reads the statements, in memory: this opens no file.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Final

_TABLE: Final = re.compile(r"CREATE TABLE (\w+) \(")
_COLUMN: Final = re.compile(r"(\w+) [A-Z]")
_ADDED: Final = re.compile(r"ALTER TABLE (\w+)\s+ADD COLUMN (\w+)")
_SPACE: Final = re.compile(r'[\s"]+')
_NO_COLUMNS: Final = {"PRIMARY", "FOREIGN", "UNIQUE", "CHECK", "CONSTRAINT"}


@dataclass(frozen=True, slots=True)
class Table:
    """A table as SQLite understands its statement.

    Args:
        columns: names, in the order of the statement.
        stored: names, in the order in which a row is laid in the file.
        has_rowid: True when SQLite numbers the rows as they come.
        rowid_column: the column that only shows that number; empty when none does.
        statement: that made it, without the space and the quotes, which differ from
            one SQLite to another.
    """

    name: str
    columns: tuple[str, ...]
    stored: tuple[str, ...]
    has_rowid: bool
    rowid_column: str = ""
    statement: str = field(default="", compare=False)


def declared(scripts: Iterable[str]) -> dict[str, Table]:
    """Give the tables that a program's own scripts make, by name."""
    with closing(sqlite3.connect(":memory:")) as memory:
        for script in scripts:
            memory.executescript(script)
        return {table.name: table for table in _tables(memory)}


def understood(statement: str) -> Table | None:
    """Give the table that a statement from a file makes; None where SQLite refuses.

    Only a table can come of it: nothing that is found in a file is carried out.
    """
    if not re.match(r"(?i)create\s+table\b", statement):
        return None
    with closing(sqlite3.connect(":memory:")) as memory:
        try:
            memory.execute(statement)
        except sqlite3.Error:
            return None
        return next(_tables(memory), None)


def reasons(scripts: Iterable[str]) -> dict[tuple[str, str], str]:
    """Give, for (table, column), the comment that stands before the column."""
    found: dict[tuple[str, str], str] = {}
    for script in scripts:
        found |= _reasons(script)
    return found


def _reasons(script: str) -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    table, said = "", list[str]()
    for line in map(str.strip, script.splitlines()):
        if line.startswith("--"):
            said.append(line.removeprefix("--").strip())
            continue
        if head := _TABLE.match(line):
            table = head[1]
        elif added := _ADDED.match(line):
            found[added[1], added[2]] = " ".join(said)
        elif (column := _COLUMN.match(line)) and column[1] not in _NO_COLUMNS:
            found.setdefault((table, column[1]), " ".join(said))
        said.clear()
    return {key: why for key, why in found.items() if why}


def _tables(memory: sqlite3.Connection) -> Iterator[Table]:
    listed = memory.execute(
        "SELECT l.name, l.wr, s.sql FROM pragma_table_list AS l"
        " JOIN sqlite_schema AS s ON s.name = l.name AND s.type = 'table'"
        " WHERE l.schema = 'main' AND l.type = 'table'"
    ).fetchall()
    for name, without_rowid, sql in listed:
        statement = _SPACE.sub("", sql)
        if name.startswith("sqlite_"):
            continue
        rows = memory.execute(
            "SELECT name, type, pk FROM pragma_table_xinfo(?) WHERE hidden IN (0, 3)",
            (name,),
        ).fetchall()
        columns = tuple(row[0] for row in rows)
        keys = sorted((row for row in rows if row[2]), key=lambda row: row[2])
        key = tuple(row[0] for row in keys)
        if without_rowid:
            rest = tuple(column for column in columns if column not in key)
            stored = (*key, *rest)
            yield Table(name, columns, stored, has_rowid=False, statement=statement)
        else:
            is_shown = len(keys) == 1 and keys[0][1].upper() == "INTEGER"
            shown = key[0] if is_shown else ""
            yield Table(
                name,
                columns,
                columns,
                has_rowid=True,
                rowid_column=shown,
                statement=statement,
            )
