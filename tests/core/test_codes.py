"""Invitation codes survive paper, telephones and thumbs."""

import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.core.codes import ALPHABET, LENGTH, looks_like_code, make, read, spaced

CODES = st.binary(min_size=16, max_size=32).map(make)


@given(CODES)
def test_a_code_is_eight_letters_without_vowels_and_look_alikes(code: str) -> None:
    assert len(code) == LENGTH
    assert set(code) <= set(ALPHABET)
    assert not set(ALPHABET) & set("AEIOULQ")


@given(CODES, st.sampled_from(("", " ", "-", " - ", "\u00a0", "–", "\n")))
def test_a_code_is_read_in_small_letters_with_blanks_and_hyphens(
    code: str, between: str
) -> None:
    assert read(f"{code[:4]}{between}{code[4:]}".lower()) == code
    assert read(f"\u200e{code}\u200f ") == code


@given(CODES, st.sampled_from(("{}.", "'{}'", "({}),", "„{}”", "{}!", "{}،", "_{}")))
def test_a_code_is_read_with_the_stops_and_marks_that_were_copied_along(
    code: str, around: str
) -> None:
    assert read(around.format(spaced(code))) == code


@given(CODES, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_any_single_wrong_letter_is_seen(code: str, place: int, letter: str) -> None:
    assume(code[place] != letter)
    wrong = code[:place] + letter + code[place + 1 :]
    assert read(wrong) is None
    assert looks_like_code(wrong)
    assert looks_like_code(f" {spaced(wrong).lower()}")


@given(CODES, st.sampled_from(list(itertools.combinations(range(LENGTH), 2))))
def test_any_two_letters_that_changed_places_are_seen(
    code: str, places: tuple[int, int]
) -> None:
    one, other = places
    assume(code[one] != code[other])
    letters = list(code)
    letters[one], letters[other] = letters[other], letters[one]
    assert read("".join(letters)) is None


@pytest.mark.parametrize(
    "text", ["", "BCDF", "helemaal", "een acht", "7", "BBBBBBBBB", "B" * 4096, "د" * 8]
)
def test_other_texts_are_no_code(text: str) -> None:
    assert read(text) is None
    assert not looks_like_code(text)


@given(st.text())
def test_whatever_is_typed_is_a_code_or_none(text: str) -> None:
    code = read(text)
    assert code is None or read(code) == code


@given(CODES)
def test_a_code_is_printed_in_two_groups_of_four_and_read_back(code: str) -> None:
    printed = spaced(code)
    assert [len(group) for group in printed.split(" ")] == [4, 4]
    assert read(printed) == code
    assert looks_like_code(printed)


def test_codes_of_different_chance_differ() -> None:
    codes = {make(number.to_bytes(16)) for number in range(20_000)}
    assert len(codes) == 20_000


def test_too_little_chance_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^$"):
        make(b"fifteen bytes..")
