"""Facts of a fault: what was meant, and what is shown of it."""

import pytest

from bot.core.fault import fault, nearest, not_among, shown


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        ("scal", "scale"),
        ("scael", "scale"),
        ("Scale", "scale"),
        ("sacle", "scale"),
        ("labels", "label"),
        ("optout", "opt_out"),
        ("nmae", "name"),
        ("x", None),
        ("", None),
        ("colour", None),
        ("s" * 100_000, None),
    ],
)
def test_a_slip_of_the_keyboard_is_recognised(found: str, meant: str | None) -> None:
    assert nearest(found, ["name", "label", "scale", "opt_out"]) == meant


def test_the_nearest_of_two_is_meant() -> None:
    assert nearest("agre", ["agree_4", "agreed", "agree"]) == "agree"


def test_what_is_likely_goes_before_what_is_near() -> None:
    facts = not_among("lable", ["label", "cable"], likely=["cable"])
    assert facts == {
        "found": "lable",
        "choices": "label, cable",
        "case": "near",
        "near": "cable",
    }


def test_a_word_that_is_near_nothing_gets_the_list() -> None:
    facts = not_among("onzin", ["label", "cable"])
    assert facts == {"found": "onzin", "choices": "label, cable", "case": "choice"}


def test_a_long_text_is_shown_in_one_short_line() -> None:
    assert shown("een\n  twee") == "een twee"
    assert shown("a" * 40) == "a" * 40
    assert shown("a" * 41) == "a" * 39 + "…"


def test_a_fault_of_ours_is_told_from_those_of_pydantic() -> None:
    error = fault("wrong-value", case="name", limit=32)
    assert error.type == "own:wrong-value"
    assert error.context == {"case": "name", "limit": 32}
