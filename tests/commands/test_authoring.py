"""A survey begins from one that works, under its own name and signed by nobody."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import main
from bot.commands import authoring
from bot.commands.authoring import Schemas, begin, read_languages, templates
from bot.errors import InputError
from bot.flowfiles import Loaded, load_flow, load_scales
from bot.messages import spoken
from bot.shipped import shipped_flows

ROOT = Path(__file__).parents[2]
EVERY = spoken("client")
TEMPLATES = [template.name for template in templates()]
SCHEMAS = Schemas("{}", "{}")


def comment(*, name: str, template: str) -> str:
    return f"{name} uit {template}\n\nen verder"


def loaded(path: Path) -> Loaded:
    return load_flow(path, load_scales(path.parent / "scales.yaml"))


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, as somebody does who begins."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("languages", [("nl",), ("nl", "ar"), EVERY])
@pytest.mark.parametrize("template", TEMPLATES)
def test_each_copy_works_and_nobody_has_signed_it(
    here: Path, template: str, languages: tuple[str, ...]
) -> None:
    path = begin(here / "flows", "balie", template, languages, comment, SCHEMAS)
    flow, warnings = loaded(path)
    assert (flow.flow, flow.languages) == ("balie", languages)
    rules = [issue.rule for issue in warnings]
    assert rules.count("not-reviewed") == 1
    assert ("unchecked-translation" in rules) == (len(languages) > 1)
    assert rules.count("missing-translation") == 0
    # It has the words that the examples may use with it.
    assert rules.count("hard-word") == 0
    original = loaded(shipped_flows() / f"{template}.yaml").flow
    assert [q.label["nl"] for q in flow.questions] == [
        q.label["nl"] for q in original.questions
    ]


def test_with_every_language_only_the_name_differs_from_the_example(here: Path) -> None:
    path = begin(here, "balie", "sozawe", EVERY, comment, SCHEMAS)
    made = loaded(path).flow.model_dump()
    example = loaded(shipped_flows() / "sozawe.yaml").flow.model_dump()
    assert made | {"flow": "", "languages": ()} == example | {
        "flow": "",
        "languages": (),
    }


def test_what_stood_on_top_is_replaced_by_what_is_to_be_done(here: Path) -> None:
    path = begin(here, "balie", "sozawe", ["nl"], comment, SCHEMAS)
    assert path.read_text("utf-8").splitlines()[:5] == [
        "# yaml-language-server: $schema=flow.schema.json",
        "# balie uit sozawe",
        "#",
        "# en verder",
        "spec: 1",
    ]


def test_signatures_of_the_example_are_not_taken_along(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = here / "shipped"
    shipped.mkdir()
    text = (shipped_flows() / "sozawe.yaml").read_text("utf-8")
    signed = text.replace('by: ""', "by: de raad").replace(
        "\nintro:",
        '\nreviewed: {by: "De raad", on: 2026-01-15}\n'
        "checked:\n"
        '  en: {by: "Ann", on: 2026-01-15}\n'
        "intro:",
    )
    (shipped / "sozawe.yaml").write_text(signed, "utf-8")
    for name in ("scales.yaml", "woorden.txt"):
        (shipped / name).write_bytes((shipped_flows() / name).read_bytes())
    monkeypatch.setattr(authoring, "shipped_flows", lambda: shipped)

    path = begin(here / "new", "balie", "sozawe", EVERY, comment, SCHEMAS)

    rules = [issue.rule for issue in loaded(path).warnings]
    assert rules.count("not-reviewed") == 1
    assert rules.count("unchecked-translation") == 1
    assert rules.count("unsigned-waiver") == 1
    assert "raad" not in path.read_text("utf-8").replace("Participatieraad", "")
    assert "Ann" not in path.read_text("utf-8")


def test_a_file_holds_the_same_bytes_on_every_machine(here: Path) -> None:
    path = begin(here, "balie", "sozawe", EVERY, comment, SCHEMAS)
    for file in here.iterdir():
        assert b"\r" not in file.read_bytes()
        assert not file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "شكرًا" in path.read_text("utf-8")


def test_what_kladblok_makes_of_a_file_is_read_all_the_same(here: Path) -> None:
    path = begin(here, "balie", "sozawe", EVERY, comment, SCHEMAS)
    before = loaded(path).flow
    for file in here.glob("*.yaml"):
        edited = file.read_text("utf-8").replace("\n", "\r\n")
        file.write_bytes(b"\xef\xbb\xbf" + edited.encode())
    assert loaded(path).flow == before


def test_nothing_is_written_over(here: Path) -> None:
    (here / "balie.yaml").write_text("mijn werk")
    (here / "scales.yaml").write_text("mijn schalen")
    (here / "woorden.txt").write_text("mijn woorden")
    with pytest.raises(InputError, match="file-exists"):
        begin(here, "balie", "sozawe", ["nl"], comment, SCHEMAS)
    begin(here, "loket", "sozawe", ["nl"], comment, SCHEMAS)
    assert (here / "balie.yaml").read_text() == "mijn werk"
    assert (here / "scales.yaml").read_text() == "mijn schalen"
    assert (here / "woorden.txt").read_text() == "mijn woorden"


@pytest.mark.parametrize(
    ("name", "example"),
    [
        ("Balie", "balie"),
        ("Aan de balie.yaml", "aan_de_balie"),
        ("café-loket", "cafe_loket"),
        ("2e_loket", "vragen_2e_loket"),
        ("../balie", "balie"),
        ("شكرا", "vragen"),
        ("scales", "vragen_scales"),
        ("con", "vragen_con"),
        ("lpt1", "vragen_lpt1"),
        ("a" * 33, "a" * 32),
    ],
)
def test_a_name_that_will_not_do_is_mended(here: Path, name: str, example: str) -> None:
    with pytest.raises(InputError, match="flow-name") as refused:
        begin(here, name, "sozawe", ["nl"], comment, SCHEMAS)
    assert refused.value.facts == {"name": name, "example": example}
    assert list(here.iterdir()) == []
    begin(here, example, "sozawe", ["nl"], comment, SCHEMAS)


def test_an_example_that_is_not_there_is_said(here: Path) -> None:
    with pytest.raises(InputError, match="no-such-template") as refused:
        begin(here, "balie", "scales", ["nl"], comment, SCHEMAS)
    assert refused.value.facts["known"] == ", ".join(TEMPLATES)


def test_a_folder_that_cannot_be_made_is_said(here: Path) -> None:
    (here / "flows").write_text("geen map")
    with pytest.raises(InputError, match="cannot-write"):
        begin(here / "flows", "balie", "sozawe", ["nl"], comment, SCHEMAS)


def test_dutch_is_always_among_the_languages() -> None:
    assert read_languages("") == ("nl",)
    assert read_languages(" TR, ar,tr") == ("nl", "tr", "ar")
    with pytest.raises(InputError, match="no-such-language"):
        read_languages("en,de")


def test_the_schema_lies_beside_it_or_in_the_docs_of_a_checkout(here: Path) -> None:
    (here / "docs").mkdir()
    (here / "docs" / "flow.schema.json").write_text("{}")
    path = begin(here / "flows", "balie", "sozawe", ["nl"], comment, SCHEMAS)
    first = path.read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../docs/flow.schema.json"
    assert not (here / "flows" / "flow.schema.json").exists()


def test_without_a_name_it_says_what_there_is(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new"]) == 0
    said = capsys.readouterr().out
    assert all(f"  {name} " in said for name in TEMPLATES)
    assert list(here.iterdir()) == []


def test_it_lands_where_the_surveys_are(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["new", "balie"]) == 0
    assert str(Path("flows", "balie.yaml")) in capsys.readouterr().out
    assert main(["new", "loket", "--from", "telefoon"]) == 0
    (here / "config.yaml").write_text('phone: "14 023"\nflows: elders\n')
    assert main(["new", "hal", "--languages", "en"]) == 0
    monkeypatch.chdir(here / "flows")
    assert main(["new", "gang"]) == 0
    made = {str(path.relative_to(here)) for path in here.rglob("*.yaml")}
    assert made == {"config.yaml"} | {
        str(Path(folder, f"{name}.yaml"))
        for folder, names in (
            ("flows", ("balie", "loket", "gang", "scales")),
            ("elders", ("hal", "scales")),
        )
        for name in names
    }
    assert main(["new", "x", "--config", "weg.yaml"]) == 1
    for meant in ([], ["."], ["gang"], ["gang.yaml"], ["../flows/gang.yaml"]):
        assert main(["check", *meant]) == 0
    monkeypatch.chdir(here)
    (here / "config.yaml").unlink()
    for meant in ([], ["balie"], ["balie.yaml"], ["flows"]):
        assert main(["check", *meant]) == 0
    for lost in ("weg", "elders/weg", "weg/balie"):
        assert main(["check", lost]) == 1


def test_a_window_that_lacks_a_letter_shows_another_sign(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    begin(here / "flows", "balie", "sozawe", ["nl", "ar"], comment, SCHEMAS)
    path = here / "flows" / "balie.yaml"
    text = path.read_text("utf-8").replace('"لا، شكرًا"', f'"{"لا" * 13}"')
    path.write_text(text, "utf-8")
    monkeypatch.setattr(sys, "stdout", screen)
    assert main(["check", str(path)]) == 0
    screen.seek(0)
    assert "????" in screen.read()


def test_what_belongs_where_the_bot_runs_is_refused_on_windows(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert main(["publish", "balie"]) == 1
    assert "polsslag publish" in capsys.readouterr().err


_AS_ON_WINDOWS = """
import sys
# What comes from elsewhere knows where it really is; what is ours is told otherwise.
import aiosmtplib, aiosqlite, asyncio, ctypes, langdetect, nacl.bindings, pydantic
import subprocess, telegram.request, tempfile, yaml
sys.platform = "win32"
for name in ("fcntl", "grp", "pwd", "resource", "termios", "tty"):
    sys.modules[name] = None
from bot.cli import main
raise SystemExit(main())
"""


def test_what_is_made_on_windows_needs_nothing_that_windows_lacks(here: Path) -> None:
    def typed(*words: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-c", _AS_ON_WINDOWS, *words],
            cwd=here,
            env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "cp1252"},
            capture_output=True,
            check=False,
        )
        return done.returncode, (done.stdout + done.stderr).decode("cp1252")

    code, said = typed("new", "balie", "--languages", "ar")
    assert code == 0, said
    code, said = typed("check", str(Path("flows", "balie.yaml")))
    assert code == 0, said
    code, said = typed("print", "balie")
    assert code == 0, said
    assert "شكرًا" in (here / "balie.html").read_text("utf-8")
    code, said = typed("schema")
    assert code == 0, said
    code, said = typed("run")
    assert (code, "polsslag run" in said) == (1, True)
