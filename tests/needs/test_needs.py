"""Who needs help is told where it is; who does not is left alone."""

import pytest

from bot.needs import LONGEST, Need, needs_of


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("Ik wil dood", Need.CRISIS),
        ("soms denk ik aan ZELFMOORD!!", Need.CRISIS),
        ("I don't want to live any more", Need.CRISIS),
        ("لا أريد أن أعيش", Need.CRISIS),
        ("artık yaşamak istemiyorum", Need.CRISIS),
        ("ik wil bezwaar maken", Need.OBJECTION),
        ("I want to file a complaint.", Need.COMPLAINT),
        ("Wanneer krijg ik mijn geld?", Need.QUESTION),
    ],
)
def test_a_need_is_recognised_whatever_its_spelling(text: str, need: Need) -> None:
    assert needs_of(text) is need


@pytest.mark.parametrize("text", ["", "7", "ja", "een dikke 8", "mee eens", "doodgoed"])
def test_an_answer_is_no_need(text: str) -> None:
    assert needs_of(text) is None


def test_a_crisis_wins_over_everything_else() -> None:
    text = "Ik heb een klacht, ik maak bezwaar, kunt u mij bellen, ik wil dood"
    assert needs_of(text) is Need.CRISIS


def test_of_a_long_text_the_beginning_is_looked_at() -> None:
    assert needs_of("ik wil dood " + "a" * 10**6) is Need.CRISIS
    assert needs_of("a" * LONGEST + " ik wil dood") is None
