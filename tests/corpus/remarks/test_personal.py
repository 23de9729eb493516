"""The labelled remarks are enough, their halves are alike, and no two sets share.

What the sets hold is counted and compared here, never what the rules make of it.
"""

from collections import Counter
from pathlib import Path

import pytest

from tests.corpus.remarks.reading import (
    KINDS,
    Labelled,
    Span,
    parse_line,
    read_remarks,
)

HERE = Path(__file__).parent
HALVES = {
    half: read_remarks(HERE / f"personal_{half}.txt") for half in ("tuned", "untouched")
}
FRESH = read_remarks(HERE / "personal_fresh.txt")
FEWEST = dict.fromkeys(KINDS, 20) | {"NAAM": 240, "LINK": 15, "GEBRUIKER": 15}
FEWEST_FRESH = {
    "NAAM": 60,
    "DOSSIER": 14,
    "DATUM": 12,
    "TELEFOON": 12,
    "ADRES": 10,
    "E-MAIL": 8,
    "BSN": 6,
    "IBAN": 5,
    "POSTCODE": 5,
}


def bare(item: str) -> str:
    """Write an item without the blanks, points and capitals that hide a likeness."""
    return "".join(sign for sign in item.casefold() if sign.isalnum())


def name_words(remark: Labelled) -> set[str]:
    """Give the words of the names in a remark, without particles such as "van"."""
    return {
        bare(word)
        for kind, item in remark.items()
        if kind == "NAAM"
        for word in item.replace("-", " ").split()
        if len(word) > 3
    }


def marked_values(remarks: tuple[Labelled, ...]) -> set[str]:
    """Give what is marked in the remarks, and each word of a name, written bare."""
    return {bare(item) for remark in remarks for _, item in remark.items()} | {
        word for remark in remarks for word in name_words(remark)
    }


def test_a_remark_is_read_with_its_marks_taken_out() -> None:
    line = r"nl	mevr [[NAAM|Bakker]]\nbel [[TELEFOON|06 1]]!"

    remark = parse_line(line)

    assert remark == Labelled(
        lang="nl",
        text="mevr Bakker\nbel 06 1!",
        spans=(Span("NAAM", 5, 11), Span("TELEFOON", 16, 20)),
    )
    assert remark.items() == (("NAAM", "Bakker"), ("TELEFOON", "06 1"))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("nl geen tab", "is not a language, a tab and a text"),
        ("nl\t[[NAME|Bakker]]", "has the unknown type 'NAME'"),
        ("nl\tmevrouw [[NAAM|Bakker]", "has a mark that is not [[TYPE|item]]"),
        ("nl\tmevrouw [[NAAM|]]", "has a mark that is not [[TYPE|item]]"),
    ],
)
def test_a_line_that_is_no_labelled_remark_is_named(
    line: str, fault: str, tmp_path: Path
) -> None:
    path = tmp_path / "remarks.txt"
    path.write_text(f"# a comment\n{line}\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"^remarks\.txt, line 2: ") as raised:
        read_remarks(path)

    assert str(raised.value) == f"remarks.txt, line 2: {line!r} {fault}"


def test_there_are_enough_remarks_with_and_without_personal_data() -> None:
    remarks = [remark for half in HALVES.values() for remark in half]
    personal = [remark for remark in remarks if remark.spans]

    assert len(personal) >= 330
    assert len(remarks) - len(personal) >= 230


def test_there_are_enough_items_of_each_type() -> None:
    counts = Counter(
        kind
        for half in HALVES.values()
        for remark in half
        for kind, _ in remark.items()
    )

    assert counts.total() >= 480
    assert {kind: counts[kind] for kind in KINDS if counts[kind] < FEWEST[kind]} == {}


def test_the_halves_are_alike_in_language_and_in_how_many_hold_personal_data() -> None:
    tuned, untouched = (
        Counter((remark.lang, bool(remark.spans)) for remark in half)
        for half in HALVES.values()
    )

    assert tuned == untouched


def test_no_remark_stands_twice() -> None:
    remarks = [*HALVES["tuned"], *HALVES["untouched"], *FRESH]

    counts = Counter(remark.text for remark in remarks)

    assert [text for text, count in counts.items() if count > 1] == []


def test_no_name_and_no_number_is_in_both_halves() -> None:
    tuned, untouched = (marked_values(half) for half in HALVES.values())

    assert tuned & untouched == set()


def test_the_fresh_set_has_as_many_remarks_with_as_without_personal_data() -> None:
    personal = Counter(bool(remark.spans) for remark in FRESH)

    assert personal == {True: 110, False: 110}


def test_there_are_enough_items_of_each_type_in_the_fresh_set() -> None:
    counts = Counter(kind for remark in FRESH for kind, _ in remark.items())

    assert counts.total() - counts["NAAM"] >= 70
    few = {kind: counts[kind] for kind, n in FEWEST_FRESH.items() if counts[kind] < n}
    assert few == {}


@pytest.mark.parametrize("half", HALVES)
def test_no_name_and_no_number_of_the_fresh_set_is_in_a_half(half: str) -> None:
    assert marked_values(FRESH) & marked_values(HALVES[half]) == set()
