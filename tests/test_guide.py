"""The guide for staff, done as it says: what it shows is what is printed.

`--update-golden` writes the screens anew.
"""

import asyncio
import io
import re
import sys
from pathlib import Path

import pytest

from bot.app import open_in_memory
from bot.cli import main
from bot.config import Config
from bot.dialogue import Played, Send
from bot.drafts import DraftFolder
from bot.messages import Catalogue
from bot.service import Rehearsals
from bot.yamlfile import read_file

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "nl" / "vragenlijst-maken.md"
TEXT = PAGE.read_text("utf-8")
LONGEST_SENTENCE = 17

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```\n", re.M | re.S)


class Keyboard(io.StringIO):
    """Somebody who sits there and says yes."""

    def isatty(self) -> bool:
        return True


class Reader:
    """Does what the page says, and writes down what comes of it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        self.before: str | None = None

    def follow(self, block: re.Match[str]) -> str:
        kind, text = block[1], block[2]
        match kind:
            case "console":
                text = self.types(text.splitlines()[0])
            case "yaml":
                self.edits(text)
            case "text":
                text = self.sees()
        return f"```{kind}\n{text}```\n"

    def types(self, line: str) -> str:
        words = line.removeprefix("$ polsslag ").split()
        if words[0] == "publish":
            new = self.folder / "flows" / "balie.yaml"
            (self.folder / "polsslag" / "flows" / "balie.yaml").write_bytes(
                new.read_bytes()
            )
        self.capsys.readouterr()
        main(words)
        ask = Catalogue.load().text("staff.confirm.ask", "nl")
        said = self.capsys.readouterr().out.replace(ask, f"{ask}j\n").strip()
        return f"{line}\n{said}\n"

    def edits(self, text: str) -> None:
        if self.before is None:
            self.before = text
            return
        path = self.folder / "flows" / "balie.yaml"
        whole = path.read_text("utf-8")
        assert whole.count(self.before) == 1, self.before
        path.write_text(whole.replace(self.before, text), "utf-8")
        self.before = None

    def sees(self) -> str:
        played = asyncio.run(self._asks())
        [first] = played.outputs
        assert isinstance(first, Send)
        rows = ["   ".join(f"[ {k.label} ]" for k in row) for row in first.view.rows]
        return "\n".join([first.view.text, "", *rows]) + "\n"

    async def _asks(self) -> Played:
        words = Catalogue.load()
        config = Config(phone="14 023")
        async with open_in_memory(config) as app:
            stage = app.service._stage
            rehearsals = Rehearsals(
                DraftFolder(self.folder / "flows", app.stores.archive),
                stage,
                app.clock,
                say=lambda key, **facts: words.text(
                    f"staff.desk.trial.{key}", "nl", **facts
                ),
                tell=str,
                nonce=lambda: "nonce",
                asks_remarks=lambda: False,
            )
            return await rehearsals.ask(1, "balie")


def test_what_the_guide_shows_is_what_is_printed(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", Keyboard("j\n"))
    assert main(["init", "polsslag", "--yes", "--phone", "14 023"]) == 0
    found = _BLOCK.sub(Reader(tmp_path, capsys).follow, TEXT)
    if request.config.getoption("--update-golden"):
        PAGE.write_text(found, "utf-8")
    else:
        assert found == TEXT


def test_it_leads_from_nothing_to_live_with_four_commands() -> None:
    typed = re.findall(r"^\$ polsslag (\w+)", TEXT, re.M)
    assert typed == ["new", "new", "check", "check", "print", "publish"]
    last = [text for kind, text in _BLOCK.findall(TEXT) if kind == "console"][-1]
    assert "balie staat live. Dit is versie 1." in last


def test_the_words_before_the_colon_are_those_of_a_question() -> None:
    table = TEXT.partition("woorden voor de dubbele punt")[2].partition("## ")[0]
    named = re.findall(r"^\| `(\w+)` ", table, re.M)
    assert named == ["name", "theme", "short", "label", "scale", "opt_out"]
    scales = read_file(ROOT / "flows" / "scales.yaml").value
    assert isinstance(scales, dict)
    for scale in scales["scales"]:
        assert f"`{scale}`" in table


def test_its_sentences_are_short() -> None:
    prose = re.sub(r"^\|.*$|^#.*$|^ {4}.*$", "", _BLOCK.sub("", TEXT), flags=re.M)
    prose = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", prose)
    sentences = re.split(r"(?<=[.?!:])\s+|\n", prose)
    long = [s for s in sentences if len(s.split()) > LONGEST_SENTENCE]
    assert long == []


def test_what_may_go_wrong_is_said_in_the_words_that_are_seen() -> None:
    seen = " ".join(Catalogue.load().texts("staff", "nl").values())
    for words in (
        "Ik ken geen vragenlijst",
        "Dit bestand kan ik niet lezen",
        "Ik vind geen configuratie",
        "Dit kan niet op Windows",
        "bestaat al",
    ):
        assert words in seen
        assert f"`{words}`" in TEXT
