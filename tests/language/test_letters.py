"""What is left of a text, and in which script it is."""

import pytest

from bot.language.letters import Letters, letters_of, script_of


def test_links_addresses_names_digits_and_signs_go_and_capitals_become_small() -> None:
    text = (
        "Zie https://x.nl/a, WWW.y.com jan@z.nl @jan en haarlem.nl: 10 MINUTEN, top! 🙏"
    )
    words = ("zie", "en", "minuten", "top")
    assert letters_of(text) == Letters(words, typed=4, count=15, script="LATIN")


def test_an_apostrophe_parts_the_pieces_and_not_the_words() -> None:
    expected = Letters(("on", "m", "a", "rappelé"), typed=3, count=11, script="LATIN")
    assert letters_of("on m’a rappelé") == expected
    assert letters_of("on m'a rappele\N{COMBINING ACUTE ACCENT}") == expected


def test_a_turkish_capital_becomes_one_small_letter() -> None:
    assert letters_of("HİÇBİR").words == ("hiçbir",)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("شكرا لموظف الـ gemeente على صبره", "ARABIC"),
        ("спасибо gemeente", "CYRILLIC"),
        ("ታትማ bedankt voor alles", None),
        ("bedankt voor alles en tot de volgende keer я", "LATIN"),
        ("ありがとう御座居候", "KANA"),
        ("你好吗朋友", "CJK"),
        ("12 34 !? 🙏", None),
        ("", None),
    ],
)
def test_another_script_wins_from_a_third_on_and_mixes_from_a_tenth_on(
    text: str, script: str | None
) -> None:
    assert letters_of(text).script == script


def test_arabic_typed_with_digits_for_letters_is_in_no_script() -> None:
    assert letters_of("m3amle mni7a bs taweel").script is None
    assert letters_of("ben al 2e keer gebeld, nr b1b").script == "LATIN"


def test_marks_stay_with_their_letters_and_other_scripts_do_not() -> None:
    assert letters_of("شكراً ok").words == ("شكراً",)
    assert letters_of("شكـــرا").words == ("شكرا",)
    assert letters_of("пʼять").words == ("п", "ять")
    assert script_of("ñ") == "LATIN"
    assert script_of("\ue000") == ""
