"""How numbers and names are said."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.voice import LONGEST_NAMES, Voice, shortened, units
from tests.digest.examples import speaks

DUTCH = Voice(speaks("nl"))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Fraction(29, 4), "7,3"),
        (Fraction(143, 20), "7,2"),
        (Fraction(7), "7,0"),
        (9.96, "10,0"),
        (6.049, "6,0"),
        (0, "0,0"),
    ],
)
def test_halves_are_rounded_upward(value: Fraction | float, said: str) -> None:
    assert DUTCH.number(value) == said


def test_english_has_a_decimal_point() -> None:
    assert Voice(speaks("en")).number(6.5) == "6.5"


def test_a_name_is_in_the_language_of_the_digest_or_in_dutch() -> None:
    english = Voice(speaks("en"))
    assert english.name({"nl": "Balie", "en": "Counter"}) == "Counter"
    assert english.name({"nl": "Balie", "ar": "x"}) == "Balie"


def test_a_name_is_cut_only_where_names_are() -> None:
    label = {"nl": "Vriendelijk en doelmatig geholpen"}
    assert DUTCH.name(label) == label["nl"]
    assert Voice(speaks("nl"), is_gathered=True).name(label) == label["nl"]
    assert Voice(speaks("nl"), longest=18).name(label) == "Vriendelijk en do…"


def test_the_length_is_counted_as_telegram_does() -> None:
    assert [units(text) for text in ("", "é", "…", "😀")] == [0, 1, 1, 2]


@given(st.text(), st.integers(1, 40))
def test_a_shortened_text_fits_and_begins_as_the_text_does(
    text: str, limit: int
) -> None:
    cut = shortened(text, limit)
    assert units(cut) <= limit
    assert cut == text or (cut[-1] == "…" and text.startswith(cut[:-1]))
    for longest in LONGEST_NAMES[1:]:
        assert longest is not None
        assert shortened(text, longest) == text or units(text) > longest
