"""The round table is offered to everybody alike, and nothing is known of who goes."""

from pathlib import Path

import pytest

from bot.config import RoundTable
from bot.dialogue import View
from bot.messages import Catalogue
from bot.service import Stage, closing_text
from tests.doubles.installation import Clock, installation_in, opened, shipped_flows
from tests.doubles.person import Person
from tests.service.conftest import ENTRIES

WORDS = Catalogue.load()
LANGUAGES = ("nl", "en", "ar", "tr")
PHONE = "14 023"
PAGE = "https://www.example.nl/meepraten"
LONGEST = RoundTable(phone="1" * 40, page=f"https://example.nl/{'a' * 181}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("table", "kind"),
    [
        (RoundTable(phone="023 1"), "phone"),
        (RoundTable(page=PAGE), "page"),
        (RoundTable(phone="023 1", page=PAGE), "both"),
    ],
)
def test_the_offer_stands_below_the_closing_text(
    language: str, table: RoundTable, kind: str
) -> None:
    closing = WORDS.text("client.closing", language, phone=PHONE)
    facts = {"phone": table.phone, "page": table.page}
    offer = WORDS.text(f"client.round_table.{kind}", language, **facts)
    shown = Stage(WORDS, PHONE, table).closing(language)
    assert shown == View(f"{closing}\n\n{offer}")
    assert shown.text.count("023 1") == ("phone" in facts and bool(table.phone))
    assert shown.text.count(PAGE) == bool(table.page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_there_is_no_round_table_nothing_is_offered(language: str) -> None:
    closing = WORDS.text("client.closing", language, phone=PHONE)
    assert closing_text(WORDS, language, PHONE) == closing
    assert closing_text(WORDS, language, PHONE, RoundTable()) == closing


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_offer_fits_into_a_message(language: str) -> None:
    text = closing_text(WORDS, language, "1" * 40, LONGEST)
    assert LONGEST.page in text
    assert len(text.encode("utf-16-le")) // 2 <= 1200


async def test_every_ending_offers_it_in_the_same_words(tmp_path: Path) -> None:
    table = {"phone": "023 1", "page": PAGE}
    installation = installation_in(tmp_path, ENTRIES, round_table=table)
    clock = Clock()
    async with opened(installation, clock, shipped_flows()["sozawe"]) as app:
        people = [Person(app.service, f"telegram:{n}") for n in range(4)]
        done, declined, stopped, silent = people
        for person in people:
            await person.opens("e_balie")
        await done.taps("Ja, ik doe mee", "7", "8", "Eens", "Eens")
        await declined.taps("Nee, liever niet")
        await stopped.taps("Ja, ik doe mee", "Stoppen")
        clock.turn(hours=41)
        for reply in await app.service.tidy():
            await silent.sees(reply)
        closing = closing_text(WORDS, "nl", PHONE, RoundTable(**table))
        assert [person.texts for person in people] == [[closing]] * 4
    assert PAGE in closing
    stored = b"".join(path.read_bytes() for path in installation.data.iterdir())
    assert b"meepraten" not in stored
