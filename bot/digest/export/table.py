"""A table for researchers: what its columns may hold, and how it is written."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

Cell = str | int | float | None
Row = tuple[Cell, ...]

DELIMITER: Final = ";"
DECIMAL: Final = ","
"""A Dutch spreadsheet takes a point between digits for thousands, or for a date."""

_FORMULA: Final = frozenset("=+-@＝＋－＠")  # noqa: RUF001 - a full-width sign works too
"""A text that begins with one of these is a formula to a spreadsheet."""

_HARMLESS: Final = "'"


class Kind(StrEnum):
    """What a column holds, in the words of Table Schema."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Args:
        needed: whether every row has a value.
        choices: all values there are, where they are few.
        pattern: what every value looks like.
        least: no value is smaller.
    """

    name: str
    kind: Kind = Kind.STRING
    needed: bool = True
    choices: tuple[str, ...] = ()
    pattern: str = ""
    least: int | None = None

    def schema(self) -> dict[str, Any]:
        """Describe it as a Table Schema does, but for the words."""
        found: dict[str, Any] = {"name": self.name, "type": str(self.kind)}
        if self.kind is Kind.NUMBER:
            found["decimalChar"] = DECIMAL
        rules: dict[str, Any] = {"required": True} if self.needed else {}
        if self.choices:
            rules["enum"] = list(self.choices)
        if self.pattern:
            rules["pattern"] = self.pattern
        if self.least is not None:
            rules["minimum"] = self.least
        return found | ({"constraints": rules} if rules else {})


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns that name a row of another table."""

    columns: tuple[str, ...]
    table: str


@dataclass(frozen=True, slots=True)
class Table:
    """A named table; no two rows have the same `key`."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Sequence[Row]
    references: tuple[Reference, ...] = ()

    @property
    def file(self) -> str:
        """Name the file that holds it."""
        return f"{self.name}.csv"

    def csv(self) -> bytes:
        """Write it so that a Dutch spreadsheet opens it as a table."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=DELIMITER, lineterminator="\r\n")
        writer.writerow([column.name for column in self.columns])
        writer.writerows([_written(cell) for cell in row] for row in self.rows)
        return text.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """Keep a text from being worked out as a formula; an apostrophe stands before it.

    What flows, reasons and deeds say was typed by people.
    """
    return _HARMLESS + text if text.lstrip()[:1] in _FORMULA else text


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, float):
        return f"{cell:.2f}".replace(".", DECIMAL)
    return str(cell)


WEEK: Final = r"\d{4}-W\d{2}"
QUARTER: Final = r"\d{4}-Q[1-4]"


def week(name: str = "week", *, needed: bool = True) -> Column:
    """Make a column of ISO weeks."""
    return Column(name, needed=needed, pattern=WEEK)
