"""Which kind of file a list is, and its rows. Nothing of it is quoted in an error."""

import csv
import io
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from bot.core.flow import Phase
from bot.core.sampling import Contact
from bot.errors import InputError
from bot.frame.columns import PHASES, read_rows
from bot.frame.workbook import workbook_rows

_BOM: Final = "\ufeff"
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
"""An old workbook (.xls), or a new one behind a password."""


def read_list(
    path: Path, phases: Collection[Phase] = PHASES, sheet: str | None = None
) -> list[Contact]:
    """Read a list from a CSV file or a workbook (XLSX), whatever its name.

    Args:
        phases: what the flow is for; any other phase is a fault.
        sheet: of the workbook; its first one where none is named.

    Raises:
        ContactsError: lines that cannot be used, all of them.
        InputError: the file cannot be read.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError("no-such-file", path=str(path)) from error
    if content.startswith(_OLE):
        raise InputError("contacts-old-workbook", path=str(path))
    if content.startswith(_ZIP):
        return read_rows(workbook_rows(content, str(path), sheet), phases)
    if sheet is not None:
        raise InputError("contacts-no-sheets", path=str(path))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Without its cause, which quotes the list.
        raise InputError("not-utf8", path=str(path)) from None
    return read_contacts(text, phases)


def read_contacts(text: str, phases: Collection[Phase] = PHASES) -> list[Contact]:
    """Read a CSV text, whose columns are parted by `;`, `,` or a tab."""
    return read_rows(_rows(text.removeprefix(_BOM)), phases)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row with its line, from the first that is not blank."""
    lines = text.splitlines(keepends=True)
    headings = next((line for line in lines if line.strip()), "")
    delimiter = next((sign for sign in ";\t" if sign in headings), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if any(field.strip() for field in row):
                yield reader.line_num, row
    except csv.Error:
        # Without its cause, whose words might quote the list.
        raise InputError("contacts-unreadable", line=reader.line_num) from None
