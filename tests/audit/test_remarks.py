"""Only what no remark may hold is a finding; a slip of the finger is none."""

import pytest

from bot.audit.remarks import _kind


@pytest.mark.parametrize(
    "text",
    [
        "op12 maart was ik bij de balie geweest",
        "het was om10 uur druk bij de balie",
        "nr12 heeft heel lang geduurd hoor",
        "Bel 14 023 of 112, dat deed ik",
        "in 2021 2022 2023 2024 en verder",
    ],
)
def test_words_behind_a_number_are_no_account(text: str) -> None:
    assert _kind(text) == ""


@pytest.mark.parametrize(
    "number",
    [
        "NL91 ABNA 0417 1643 00",
        "nl91abna0417164300",
        "DE89 3704 0044 0532 0130 00",
        "FR14 2004 1010 0505 0001 3M02 606",
        "GB29NWBK60161331926819",
        "IT60 X054 2811 1010 0000 0123 456",
        "SM86U0322509800000000270100",
        "TR33 0006 1005 1978 6457 8413 26",
    ],
)
def test_an_account_of_any_country_is_found(number: str) -> None:
    assert _kind(f"Stort het op {number}, graag.") == "iban"
