"""A survey on paper is what clients see, in every language, and says who agreed."""

import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.cli import LANGUAGE, main
from bot.commands.proofing import read_proof, sheet, write_proof
from bot.errors import FlowError, InputError
from bot.flowfiles import load_folder
from bot.messages import Catalogue, spoken
from bot.paper import RIGHT_TO_LEFT
from bot.proof import Sheet, proof
from bot.service import walk
from tests.doubles.installation import SHIPPED

WORDS = Catalogue.load()
DAY = date(2026, 1, 15)
NAMES = list(load_folder(SHIPPED))


class Page(HTMLParser):
    """Gathers what a reader meets: elements, and the words inside them."""

    VOID = frozenset({"meta", "br"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[tuple[str, str]] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1][0] != "style":
            languages = [attrs["lang"] for _, attrs in self.open if "lang" in attrs]
            self.said.append((str(languages[-1]), " ".join(data.split())))

    @property
    def text(self) -> str:
        return "\n".join(words for _, words in self.said)


@pytest.fixture
def flows(tmp_path: Path) -> Path:
    folder = tmp_path / "flows"
    folder.mkdir()
    for path in SHIPPED.glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


Edit = Callable[..., None]


@pytest.fixture
def edit(flows: Path) -> Edit:
    def edit(old: str, new: str, name: str = "sozawe") -> None:
        path = flows / f"{name}.yaml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return edit


def made(folder: Path, name: str = "sozawe", language: str = "nl") -> Sheet:
    return sheet(read_proof(folder, name), WORDS, language, "14 023", DAY)


def say(key: str, to: str = "nl", /, **facts: object) -> str:
    return WORDS.text(f"staff.proof.{key}", to, **facts)


@pytest.mark.parametrize("name", NAMES)
def test_all_that_a_client_sees_is_on_the_page(flows: Path, name: str) -> None:
    read = read_proof(flows, name)
    page = Page(proof(made(flows, name)))
    for language in read.flow.languages:
        heard = [words for of, words in page.said if of == language]
        if language == "nl":  # what tells of the page is Dutch as well
            heard = [words for _, words in page.said]
        views = walk(WORDS, "14 023", read.flow, language)
        texts = [view.text for view in views]
        texts.append(WORDS.text("client.closing", language, phone="14 023"))
        if read.flow.remark:
            texts.append(read.flow.remark.label[language])
        for text in texts:
            for line in filter(None, text.split("\n")):
                assert " ".join(line.split()) in heard
        for key in (key for view in views for row in view.rows for key in row):
            assert key.label in heard


def test_it_is_one_file_that_needs_nothing_and_does_nothing(flows: Path) -> None:
    text = proof(made(flows))
    page = Page(text)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "form", "button"}
    assert not re.search(r"https?:|url\(|@import|src=|href=|\son\w+=", text)
    assert text.startswith("<!DOCTYPE html>\n")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_who_reads_it_aloud_knows_where_they_are(flows: Path, language: str) -> None:
    page = Page(proof(made(flows, language=language)))
    assert page.elements[0] == ("html", {"lang": language})
    headings = [tag for tag, _ in page.elements if re.fullmatch(r"h\d", tag)]
    assert headings[0] == "h1"
    assert headings.count("h1") == 1
    assert set(headings[1:]) == {"h2", "h3"}
    named = {attrs["id"] for tag, attrs in page.elements if tag == "h2"}
    sections = [attrs for tag, attrs in page.elements if tag == "section"]
    assert {attrs["aria-labelledby"] for attrs in sections} == named
    for tag, attrs in page.elements:
        if tag != "html" and "lang" in attrs:
            is_rtl = attrs["lang"] in RIGHT_TO_LEFT
            assert attrs["dir"] == ("rtl" if is_rtl else "ltr")
    assert {lang for lang, _ in page.said} == {"nl", "en", "ar", "tr"}


def test_nobody_has_agreed_until_somebody_did(flows: Path, edit: Edit) -> None:
    nobody = say("nobody")
    facts = dict(made(flows).facts)
    assert facts[say("fact.reviewed")] == nobody
    for language in ("en", "ar", "tr"):
        name = say("fact.checked", language=say(f"language.{language}"))
        assert facts[name] == nobody
    edit(
        "\nintro:",
        '\nreviewed: {by: "De <werkgroep>", on: 2026-01-05}\n'
        'checked: {ar: {by: "Amal", on: 2026-02-01}, tr: {by: "Ayse"}}\nintro:',
    )
    facts = dict(made(flows).facts)
    assert facts[say("fact.reviewed")] == "De <werkgroep>, 5-1-2026"
    checked = {
        language: facts[say("fact.checked", language=say(f"language.{language}"))]
        for language in ("en", "ar", "tr")
    }
    assert checked == {"en": nobody, "ar": "Amal, 1-2-2026", "tr": nobody}
    assert "De &lt;werkgroep&gt;" in proof(made(flows))


def test_a_language_that_is_not_complete_is_named_and_not_shown(
    flows: Path, edit: Edit
) -> None:
    edit('    tr: "Hayır, teşekkürler"\n', "")
    shown = made(flows)
    assert [column.language for column in shown.columns] == ["nl", "en", "ar"]
    turkish = say("fact.checked", language=say("language.tr"))
    assert dict(shown.facts)[turkish] == say("unfinished")


