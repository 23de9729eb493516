"""Statements are understood as SQLite understands them, and reasons are read along."""

import pytest

from bot.audit.schema import Table, declared, reasons, understood
from bot.shipped import shipped_schemas

SCRIPT = """\
-- What the file is for.

CREATE TABLE first (
    -- Why, in
    -- two lines.
    b TEXT NOT NULL CHECK (b <> ''),
    -- Another reason.
    a BLOB,
    c INTEGER,
    PRIMARY KEY (a),
    FOREIGN KEY (b) REFERENCES first (b)
) STRICT, WITHOUT ROWID;

-- Added later.
ALTER TABLE first ADD COLUMN d TEXT;
"""


def test_reasons_are_the_comments_before_a_column() -> None:
    assert reasons([SCRIPT]) == {
        ("first", "b"): "Why, in two lines.",
        ("first", "a"): "Another reason.",
        ("first", "d"): "Added later.",
    }


def test_a_table_without_rowid_is_laid_down_with_its_key_first() -> None:
    table = Table("first", ("b", "a", "c", "d"), ("a", "b", "c", "d"), has_rowid=False)
    assert declared([SCRIPT]) == {"first": table}


@pytest.mark.parametrize(
    ("statement", "column"),
    [
        ("CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT)", "id"),
        ("create table t (id INT PRIMARY KEY, x TEXT)", ""),
        ("CREATE TABLE t (id, x)", ""),
    ],
)
def test_a_column_that_only_shows_the_row_number_is_known(
    statement: str, column: str
) -> None:
    table = Table("t", ("id", "x"), ("id", "x"), has_rowid=True, rowid_column=column)
    assert understood(statement) == table


@pytest.mark.parametrize(
    "statement",
    ["None", "DROP TABLE t", "CREATE TABLE t (", "CREATE TABLE sqlite_sequence(n,s)"],
)
def test_what_makes_no_table_is_not_carried_out(statement: str) -> None:
    assert understood(statement) is None


@pytest.mark.parametrize("file", ["sessions.db", "answers.db"])
def test_every_column_of_the_program_has_a_reason(file: str) -> None:
    scripts = shipped_schemas()[file]
    columns = {
        (name, column)
        for name, table in declared(scripts).items()
        for column in table.columns
    }
    assert columns
    assert columns == reasons(scripts).keys()
