"""A word list is read as it says, and a faulty line is named."""

import pytest

from bot.needs.lists import Form, Line, Need, Slot, read_list
from bot.needs.matching import Matcher
from bot.needs.reading import Word, words_of


def finds(written: str, text: str) -> bool:
    """Say whether one list of crises, and no other, finds a text."""
    lines = read_list("list.txt", f"[crisis]\n{written}").lines[Need.CRISIS]
    return Matcher.of(lines).finds(words_of(text))


def test_a_list_is_read_with_its_groups_gaps_and_ends() -> None:
    text = """
    # a comment
    [words]
    child = kid Sons
    [crisis]
    {child}|boy ... starv*  # and more
    - ^ *word* $
    """
    lines = read_list("list.txt", text).lines
    slots = (
        Slot((Form("kid"), Form("sons"), Form("boy")), is_before_gap=True),
        Slot((Form("starv", goes_on=True),)),
    )
    back = (Slot((Form("word", opens=True, goes_on=True),)),)
    assert lines[Need.CRISIS] == (
        Line(slots),
        Line(back, takes_back=True, begins=True, ends=True),
    )
    assert [need for need in Need if lines[need]] == [Need.CRISIS]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("dood", "1: a line stands before the first [need]: dood"),
        (
            "[crises]",
            "1: write [words], [crisis], [objection], [complaint], [question]:"
            " [crises]",
        ),
        ("[words]\nkid: son", "2: write a name, = and words: kid: son"),
        ("[crisis]\n{kid} dood", "2: there is no group kid: {kid} dood"),
        (
            "[crisis]\nik ...",
            "2: a phrase begins and ends with a word, not with ...: ik ...",
        ),
        ("[crisis]\n-", "2: a phrase begins and ends with a word, not with ...: -"),
        ("[crisis]\n\nik ... ... dood", "3: ... stands there twice: ik ... ... dood"),
        ("[crisis]\nik | dood", "2: a word without letters: ik | dood"),
    ],
)
def test_a_faulty_line_is_named(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=r"^list\.txt:") as raised:
        read_list("list.txt", text)
    assert str(raised.value) == f"list.txt:{fault}"


def test_the_words_of_a_phrase_follow_one_another() -> None:
    assert finds("wil dood", "ik wil dood")
    assert not finds("wil dood", "wil niet dood")
    assert not finds("wil dood", "dood wil")
    assert not finds("wil dood", "wil doodgaan")


def test_a_gap_is_four_words_at_most_and_ends_with_the_sentence() -> None:
    assert finds("wil ... dood", "wil dood")
    assert finds("wil ... dood", "wil a b c d dood")
    assert not finds("wil ... dood", "wil a b c d e dood")
    assert not finds("wil ... dood", "wil a. b dood")
    assert finds("wil dood", "wil. dood")


def test_an_asterisk_stands_for_letters_on_its_side_of_the_word() -> None:
    assert finds("dood*", "doodgaan")
    assert not finds("dood*", "halfdood")
    assert finds("*dood", "halfdood")
    assert not finds("*dood", "doodgaan")
    assert finds("*dood*", "halfdoodgaan")


def test_a_phrase_may_be_a_whole_sentence_only() -> None:
    assert finds("^ kan niet meer $", "Zwaar. Kan niet meer! Hoor.")
    assert not finds("^ kan niet meer $", "ik kan niet meer")
    assert not finds("^ kan niet meer $", "kan niet meer inloggen")
    assert finds("kan niet meer $", "ik kan niet meer")


def test_a_phrase_with_a_gap_is_taken_back_by_its_own_words_only() -> None:
    written = "dood\nme\n- lach ... dood\n- zo moe $"
    assert not finds(written, "ik lach dood")
    assert not finds(written, "lach a b c d dood")
    assert not finds(written, "lach dood dood")
    assert finds(written, "lach dood. dood")
    assert finds(written, "ik lach me dood")
    assert finds(written, "zo moe dood")


def test_one_wrong_letter_in_a_long_word_is_forgiven_but_takes_nothing_back() -> None:
    for typed in ("zelfmord", "zelfmorod", "zelfmoorrd", "zelfmoird"):
        assert finds("zelfmoord", typed)
    assert not finds("zelfmoord", "helfmoord")
    assert not finds("honger", "hunger")
    assert finds("verkracht\n- verwacht", "verkracht")


def test_in_arabic_what_is_joined_to_a_word_is_taken_off() -> None:
    assert finds("شارع", "وبالشارع")
    assert not finds("شارع", "مشارع")


def test_words_are_read_without_case_accents_joiners_and_repetitions() -> None:
    assert words_of("Één  DOOOD,\nm'n  ŁÓDŹ 112!") == (
        Word("en", begins=True),
        Word("dod", ends=True),
        Word("mn", begins=True),
        Word("lodz"),
        Word("112", ends=True),
    )
    assert words_of("") == ()
    assert words_of("a" * 50 + "bc" * 50) == (
        Word("a" + "bc" * 19 + "b", begins=True, ends=True),
    )
