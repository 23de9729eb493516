"""Bring a database to the schema of this code: numbered scripts, forward only.

A shipped script is never edited; a change is a new number.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from bot.errors import StorageError


def scripts(schema: str) -> tuple[str, ...]:
    """Give the scripts of a schema in their order; the first makes version 1."""
    folder = files("storage") / "schema" / schema
    named = sorted((entry.name, entry) for entry in folder.iterdir())
    chosen = [(name, entry) for name, entry in named if name.endswith(".sql")]
    numbers = [int(name.partition("_")[0]) for name, _ in chosen]
    if numbers != list(range(1, len(numbers) + 1)):
        raise ValueError(f"the scripts of {schema} are not numbered 1, 2, 3: {numbers}")
    return tuple(entry.read_text(encoding="utf-8") for _, entry in chosen)


def migrate(connection: sqlite3.Connection, path: Path, steps: Sequence[str]) -> None:
    """Run the scripts that a database has not had, all of them or none.

    Raises:
        StorageError: the database was made by newer code than this.
    """
    found = _version(connection)
    if found > len(steps):
        raise StorageError(
            "database-newer", path=str(path), found=found, known=len(steps)
        )
    if found == len(steps):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Read again: another process may have migrated while this one waited.
        for step in steps[_version(connection) :]:
            for statement in _statements(step):
                connection.execute(statement)
        # A pragma takes no bound value; this one is the length of a tuple.
        connection.execute(f"PRAGMA user_version = {len(steps)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def _statements(script: str) -> Iterator[str]:
    """Split a script, because `executescript` would commit before it begins."""
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""
    if gathered.strip():
        raise ValueError("a script ends in the middle of a statement")