@pytest.mark.parametrize(
    ("condition", "key", "facts"),
    [
        ("at_most: 5", "at-most", {"high": 5, "short": "Balie", "number": 1}),
        ("at_least: 8", "at-least", {"low": 8, "short": "Balie", "number": 1}),
        (
            "at_least: 3, at_most: 6",
            "between",
            {"low": 3, "high": 6, "short": "Balie", "number": 1},
        ),
        ("is: 1", "is", {"choice": "1", "short": "Balie", "number": 1}),
    ],
)
def test_a_branch_is_said_in_words(
    flows: Path, edit: Edit, condition: str, key: str, facts: dict[str, object]
) -> None:
    scale = "    scale: agree_4\n"
    edit(scale, f"{scale}    only_if: {{question: counter, {condition}}}\n")
    about = [scene.about[0] for scene in made(flows).scenes[1:5]]
    always = say("branch.always")
    assert about == [always, always, say(f"branch.{key}", **facts), always]


def test_a_branch_on_a_choice_names_its_button(flows: Path, edit: Edit) -> None:
    condition = "only_if: {question: kind_and_efficient, is: disagree}"
    last = "    scale: agree_4\n"
    edit(f"{last}\nremark", f"{last}    {condition}\n\nremark")
    short = "Vriendelijk en doelmatig geholpen"
    said = say("branch.is", choice="Oneens", number=3, short=short)
    assert made(flows).scenes[4].about[0] == said


def test_without_a_remark_there_is_none_on_the_page(flows: Path) -> None:
    path = flows / "sozawe.yaml"
    path.write_text(path.read_text("utf-8").partition("\nremark:")[0], "utf-8")
    titles = [scene.title for scene in made(flows).scenes]
    assert say("scene.remark") not in titles
    assert len(titles) == 8


def test_one_language_stands_alone_on_a_sheet_upright(flows: Path, edit: Edit) -> None:
    assert "size: A4 landscape" in proof(made(flows))
    path = flows / "sozawe.yaml"
    text = path.read_text("utf-8")
    # What is not among the languages may not be there: empty it is not there yet.
    path.write_text(re.sub(r'^( +(?:en|tr)): ".*"$', r'\1: ""', text, flags=re.M))
    edit("languages: [nl, en, ar, tr]", "languages: [nl, en, tr, ar]")
    path.write_text(
        re.sub(r'^( +ar):\n +".*"$', r'\1: ""', path.read_text(), flags=re.M)
    )
    one = made(flows)
    assert [column.language for column in one.columns] == ["nl"]
    text = proof(one)
    assert "size: A4;" in text
    assert 'class="whole alone"' in text


def test_every_language_of_clients_has_a_name_for_staff() -> None:
    for language in ("nl", "en"):
        names = {say(f"language.{code}", language) for code in spoken("client")}
        assert len(names) == len(spoken("client"))


def test_the_command_writes_where_it_is_told(
    flows: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["print", "sozawe"]) == 0
    assert "sozawe.html" in capsys.readouterr().out
    before = (tmp_path / "sozawe.html").read_text("utf-8")
    assert main(["print", "sozawe", "a.htm"]) == 0
    assert (tmp_path / "a.htm").read_text("utf-8") == before
    monkeypatch.setenv(LANGUAGE, "en")
    assert main(["print", "sozawe"]) == 0
    assert 'lang="en"' in (tmp_path / "sozawe.html").read_text("utf-8")
    assert main(["print", "weg"]) == 1
    (tmp_path / "config.yaml").write_text('phone: "030 123"\nlanguage: nl\n')
    assert main(["print", "telefoon"]) == 0
    page = (tmp_path / "telefoon.html").read_text("utf-8")
    assert 'lang="nl"' in page
    assert "030 123" in page
    assert "https://example.nl/praat" not in page
    with (tmp_path / "config.yaml").open("a") as file:
        file.write('round_table: {page: "https://example.nl/praat"}\n')
    assert main(["print", "telefoon"]) == 0
    page = (tmp_path / "telefoon.html").read_text("utf-8")
    # At the end of each of its languages.
    assert page.count("https://example.nl/praat") == 4


def test_where_there_are_no_surveys_those_that_come_along_are_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["print", "journey"]) == 0
    assert (tmp_path / "journey.html").is_file()


def test_a_slip_does_not_write_over_a_survey(flows: Path, tmp_path: Path) -> None:
    read = read_proof(flows, "sozawe")
    path = flows / "sozawe.yaml"
    before = path.read_bytes()
    with pytest.raises(InputError, match="not-a-page"):
        write_proof(path, read, WORDS, "nl", "14 023", DAY)
    assert path.read_bytes() == before
    nowhere = tmp_path / "no" / "a.html"
    with pytest.raises(InputError, match="cannot-write"):
        write_proof(nowhere, read, WORDS, "nl", "14 023", DAY)


def test_a_draft_with_errors_is_not_printed(flows: Path, edit: Edit) -> None:
    edit("scale: agree_4", "scale: agree_5")
    with pytest.raises(FlowError):
        read_proof(flows, "sozawe")
