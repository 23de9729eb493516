"""Read a database file by its pages: where things lie, and what was left behind.

SQLite shows rows by their key. The file also shows the order in which they were put
there, and what was deleted and not wiped: that is what this reads. It never writes.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from bot.audit.records import Damaged, Value, record, varint

_MAGIC: Final = b"SQLite format 3\0"
_UNUSED: Final = ((20, 21), (48, 52), (64, 92))
"""Of the head: room kept on each page, a size of the cache, how to clear up, the mark
of an application, and what is kept for later."""

TABLE_INNER, INDEX_INNER, TABLE_LEAF, INDEX_LEAF = 5, 2, 13, 10
INNER: Final = frozenset({TABLE_INNER, INDEX_INNER})
"""Kinds of pages that lead to others."""
_TREES: Final = frozenset({TABLE_INNER, INDEX_INNER, TABLE_LEAF, INDEX_LEAF})
_WAL: Final = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of a table, or one entry of an index, and where it lies.

    Args:
        page: number of its page, from 1.
        offset: of its first byte within the page. Within a page the space is given out
            from the end: of two rows in a fresh page, the one that came first lies
            behind the other. So `page, -offset` is the order of arrival, as far as
            the file tells it.
        rowid: the number that SQLite gave the row; None in a table WITHOUT ROWID and in
            an index.
    """

    page: int
    offset: int
    rowid: int | None
    values: tuple[Value, ...]

    @property
    def laid(self) -> tuple[int, int]:
        """Sort by this to have the order in which rows were laid down."""
        return self.page, -self.offset


@dataclass(frozen=True, slots=True)
class Tree:
    """One table or index, as the file names it in `sqlite_schema`."""

    kind: str
    name: str
    table: str
    root: int
    sql: str


