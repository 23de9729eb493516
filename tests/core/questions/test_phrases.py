"""The word lists keep what is meant apart."""

import itertools

import pytest

from bot.core.questions import phrases
from bot.core.questions.folding import LONGEST
from bot.core.questions.number_words import ARTICLES, FILLERS, HALVES, WORDS
from tests.core.examples import LANGUAGES

LISTS = {
    "yes": phrases.TAKES_PART,
    "no": phrases.TAKES_NO_PART,
    "stop": phrases.STOP,
    "not applicable": phrases.NOT_APPLICABLE,
}


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(LISTS, 2)))
def test_no_phrase_means_two_things_at_the_introduction(one: str, other: str) -> None:
    all_of = [frozenset().union(*LISTS[name].values()) for name in (one, other)]
    assert all_of[0] & all_of[1] == frozenset()


def test_no_phrase_stands_in_two_meanings_of_one_language() -> None:
    for language, meanings in phrases._SAME.items():
        for one, other in itertools.combinations(meanings, 2):
            assert one & other == frozenset(), language


def test_every_language_that_clients_are_offered_has_every_list() -> None:
    for phrase_list in (*LISTS.values(), FILLERS, HALVES):
        assert set(phrase_list) == set(LANGUAGES)
    assert set(phrases._SAME) == set(WORDS) == set(LANGUAGES)


def test_no_filler_is_a_number_or_a_half() -> None:
    for language in LANGUAGES:
        numbers = set(WORDS[language])
        assert FILLERS[language] & (numbers | HALVES[language]) == frozenset()
        assert numbers & HALVES[language] == set()


def test_an_article_that_is_a_number_says_one() -> None:
    for language, articles in ARTICLES.items():
        numbers = {WORDS[language][word] for word in articles & WORDS[language].keys()}
        assert numbers <= {1}


def test_a_text_that_is_too_long_for_an_answer_is_none_and_is_not_worked_through() -> (
    None
):
    # To put so many marks in order takes minutes, as they are not in it.
    marks = "\u0301\u0316" * 500_000
    assert not phrases.says(phrases.STOP, f"stop{marks}", ["nl"])
    assert not phrases.says(phrases.STOP, "stop" + " " * LONGEST, ["nl"])
    assert phrases.says(phrases.STOP, "stop" + " " * (LONGEST - 4), ["nl"])
