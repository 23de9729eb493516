"""Printed sheets: what is on them, where their codes lead, and what is not on them."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape

import numpy as np
import pytest
import zxingcpp

from bot.core.flow import Phase
from bot.messages import Catalogue
from bot.sheets import (
    Entrance,
    Invited,
    Mailing,
    cards,
    entry_cards,
    letters,
    poster,
)
from bot.sheets.looks import CARDS

WORDS = Catalogue.load()
LANGUAGES = ("nl", "en", "ar", "tr")
BOT = "haarlem_polsslag_bot"
CODE = "BCDFGHJK"
LINK = f"https://t.me/{BOT}?start=i_{CODE}"
ENTRY = f"https://t.me/{BOT}?start=e_balie"
PHONE = "14 023"
PRINTED_PHONE = "14\N{NO-BREAK SPACE}023"

MAILING = Mailing(
    municipality="Gemeente Haarlem",
    phone=PHONE,
    bot=BOT,
    last_day=date(2026, 12, 15),
    delete_by=date(2026, 12, 2),
)
LAST_DAY = {
    "nl": "15 december 2026",
    "en": "15 December 2026",
    "ar": "15 ديسمبر 2026",
    "tr": "15 Aralık 2026",
}
ENTRANCE = Entrance("balie", ENTRY, LANGUAGES, 25, "Gemeente Haarlem", PHONE)

Make = Callable[..., str]


def invited(language: str = "nl", code: str = CODE) -> Invited:
    link = f"https://t.me/{BOT}?start=i_{code}"
    return Invited("R-0042", Phase.AFTER_AWARD, language, link, code)


def mailed(make: Make, *rows: Invited, mailing: Mailing = MAILING) -> str:
    return make(rows, mailing, WORDS, "nl")


EVERY_PAGE = {
    "letters": mailed(letters, *map(invited, LANGUAGES)),
    "cards": mailed(cards, *map(invited, LANGUAGES)),
    "poster": poster(ENTRANCE, WORDS, "nl"),
    "poster with deeds": poster(ENTRANCE, WORDS, "nl", ["Wij bellen terug."]),
    "entry cards": entry_cards(ENTRANCE, WORDS, "nl"),
    "one language": entry_cards(replace(ENTRANCE, languages=("nl",)), WORDS, "nl"),
}


def said(page: str) -> str:
    """Give the words of a page, without its style."""
    body = page.partition("<body>")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split(" "))


def drawings(page: str) -> list[tuple[float, np.ndarray]]:
    """Give each code of a page: its width on paper without the edge, and its modules.

    Modules are dark where they are 0, as in a photograph.
    """
    found = []
    for size, width, path in re.findall(
        r'<svg class="qr"[^>]*viewBox="0 0 (\d+) \1"[^>]*width: ([\d.]+)mm;'
        r'.*?<path fill="#000" d="([^"]+)"',
        page,
    ):
        side = int(size)
        modules = np.full((side, side), 255, dtype=np.uint8)
        bars = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path)
        assert "".join("M{} {}h{}v1h-{}z".format(*bar) for bar in bars) == path
        for x, y, length, back in (map(int, bar) for bar in bars):
            assert length == back
            modules[y, x : x + length] = 0
        found.append((float(width) * (side - 8) / side, modules))
    return found


def read(modules: np.ndarray) -> tuple[str, str]:
    """Read a code as a telephone does: its text, and its level of error correction."""
    photograph = np.kron(modules, np.ones((4, 4), dtype=np.uint8))
    [code] = zxingcpp.read_barcodes(photograph)
    return code.text, str(code.ec_level)


@pytest.mark.parametrize(
    ("name", "links"),
    [
        ("letters", [LINK] * 4),
        ("cards", [LINK] * 4),
        ("poster", [ENTRY]),
        ("poster with deeds", [ENTRY]),
        ("entry cards", [ENTRY] * CARDS),
        ("one language", [ENTRY] * CARDS),
    ],
)
def test_every_code_leads_where_its_link_says(name: str, links: list[str]) -> None:
    codes = [read(modules) for _, modules in drawings(EVERY_PAGE[name])]
    assert [text for text, _ in codes] == links
    assert {level for _, level in codes} <= {"M", "Q", "H"}


def test_every_letter_has_a_code_of_its_own() -> None:
    codes = [f"BCDFGH{a}{b}" for a in "JKM" for b in "NPR"]
    page = mailed(letters, *(invited(code=code) for code in codes))
    read_codes = [read(modules)[0] for _, modules in drawings(page)]
    assert read_codes == [invited(code=code).link for code in codes]


@pytest.mark.parametrize("page", EVERY_PAGE.values(), ids=EVERY_PAGE)
def test_a_code_is_three_centimetres_wide_and_has_an_empty_edge(page: str) -> None:
    for width, modules in drawings(page):
        assert width >= 29.99  # hundredths of a millimetre are rounded
        inside = modules[4:-4, 4:-4]
        assert (modules == 0).sum() == (inside == 0).sum()
        assert not inside[0, 0]
        assert not inside[-1, 0]


@pytest.mark.parametrize("page", EVERY_PAGE.values(), ids=EVERY_PAGE)
def test_a_page_needs_nothing_but_itself(page: str) -> None:
    assert page.startswith("<!DOCTYPE html>\n")
    assert set(re.findall(r"\w+://[^\s<\"]+", page)) in ({LINK}, {ENTRY})
    assert not re.search(r"<(?:script|link|img|iframe|object|a)\b", page)
    assert not re.search(r"url\(|@import|src=|href=|\son\w+=", page)


@pytest.mark.parametrize("make", [letters, cards])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_says_all_that_is_needed_in_its_language(
    make: Make, language: str
) -> None:
    page = mailed(make, invited(language))
    text = said(page)
    assert f">{LINK}<" in page
    for wanted in ("BCDF GHJK", PRINTED_PHONE, LAST_DAY[language], "Gemeente Haarlem"):
        assert wanted in text
    phone = WORDS.text("client.letter.no_telegram", language, phone=PRINTED_PHONE)
    assert phone in text
    assert WORDS.text("client.letter.title", language) in text
    side = "rtl" if language == "ar" else "ltr"
    assert f'lang="{language}" dir="{side}"' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_says_that_nobody_has_to_and_that_the_klantmanager_does_not_hear(
    language: str,
) -> None:
    text = said(mailed(letters, invited(language)))
    for key in ("free", "why", "chosen", "scan", "safe", "sender"):
        assert WORDS.text(f"client.letter.{key}", language) in text
    assert WORDS.text("client.letter.type", language, bot=f"@{BOT}") in text


@pytest.mark.parametrize("make", [letters, cards])
def test_a_code_may_come_in_its_groups_already(make: Make) -> None:
    grouped = replace(invited(), code="BCDF GHJK")
    assert mailed(make, grouped) == mailed(make, invited())


def test_a_language_without_texts_is_written_to_in_dutch() -> None:
    assert mailed(letters, invited("pl")) == mailed(letters, invited("nl"))
    assert mailed(cards, invited("pl")) == mailed(cards, invited("nl"))
    polish = replace(ENTRANCE, languages=("nl", "pl"))
    dutch = replace(ENTRANCE, languages=("nl",))
    assert poster(polish, WORDS, "nl") == poster(dutch, WORDS, "nl")


def test_whoever_mails_reads_on_every_sheet_until_when_the_list_may_be_kept() -> None:
    day = "2 december 2026"
    foot = WORDS.text("staff.sheets.foot", "nl", date=day)
    page = mailed(letters, *map(invited, LANGUAGES))
    assert page.count('<section class="sheet') == page.count(foot) == 4
    page = mailed(cards, *[invited()] * 9)
    assert page.count('<section class="sheet') == page.count(foot) == 2
    assert page.count('<div class="cell"') == 9


def test_a_letter_shows_its_reference_once_where_the_address_is_pasted() -> None:
    page = mailed(letters, invited())
    pasted = re.findall(r'<p class="address small".*?</p>', page, re.S)
    assert [said(f"<body>{one}").count("R-0042") for one in pasted] == [1]
    assert page.count("R-0042") == 1
    page = mailed(cards, invited())
    assert re.findall(r'<p class="stub small">.*?<bdi>(.*?)</bdi></p>', page) == [
        "R-0042"
    ]
    assert page.count("R-0042") == 1


@pytest.mark.parametrize("make", [letters, cards])
def test_a_sheet_does_not_tell_the_phase(make: Make) -> None:
    row = invited()
    pages = {mailed(make, replace(row, phase=phase)) for phase in Phase}
    assert len(pages) == 1


@pytest.mark.parametrize("make", [letters, cards])
def test_what_others_filled_in_is_escaped(make: Make) -> None:
    odd = replace(invited(), reference="<i>&\"'")
    mailing = replace(MAILING, municipality="<b>&\"'", phone="<u>&")
    page = mailed(make, odd, mailing=mailing)
    assert not re.search(r"<[biu]>", page)
    assert "&lt;i&gt;&amp;&quot;&#x27;" in page
    assert "&lt;b&gt;&amp;&quot;&#x27;" in page
    assert "&lt;u&gt;&amp;" in page


def test_the_name_of_a_municipality_keeps_its_order_in_arabic() -> None:
    # Its brackets would trade places: they belong to neither way of writing.
    mailing = replace(MAILING, municipality="Gemeente Bergen (L)")
    for make in (letters, cards):
        page = mailed(make, invited("ar"), mailing=mailing)
        assert "<bdi>Gemeente Bergen (L)</bdi>" in page


def test_a_municipality_without_a_name_is_named_in_general() -> None:
    mailing = replace(MAILING, municipality="")
    for language in LANGUAGES:
        page = mailed(letters, invited(language), mailing=mailing)
        assert WORDS.text("client.letter.municipality", language) in said(page)


def test_an_entry_is_explained_in_every_language_of_its_survey() -> None:
    page = said(poster(ENTRANCE, WORDS, "nl"))
    counter = said(entry_cards(ENTRANCE, WORDS, "nl"))
    for language in LANGUAGES:
        for key in ("scan", "some", "free", "help"):
            facts = {"one_in": 25, "phone": PRINTED_PHONE}
            assert WORDS.text(f"client.poster.{key}", language, **facts) in page
        assert WORDS.text("client.poster.done", language) in page
        assert WORDS.text("client.card.scan", language) in counter
    assert counter.count(ENTRY) == counter.count(PHONE) == CARDS


def test_where_everybody_is_asked_the_poster_speaks_of_no_chance() -> None:
    page = said(poster(replace(ENTRANCE, one_in=1), WORDS, "nl"))
    assert WORDS.text("client.poster.all", "nl") in page
    assert "De computer kiest" not in page


def test_a_poster_shows_the_newest_three_deeds_or_lines_to_write_on() -> None:
    empty = poster(ENTRANCE, WORDS, "nl")
    assert empty.count("<i></i>") == 3
    assert "<li>" not in empty
    deeds = ["Oudste", "Meer stoelen\nbij de balie", "Een <b>bord</b>", "x" * 300]
    page = poster(ENTRANCE, WORDS, "nl", deeds)
    assert re.findall("<li>(.*)</li>", page) == [
        "x" * 99 + "…",
        "Een &lt;b&gt;bord&lt;/b&gt;",
        "Meer stoelen bij de balie",
    ]
    assert "<i></i>" not in page
    assert poster(ENTRANCE, WORDS, "nl", ["Eén"]).count("<li>") == 1


def test_the_cards_of_an_entry_are_the_same_for_everybody() -> None:
    page = entry_cards(ENTRANCE, WORDS, "nl")
    cells = page.split('<div class="cell walk">')[1:]
    assert len(cells) == CARDS
    assert len({cell[: cell.index(PHONE)] for cell in cells}) == 1
