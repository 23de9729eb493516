"""Databases as they come: nothing wiped, everything in its order, a log beside them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from storage import ballots, sessions, sqlite
from storage.migrations import scripts
from storage.sqlite import PRAGMAS, Database
from tests.doubles.builds import unwiping


def _without(name: str, value: str = "", wanted: object = None) -> Any:
    changed = ((name, value, wanted),) if value else ()
    return (*(pragma for pragma in PRAGMAS if pragma[0] != name), *changed)


@contextmanager
def no_secure_delete() -> Iterator[None]:
    """Trust in what SQLite does by itself, where that is not to wipe; never VACUUM."""

    async def vacuum(_: Database) -> None:
        """Save the time."""

    with unwiping(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "PRAGMAS", _without("secure_delete"))
        patch.setattr(Database, "vacuum", vacuum)
        yield


@contextmanager
def write_ahead_log() -> Iterator[None]:
    """Write through a log, which is faster."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "PRAGMAS", _without("journal_mode", "WAL", "wal"))
        yield


_PLAIN = {
    "sessions": (
        """CREATE TABLE sessions (
    -- Made from""",
        """CREATE TABLE sessions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Made from""",
        "tag BLOB PRIMARY KEY,",
        "tag BLOB UNIQUE,",
    ),
    "answers": (
        """CREATE TABLE ballots (
""",
        """CREATE TABLE ballots (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
""",
        "id BLOB PRIMARY KEY,",
        "id BLOB UNIQUE,",
    ),
}


def _numbered(schema: str, script: str) -> str:
    old, new, key, unique = _PLAIN[schema]
    begin = script.index(old)
    end = script.index("WITHOUT ROWID", begin)
    table = script[begin:end].replace(old, new).replace(key, unique)
    # `STRICT, ` stays, the rowid too.
    table = table.rstrip().rstrip(",")
    return script[:begin] + table + script[end + len("WITHOUT ROWID") :]


@contextmanager
def numbered_rows() -> Iterator[None]:
    """Number the rows as they come (AUTOINCREMENT), and keep them in that order."""

    def numbered(schema: str) -> tuple[str, ...]:
        first, *rest = scripts(schema)
        return (_numbered(schema, first), *rest)

    def in_order(rows: Sequence[Any]) -> list[Any]:
        return list(rows)

    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(sqlite, "scripts", numbered)
        for module in (sessions, ballots):
            patch.setattr(module, "shuffled", in_order)
        patch.setattr(sessions, "_all", _as_they_came(sessions._all))
        yield


def _as_they_came(read: Callable[..., Any]) -> Callable[..., Any]:
    class Plainly:
        def __init__(self, raw: Any) -> None:
            self._raw = raw

        def execute(self, statement: str, *more: Any) -> Any:
            by_number = "FROM sessions ORDER BY number"
            statement = statement.replace("FROM sessions ORDER BY tag", by_number)
            return self._raw.execute(statement, *more)

    return lambda raw: read(Plainly(raw))
