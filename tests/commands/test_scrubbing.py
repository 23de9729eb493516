"""Staff can try what becomes of a remark."""

import io
import sys
from pathlib import Path

import pytest

from bot.cli import main
from bot.messages import Catalogue
from bot.scrub import LAYERS
from bot.scrub.names import NOBODY, name_layers

TEXT = "mevrouw Xolwemi belde niet terug\n"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def scrubbed(
    text: str, monkeypatch: pytest.MonkeyPatch, *words: str, status: int = 0
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    assert main(["scrub", *words]) == status


def configured(
    place: Path, mode: int = 0o600, roster: str = "Fee Anders # balie\n"
) -> Path:
    (place / "staff.txt").write_text(roster)
    (place / "staff.txt").chmod(mode)
    config = place / "config.yaml"
    config.write_text('phone: "14 000"\nremarks:\n  roster: "staff.txt"\n')
    return config


def test_a_text_is_printed_without_its_data(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scrubbed(TEXT, monkeypatch)
    assert capsys.readouterr().out == "mevrouw [NAAM] belde niet terug\n"


def test_each_line_can_be_a_remark_and_each_piece_explained(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"{TEXT}\nalles ging goed\nxolwemi bqaza\n"
    scrubbed(text, monkeypatch, "--lines", "--explain", "--language", "nl")
    says = Catalogue.load().bound("nl")
    nothing = says("staff.scrub.found-nothing")
    # However wide the window is that it was wrapped for.
    assert " ".join(capsys.readouterr().out.split()) == " ".join(
        " ".join(
            (
                "mevrouw [NAAM] belde niet terug",
                "[NAAM] Xolwemi (achter een aanspreektitel)",
                f"alles ging goed {nothing}",
                f"{says('staff.scrub.too_little')} {nothing}",
            )
        ).split()
    )


def test_nothing_to_read_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scrubbed(" \n", monkeypatch)
    assert "polsslag scrub" in capsys.readouterr().out


def test_the_roster_is_that_of_the_configuration(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    config = configured(place)
    for words in ([], ["--config", str(config)]):
        scrubbed("ik zag fee anders bij jullie", monkeypatch, *words)
        assert capsys.readouterr().out == "ik zag [NAAM] bij jullie\n"


@pytest.mark.parametrize(
    ("mode", "roster", "code"),
    [
        (0o644, "Fee\n", "roster-readable-by-others"),
        (0o600, "\n", "roster-file-empty"),
    ],
)
def test_a_roster_that_cannot_be_used_is_said(
    mode: int,
    roster: str,
    code: str,
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    configured(place, mode, roster)
    scrubbed(TEXT, monkeypatch, status=1)
    said = Catalogue.load().text(
        f"staff.error.{code}", "nl", path=str(Path("staff.txt"))
    )
    assert said in capsys.readouterr().err


def test_a_roster_that_is_not_there_is_said(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    config = configured(place)
    (place / "staff.txt").unlink()
    scrubbed(TEXT, monkeypatch, "--config", str(config), status=1)
    assert "staff.txt" in capsys.readouterr().err


def test_what_is_no_text_is_refused_without_being_quoted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = io.TextIOWrapper(io.BytesIO(b"Jansen \xff\xfe"), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", raw)
    assert main(["scrub"]) == 1
    said = capsys.readouterr()
    assert "Jansen" not in said.err + said.out


def test_every_layer_has_its_words() -> None:
    keys = Catalogue.load().keys("staff")
    names = [name for name, _ in (*LAYERS, *name_layers("nl", NOBODY))]
    assert sorted(f"staff.scrub.layer.{name}" for name in names) == sorted(
        key for key in keys if key.startswith("staff.scrub.layer.")
    )
