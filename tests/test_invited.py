"""Whoever was drawn gets a link, a code and words in a language they can read."""

from datetime import date

import pytest

from bot.core.flow import Phase
from bot.core.sampling import OTHER, Contact
from bot.core.sms import parts
from bot.invited import Invited, Mailing, in_words, invited, letter, text_message
from bot.messages import Catalogue

WORDS = Catalogue.load()
MAILING = Mailing(
    municipality="",
    phone="023-5115115",
    bot="polsslag_bot",
    last_day=date(2026, 8, 11),
    delete_by=date(2026, 8, 12),
)
LINK = "https://t.me/polsslag_bot?start=i_BCDFGHJK"


def one(language: str) -> Invited:
    return Invited("A-1", Phase.INTAKE, language, LINK, "BCDF GHJK")


def test_the_code_is_grouped_and_the_language_is_one_of_the_surveys() -> None:
    contacts = [
        Contact("A-1", Phase.INTAKE, language) for language in ("ar", "tr", "", OTHER)
    ]
    rows = invited(contacts, ["BCDFGHJK"] * 4, "polsslag_bot", ("nl", "ar"))
    assert rows == [one("ar"), one("nl"), one("nl"), one("nl")]


@pytest.mark.parametrize("language", WORDS.languages("client"))
def test_both_texts_say_the_code_the_link_and_the_number(language: str) -> None:
    message = text_message(one(language), MAILING, WORDS)
    paper = letter(one(language), MAILING, WORDS)
    for text in (message, paper):
        assert all(said in text for said in (LINK, "BCDF GHJK", "023-5115115"))
    assert in_words(MAILING.last_day, WORDS, language) in paper
    assert "@polsslag_bot" in paper
    assert "\n" not in message


@pytest.mark.parametrize(
    ("language", "count"), [("nl", 1), ("en", 1), ("tr", 3), ("ar", 3)]
)
def test_a_text_message_is_one_part_where_the_letters_of_the_language_allow_it(
    language: str, count: int
) -> None:
    assert parts(text_message(one(language), MAILING, WORDS)) == count
