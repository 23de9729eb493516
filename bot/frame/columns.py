"""What the columns of a list mean. A fault names its line, and never what stands there.

Headings and words are read in Dutch and in English, in any letters and order.
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from bot.core.flow import Phase
from bot.core.sampling import OTHER, Contact, Reason
from bot.errors import ContactsError, InputError

PHASES: Final = (Phase.FIRST_CONTACT, Phase.INTAKE, Phase.AFTER_AWARD)
"""What a list may say of a contact; `unknown` is for those who walk in."""

SHOWN: Final = 20
"""So many faults are told at once; the rest are counted."""

UNREADABLE: Final = "\N{REPLACEMENT CHARACTER}"
"""Stands for a cell that holds something which no column can mean, such as a date."""

_REFERENCE: Final = "reference"
_PHASE: Final = "phase"
_LANGUAGE: Final = "language"
_EXCLUDE: Final = "exclude"
_NEEDED: Final = (_REFERENCE, _PHASE)
_HEADINGS: Final = {
    "reference": _REFERENCE,
    "referentie": _REFERENCE,
    "kenmerk": _REFERENCE,
    "phase": _PHASE,
    "fase": _PHASE,
    "language": _LANGUAGE,
    "taal": _LANGUAGE,
    "exclude": _EXCLUDE,
    "do not ask": _EXCLUDE,
    "niet benaderen": _EXCLUDE,
}
_PHASES: Final = {
    "first contact": Phase.FIRST_CONTACT,
    "eerste contact": Phase.FIRST_CONTACT,
    "intake": Phase.INTAKE,
    "aanvraag": Phase.INTAKE,
    "aanvraag en besluit": Phase.INTAKE,
    "after award": Phase.AFTER_AWARD,
    "na toekenning": Phase.AFTER_AWARD,
    "na de toekenning": Phase.AFTER_AWARD,
}
_REASONS: Final = {
    "objection": Reason.OBJECTION,
    "running objection": Reason.OBJECTION,
    "bezwaar": Reason.OBJECTION,
    "lopend bezwaar": Reason.OBJECTION,
    "bereavement": Reason.BEREAVEMENT,
    "overlijden": Reason.BEREAVEMENT,
    "rouw": Reason.BEREAVEMENT,
    "staff": Reason.STAFF,
    "medewerker": Reason.STAFF,
    "personeel": Reason.STAFF,
}
_LANGUAGES: Final = {
    "nl": "nl",
    "nederlands": "nl",
    "dutch": "nl",
    "en": "en",
    "engels": "en",
    "english": "en",
    "ar": "ar",
    "arabisch": "ar",
    "arabic": "ar",
    "tr": "tr",
    "turks": "tr",
    "turkish": "tr",
}

_Row = tuple[int, Sequence[str]]
_Member = TypeVar("_Member", Phase, Reason)


def read_rows(rows: Iterable[_Row], phases: Collection[Phase]) -> list[Contact]:
    """Read a heading and the contacts below it.

    Raises:
        ContactsError: columns or lines that cannot be used, all of them.
        InputError: there is nothing below the heading.
    """
    rows = iter(rows)
    line, headings = next(rows, (1, ()))
    columns = _columns([_plain(heading) for heading in headings], line)
    contacts: list[Contact] = []
    faults: list[InputError] = []
    try:
        for number, row in rows:
            fields = {
                name: row[place].strip() if place < len(row) else ""
                for name, place in columns.items()
            }
            found = list(_faults(fields, phases, number))
            faults += found
            if not found:
                contacts.append(_contact(fields))
    except InputError as fault:
        # From here on the file cannot be read; what stands before it is told as well.
        faults.append(fault)
    if faults:
        raise ContactsError(tuple(faults[:SHOWN]), len(faults))
    if not contacts:
        raise InputError("contacts-empty")
    return contacts


def _columns(names: Sequence[str], line: int) -> Mapping[str, int]:
    found: dict[str, int] = {}
    faults = []
    for place, name in enumerate(names):
        column = _HEADINGS.get(name)
        if column in found:
            faults.append(InputError("contacts-column-twice", column=name, line=line))
        elif column is not None:
            found[column] = place
    # Of the headings only those are named that are known: a list may have none at all.
    seen = ", ".join(names[place] for place in found.values()) or "-"
    count = len(names)
    faults += [
        InputError("contacts-column", column=one, line=line, count=count, known=seen)
        for one in _NEEDED
        if one not in found
    ]
    if faults:
        raise ContactsError(tuple(faults), len(faults))
    return found


def _faults(
    fields: Mapping[str, str], phases: Collection[Phase], line: int
) -> Iterator[InputError]:
    if fields[_REFERENCE] in ("", UNREADABLE):
        yield InputError("contacts-reference", line=line)
    if _meant(fields[_PHASE], _PHASES) not in phases:
        choices = ", ".join(known.value for known in phases)
        yield InputError("contacts-phase", line=line, choices=choices)
    excluded = fields.get(_EXCLUDE, "")
    if excluded and _meant(excluded, _REASONS) is None:
        yield InputError("contacts-exclude", line=line)


def _contact(fields: Mapping[str, str]) -> Contact:
    phase = _meant(fields[_PHASE], _PHASES)
    language = _plain(fields.get(_LANGUAGE, "")).partition(" ")[0]
    return Contact(
        _normal(fields[_REFERENCE]),
        Phase.UNKNOWN if phase is None else phase,
        _LANGUAGES.get(language, OTHER if language else ""),
        _meant(fields.get(_EXCLUDE, ""), _REASONS),
    )


def _meant(text: str, words: Mapping[str, _Member]) -> _Member | None:
    return words.get(_plain(text))


def _plain(text: str) -> str:
    """Write a word as it stands in the tables above."""
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


def _normal(reference: str) -> str:
    """Write a reference in one way, whichever program the list went through."""
    return " ".join(unicodedata.normalize("NFC", reference).split())
