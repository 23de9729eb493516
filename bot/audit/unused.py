"""What lies in a database file and in no row: what deletion may have left behind."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from bot.audit.pages import INDEX_INNER, INNER, TABLE_INNER, TABLE_LEAF, DatabaseFile
from bot.audit.records import Damaged, varint


@dataclass(frozen=True, slots=True)
class Remnant:
    """Bytes that are not zero in a space that belongs to no row.

    Args:
        page: number of the page; what lies behind the last one counts as one more.
        offset: of the first byte within the page.
        where: "free page", "free block", "between", "behind a row", or "behind the
            last page".
    """

    page: int
    offset: int
    where: str
    content: bytes


def remnants(file: DatabaseFile) -> tuple[Remnant, ...]:
    """Give all that is not zero where no row is. Raises Damaged."""
    behind = file.content[file.pages * file.page_size :]
    found = [
        *_in_free_pages(file),
        *(r for root in (1, *(t.root for t in file.trees)) for r in _below(file, root)),
        Remnant(file.pages + 1, 0, "behind the last page", behind),
    ]
    return tuple(remnant for remnant in found if any(remnant.content))


def _in_free_pages(file: DatabaseFile) -> Iterator[Remnant]:
    for number, begin in file.free_pages.items():
        yield Remnant(number, begin, "free page", file.page(number)[begin:])


def _below(file: DatabaseFile, number: int) -> Iterator[Remnant]:
    """Look through a page and all that it leads to.

    That it leads to no page twice is known: the rows were read before.
    """
    page, kind, places, listed = file.pointers(number)
    begin = 100 if number == 1 else 0
    (start,) = struct.unpack_from(">H", page, begin + 5)
    # In the largest pages, 0 stands for 65536.
    between = page[listed : start or file.usable]
    yield Remnant(number, listed, "between", between)
    yield from _in_free_blocks(file, number, begin)
    for place in places:
        if kind != TABLE_INNER:
            yield from _behind(file, page, kind, place)
        if kind in INNER:
            (child,) = struct.unpack_from(">I", page, place)
            yield from _below(file, child)
    if kind in INNER:
        (child,) = struct.unpack_from(">I", page, begin + 8)
        yield from _below(file, child)


def _in_free_blocks(file: DatabaseFile, number: int, begin: int) -> Iterator[Remnant]:
    page = file.page(number)
    (block,) = struct.unpack_from(">H", page, begin + 1)
    while block:
        follow, size = struct.unpack_from(">HH", page, block)
        # They lie in the order of their places.
        if follow and follow <= block:
            raise Damaged
        yield Remnant(number, block + 4, "free block", page[block + 4 : block + size])
        block = follow


def _behind(
    file: DatabaseFile, page: bytes, kind: int, place: int
) -> Iterator[Remnant]:
    start = place + (4 if kind == INDEX_INNER else 0)
    size, start = varint(page, start)
    if kind == TABLE_LEAF:
        _, start = varint(page, start)
    local = file.local(size, kind)
    if local == size:
        return
    (follow,) = struct.unpack_from(">I", page, start + local)
    for number, part in file.chain(follow, size - local):
        begin = 4 + len(part)
        yield Remnant(number, begin, "behind a row", file.page(number)[begin:])
