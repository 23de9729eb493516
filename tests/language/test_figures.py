"""How often the language is told, on the half that the rules were written with.

Bars stand a little below what is reached, so that a rule that loses ground shows. The
untouched half is for `python -m bench languages` alone.
"""

import re
from pathlib import Path

import pytest

from bench import languages
from bench.languages import (
    CHOICES,
    LATIN,
    NONE,
    OFFERED,
    OTHERS,
    SHIPPED,
    WIDE,
    kind_of,
    share_right,
    tell,
    wrong_offers,
)
from tests.corpus.remarks import labelled
from tests.corpus.remarks.labelled import Labelled

OWN, NOTHING, DUTCH = CHOICES.values()


def test_four_in_five_short_comments_and_nearly_all_others_are_told() -> None:
    four, wide = (tell("tuned", survey, OWN) for survey in (SHIPPED, WIDE))
    shares = {
        length: [round(share_right(told, OFFERED, length), 1) for told in (four, wide)]
        for length in ("2-4", "5-7", "8+")
    }
    least = {"2-4": (88, 82), "5-7": (93, 95), "8+": (100, 100)}
    assert {
        length: found
        for length, found in shares.items()
        if any(one < bar for one, bar in zip(found, least[length], strict=True))
    } == {}


@pytest.mark.parametrize("survey", [SHIPPED, WIDE])
def test_nobody_who_types_a_language_of_the_survey_in_its_letters_is_offered_another(
    survey: tuple[str, ...],
) -> None:
    wrong = {
        offer
        for chose in CHOICES.values()
        for offer in wrong_offers(tell("tuned", survey, chose))
    }
    assert [offer for offer in wrong if offer[0] in (OFFERED, OTHERS)] == []
    assert len(wrong) <= 2


def test_who_chose_dutch_and_types_another_language_is_mostly_offered_it() -> None:
    due = [
        told
        for told in tell("tuned", WIDE, DUTCH)
        if told.kind == OFFERED and told.line.lang != "nl" and told.line.words > 2
    ]
    made = [told for told in due if told.offer == "right"]
    assert len(made) >= 0.84 * len(due)


def test_a_comment_is_of_a_kind() -> None:
    def line(lang: str, text: str) -> Labelled:
        return Labelled(lang, frozenset(), text)

    assert [
        kind_of(line(lang, text), SHIPPED)
        for lang, text in (
            ("tr", "iyi"),
            ("ar", "mni7"),
            ("pl", "dobrze"),
            ("ku", "spas"),
            ("mul", "top"),
        )
    ] == [OFFERED, LATIN, OTHERS, NONE, NONE]
    assert kind_of(line("uk", "dobre"), SHIPPED) == NONE
    assert kind_of(line("uk", "dobre"), WIDE) == LATIN


def test_all_figures_are_printed_of_both_halves(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for half in labelled.HALVES:
        lines = "nl\theel lang gewacht\nen\tthey never call me back\nku\tgelek spas\n"
        (tmp_path / f"language_{half}.txt").write_text(lines)
    monkeypatch.setattr(labelled, "HERE", tmp_path)
    printed = languages.tables()
    for half in labelled.HALVES:
        assert f"{half}: right / undecided / wrong" in printed
        assert f"{half}: offers" in printed
    assert re.search(r"  no table, or mixed +- +100.0 % \(1/0/0\) +- +-\n", printed)


async def test_reading_and_guessing_are_timed_in_a_process_of_their_own() -> None:
    figures = await languages.measure(rounds=1)
    assert [(f.what.partition(":")[0], len(f.values)) for f in figures] == [
        ("language", 1)
    ] * 4
    assert all(value > 0 for figure in figures for value in figure.values)
