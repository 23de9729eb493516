"""The documents say what is so: each thing has its heading, and each link an end."""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.cli import LANGUAGE, main
from bot.config import Config, EntryPoint, read_config
from bot.core.questions import Choice, Grade
from bot.messages import Catalogue
from bot.yamlfile import Plain, read_file

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
README = (ROOT / "README.md").read_text("utf-8")
EXAMPLE = ROOT / "config.example.yaml"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]

_FENCE = re.compile(r"^ *```.*?^ *```", re.M | re.S)
_HEADING = re.compile(r"^#+ (.+)$", re.M)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def headings(page: Path) -> list[str]:
    return _HEADING.findall(_FENCE.sub("", page.read_text("utf-8")))


def anchors(page: Path) -> set[str]:
    """Give what a link can point at, made of headings as a web page does."""
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings(page))
    return {heading.replace(" ", "-") for heading in plain}


def settings(model: type[BaseModel], before: str = "") -> Iterator[str]:
    """Name every setting, with a point between the parts of its name."""
    for attribute, field in model.model_fields.items():
        name = field.alias or attribute
        kind = field.annotation
        if name == "entries":
            yield name
            yield from settings(EntryPoint, "entries.")
        elif isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from settings(kind, f"{name}.")
        else:
            yield before + name


def named_in(value: Plain, before: str = "") -> Iterator[str]:
    """Name every setting that a configuration fills in."""
    if not isinstance(value, dict):
        yield before
        return
    if before == "entries":
        yield before
        [value] = value.values()
        assert isinstance(value, dict)
    for key, inner in value.items():
        yield from named_in(inner, f"{before}.{key}".lstrip("."))


def keys_of(path: str) -> set[str]:
    keys = Catalogue.load().keys("staff")
    before = f"staff.{path}."
    return {key.removeprefix(before) for key in keys if key.startswith(before)}


def test_every_command_has_its_heading() -> None:
    commands = keys_of("command") - {"program"}
    found = [h for h in headings(DOCS / "commands.md") if h.startswith("polsslag ")]
    assert {h.removeprefix("polsslag ") for h in found} == commands
    assert len(found) == len(commands)


@pytest.mark.parametrize("command", sorted(keys_of("command") - {"program"}))
def test_every_option_of_a_command_stands_under_its_heading(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    page = (DOCS / "commands.md").read_text("utf-8")
    section = page.partition(f"\n## polsslag {command}\n")[2].partition("\n## ")[0]
    said = set(re.findall(r"--[a-z-]+", section))
    # These two are explained once, above all of them.
    assert said - {"--config"} == options - {"--config", "--help"}


def test_every_setting_has_its_heading_and_stands_in_the_example() -> None:
    wanted = list(settings(Config))
    assert headings(DOCS / "settings.md")[1:] == wanted
    assert sorted(named_in(read_file(EXAMPLE).value)) == sorted(wanted)


def test_the_example_is_what_a_configuration_is_without_one() -> None:
    usual = Config(phone="14 000").model_dump()
    example = read_config(EXAMPLE).config.model_dump()
    telling = {"entries": {"balie": EntryPoint(flow="sozawe").model_dump()}}
    secrets = {
        "telegram": usual["telegram"] | {"token_file": Path("token")},
        "mail": usual["mail"] | {"password_file": Path("mail-password")},
    }
    assert example == usual | telling | secrets


def test_the_example_holds_no_secret() -> None:
    assert not re.search(r"\d{5,}:[\w-]{20,}", EXAMPLE.read_text("utf-8"))


def test_every_error_has_its_heading() -> None:
    page = (DOCS / "errors.md").read_text("utf-8")
    found = re.findall(r"^### (.+)$", page, re.M)
    assert sorted(found) == sorted(keys_of("error"))


def test_every_type_of_question_has_its_heading() -> None:
    found = headings(DOCS / "flows.md")
    for kind in (Grade, Choice):
        assert kind.model_fields["type"].default in found


def test_every_line_of_the_log_is_explained() -> None:
    page = (DOCS / "operating.md").read_text("utf-8")
    sources = [path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py")]
    events = {
        event
        for source in sources
        for event in re.findall(r'\b_log\.\w+\(\s*"([^"]+)"', source)
    }
    assert len(events) >= 5
    assert [event for event in sorted(events) if f" {event}" not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in _LINK.findall(_FENCE.sub("", page.read_text("utf-8"))):
        if link.startswith("https://"):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name) if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, new = set[Path](), {ROOT / "README.md"}
    while new:
        page = new.pop()
        reached.add(page)
        for link in _LINK.findall(page.read_text("utf-8")):
            target = (page.parent / link.partition("#")[0]).resolve()
            found = target.glob("*.md") if target.is_dir() else [target]
            new |= {path for path in found if path.suffix == ".md"} - reached
    assert {page.resolve() for page in PAGES} <= reached


def test_a_decision_says_when_it_was_taken() -> None:
    pages = sorted((DOCS / "decisions").glob("*.md"))
    assert len(pages) >= 6
    for page in pages:
        title, blank, date, *_ = page.read_text("utf-8").splitlines()
        assert title.startswith("# ")
        assert blank == ""
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", date)


def test_what_the_documents_tell_to_make_can_be_made() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    told = {
        target
        for page in PAGES
        for target in re.findall(r"(?:^ +|`|&& )make ([a-z]+)", page.read_text(), re.M)
    }
    assert {"demo", "install", "test"} <= told <= targets


def test_what_the_documents_tell_to_do_are_commands() -> None:
    told = {
        command
        for page in PAGES
        for command in re.findall(
            r"(?:^ +|\$ |`|bin/)polsslag ([a-z]+)", page.read_text("utf-8"), re.M
        )
    }
    assert told <= keys_of("command")
    assert len(told) > 8


def test_the_conversation_in_the_readme_is_what_is_printed(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    [(words, shown)] = re.findall(
        r"^```console\n\$ polsslag ([^\n]+)\n(.*?)^```", README, re.M | re.S
    )
    typed = re.findall(r"^> (.*)$", shown, re.M)
    assert len(typed) == 7
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(LANGUAGE, "en")
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{t}\n" for t in typed)))
    assert main(words.split()) == 0
    assert capsys.readouterr().out.strip() == shown.strip()


def test_the_digest_in_the_readme_is_a_real_one() -> None:
    golden = ROOT / "tests" / "digest" / "golden" / "a_quarter.en.txt"
    digest = "\n".join(golden.read_text("utf-8").splitlines()[2:]).strip()
    assert f"```\n{digest}\n```" in README
