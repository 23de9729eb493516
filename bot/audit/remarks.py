"""Does a remark stand alone: with nothing beside it, in no order, and not for long?"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from bot.audit.counted import K
from bot.audit.evidence import Database, Evidence
from bot.audit.finding import Result, found, ok
from bot.audit.records import Value
from bot.audit.sealed import is_patterned
from bot.core.weeks import weeks_between

LOT: Final = 5
"""The promise, written down once more, as K is."""

WEEKS: Final = 13

_COLUMNS: Final = {
    "remarks": ("id", "flow", "week", "text", "approved"),
    "published": ("week", "flow", "place", "text"),
}
"""The tables that hold a remark, and all that may stand there."""

_POINTS: Final = (("remarks", "id"), ("review_messages", "remark"))
"""Where the name of a remark may stand: with it, and with a message to the staff."""

_WEEK: Final = re.compile(r"\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3])")
_RAW: Final = (
    ("email", re.compile(r"[^\s@]+@[^\s@]+\.\w")),
    ("iban", re.compile(r"(?i)\b[a-z]{2}\d\d(?: ?[a-z]{1,4})?(?: ?\d){7}")),
    ("telephone", re.compile(r"(?:\+|(?<!\d)0)\d(?:[\s().\-/]{0,2}\d){7,13}(?!\d)")),
    ("bsn", re.compile(r"(?<!\d)\d(?:[ .-]?\d){8}(?!\d)")),
)
"""What no remark may hold, in the order in which the first one counts."""


def check_remarks(evidence: Evidence) -> Iterator[Result]:
    """Say whether remarks lie there as they may."""
    database = evidence.databases.get("answers.db")
    if database is None or not _COLUMNS.keys() <= database.tables.keys():
        return
    results = [
        *_few(database),
        *_beside(database),
        *_named(database, evidence),
        *_old(database),
        *_raw(database),
    ]
    sizes = {name: len(database.tables[name].cells) for name in _COLUMNS}
    yield from results or [ok("remarks", weeks=WEEKS, **sizes)]


def _few(database: Database) -> Iterator[Result]:
    """Find remarks that came out alone, or were published so."""
    for week, texts, withheld in database.rows("lots", "week", "texts", "withheld"):
        if isinstance(texts, int) and texts < LOT:
            yield found("lot-small", week=week, n=texts, least=LOT)
        if isinstance(withheld, int) and 0 < withheld < K:
            yield found("withheld-few", week=week, n=withheld, k=K)
    for week, destroyed in database.rows("openings", "week", "remarks_destroyed"):
        if isinstance(destroyed, int) and 0 < destroyed < K:
            yield found("destroyed-few", week=week, n=destroyed, k=K)
    groups = Counter(database.rows("published", "week", "flow"))
    for (week, _), n in sorted(groups.items(), key=repr):
        if n < LOT:
            yield found("published-few", week=week, n=n, least=LOT)


def _beside(database: Database) -> Iterator[Result]:
    """Find a column of a remark that is no part of it, or a remark somewhere else."""
    for table, known in _COLUMNS.items():
        for column in sorted({*database.tables[table].columns} - {*known}):
            many = len(database.tables[table].cells)
            yield found("remark-beside", table=table, column=column, rows=many)
    own: set[Value] = {text for t in _COLUMNS for (text,) in database.rows(t, "text")}
    own |= {name for (name,) in database.rows("remarks", "id")}
    own -= {None, ""}
    for table, rows in database.tables.items():
        for column in rows.columns:
            is_its_place = column == "text" and table in _COLUMNS
            if is_its_place or (table, column) in _POINTS:
                continue
            if again := sum(value in own for value in rows.column(column)):
                facts = {"table": table, "column": column, "rows": again}
                yield found("remark-beside", **facts)


def _named(database: Database, evidence: Evidence) -> Iterator[Result]:
    """Find names that tell which came first, or that a ballot has as well."""
    names = [name for (name,) in database.rows("remarks", "id")]
    plain = [name for name in names if isinstance(name, bytes)]
    if is_patterned(plain):
        yield found("remark-order", rows=len(plain))
    before = evidence.before
    older = before.databases.get("answers.db") if before else None
    ballots = {
        name
        for one in (database, older)
        if one is not None
        for (name,) in one.rows("ballots", "id")
    }
    if shared := len(ballots.intersection(plain)):
        yield found("remark-of-ballot", rows=shared)


def _old(database: Database) -> Iterator[Result]:
    """Find what should have been destroyed."""
    weeks = [str(week) for (week,) in database.rows("openings", "week")]
    newest = max((week for week in weeks if _WEEK.fullmatch(week)), default=None)
    came = [str(week) for (week,) in database.rows("remarks", "week")]
    # Of a week that is none, nobody knows when it ends.
    old = sum(
        newest is None
        or not _WEEK.fullmatch(week)
        or weeks_between(week, newest) >= WEEKS
        for week in came
    )
    if old:
        yield found("remark-old", rows=old, weeks=WEEKS)


def _raw(database: Database) -> Iterator[Result]:
    for table in _COLUMNS:
        texts = [str(text) for (text,) in database.rows(table, "text")]
        kinds = Counter(kind for kind in map(_kind, texts) if kind)
        for kind, rows in sorted(kinds.items()):
            yield found(f"remark-{kind}", table=table, rows=rows)


def _kind(text: str) -> str:
    return next((kind for kind, pattern in _RAW if pattern.search(text)), "")
