"""The response in words."""

from fractions import Fraction

import pytest

from bot.digest.sections.answers import wording
from tests.digest.examples import CATALOGUE


@pytest.mark.parametrize(
    ("response", "said"),
    [
        (Fraction(0), "few"),
        (Fraction(1, 21), "few"),
        (Fraction(1, 20), "1_in_20"),
        (Fraction(9, 100), "1_in_10"),
        (Fraction(12, 100), "1_in_8"),
        (Fraction(16, 100), "1_in_6"),
        (Fraction(20, 100), "1_in_5"),
        (Fraction(24, 100), "1_in_4"),
        (Fraction(35, 100), "1_in_3"),
        (Fraction(45, 100), "1_in_2"),
        (Fraction(65, 100), "2_in_3"),
        (Fraction(77, 100), "3_in_4"),
        (Fraction(88, 100), "9_in_10"),
        (Fraction(95, 100), "9_in_10"),
        (Fraction(96, 100), "almost_all"),
        (Fraction(1), "almost_all"),
    ],
)
def test_a_response_is_said_as_the_fraction_next_to_it(
    response: Fraction, said: str
) -> None:
    assert wording(response) == said


def test_between_two_fractions_the_lower_is_said() -> None:
    assert wording(Fraction(5, 12)) == "1_in_3"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_response_from_none_to_all_has_a_sentence(language: str) -> None:
    said = {wording(Fraction(part, 200)) for part in range(201)}
    in_catalogue = {
        key.removeprefix("digest.response.")
        for key in CATALOGUE.keys("digest")
        if key.startswith("digest.response.")
    }
    assert said == in_catalogue
    texts = [CATALOGUE.text(f"digest.response.{key}", language) for key in said]
    assert not any("%" in text for text in texts)
