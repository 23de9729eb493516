"""The tables of langdetect, as they are read here."""

import importlib.util
from importlib.metadata import version
from math import log

import pytest

from bot.language.tables import BY_SCRIPT, table


def test_langdetect_is_the_one_that_was_measured() -> None:
    assert version("langdetect") == "1.0.9"


def test_a_known_word_has_its_known_score() -> None:
    known = table("LATIN")
    scores = dict(zip(known.languages, known.scores("vriendelijk"), strict=True))
    best = sorted(scores, key=scores.__getitem__, reverse=True)[:3]
    assert [(name, round(scores[name], 4)) for name in best] == [
        ("nl", 55.1109),
        ("af", 49.4423),
        ("da", 47.6868),
    ]


def test_a_score_is_by_how_much_each_piece_is_likelier_than_an_unknown_one() -> None:
    known = table("CYRILLIC")
    place = known.languages.index("uk")
    pieces = ("ї", " ї", "ї ", " ї ")
    found = [known.gains[known.rows[p] + place] for p in pieces if p in known.rows]
    assert known.scores("ї")[place] == pytest.approx(sum(found) / 3)
    # 901 of 100,000 letters are this one; an unknown piece counts as 5 of them.
    assert known.gains[known.rows["ї"] + place] == pytest.approx(
        log(0.00901 / 0.00005 + 1), abs=0.001
    )


def test_a_language_has_its_letters_as_they_are_typed() -> None:
    by_language = {
        language: letters
        for script in ("ARABIC", "CYRILLIC", "LATIN")
        for language, letters in zip(
            BY_SCRIPT[script], table(script).letters, strict=True
        )
    }
    only = {
        letter: [name for name in own if letter in by_language[name]]
        for letter, own in {
            "ي": ("ar", "fa", "ur"),
            "ی": ("ar", "fa", "ur"),
            "پ": ("ar", "fa", "ur"),
            "ى": ("ar", "fa", "ur"),
            "ы": ("ru", "uk"),
            "ї": ("ru", "uk"),
            "ș": ("ro", "nl"),
            "ạ": ("vi", "nl"),
        }.items()
    }
    assert only == {
        "ي": ["ar"],
        "ی": ["fa", "ur"],
        "پ": ["fa", "ur"],
        "ى": ["ar"],
        "ы": ["ru"],
        "ї": ["uk"],
        "ș": ["ro"],
        "ạ": ["vi"],
    }


def test_an_installation_without_langdetect_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ModuleNotFoundError, match="langdetect"):
        table.__wrapped__("ARABIC")