class DatabaseFile:
    """A database file in memory, as bytes."""

    def __init__(self, content: bytes) -> None:
        """Take the content of the file. Raises Damaged when it is no database."""
        if len(content) < 100 or not content.startswith(_MAGIC):
            raise Damaged
        (size,) = struct.unpack_from(">H", content, 16)
        self.page_size: int = 65536 if size == 1 else size
        self.usable: int = self.page_size - content[20]
        """So much of a page is used at all."""
        if self.page_size < 512 or len(content) < self.page_size:
            raise Damaged
        self.content = content
        self.pages = len(content) // self.page_size
        self.is_wal = _WAL in content[18:20]
        """True when the file says that it is written through a write-ahead log."""
        self.freelist_count: int = struct.unpack_from(">I", content, 36)[0]
        self.has_auto_vacuum = struct.unpack_from(">I", content, 52)[0] != 0
        self.encoding: int = struct.unpack_from(">I", content, 56)[0]
        self.version: int = struct.unpack_from(">I", content, 60)[0]
        """`user_version`: which schema the program made."""
        self.has_words_in_its_head = any(
            any(content[start:end]) for start, end in _UNUSED
        )
        """True when something stands where SQLite leaves zeros unless it is told."""

    @classmethod
    def read(cls, path: Path) -> "DatabaseFile":
        """Read a file. Raises Damaged, or OSError."""
        return cls(path.read_bytes())

    @cached_property
    def trees(self) -> tuple[Tree, ...]:
        """Every table and index that the file names, in the order in which it does."""
        return tuple(tree for tree in self._named if tree.root)

    @cached_property
    def rootless(self) -> tuple[Tree, ...]:
        """Every view, trigger and virtual table: what has no pages of its own."""
        return tuple(tree for tree in self._named if not tree.root)

    @cached_property
    def _named(self) -> tuple[Tree, ...]:
        found = []
        for cell in self.cells(1):
            if len(cell.values) != 5:
                raise Damaged
            kind, name, table, root, sql = cell.values
            place = root if isinstance(root, int) else 0
            found.append(Tree(str(kind), str(name), str(table), place, str(sql)))
        return tuple(found)

    def tree(self, name: str) -> Tree:
        """Give the table or index of this name. Raises KeyError."""
        for tree in self.trees:
            if tree.name == name:
                return tree
        raise KeyError(name)

    def cells(self, root: int) -> list[Cell]:
        """Give every row below a root page, by key."""
        return list(self._below(root, set()))

    def laid(self, name: str) -> list[Cell]:
        """Give every row of a table in the order in which it was laid in the file."""
        return sorted(self.cells(self.tree(name).root), key=lambda cell: cell.laid)

    @cached_property
    def free_pages(self) -> Mapping[int, int]:
        """The pages that are kept for later: where in each SQLite's own list ends."""
        found: dict[int, int] = {}
        (trunk,) = struct.unpack_from(">I", self.content, 32)
        while trunk:
            if found.get(trunk):
                raise Damaged
            follow, count = struct.unpack_from(">II", self.page(trunk), 0)
            if 8 + 4 * count > self.usable:
                raise Damaged
            found[trunk] = 8 + 4 * count
            for number in struct.unpack_from(f">{count}I", self.page(trunk), 8):
                found.setdefault(number, 0)
            trunk = follow
        return found

    def page(self, number: int) -> bytes:
        """Give a page, by its number from 1. Raises Damaged where there is none."""
        if not 1 <= number <= self.pages:
            raise Damaged
        start = (number - 1) * self.page_size
        return self.content[start : start + self.usable]

    def _head(self, number: int) -> tuple[bytes, int, int, int]:
        """Give a page, where its own head begins, its kind, and how many cells."""
        page = self.page(number)
        begin = 100 if number == 1 else 0
        kind = page[begin]
        if kind not in _TREES:
            raise Damaged
        return page, begin, kind, struct.unpack_from(">H", page, begin + 3)[0]

    def pointers(self, number: int) -> tuple[bytes, int, list[int], int]:
        """Give a page, its kind, where its cells begin, and where their list ends."""
        page, begin, kind, count = self._head(number)
        first = begin + (12 if kind in INNER else 8)
        if first + 2 * count > self.usable:
            raise Damaged
        places = list(struct.unpack_from(f">{count}H", page, first))
        return page, kind, places, first + 2 * count

    def _below(self, number: int, seen: set[int]) -> Iterator[Cell]:
        if number in seen:
            raise Damaged
        seen.add(number)
        page, kind, places, _ = self.pointers(number)
        for place in places:
            if kind in INNER:
                (child,) = struct.unpack_from(">I", page, place)
                yield from self._below(child, seen)
            if kind != TABLE_INNER:
                rowid, payload, _ = self._cell(page, kind, place)
                values = record(payload, self.encoding)
                yield Cell(number, place, rowid, values)
        if kind in INNER:
            begin = 100 if number == 1 else 0
            (child,) = struct.unpack_from(">I", page, begin + 8)
            yield from self._below(child, seen)

    def _cell(
        self, page: bytes, kind: int, place: int
    ) -> tuple[int | None, bytes, int]:
        """Give a cell's rowid, its payload, and where it ends in the page."""
        if kind == INDEX_INNER:
            place += 4
        size, place = varint(page, place)
        rowid: int | None = None
        if kind == TABLE_LEAF:
            rowid, place = varint(page, place)
        local = self.local(size, kind)
        if place + local > len(page) or size < 0:
            raise Damaged
        payload, end = page[place : place + local], place + local
        if local < size:
            (follow,) = struct.unpack_from(">I", page, end)
            payload += b"".join(part for _, part in self.chain(follow, size - local))
            end += 4
        return rowid, payload, end

    def local(self, size: int, kind: int) -> int:
        """Give how much of a payload of this size lies in the page itself."""
        usable = self.usable
        most = usable - 35 if kind == TABLE_LEAF else (usable - 12) * 64 // 255 - 23
        if size <= most:
            return size
        least = (usable - 12) * 32 // 255 - 23
        rest = least + (size - least) % (usable - 4)
        return rest if rest <= most else least

    def chain(self, number: int, size: int) -> Iterator[tuple[int, bytes]]:
        """Give the pages that a payload goes on in, and what of it each holds."""
        for _ in range(self.pages):
            page = self.page(number)
            held = min(size, self.usable - 4)
            yield number, page[4 : 4 + held]
            size -= held
            (follow,) = struct.unpack_from(">I", page, 0)
            if not size:
                return
            number = follow
        raise Damaged
