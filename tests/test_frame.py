"""A list of contacts is read as spreadsheets write it, or refused with its line."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from bot.core.flow import Phase
from bot.core.sampling import OTHER, Contact, Reason
from bot.errors import ContactsError, InputError
from bot.frame import PHASES, read_contacts, read_list

A = Contact("A-1", Phase.FIRST_CONTACT)
B = Contact("B 2", Phase.AFTER_AWARD)


@pytest.mark.parametrize(
    "text",
    [
        "reference,phase\nA-1,first_contact\nB 2,after_award\n",
        "reference;phase\r\nA-1;first_contact\r\nB 2;after_award",
        "\ufeffreference;phase\nA-1;first_contact\nB 2;after_award\n",
        "Phase , Reference\nfirst_contact, A-1\nAFTER_AWARD ,B 2\n",
        '"fase";"straat";"kenmerk"\n"first_contact";"x; y";"A-1"\n'
        '"after_award";"";"B 2"\n',
        "\n\nreferentie;fase\n\nA-1;first_contact\n;\nB 2;after_award\n",
    ],
)
def test_columns_are_found_by_their_heading(text: str) -> None:
    assert read_contacts(text) == [A, B]


def faults(
    text: str, phases: Collection[Phase] = PHASES
) -> list[tuple[str, dict[str, object]]]:
    """Give what is told of a list that cannot be used."""
    with pytest.raises(ContactsError) as caught:
        read_contacts(text, phases)
    told = caught.value
    assert told.facts["shown"] == len(told.faults) <= 20
    return [(fault.code, dict(fault.facts)) for fault in told.faults]


ALL = "first_contact, intake, after_award"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("reference;phase\nx;intake\n;intake", [("contacts-reference", {"line": 3})]),
        (
            "reference;phase\nx;intake\ny;later",
            [("contacts-phase", {"line": 3, "choices": ALL})],
        ),
        ("reference;phase\nx", [("contacts-phase", {"line": 2, "choices": ALL})]),
        (
            "reference;phase\nx;unknown",
            [("contacts-phase", {"line": 2, "choices": ALL})],
        ),
        (
            'reference;phase\nx;later\n"y;intake',
            [
                ("contacts-phase", {"line": 2, "choices": ALL}),
                ("contacts-unreadable", {"line": 3}),
            ],
        ),
        (
            "reference;phase;niet benaderen\nx;intake;geen zin\n;later;\n",
            [
                ("contacts-exclude", {"line": 2}),
                ("contacts-reference", {"line": 3}),
                ("contacts-phase", {"line": 3, "choices": ALL}),
            ],
        ),
    ],
)
def test_every_line_that_cannot_be_used_is_told_at_once(
    text: str, told: list[tuple[str, dict[str, object]]]
) -> None:
    assert faults(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", [("reference", 1, 0, "-"), ("phase", 1, 0, "-")]),
        ("naam;phase\nx;intake", [("reference", 1, 2, "phase")]),
        ("\nreference\nx", [("phase", 2, 1, "reference")]),
    ],
)
def test_a_heading_that_is_missing_is_told_with_those_that_are_known(
    text: str, told: list[tuple[str, int, int, str]]
) -> None:
    names = ("column", "line", "count", "known")
    assert faults(text) == [
        ("contacts-column", dict(zip(names, one, strict=True))) for one in told
    ]


def test_a_heading_in_two_languages_is_one_too_many() -> None:
    assert faults("reference;phase;fase\nx;intake;intake") == [
        ("contacts-column-twice", {"column": "fase", "line": 1})
    ]


def test_of_many_faults_twenty_are_told_and_all_are_counted() -> None:
    text = "reference;phase\n" + "x;later\n" * 50
    with pytest.raises(ContactsError) as caught:
        read_contacts(text)
    assert caught.value.facts == {"count": 50, "shown": 20}
    assert [fault.facts["line"] for fault in caught.value.faults] == [*range(2, 22)]


def test_a_list_without_contacts_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        read_contacts("reference;phase\n")
    assert (caught.value.code, caught.value.facts) == ("contacts-empty", {})


def test_a_phase_that_the_flow_is_not_for_is_refused() -> None:
    assert faults("reference;phase\nx;intake", [Phase.FIRST_CONTACT]) == [
        ("contacts-phase", {"line": 2, "choices": "first_contact"})
    ]


def test_phases_languages_and_reasons_are_read_in_dutch_and_in_english() -> None:
    text = """\
