"""The rows of a workbook (XLSX). The only home of `openpyxl`."""

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from bot.errors import InputError
from bot.frame.columns import UNREADABLE

if TYPE_CHECKING:
    from openpyxl import Workbook

_EXACT: Final = 10**15
"""A spreadsheet rounds whole numbers from here on: two of them may become one."""


def workbook_rows(
    content: bytes, path: str, sheet: str | None
) -> Iterator[tuple[int, list[str]]]:
    """Give each row of a sheet that is not blank, with its number.

    Raises InputError for what is no workbook, or lacks the sheet.
    """
    with warnings.catch_warnings():
        # What a workbook has that openpyxl does not know; it may quote a cell.
        warnings.simplefilter("ignore")
        try:
            # A third of a second that no other command should have to wait.
            from openpyxl import load_workbook

            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            rows = _rows(book, path, sheet)
        except InputError:
            raise
        except Exception:  # a damaged file may break it in any way, and be quoted
            raise InputError("contacts-no-workbook", path=path) from None
    yield from rows


def _rows(
    book: "Workbook", path: str, sheet: str | None
) -> list[tuple[int, list[str]]]:
    found = {one.title: one for one in book.worksheets}
    if not found or (sheet is not None and sheet not in found):
        count = len(found)
        raise InputError("contacts-sheet", path=path, sheet=sheet or "", count=count)
    chosen = found[sheet] if sheet is not None else book.worksheets[0]
    # Some programs write down a wrong size, and the rows beyond it would be lost.
    chosen.reset_dimensions()
    return [
        (number, row)
        for number, cells in enumerate(chosen.iter_rows(values_only=True), start=1)
        if not {"", UNREADABLE}.issuperset(row := [_text(cell) for cell in cells])
    ]


def _text(cell: object) -> str:
    """Write what a cell holds as the list would.

    A spreadsheet makes dates of some references, and rounds long numbers. Such a cell
    is not an empty one: a date of death or a tick at "not to be asked" is a reason.
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return UNREADABLE
    if abs(cell) >= _EXACT or cell != int(cell):
        return UNREADABLE
    return str(int(cell))
