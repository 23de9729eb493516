"""The page of a digest: valid, closed to the world, and readable by everybody."""

import base64
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.build import drawn
from bot.digest.render import render
from bot.outbox import MONTHLY, WEEKLY, WrittenDigest
from bot.page import page, pages
from bot.picture import Picture
from tests.digest.chart.pictures import NOW, PHASES, REPORTS
from tests.digest.examples import speaks

PNG = b"\x89PNG made up"
WORDS = speaks("nl")
EXPLANATION = WORDS("staff.desk.explanation")
VOID = {"meta", "img", "br"}


def written(name: str, language: str = "nl") -> WrittenDigest:
    words = speaks(language)
    report = PHASES if name == "phases" else REPORTS[name]
    text, picture = render(report, words), drawn(report, words)
    return WrittenDigest(NOW, WEEKLY, "sozawe", text, True, picture)


class Read(HTMLParser):
    """Reads a page strictly: what is opened is closed, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1], data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.seen if name == tag]

    def text(self, *tags: str) -> list[str]:
        return [text for tag, text in self.texts if tag in tags]


def one(name: str = "as_in_the_reference") -> str:
    return page(written(name), PNG, WORDS, EXPLANATION)


@pytest.mark.parametrize("name", [*REPORTS, "phases"])
def test_a_page_is_well_formed_and_says_what_the_digest_says(name: str) -> None:
    digest = written(name)
    read = Read(page(digest, PNG, WORDS, EXPLANATION))
    title, *lines = digest.text.split("\n")
    assert read.text("title") == read.text("h1") == [title]
    said = [line.removeprefix("· ") for line in lines]
    assert read.text("p", "li")[: len(lines)] == said
    (image,) = read.all("img")
    assert image["alt"] == Picture.from_json(digest.picture).alt
    assert image["src"] == f"data:image/png;base64,{base64.b64encode(PNG).decode()}"


def test_headings_and_landmarks_lead_through_the_page() -> None:
    read = Read(one())
    tags = [tag for tag, _ in read.seen]
    assert tags.count("main") == tags.count("h1") == 1
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))
    assert read.all("html") == [{"lang": "nl"}]
    (section,) = read.all("section")
    assert section["aria-labelledby"] == read.all("h2")[0]["id"]
    assert read.text("h2") == ["Uitleg bij het weekbericht"]
    assert "Nulmeting" in read.text("h3")
    (viewport,) = (m for m in read.all("meta") if m.get("name") == "viewport")
    assert viewport["content"] == "width=device-width, initial-scale=1"


def test_commands_of_the_chat_are_not_explained_on_a_page() -> None:
    assert "/digest" in EXPLANATION
    assert "/digest" not in one()


def test_the_page_needs_nothing_from_anywhere() -> None:
    html = one()
    assert "://" not in html
    assert "url(" not in html
    assert "@import" not in html
    assert not {"script", "link", "iframe", "base", "form"} & {
        tag for tag, _ in Read(html).seen
    }
    for _, attributes in Read(html).seen:
        assert not [name for name in attributes if name.startswith("on")]


def test_a_digest_without_a_picture_is_a_page_of_text() -> None:
    silent = WrittenDigest(NOW, WEEKLY, "sozawe", "Weekbericht\nNiets nieuws.", False)
    read = Read(page(silent, None, WORDS, EXPLANATION))
    assert read.all("img") == []
    assert read.text("p")[0] == "Niets nieuws."


@pytest.mark.parametrize("sign", ["- ", "· "])
def test_lists_of_the_text_are_lists_on_the_page(sign: str) -> None:
    text = "Maandbericht\n\nDit deden wij:\n{0}Bellen\n{0}Schrijven\n\nEinde."
    digest = WrittenDigest(NOW, MONTHLY, "sozawe", text.format(sign), True)
    read = Read(page(digest, None, WORDS, "Uitleg"))
    assert read.text("li") == ["Bellen", "Schrijven"]
    assert read.text("p") == ["Dit deden wij:", "Einde."]


def test_remarks_are_a_list_below_the_text_of_their_digest() -> None:
    told = ("Te lang <b>wachten</b>.", "Goed.")
    silent = "Weekbericht\nNiets nieuws."
    digest = WrittenDigest(NOW, WEEKLY, "sozawe", silent, False, "", told)
    read = Read(page(digest, None, WORDS, "Uitleg"))
    assert read.text("li") == list(told)
    assert read.text("p") == ["Niets nieuws.", "Opmerkingen van mensen die meededen:"]
    assert read.all("b") == []


def test_several_digests_are_one_page_with_a_title_of_its_own() -> None:
    shown = [(written("too_few"), PNG), (written("phases"), PNG)]
    read = Read(pages(shown, WORDS, EXPLANATION))
    assert read.text("h1") == ["Weekberichten"]
    assert read.text("h2") == [
        "Weekbericht · week 30",
        "Per fase · kwartaal 2 van 2026",
        "Uitleg bij het weekbericht",
    ]
    assert len(read.all("article")) == len(read.all("img")) == 2


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_what_people_wrote_is_never_mark_up(text: str) -> None:
    lines = [f"{text}</title><script>", f"<b>{text}&amp;</b>"]
    digest = WrittenDigest(NOW, WEEKLY, "x", "\n".join(lines), True)
    read = Read(page(digest, None, WORDS, f"Uitleg\n\n<i>{text}"))
    assert read.text("h1") == lines[:1]
    assert read.text("p") == [lines[1], f"<i>{text}"]
    assert not {"script", "b", "i"} & {tag for tag, _ in read.seen}


def luminance(colour: str) -> float:
    """Give the relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    ]
    weights = (0.2126, 0.7152, 0.0722)
    return sum(w * part for w, part in zip(weights, linear, strict=True))


def test_all_colours_of_the_page_stand_out_from_its_paper() -> None:
    html = one()
    (paper,) = re.findall(r"background: (#\w{6});", html)
    inks = set(re.findall(r"#[0-9A-Fa-f]{6}\b", html)) - {paper}
    assert inks
    for ink in inks:
        light, dark = sorted((luminance(paper), luminance(ink)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_nothing_on_the_page_has_a_width_that_a_telephone_lacks() -> None:
    style = one().partition("<style>")[2].partition("</style>")[0]
    screen = style.partition("@media")[0]
    assert not re.search(r"(?<!max-)\bwidth: \d+(px|rem)", screen)
    assert "max-width: 40rem" in screen
    assert "overflow-wrap: break-word" in screen
