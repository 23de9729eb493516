"""What was measured: several values of one thing, and the table they are printed in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """Several measurements of the same thing.

    Args:
        what: what was measured, with its unit.
        sessions: how many open sessions the bot had beside those it served; None
            where that makes no difference.
        values: one per round, in the order in which they were measured.
    """

    what: str
    sessions: int | None
    values: tuple[float, ...]

    @property
    def row(self) -> tuple[str, str, str, str, str]:
        """Give the row of the table."""
        each = (min(self.values), median(self.values), max(self.values))
        low, middle, high = map(_number, each)
        sessions = "" if self.sessions is None else f"{self.sessions:,}"
        return (self.what, sessions, low, middle, high)


HEAD = ("", "open sessions", "min", "median", "max")


def table(figures: Iterable[Figure]) -> str:
    """Write the figures one below the other, numbers to the right."""
    return grid([HEAD, *(figure.row for figure in figures)])


def grid(rows: Sequence[Sequence[str]]) -> str:
    """Write rows one below the other, all but the first column to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = row
    cells = (cell.rjust(w) for cell, w in zip(others, widths[1:], strict=True))
    return "  ".join((first.ljust(widths[0]), *cells))


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
