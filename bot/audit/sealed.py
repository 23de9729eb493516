"""Are sealed rows alike, and is what they hold really hidden?"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from bot.audit.chance import SURPRISING, at_least
from bot.audit.evidence import Database, Evidence
from bot.audit.finding import Result, found, ok
from bot.audit.order import FEWEST, kendall

SEALED: Final = {
    ("sessions.db", "sessions"): ("tag", "sealed"),
    ("sessions.db", "invitations"): ("tag", "sealed"),
    ("answers.db", "ballots"): ("id", "sealed"),
    ("answers.db", "phase_sums"): ("one", "sealed"),
}
"""Which tables hold sealed rows: the column of their name, and of their content."""

_BYTES: Final = 1 << 20
_ENOUGH: Final = 5 * 256
_FAR: Final = 8.0
"""Standard deviations; chance goes so far once in 10^15 times."""
_BY_NAME: Final = 0.4
"""Kendall's tau within the pages. Where rows lie as they came it is about 0. Where
SQLite wrote them one by one by their name it is at least 0.5, and not 1: whenever a
page is full, it shares the rows out."""


def check_sealed(evidence: Evidence) -> Iterator[Result]:
    """Say whether sealed rows are of one size and look like nothing at all."""
    for (name, table), (key, content) in SEALED.items():
        if database := evidence.databases.get(name):
            yield from _check(database, table, key, content)


def _check(database: Database, table: str, key: str, content: str) -> Iterator[Result]:
    rows = database.rows(table, key, content)
    where = {"file": database.name, "table": table}
    sealed = [value for _, value in rows if isinstance(value, bytes)]
    names = [value for value, _ in rows if isinstance(value, bytes)]
    results = []
    if len(sealed) < len(rows):
        results.append(found("not-sealed", **where))
    if len(sizes := sorted({*map(len, sealed)})) > 1:
        results.append(found("sizes", sizes=", ".join(map(str, sizes)), **where))
    if len({*map(len, names)}) > 1:
        results.append(found("name-sizes", **where))
    if len({*sealed}) < len(sealed):
        results.append(found("sealed-twice", **where))
    if not looks_random(b"".join(sealed)):
        results.append(found("not-sealed", **where))
    if is_patterned(names):
        results.append(found("names-patterned", **where))
    if results:
        yield from results
    elif rows:
        yield ok("sealed", rows=len(rows), size=sizes[0], **where)
        yield from _lie(database, table, where)
    else:
        yield ok("sealed-none", **where)


def _lie(database: Database, table: str, where: dict[str, str]) -> Iterator[Result]:
    """Say whether the file shows in which order the rows came."""
    cells = database.tables[table].cells
    if len(cells) < FEWEST:
        return
    # Within a page alone: which page comes first is SQLite's affair.
    pages: dict[int, list[int]] = defaultdict(list)
    for cell in cells:
        pages[cell.page].append(-cell.offset)
    pairs = [(math.comb(len(page), 2), page) for page in pages.values()]
    score = sum(n * kendall(range(len(page)), page).tau for n, page in pairs)
    by_name = score > _BY_NAME * sum(n for n, _ in pairs)
    yield ok("lie-by-name" if by_name else "lie-as-come", **where)


def looks_random(content: bytes) -> bool:
    """Say whether every byte is as frequent as any other, as far as chance goes.

    Text is not, nor a number, nor anything else that is not encrypted or compressed.
    """
    content = content[:_BYTES]
    if len(content) < _ENOUGH:
        return True
    each = len(content) / 256
    counts = Counter(content)
    spread = sum((counts[byte] - each) ** 2 / each for byte in range(256))
    return (spread - 255) / math.sqrt(2 * 255) < _FAR


def is_patterned(names: Sequence[bytes]) -> bool:
    """Say whether names that should be random have a place where they agree.

    Names that are made from a clock or a counter begin alike.
    """
    if len(names) < FEWEST:
        return False
    for place in range(min(map(len, names))):
        [(_, count)] = Counter(name[place] for name in names).most_common(1)
        # Of 256 values, the most common one.
        if at_least(count, len(names) / 256) * 256 < SURPRISING:
            return True
    return False
