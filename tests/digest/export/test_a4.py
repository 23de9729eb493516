"""One page for a councillor: nothing that the weekly digest did not hold."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from bot.ballots import Batch, Outcome
from bot.core.flow import Origin
from bot.decisions import Deed
from bot.digest.a4 import DEEDS, found, last_report, page
from bot.digest.export import History
from bot.digest.render import render
from bot.digest.sections import SECTIONS
from bot.digest.voice import Voice
from tests.digest.examples import SOZAWE, at, batch, made_up, speaks
from tests.digest.export.histories import (
    AGREED,
    BATCHES,
    REWORDED,
    history,
)
from tests.digest.export.histories import (
    DEEDS as DONE,
)

FOLDER = Path(__file__).parent / "golden"


def longer(*more: Batch, **others: Any) -> History:
    released = [
        made_up(number, at(8 + number), REWORDED, 24, 0.1, origin)
        for number in range(4)
        for origin in Origin
    ]
    return history([*BATCHES, *released, *more], SOZAWE, REWORDED, **others)


BUSY = longer(deeds=DONE)


def read(made: History, language: str = "nl") -> str:
    text = page(made, "sozawe", speaks(language))
    assert text is not None
    return text


class Reader(HTMLParser):
    """Reads a page as a person does, and keeps its parts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "rect"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "rect":
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_is_what_the_golden_file_says(
    language: str, request: pytest.FixtureRequest
) -> None:
    path = FOLDER / f"a4.{language}.html"
    text = read(BUSY, language)
    if request.config.getoption("--update-golden"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_line_on_figures_is_a_line_of_the_digest(language: str) -> None:
    report = last_report(BUSY, "sozawe")
    assert report is not None
    voice = Voice(speaks(language))
    lines = [line for section in SECTIONS[1:] for line in section(report, voice)]
    assert len(lines) >= 10
    page_lines = Reader(read(BUSY, language)).texts
    assert [line for line in lines if line not in page_lines] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_number_that_was_found_stands_in_the_digest_of_that_week(
    language: str,
) -> None:
    report = last_report(BUSY, "sozawe")
    assert report is not None
    digest = set(re.findall(r"[\d,.]*\d", render(report, speaks(language))))
    for part in report.parts:
        for line in found(part, Voice(speaks(language))):
            assert set(re.findall(r"[\d,.]*\d", line)) <= digest


def test_the_page_is_whole_and_needs_nothing_else() -> None:
    text = read(BUSY)
    found = Reader(text)
    assert found.open == []
    assert found.tags.count("h1") == 1
    assert found.tags.count("h2") == 6
    assert "script" not in found.tags
    assert not re.search(r"https?:|src=|href=|url\(|@import", text)
    assert '<html lang="nl">' in text


def test_before_the_first_release_there_is_no_page() -> None:
    assert page(history((), SOZAWE), "sozawe", speaks("nl")) is None


def test_a_week_without_news_leaves_the_page_as_it_was() -> None:
    later = longer(week=at(30), deeds=DONE)
    assert read(later) == read(BUSY)


def test_words_of_people_are_no_markup() -> None:
    text = read(longer(deeds=[Deed(at(9), "<script>alert(1)</script> & meer")]))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; meer" in text


def test_only_what_was_done_since_the_figures_began_is_on_the_page() -> None:
    text = read(longer(deeds=[Deed(at(-2), "Verleden"), Deed(at(-1), "Nieuw")]))
    assert "Nieuw" in text
    assert "Verleden" not in text
    assert "Hier is nog niets ingevuld." in read(longer())


def test_many_deeds_are_cut_to_what_fits() -> None:
    many = [Deed(at(9), f"{number:02} {'a' * 300}") for number in range(DEEDS + 3)]
    text = read(longer(deeds=many))
    assert text.count("aaa…") == DEEDS
    assert f": {DEEDS + 2:02} a" in text
    assert ": 02 a" not in text
    assert "En nog 3 keer eerder." in text


def test_a_choice_on_which_nearly_all_agree_is_not_drawn() -> None:
    agreed = {"agree": 29, "disagree": 1}
    counts = {"counter": {"8": 30}, "case_manager": {"8": 30}}
    alike = batch(
        at(0),
        SOZAWE,
        counts
        | {"kind_and_efficient": agreed, "next_step": {"agree": 9, "opt_out": 21}},
    )
    text = read(history([alike], SOZAWE))
    assert text.count("<svg") == 2


def test_only_the_invited_are_drawn() -> None:
    assert read(BUSY).count("<svg") == len(REWORDED.questions)


def test_a_page_without_figures_has_no_bars() -> None:
    few = batch(
        at(0),
        SOZAWE,
        {
            "counter": {"8": 12},
            "case_manager": {"8": 12},
            "kind_and_efficient": AGREED,
            "next_step": AGREED,
        },
        {Outcome.REFUSED: 3},
    )
    text = read(history([few], SOZAWE))
    assert "bars" not in text.partition("</style>")[2]
    assert "Nog te weinig antwoorden voor een cijfer." in text
