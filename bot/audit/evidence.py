"""What an auditor has in hand, read once and as bytes. Nothing here ever writes."""

import re
import struct
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from nacl.public import PrivateKey, SealedBox

from bot.anonymity.keys import Epoch
from bot.audit.pages import Cell, DatabaseFile, Tree
from bot.audit.records import Damaged, Value
from bot.audit.schema import Table, understood
from bot.audit.traces import files_in
from bot.audit.unused import Remnant, remnants

_SQLITE: Final = b"SQLite format 3\0"
_MAGIC: Final = b"polsslag epoch 1\n"
_SEED: Final = re.compile(rb"polsslag seed 1\r?\n([0-9a-f]{64})\s*")
_SEED_NAME: Final = re.compile(r"draw-([0-9a-f]{32})\.seed")
_KEY: Final = 32
_LENGTH: Final = len(_MAGIC) + 2 * _KEY + 8
_TRIES: Final = 20
_PAUSE: Final = 0.1


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table.

    Args:
        table: None where the statement that made it is not understood.
        cells: by key.
    """

    tree: Tree
    table: Table | None
    cells: Sequence[Cell]

    @property
    def columns(self) -> tuple[str, ...]:
        """Name what a row holds, in the order in which it lies there."""
        return self.table.stored if self.table else ()

    def column(self, name: str) -> list[Value]:
        """Give what all rows hold in a column."""
        if self.table and name == self.table.rowid_column:
            return [cell.rowid for cell in self.cells]
        place = self.columns.index(name)
        # A column that was added later is missing from the rows before it.
        return [
            cell.values[place] if place < len(cell.values) else None
            for cell in self.cells
        ]

    def records(self, *names: str) -> list[tuple[Value, ...]]:
        """Give these columns of every row."""
        return list(zip(*(self.column(name) for name in names), strict=True))


@dataclass(frozen=True)
class Database:
    """A database file that could be read.

    Args:
        name: of the file, below the folder.
    """

    name: str
    file: DatabaseFile

    @cached_property
    def tables(self) -> Mapping[str, Rows]:
        """Give every table with its rows, by name."""
        return {
            tree.name: Rows(tree, understood(tree.sql), self.file.cells(tree.root))
            for tree in self.file.trees
            if tree.kind == "table"
        }

    @cached_property
    def remnants(self) -> tuple[Remnant, ...]:
        """Give what lies in no row."""
        return remnants(self.file)

    def rows(self, table: str, *columns: str) -> list[tuple[Value, ...]]:
        """Give these columns of a table; no row where table or column is missing."""
        rows = self.tables.get(table)
        if rows is None or not set(columns) <= set(rows.columns):
            return []
        return rows.records(*columns)

    @property
    def epoch(self) -> str:
        """Give the epoch that the file names; empty where it names none."""
        return "".join(str(name) for (name,) in self.rows("epoch", "epoch"))


@dataclass(frozen=True)
class Key:
    """A key file that could be understood, opened as an attacker would."""

    path: Path
    epoch: Epoch
    box: "SealedBox[PrivateKey]" = field(repr=False)
    secrets: tuple[bytes, bytes] = field(repr=False)


@dataclass(frozen=True)
class Seed:
    """A file with the seed of draws; with the list it tells who was asked.

    Args:
        epoch: that its name binds it to; None where it has another name.
    """

    path: Path
    epoch: str | None
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class Evidence:
    """A data folder, and what else the auditor was given.

    Args:
        databases: by name; those that are whole.
        damaged: names of files that call themselves a database and cannot be read.
        keys: None when no folder was given.
        logs: folders or files; none when none were given.
        numbers: the ids of people who may have used the bot.
        before: an older state of the same data folder.
        schemas: by name of a database, the scripts that the program makes it with.
        seeds: found among the keys.
    """

    folder: Path
    databases: Mapping[str, Database]
    damaged: Sequence[str]
    key_folder: Path | None
    keys: Sequence[Key]
    logs: Path | None
    numbers: Sequence[int]
    schemas: Mapping[str, Sequence[str]]
    now: float
    before: "Evidence | None" = None
    seeds: Sequence[Seed] = ()

    @property
    def roots(self) -> list[Path]:
        """Give every folder that may hold a trace."""
        return [root for root in (self.folder, self.key_folder, self.logs) if root]


def databases_in(folder: Path) -> tuple[dict[str, Database], list[str]]:
    """Read every file in a folder that calls itself a database, whatever its name.

    Gives the whole ones by name, and the names of the others.
    """
    whole: dict[str, Database] = {}
    damaged: list[str] = []
    for path in files_in(folder):
        content = _read(path)
        if not content.startswith(_SQLITE):
            continue
        name = path.relative_to(folder).as_posix()
        try:
            database = Database(name, DatabaseFile(content))
            # Read to the end here, so that nothing fails later.
            _ = database.tables, database.remnants
            whole[name] = database
        except (Damaged, IndexError, ValueError, struct.error):
            damaged.append(name)
    return whole, damaged


def keys_in(folder: Path) -> Iterator[Key]:
    """Read every file that is a key, whatever its name."""
    for path in files_in(folder):
        content = path.read_bytes()
        if content.startswith(_MAGIC) and len(content) == _LENGTH:
            week = content[len(_MAGIC) :][:_KEY]
            box = content[len(_MAGIC) + _KEY :][:_KEY]
            private = PrivateKey(box)
            name = path.stem.removeprefix("epoch-")
            epoch = Epoch(name, week, bytes(private.public_key))
            yield Key(path, epoch, SealedBox(private), (week, box))


def seeds_in(folder: Path) -> Iterator[Seed]:
    """Read every file that is a seed, whatever its name."""
    for path in files_in(folder):
        if found := _SEED.fullmatch(path.read_bytes()):
            name = _SEED_NAME.fullmatch(path.name)
            secret = bytes.fromhex(found[1].decode())
            yield Seed(path, name[1] if name else None, secret)


def _read(path: Path) -> bytes:
    """Read a file between two transactions, when the bot is at work.

    A journal that stays is not waited for: the check of the files names it.
    """
    journal = path.with_name(f"{path.name}-journal")
    content = path.read_bytes()
    if not content.startswith(_SQLITE):
        return content
    for _ in range(_TRIES):
        if not journal.exists() and content == path.read_bytes():
            break
        time.sleep(_PAUSE)
        content = path.read_bytes()
    return content
