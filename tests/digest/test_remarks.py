"""The remarks of a week go with its digest, which stays what it is without them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ballots import Ledger
from bot.digest.build import build
from bot.digest.remarks import MESSAGE, remark_messages, with_remarks
from bot.digest.voice import units
from bot.outbox import REVIEW, WEEKLY, WrittenDigest
from tests.digest.examples import PHONE, SOZAWE, archive, at, live, made_up, speaks

DUTCH = speaks("nl")
TEXTS = ("Te lang wachten.", "Alles was goed.", "Goed.", "Goed.", "Bel terug!")
LEDGER = Ledger(
    at(1),
    [made_up(1, at(1), SOZAWE, 30)],
    archive(SOZAWE, PHONE),
    live(SOZAWE, PHONE),
    last=at(0),
)


def weekly(ledger: Ledger) -> list[WrittenDigest]:
    return [one for one in build(ledger, DUTCH) if one.kind == WEEKLY]


def test_remarks_change_nothing_of_the_text_and_the_picture() -> None:
    without = weekly(LEDGER)
    [sozawe, phone] = weekly(replace(LEDGER, remarks={"sozawe": TEXTS}))

    assert [sozawe, phone] == [replace(without[0], remarks=TEXTS), without[1]]


def test_a_week_without_figures_but_with_remarks_is_news() -> None:
    [_, phone] = weekly(replace(LEDGER, remarks={"telefoon": TEXTS}))
    assert (phone.has_news, phone.remarks) == (True, TEXTS)
    assert phone.text == weekly(LEDGER)[1].text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Er zijn opmerkingen om na te kijken: /nakijken"),
        ("en", "There are remarks to be looked at: /nakijken"),
    ],
)
def test_reviewers_are_called_without_a_number_where_a_lot_came_out(
    language: str, text: str
) -> None:
    words = speaks(language)
    without = build(LEDGER, words)
    assert build(replace(LEDGER, has_lot=True), words) == (
        *without,
        WrittenDigest(at(1), REVIEW, "", text, True),
    )


def test_a_text_without_remarks_stays_as_it_is() -> None:
    assert with_remarks("Weekbericht", (), DUTCH) == "Weekbericht"
    assert with_remarks("Weekbericht", ("Te\nlang  wachten.",), DUTCH) == (
        "Weekbericht\n\nOpmerkingen van mensen die meededen:\n- Te lang wachten."
    )


@given(st.lists(st.text(min_size=1, max_size=500), max_size=40))
def test_no_remark_is_cut_or_lost_and_each_message_fits(texts: list[str]) -> None:
    messages = remark_messages(texts, DUTCH)

    assert all(units(message) <= MESSAGE for message in messages)
    assert len(messages) <= 1 + len(texts)
    whole = "\n\n".join(messages)
    assert whole.split("\n\n")[1:] == [f"- {' '.join(t.split())}" for t in texts]