referentie;fase;taal;niet benaderen
1;Eerste contact;nl-NL;
2;aanvraag;Arabisch;Bezwaar
3;na de toekenning;TR;overlijden
4;first_contact;English;staff
5;intake;Pools;medewerker
6;after award;;
"""
    assert read_contacts(text) == [
        Contact("1", Phase.FIRST_CONTACT, "nl"),
        Contact("2", Phase.INTAKE, "ar", Reason.OBJECTION),
        Contact("3", Phase.AFTER_AWARD, "tr", Reason.BEREAVEMENT),
        Contact("4", Phase.FIRST_CONTACT, "en", Reason.STAFF),
        Contact("5", Phase.INTAKE, OTHER, Reason.STAFF),
        Contact("6", Phase.AFTER_AWARD),
    ]


def test_a_reference_is_written_in_one_way() -> None:
    decomposed = "reference\tphase\n  Zoe\u0308  12 \tintake\n"
    assert read_contacts(decomposed) == [Contact("Zo\u00eb 12", Phase.INTAKE)]


@pytest.mark.parametrize(
    "text",
    [
        "reference;phase\nCANARY;CANARY",
        'reference;phase\n"CANARY"x;intake\n',
        "CANARY;CANARY\nCANARY;CANARY",
        "reference;phase;exclude\nCANARY;intake;CANARY",
    ],
)
def test_a_fault_quotes_nothing_of_the_list(text: str) -> None:
    with pytest.raises(ContactsError) as caught:
        read_contacts(text)
    for fault in (caught.value, *caught.value.faults):
        assert "CANARY" not in f"{fault}{fault.facts}"
        assert fault.__cause__ is None


def workbook(folder: Path, rows: Iterable[Sequence[object]], name: str = "") -> Path:
    """Write a workbook with these rows on its second sheet, or on its only one."""
    book = Workbook()
    first = book.worksheets[0]
    sheet = book.create_sheet(name) if name else first
    for row in rows:
        sheet.append([*row])
    path = folder / "contacts.xlsx"
    book.save(path)
    return path


HEAD = ("Kenmerk", "Fase")


def test_a_workbook_is_read_as_a_csv_file_is(tmp_path: Path) -> None:
    rows = [(), HEAD, ("A-1", "first_contact"), (None, None), (" B 2", "after_award")]
    assert read_list(workbook(tmp_path, rows)) == [A, B]
    assert read_list(workbook(tmp_path, rows, "Week 30"), sheet="Week 30") == [A, B]


def test_a_whole_number_is_a_reference_and_what_a_workbook_made_of_one_is_not(
    tmp_path: Path,
) -> None:
    rows = [HEAD, (1001, "intake"), (1002.0, "intake")]
    assert [c.reference for c in read_list(workbook(tmp_path, rows))] == [
        "1001",
        "1002",
    ]

    for cell in (datetime(2026, 3, 12), 1.5, True, 123_456_789_012_345_678):  # noqa: DTZ001 - a workbook knows no zone
        with pytest.raises(ContactsError) as caught:
            read_list(workbook(tmp_path, [HEAD, (cell, "intake")]))
        [fault] = caught.value.faults
        assert (fault.code, fault.facts) == ("contacts-reference", {"line": 2})


@pytest.mark.parametrize("cell", [datetime(2026, 3, 12), True, False, 0.5, 1])  # noqa: DTZ001 - a workbook knows no zone
def test_a_date_or_a_tick_at_not_to_be_asked_is_never_taken_for_an_empty_cell(
    tmp_path: Path, cell: object
) -> None:
    rows = [(*HEAD, "Niet benaderen"), ("A-1", "intake", cell), ("B 2", "intake", None)]
    with pytest.raises(ContactsError) as caught:
        read_list(workbook(tmp_path, rows))
    [fault] = caught.value.faults
    assert (fault.code, fault.facts) == ("contacts-exclude", {"line": 2})


def test_a_row_that_holds_a_date_alone_is_blank(tmp_path: Path) -> None:
    day = datetime(2026, 3, 12)  # noqa: DTZ001 - a workbook knows no zone
    rows = [(*HEAD, "Datum"), ("A-1", "first_contact", day), (None, None, day)]
    assert read_list(workbook(tmp_path, rows)) == [A]


def test_a_workbook_that_says_a_wrong_size_of_itself_is_read_whole(
    tmp_path: Path,
) -> None:
    path = workbook(tmp_path, [HEAD, ("A-1", "first_contact"), ("B 2", "after_award")])
    with ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert b'<dimension ref="A1:B3"' in parts[sheet]
    parts[sheet] = parts[sheet].replace(b'ref="A1:B3"', b'ref="A1"')
    with ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    assert read_list(path) == [A, B]


@pytest.mark.parametrize(
    ("content", "sheet", "code"),
    [
        (b"PK\x03\x04 no zip at all", None, "contacts-no-workbook"),
        (b"\xd0\xcf\x11\xe0 old, or locked", None, "contacts-old-workbook"),
        (b"reference;phase\nx;intake", "Week 30", "contacts-no-sheets"),
        (b"reference;phase\n\xff\xfe", None, "not-utf8"),
        (None, None, "no-such-file"),
    ],
)
def test_a_file_that_is_no_list_is_refused(
    tmp_path: Path, content: bytes | None, sheet: str | None, code: str
) -> None:
    path = tmp_path / "list"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_list(path, sheet=sheet)
    assert (caught.value.code, caught.value.facts) == (code, {"path": str(path)})


def test_a_sheet_that_is_not_there_is_told_without_the_names_of_others(
    tmp_path: Path,
) -> None:
    path = workbook(tmp_path, [HEAD], "CANARY")
    with pytest.raises(InputError) as caught:
        read_list(path, sheet="Week 30")
    facts = {"path": str(path), "sheet": "Week 30", "count": 2}
    assert (caught.value.code, caught.value.facts) == ("contacts-sheet", facts)
