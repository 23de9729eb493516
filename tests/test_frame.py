"""A list of contacts is read as spreadsheets write it, or refused with its line."""

import pytest

from bot.core.flow import Phase
from bot.core.sampling import Contact
from bot.errors import InputError
from bot.frame import read_contacts

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


@pytest.mark.parametrize(
    ("text", "code", "facts"),
    [
        ("", "contacts-column", {"column": "reference", "line": 1}),
        ("naam;phase\nx;intake", "contacts-column", {"column": "reference", "line": 1}),
        ("\nreference\nx", "contacts-column", {"column": "phase", "line": 2}),
        (
            "reference;phase;fase\nx;intake;intake",
            "contacts-column",
            {"column": "phase", "line": 1},
        ),
        ("reference;phase\n", "contacts-empty", {}),
        ("reference;phase\nx;intake\n;intake", "contacts-reference", {"line": 3}),
        (
            "reference;phase\nx;intake\ny;later",
            "contacts-phase",
            {"line": 3, "choices": "first_contact, intake, after_award"},
        ),
        (
            "reference;phase\nx",
            "contacts-phase",
            {"line": 2, "choices": "first_contact, intake, after_award"},
        ),
        (
            'reference;phase\nx;intake\n"y;intake',
            "contacts-unreadable",
            {"line": 3},
        ),
        (
            "reference;phase\nx;unknown",
            "contacts-phase",
            {"line": 2, "choices": "first_contact, intake, after_award"},
        ),
    ],
)
def test_a_list_that_cannot_be_used_names_its_line(
    text: str, code: str, facts: dict[str, object]
) -> None:
    with pytest.raises(InputError) as caught:
        read_contacts(text)
    assert (caught.value.code, caught.value.facts) == (code, facts)


def test_a_phase_that_the_flow_is_not_for_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        read_contacts("reference;phase\nx;intake", [Phase.FIRST_CONTACT])
    assert caught.value.facts == {"line": 2, "choices": "first_contact"}


def test_a_fault_quotes_nothing_of_the_list() -> None:
    for text in (
        "reference;phase\nCANARY;CANARY",
        'reference;phase\n"CANARY"x;intake\n',
        "CANARY;CANARY\nCANARY;CANARY",
    ):
        with pytest.raises(InputError) as caught:
            read_contacts(text)
        assert "CANARY" not in f"{caught.value}{caught.value.facts}"
        assert caught.value.__cause__ is None
