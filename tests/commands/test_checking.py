"""polsslag check: every issue of a folder, for people and for machines."""

import json
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

from bot.cli import main
from bot.commands.checking import check
from bot.commands.explaining import RareWord, explain
from bot.errors import InputError
from bot.shipped import shipped_flows

TODAY = date(2026, 1, 15)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("POLSSLAG_LANGUAGE", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    return Path(shutil.copytree(shipped_flows(), tmp_path / "flows"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def line_of(path: Path, piece: str) -> int:
    text = path.read_text(encoding="utf-8")
    return text[: text.index(piece)].count("\n") + 1


def rules(folder: Path, name: str = "") -> list[tuple[str, str]]:
    issues = check(folder / name, TODAY).issues
    return [(Path(issue.path).stem, issue.rule) for issue in issues]


def test_the_shipped_flows_have_no_error_and_each_warning_is_that_nobody_agreed(
    folder: Path,
) -> None:
    found = check(folder, TODAY)
    assert (found.files, found.errors) == (5, 0)
    assert {rule for _, rule in rules(folder)} == {
        "not-reviewed",
        "unchecked-translation",
        "unsigned-waiver",
    }


def test_a_phase_is_missed_in_a_whole_folder_that_can_be_read(folder: Path) -> None:
    for path in folder.glob("*.yaml"):
        if path.stem != "scales":
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(", after_award", ""), encoding="utf-8")
    change(folder / "klantmanager.yaml", "phases: [intake]", "phases: [intake]")
    assert ("journey", "phase-coverage") in rules(folder)
    assert ("journey", "phase-coverage") not in rules(folder, "journey.yaml")
    change(folder / "telefoon.yaml", "spec: 1", "spec: 2")
    assert ("journey", "phase-coverage") not in rules(folder)


def test_a_folder_with_scales_alone_lacks_no_phase(folder: Path) -> None:
    for path in folder.glob("*.yaml"):
        if path.stem != "scales":
            path.unlink()
    assert rules(folder) == []


def test_faults_of_the_scales_and_of_the_words_come_alone(folder: Path) -> None:
    change(folder / "woorden.txt", "klantmanager\n", "klant manager\n")
    assert rules(folder) == [("woorden", "word-list")]
    assert [flow.texts for flow in explain(folder, TODAY)] == [(), (), (), ()]
    change(folder / "scales.yaml", "spec: 1", "spec: 2")
    assert rules(folder) == [("scales", "wrong-value")]


def test_what_is_not_there_cannot_be_checked(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no-such-file"):
        check(tmp_path / "none.yaml", TODAY)


def test_an_error_makes_the_exit_status_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 0
    assert "Fouten: 0. Waarschuwingen: 9. Bestanden: 5." in capsys.readouterr().out
    change(folder / "sozawe.yaml", "spec: 1", "spec: 2")
    assert main(["check", "flows/sozawe.yaml"]) == 1
    printed = capsys.readouterr().out
    line = line_of(folder / "sozawe.yaml", "spec: 2")
    assert f"flows/sozawe.yaml:{line}:7  FOUT  wrong-value\n" in printed
    assert "\033" not in printed


@pytest.mark.parametrize(
    ("name", "value", "has_colours"),
    [("TERM", "xterm", True), ("TERM", "dumb", False), ("NO_COLOR", "1", False)],
)
def test_colours_are_for_a_terminal_that_takes_them(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    has_colours: bool,
) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    main(["check", "flows/sozawe.yaml"])
    printed = capsys.readouterr().out
    line = line_of(folder / "sozawe.yaml", "spec: 1")
    coloured = (
        f"\033[1mflows/sozawe.yaml:{line}:1\033[0m  \033[33mLET OP\033[0m  not-reviewed"
    )
    assert (coloured in printed) == has_colours
    assert ("\033" in printed) == has_colours


def test_json_has_every_issue_with_its_place_and_its_words(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(folder / "journey.yaml", "scale: agree_4", "scale: agree4")
    assert main(["check", "flows/journey.yaml", "--format", "json"]) == 1
    read = json.loads(capsys.readouterr().out)
    issues = read.pop("issues")
    assert read == {"format": 1, "files": 1, "errors": 1, "warnings": 2}
    assert issues[-1] == {
        "file": "flows/journey.yaml",
        "line": line_of(folder / "journey.yaml", "agree4"),
        "column": 12,
        "level": "error",
        "rule": "unknown-scale",
        "says": 'Deze schaal ken ik niet: "agree4". Bedoelde u "agree_4"?',
        "fix": "Kies uit: rapportcijfer, agree_4, journey_3, yes_no_na. "
        "Een nieuwe schaal zet u in scales.yaml.",
    }


def test_a_workflow_shows_each_issue_at_its_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(folder / "journey.yaml", "scale: agree_4", 'scale: "100%,:"')
    assert main(["check", "flows/journey.yaml", "--format", "github"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition("::Z")[0][:9] for line in lines] == [
        "::warning",
        "::warning",
        "::error f",
    ]
    line = line_of(folder / "journey.yaml", "100%")
    assert lines[-1].startswith(
        f"::error file=flows/journey.yaml,line={line},col=12,title=unknown-scale::"
        'Deze schaal ken ik niet: "100%25,:".%0AZo lost u het op: Kies uit: '
    )


def test_each_text_is_explained_and_each_language(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flow = folder / "journey.yaml"
    change(flow, 'en: "How did this step of your application go?"', 'en: ""')
    long = " ".join(["stap"] * 16)
    change(flow, "Hoe ging deze stap van uw aanvraag?", f"De consulent kapen {long}?")
    change(flow, "Hoe ging de medewerker bij deze stap met u om?", "Bejegenig, adieus?")
    main(["check", "flows/journey.yaml", "--explain"])
    printed = capsys.readouterr().out
    title = line_of(flow, 'nl: "Een stap')
    label = line_of(flow, "De consulent")
    for line in (
        f"flows/journey.yaml\n  regel {title}  title\n    5 woorden: Een stap van uw ",
        f"  regel {label}  questions.step.label\n    19 woorden, dat is lang: De ",
        "    zeldzaam woord: Bejegenig. Het staat niet in de lijst van gewone woorden",
        "  taal nl: staat in het menu\n"
        "  taal en: staat niet in het menu\n"
        f"    want flows/journey.yaml:{label + 1} heeft missing-translation",
    ):
        assert line in printed
    main(["check", "flows/journey.yaml", "--explain", "--format", "json"])
    [explained] = json.loads(capsys.readouterr().out)["flows"]
    assert explained["languages"][1] == {
        "language": "en",
        "offered": False,
        "detected": "words",
        "because": [
            {
                "file": "flows/journey.yaml",
                "line": label + 1,
                "rule": "missing-translation",
            }
        ],
    }
    assert explained["texts"][0] == {
        "name": "title",
        "line": title,
        "sentences": [{"text": "Een stap van uw aanvraag", "words": 5}],
        "rare": [],
    }


def test_a_language_that_is_not_told_by_its_words_is_explained(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(folder / "journey.yaml", "languages: [nl, en", "languages: [nl, ti, ku, en")
    main(["check", "flows/journey.yaml", "--explain"])
    printed = capsys.readouterr().out
    for line in (
        "  taal nl: staat in het menu\n  taal ti: ",
        "    typt een klant in deze taal, dan herkent de bot alleen het schrift\n"
        "  taal ku: ",
        "    typt een klant in deze taal, dan herkent de bot dat niet: de klant kiest "
        "de taal zelf in het menu\n  taal en: ",
    ):
        assert line in printed


def test_what_cannot_be_read_is_not_explained(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(folder / "journey.yaml", "spec: 1", "spec: 2")
    main(["check", "flows/journey.yaml", "--explain"])
    assert capsys.readouterr().out.startswith(
        "flows/journey.yaml: dit bestand is nog niet te lezen."
    )


def test_a_flow_with_errors_is_explained_and_a_rare_word_with_its_frequency(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flow = folder / "journey.yaml"
    change(flow, "scale: agree_4", "scale: agree4")
    change(flow, "Hoe ging deze stap van uw aanvraag?", "Was de stap adequaat?")
    change(flow, 'nl: "Een stap van uw aanvraag"', 'nl: ""')
    explained = {flow.path: flow for flow in explain(Path("flows"), TODAY)}
    texts = {text.name: text for text in explained["flows/journey.yaml"].texts}
    [rare] = texts["questions.step.label"].rare
    assert rare == RareWord("adequaat", rare.frequency)
    assert rare.frequency == pytest.approx(3.02)
    assert "title" not in texts
    main(["check", "flows/journey.yaml", "--explain"])
    printed = capsys.readouterr().out
    assert "adequaat. De frequentie (Zipf) is 3,0, een gewoon woord" in printed
