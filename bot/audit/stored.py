"""What is stored, and why: every table and column, known or not."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from bot.audit.chance import SURPRISING
from bot.audit.evidence import Database, Evidence, Rows
from bot.audit.finding import Result, found, note, ok
from bot.audit.order import FEWEST, kendall
from bot.audit.records import Value
from bot.audit.schema import Table, declared, reasons

_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MANY_DIGITS: Final = re.compile(r"\d{6}")
_HEX: Final = re.compile(r"(?=.*[a-f])[0-9a-f]{16,}")
_NEAR: Final = 1_000
_STAFF: Final = frozenset(
    {
        ("seen", "update_id"),
        ("outbox", "recipient"),
        ("flows", "definition"),
        ("phase_figures", "squares"),
        ("review_messages", "chat"),
        ("review_messages", "message"),
        ("review_messages", "until"),
    }
)
"""Where long numbers may stand: deliveries, staff chats and the messages in them, what
clients are shown, and the squares of a thousand grades."""

_TYPED: Final = (("deeds", "text"), ("baselines", "reason"))
"""What the staff typed to be published: it may well name a day or a sum of money."""

_PRINTED: Final = ("digests", "text")
"""Where that is published. Whatever else stands there is looked at."""


def check_stored(evidence: Evidence) -> Iterator[Result]:
    """Say which tables and columns are no part of it, and what they seem to hold."""
    for name, database in evidence.databases.items():
        # As it was in the version that the file is of.
        steps = evidence.schemas.get(name, ())[: database.file.version]
        results = list(_unknown(database, declared(steps)))
        yield from results or [
            ok(
                "stored",
                file=name,
                tables=len(database.tables),
                columns=sum(len(rows.columns) for rows in database.tables.values()),
            )
        ]


def check_row_order(evidence: Evidence) -> Iterator[Result]:
    """Say where rows are kept in the order in which they came."""
    for name, database in evidence.databases.items():
        results = [*_rowids(database), *_ordered(database, evidence)]
        yield from results or [ok("order", file=name)]


def check_values(evidence: Evidence) -> Iterator[Result]:
    """Say where something stands that may be a person's number, or a moment."""
    for name, database in evidence.databases.items():
        results = [*_telling(database), *_deliveries(database)]
        yield from results or [ok("values", file=name)]


def list_stored(evidence: Evidence) -> Iterator[Result]:
    """List every column that is known, with the reason for it."""
    yield note("list")
    for name, database in evidence.databases.items():
        why = reasons(evidence.schemas.get(name, ()))
        for table, rows in database.tables.items():
            if any((table, column) in why for column in rows.columns):
                yield note("table", file=name, table=table, rows=len(rows.cells))
            for column in rows.table.columns if rows.table else ():
                if (table, column) in why:
                    reason = why[table, column]
                    yield note("column", table=table, column=column, why=reason)


def _unknown(database: Database, known: Mapping[str, Table]) -> Iterator[Result]:
    file = database.name
    for tree in (*database.file.trees, *database.file.rootless):
        is_own = tree.name.startswith("sqlite_autoindex_")
        if (tree.kind != "table" or not tree.root) and not is_own:
            yield found("object-unknown", file=file, kind=tree.kind, name=tree.name)
    for name, rows in database.tables.items():
        if name == "sqlite_sequence":
            yield found("counted-on", file=file)
        elif name not in known:
            columns = ", ".join(rows.columns) or "?"
            yield found("table-unknown", file=file, table=name, columns=columns)
        elif rows.table is None:
            yield found("table-changed", file=file, table=name)
        else:
            more = sorted({*rows.columns} - {*known[name].columns})
            for column in more:
                yield found("column-unknown", file=file, table=name, column=column)
            # A remark or a rule in the statement can hold words, too.
            if not more and rows.table.statement != known[name].statement:
                yield found("table-changed", file=file, table=name)


def _rowids(database: Database) -> Iterator[Result]:
    for name, rows in database.tables.items():
        if rows.table and rows.table.has_rowid:
            yield found("rowid", file=database.name, table=name, rows=len(rows.cells))


def _ordered(database: Database, evidence: Evidence) -> Iterator[Result]:
    """Compare how rows of unknown shape lie with what stands in them."""
    known = declared(evidence.schemas.get(database.name, ()))
    for name, rows in database.tables.items():
        for column in rows.columns:
            is_known = name in known and column in known[name].columns
            if is_known or name.startswith("sqlite_"):
                continue
            values = rows.column(column)
            order = _order(rows, values)
            if order is not None:
                facts = {"table": name, "column": column, "tau": f"{order:+.2f}"}
                yield found("order-kept", file=database.name, **facts)


def _order(rows: Rows, values: Sequence[Value]) -> float | None:
    """Give Kendall's tau where rows lie in the order of a column beyond chance."""
    kinds = {type(value) for value in values}
    if len(values) < FEWEST or not (kinds <= {int, float} or len(kinds) == 1):
        return None
    if kinds == {type(None)}:
        return None
    order = kendall([cell.laid for cell in rows.cells], values)
    return order.tau if order.p < SURPRISING else None


def _telling(database: Database) -> Iterator[Result]:
    typed = {str(text) for place in _TYPED for (text,) in database.rows(*place)}
    for name, rows in database.tables.items():
        for column in rows.columns:
            if (name, column) in (*_STAFF, *_TYPED) or name.startswith("sqlite_"):
                continue
            values: Sequence[Value] = rows.column(column)
            if (name, column) == _PRINTED:
                values = [_without(typed, value) for value in values]
            kinds = [_kind(value) for value in values]
            for kind in ("moment", "number"):
                if count := kinds.count(kind):
                    facts = {"table": name, "column": column, "rows": count}
                    yield found(f"telling-{kind}", file=database.name, **facts)


def _deliveries(database: Database) -> Iterator[Result]:
    """Say where the numbers of deliveries are none: those follow one another.

    Telegram goes on elsewhere after a week of silence, and a bot leaves some out.
    """
    numbers = sorted(
        number
        for (number,) in database.rows("seen", "update_id")
        if isinstance(number, int)
    )
    close = sum(after - before <= _NEAR for before, after in pairwise(numbers))
    if len(numbers) >= FEWEST and 2 * close < len(numbers) - 1:
        yield found("deliveries", file=database.name, table="seen", rows=len(numbers))


def _without(typed: Iterable[str], value: Value) -> Value:
    """Leave out what the staff typed, the longest first: one may hold another."""
    if isinstance(value, str):
        for text in sorted(typed, key=len, reverse=True):
            value = value.replace(text, "")
    return value


def _kind(value: Value) -> str:
    """Say what a value may be: a moment, a long number, or neither."""
    if isinstance(value, float):
        return "number"
    if isinstance(value, int):
        return "number" if abs(value) >= 100_000 else ""
    if not isinstance(value, str) or _HEX.fullmatch(value):
        return ""
    if _MOMENT.search(value) or _DAY.search(value):
        return "moment"
    return "number" if _MANY_DIGITS.search(value) else ""
