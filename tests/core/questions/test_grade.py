"""Grades are read as people type them, and never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.questions.base import (
    OPT_OUT,
    Button,
    NotUnderstood,
    NotWhole,
    Prompt,
    Understood,
)
from tests.core.examples import LANGUAGES, NO_CONTACT, grade

GRADE = grade("counter", opt_out=NO_CONTACT)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("7", "7"),
        ("10", "10"),
        (" 7\n", "7"),
        ("7!", "7"),
        ("7.", "7"),
        ("(7)", "7"),
        ("07", "7"),
        ("7.0", "7"),
        ("7,0", "7"),
        ("7,00", "7"),
        ("7 👍🏽", "7"),
        ("7️⃣", "7"),
        ("🔟", "10"),
        ("⑦", "7"),
        ("٧", "7"),
        ("۷", "7"),
        ("７", "7"),
        ("١٠", "10"),
        ("\u200f٧\u200e", "7"),
        ("acht", "8"),
        ("Acht.", "8"),
        ("een acht", "8"),
        ("één", "1"),
        ("éen", "1"),
        ("een", "1"),
        ("ik geef een één", "1"),
        ("een 1", "1"),
        ("een dikke 8", "8"),
        ("een zesje", "6"),
        ("ik geef een 7", "7"),
        ("Ik zou het een 7 geven", "7"),
        ("cijfer: 7", "7"),
        ("8/10", "8"),
        ("8 / 10", "8"),
        ("8/10 graag", "8"),
        ("10/10", "10"),
        ("8 van de 10", "8"),
        ("8 van 10", "8"),
        ("acht van de tien", "8"),
        ("8 uit 10", "8"),
        ("8 op 10", "8"),
        ("eight", "8"),
        ("I'd give it an 8", "8"),
        ("8 out of 10", "8"),
        ("ثمانية", "8"),
        ("أعطي ٨", "8"),
        ("٨ من ١٠", "8"),
        ("sekiz", "8"),
        ("ALTI", "6"),
        ("altı", "6"),
        ("bir", "1"),
        ("on", "10"),
        ("10 üzerinden 8", "8"),
        ("8, 10 üzerinden", "8"),
        ("7 7", "7"),
    ],
)
def test_a_grade_is_read_as_people_type_it(text: str, code: str) -> None:
    assert GRADE.parse(text, LANGUAGES) == Understood(code)


@pytest.mark.parametrize(
    "text",
    [
        "7,5",
        "7.5",
        "7,25",
        "٧٫٥",
        "7½",
        "7 1/2",
        "7 ¼",
        "7 3/4",
        "7+",
        "7 -",
        "10-",
        "zeven en een half",
        "zeven-en-een-half",
        "zevenenhalf",
        "seven and a half",
        "سبعة ونصف",
        "yedi buçuk",
        "anderhalf",
    ],
)
def test_a_grade_that_is_not_whole_is_told_apart(text: str) -> None:
    assert GRADE.parse(text, LANGUAGES) == NotWhole()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "!!!",
        "👍",
        "0",
        "11",
        "100",
        "nul",
        "10,5",
        "10+",
        "0,5",
        "½",
        "een half",
        "-7",
        "- 7",
        "7-8",
        "7—8",
        "7 8",
        "7 of 8",
        "8 of 10",
        "on 7",
        "8/9",
        "1/0",
        "9 üzerinden 8",
        "8/10 keer",
        "7 1/2 keer",
        "10 üzerinden keer 8",
        "7 - graag",
        "7 graag -",
        "-",
        "/10",
        "80/100",
        "7%",
        "€7",
        "#7",
        "7²",
        "Ⅶ",
        "<7",
        "+7",
        "1.000",
        "7777777",
        "2026-03-02",
        "geen 7",
        "geen acht",
        "7 keer gebeld",
        "een minuut of 7",
        "ik geef een",
        "voor de balie",
        "niet goed",
        "8 üzerinden",
        "weet niet",
        "geen idee",
    ],
)
def test_what_could_be_read_in_two_ways_is_not_read(text: str) -> None:
    assert GRADE.parse(text, LANGUAGES) == NotUnderstood()


@pytest.mark.parametrize(
    "text",
    [
        OPT_OUT,
        "Geen contact gehad",
        "GEEN CONTACT",
        "ik heb geen contact gehad!",
        "had no contact",
        "hiç görüşmedim",
        "n.v.t.",
        "NVT",
        "N/A",
        "لا ينطبق",
    ],
)
def test_the_opt_out_is_read_in_its_own_and_the_usual_words(text: str) -> None:
    assert GRADE.parse(text, LANGUAGES) == Understood(OPT_OUT)


@pytest.mark.parametrize("text", [OPT_OUT, "n.v.t.", "geen contact gehad"])
def test_a_grade_without_an_opt_out_has_none_to_read(text: str) -> None:
    assert grade("counter").parse(text, LANGUAGES) == NotUnderstood()


def test_the_words_of_a_language_that_the_flow_has_not_are_unknown() -> None:
    assert GRADE.parse("sekiz", ("nl", "en")) == NotUnderstood()
    assert GRADE.parse("on 7", ("nl", "en")) == NotUnderstood()
    assert GRADE.parse("acht", ("en", "so")) == Understood("8")


@pytest.mark.parametrize(
    "text",
    [
        "7" * 4096,
        " " * 4096,
        "٧," * 2048,
        "een " * 1024,
        "ﷺ" * 200,
        "7 van de " * 22,
        "1/" * 100,
        "a-" * 100,
        "10 üzerinden " * 15,
        "½" * 200,
        "\u0301" * 200,
    ],
)
@pytest.mark.timeout(10)
def test_a_hostile_text_is_never_worked_through(text: str) -> None:
    assert GRADE.parse(text, LANGUAGES) == NotUnderstood()


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_as_a_code_or_not_at_all(text: str) -> None:
    reading = GRADE.parse(text, LANGUAGES)
    codes = (*GRADE.codes, OPT_OUT)
    assert reading in (*map(Understood, codes), NotWhole(), NotUnderstood())


@given(st.sampled_from(GRADE.codes), st.sampled_from(GRADE.codes))
def test_two_different_grades_are_never_one(one: str, other: str) -> None:
    for between in (" ", ", ", " of ", " en ", " - ", " dan wel "):
        expected = Understood(one) if one == other else NotUnderstood()
        if between in (" ", ", ", " en "):
            assert GRADE.parse(f"{one}{between}{other}", ()) == expected
        elif one != other:
            assert GRADE.parse(f"{one}{between}{other}", ()) == NotUnderstood()


def test_a_grade_is_shown_in_two_rows_of_five_with_its_ends() -> None:
    assert GRADE.prompt("en") == Prompt(
        "counter, please?\n\n1 = very bad\n10 = very good",
        (
            tuple(Button(code, code) for code in ("1", "2", "3", "4", "5")),
            tuple(Button(code, code) for code in ("6", "7", "8", "9", "10")),
            (Button("Had no contact", OPT_OUT),),
        ),
    )


def test_a_grade_without_an_opt_out_shows_no_button_for_it() -> None:
    assert [len(row) for row in grade("counter").prompt("nl").rows] == [5, 5]
