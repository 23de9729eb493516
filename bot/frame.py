"""Read the list of contacts to draw from. Nothing of it is kept, logged or quoted."""

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from bot.core.flow import Phase
from bot.core.sampling import Contact
from bot.errors import InputError

_REFERENCE: Final = ("reference", "referentie", "kenmerk")
_PHASE: Final = ("phase", "fase")
_BOM: Final = "\ufeff"
PHASES: Final = (Phase.FIRST_CONTACT, Phase.INTAKE, Phase.AFTER_AWARD)
"""What a list may say of a contact; `unknown` is for those who walk in."""


def read_contacts(text: str, phases: Collection[Phase] = PHASES) -> list[Contact]:
    """Read a CSV text with a column for the reference and one for the phase.

    Columns are known by their heading, in any order, beside any others; they are
    parted by `;` or `,`. Raises InputError with the line where that cannot be.

    Args:
        phases: what the flow is for; any other phase is a fault.
    """
    rows = _rows(text.removeprefix(_BOM))
    line, headings = next(rows, (1, []))
    names = [heading.strip().casefold() for heading in headings]
    reference = _column(names, _REFERENCE, line)
    phase = _column(names, _PHASE, line)
    contacts = [_contact(row, reference, phase, phases, line) for line, row in rows]
    if not contacts:
        raise InputError("contacts-empty")
    return contacts


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row with its line, from the first that is not blank."""
    lines = text.splitlines(keepends=True)
    headings = next((line for line in lines if line.strip()), "")
    delimiter = ";" if ";" in headings else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if any(field.strip() for field in row):
                yield reader.line_num, row
    except csv.Error:
        # Without its cause, whose words might quote the list.
        raise InputError("contacts-unreadable", line=reader.line_num) from None


def _column(names: Sequence[str], wanted: Sequence[str], line: int) -> int:
    found = [place for place, name in enumerate(names) if name in wanted]
    if len(found) != 1:
        raise InputError("contacts-column", column=wanted[0], line=line)
    return found[0]


def _contact(
    row: Sequence[str],
    reference: int,
    phase: int,
    phases: Collection[Phase],
    line: int,
) -> Contact:
    fields = dict(enumerate(field.strip() for field in row))
    if not fields.get(reference):
        raise InputError("contacts-reference", line=line)
    for known in phases:
        if fields.get(phase, "").casefold() == known.value:
            return Contact(fields[reference], known)
    choices = ", ".join(known.value for known in phases)
    raise InputError("contacts-phase", line=line, choices=choices)
