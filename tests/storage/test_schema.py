"""What the files have room for, and what they must never have room for."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.migrations import migrate, scripts

SCHEMAS = ("sessions", "answers")


@pytest.fixture(params=SCHEMAS)
def raw(request: pytest.FixtureRequest) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as raw:
        migrate(raw, Path("memory"), scripts(request.param))
        yield raw


def columns(raw: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """List (table, column, what the database has kept of the script)."""
    tables = raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
    return [
        (table, column[1], sql)
        for table, sql in tables.fetchall()
        for column in raw.execute(f"PRAGMA table_info({table})").fetchall()
    ]


def test_every_column_says_why_it_may_be_held(raw: sqlite3.Connection) -> None:
    # A column that was added later has its comment in the script alone.
    said = "\n".join(text for schema in SCHEMAS for text in scripts(schema))
    added = re.findall(
        r"^-- .+\nALTER TABLE (\w+) ADD COLUMN (\w+)", said, re.MULTILINE
    )
    silent = [
        f"{table}.{column}"
        for table, column, sql in columns(raw)
        if not re.search(rf"^ +-- .+\n +{column} [A-Z]", sql, re.MULTILINE)
        and (table, column) not in added
    ]

    assert silent == []


def test_no_table_has_a_hidden_row_number(raw: sqlite3.Connection) -> None:
    tables = raw.execute("PRAGMA table_list").fetchall()
    ours = [row for row in tables if not row[1].startswith("sqlite_")]

    # Name, then whether it is WITHOUT ROWID, then whether it is STRICT.
    assert ours
    assert [(row[1], row[4], row[5]) for row in ours] == [(r[1], 1, 1) for r in ours]


def test_there_is_no_room_for_a_person_a_team_a_language_or_an_hour(
    raw: sqlite3.Connection,
) -> None:
    allowed = {
        "batches": {"week", "flow", "origin"},
        "ballots": {"id", "sealed"},
        "counts": {"week", "flow", "origin", "question", "code", "n"},
        "baselines": {"week", "flow", "question", "reason"},
        "deeds": {"week", "text"},
        "digests": {"week", "kind", "flow", "text", "has_news", "picture"},
        "epoch": {"one", "epoch"},
        "flows": {"hash", "flow", "number", "week", "definition"},
        "invitations": {"tag", "sealed"},
        "live": {"flow", "hash"},
        "lots": {"week", "flow", "texts", "withheld"},
        "openings": {"week", "number", "destroyed", "remarks_destroyed"},
        "outbox": {"week", "kind", "flow", "recipient", "state"},
        "outcomes": {"week", "flow", "origin", "outcome", "n"},
        "phase_figures": {
            "week",
            "flow",
            "question",
            "origin",
            "phase",
            "since",
            "until",
            "n",
            "total",
            "squares",
        },
        "phase_sums": {"one", "sealed"},
        "published": {"week", "flow", "place", "text"},
        "remarks": {"id", "flow", "week", "text", "approved"},
        "review": {"one", "decided", "named"},
        "review_messages": {"chat", "message", "until", "remark"},
        "seen": {"slot", "update_id"},
        "seen_next": {"one", "slot"},
        "sessions": {"tag", "sealed"},
    }
    more = [
        f"{table}.{column}"
        for table, column, _ in columns(raw)
        if column not in allowed.get(table, set())
    ]

    assert more == []


def test_nothing_is_numbered_in_the_order_in_which_people_came(
    raw: sqlite3.Connection,
) -> None:
    words = " ".join(sql for _, _, sql in columns(raw)).upper()

    assert "AUTOINCREMENT" not in words
    assert "CURRENT_" not in words
