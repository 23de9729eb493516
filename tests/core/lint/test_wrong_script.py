"""Translations in other letters, backwards, or with other numbers."""

import pytest

from bot.core.lint.wrong_script import wrong_script
from bot.core.wording import Finding, Text

WHERE = ("title",)
ARABIC = "كيف كانت المساعدة الهاتفية؟"


def found(
    nl: str, language: str, said: str, *, has_right_numbers: bool = True
) -> list[Finding]:
    text = Text(WHERE, {"nl": nl, language: said}, 200)
    return list(wrong_script(text, language, has_right_numbers=has_right_numbers))


@pytest.mark.parametrize(
    ("language", "said", "case"),
    [
        ("ar", "How was it?", "letters"),
        ("en", ARABIC, "letters"),
        ("uk", "Yak bulo?", "letters"),
        ("ti", "Kemey?", "letters"),
        ("ar", ARABIC[::-1], "backwards"),
        ("ar", "ةدعاسملا", "backwards"),
        ("ar", "ﺔﺠﺘﻓ", "backwards"),
    ],
)
def test_a_text_that_cannot_be_of_its_language_is_found(
    language: str, said: str, case: str
) -> None:
    assert found("Hoe was het?", language, said) == [
        Finding(
            "wrong-script",
            (*WHERE, language),
            {"case": case, "language": language},
            "warn",
        )
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ar", ARABIC),
        ("ar", f"{ARABIC} (balie)"),
        ("en", "How was it (بلدية)?"),
        ("tr", "Nasıldı?"),
        ("en", "!"),
        ("en", ""),
        ("nl", "Да"),
    ],
)
def test_a_text_with_some_letters_of_its_language_is_right(
    language: str, said: str
) -> None:
    assert found("Hoe was het?", language, said) == []


def test_without_a_dutch_text_nothing_is_compared() -> None:
    assert found(" ", "en", "5 questions") == []


def test_the_numbers_are_those_of_the_dutch_text() -> None:
    dutch = "Geef een 1 of een 10"
    assert found(dutch, "ar", "٠١٠ أو ١") == []
    (finding,) = found(dutch, "en", "Give a 10")
    assert finding.facts == {
        "case": "numbers",
        "language": "en",
        "found": "10",
        "source": "1, 10",
    }
    (finding,) = found(dutch, "en", "Give a grade")
    assert finding.facts["found"] == "-"
    assert found(dutch, "en", "Give a 10", has_right_numbers=False) == []
