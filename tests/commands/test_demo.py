"""The demo plays through the command line, and its counts are what people did."""

import contextlib
import io
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.app.upkeep import take_stock
from bot.cli import LANGUAGE, main
from bot.commands import demo
from bot.commands.demo.department import WeekDone
from bot.config import read_config
from bot.messages import Catalogue
from bot.outbox import WrittenDigest
from bot.terminal import Terminal

WEEKS = 4
WORDS = Catalogue.load()
NEWS = WrittenDigest("2026-W03", "weekly", "sozawe", "Balie 7,3.", has_news=True)
SILENT = WrittenDigest("2026-W04", "weekly", "sozawe", "Niets.", has_news=False)
SMALL = demo.Plan(weeks=2, contacts=300, walk_ins=40)


def words(key: str, language: str = "nl", **facts: object) -> str:
    return WORDS.text(f"staff.{key}", language, **facts)


def one_line(text: str) -> str:
    return " ".join(text.split())


@dataclass(frozen=True)
class Ran:
    """What one run printed, and what it left."""

    status: int
    text: str
    folder: Path


@pytest.fixture(scope="module", params=["nl", "en"])
def ran(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Ran]:
    """Play a month, once in each language of the staff."""
    folder = tmp_path_factory.mktemp("demo") / "kept"
    printed = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(printed):
        patch.setenv(LANGUAGE, request.param)
        patch.setenv("COLUMNS", "80")
        status = main(["demo", "--weeks", str(WEEKS), "--keep", str(folder)])
    return request.param, Ran(status, printed.getvalue(), folder)


def test_what_was_counted_is_what_people_did(ran: tuple[str, Ran]) -> None:
    language, run = ran
    assert run.status == 0
    assert one_line(words("played.agrees", language)) in one_line(run.text)


def test_it_prints_the_digest_as_it_was_sent(
    ran: tuple[str, Ran], capsys: pytest.CaptureFixture[str]
) -> None:
    _, run = ran
    assert main(["digest", "--print", "--config", str(run.folder / "config.yaml")]) == 0
    digest = capsys.readouterr().out
    assert one_line(digest) in one_line(run.text)


def test_it_fits_a_terminal_and_its_columns_stand_in_line(
    ran: tuple[str, Ran],
) -> None:
    language, run = ran
    lines = run.text.splitlines()
    # A path is printed whole, however long.
    assert [ln for ln in lines if len(ln) > 80 and str(run.folder) not in ln] == []
    labels = [
        *(WORDS.text(f"digest.disposition.{end}", language) for end in DISPOSITIONS),
        *(words(f"played.{key}", language) for key in ("funnel", "asked", "check")),
    ]
    rows = [ln for ln in lines if any(ln.startswith(f"{one}  ") for one in labels)]
    assert len(rows) == len(labels)
    assert {len(row) for row in rows} == {78}


DISPOSITIONS = ("not_drawn", "not_opened", "no_reply", "refused", "complete")


async def test_what_is_kept_can_be_opened(ran: tuple[str, Ran]) -> None:
    _, run = ran
    stock = await take_stock(read_config(run.folder / "config.yaml"))
    assert stock is not None
    assert [file.is_sound for file in stock.files] == [True, True]
    assert (stock.last_opening, list(stock.live)) == ("2026-W06", ["sozawe"])
    assert (list(stock.pending), list(stock.unsettled)) == ([], [])
    assert len(list((run.folder / "lists").iterdir())) == 2 * WEEKS


def test_nothing_of_it_is_kept_unless_one_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["demo", "--weeks", "1"]) == 0
    assert list(tmp_path.iterdir()) == []
    assert words("played.gone") in one_line(capsys.readouterr().out)


@pytest.mark.parametrize("part", ["lists", "config.yaml"])
def test_it_writes_over_nothing(
    tmp_path: Path, part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / part).touch()
    assert main(["demo", "--keep", str(tmp_path)]) == 1
    assert str(tmp_path / part) in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [part]


@pytest.mark.parametrize("weeks", ["0", "-1", "half"])
def test_it_takes_a_number_of_weeks(
    weeks: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["demo", f"--weeks={weeks}"])
    assert ended.value.code == 2
    assert weeks in capsys.readouterr().err


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> demo.Played:
    told: list[WeekDone] = []
    played = demo.play(tmp_path_factory.mktemp("small"), "nl", SMALL, told.append)
    assert played.agrees
    assert [week.week for week in told] == ["2026-W03", "2026-W04"]
    return played


def test_a_difference_is_said_and_fails(
    played: demo.Played,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lost = replace(played, in_box=played.in_box - 1)
    monkeypatch.setattr(demo, "play", lambda *_: lost)
    assert main(["demo"]) == 1
    said = words("played.differs", weeks="–")
    assert said in one_line(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ([NEWS], ["digest", NEWS]),
        ([SILENT], ["digest", SILENT]),
        ([NEWS, SILENT], ["digest-before", NEWS, "digest", SILENT]),
        ([NEWS, SILENT, SILENT], ["digest-before", NEWS, "digest", SILENT]),
    ],
)
def test_a_digest_without_figures_comes_after_the_last_that_has_them(
    played: demo.Played, sent: list[WrittenDigest], shown: list[str | WrittenDigest]
) -> None:
    text = demo.Report(WORDS, "nl", replace(played, digests=tuple(sent))).text()
    lines = [
        words(f"played.{one}") if isinstance(one, str) else f"  {one.text}"
        for one in shown
    ]
    assert text.endswith("\n\n" + "\n".join(lines))


def test_a_terminal_gets_a_bar_that_is_gone_at_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    terminal = Terminal(WORDS, "nl")
    terminal.progress(1, 2, "half", "one line")
    terminal.progress(2, 2, "whole", "another")
    half, whole = "#" * 20 + "-" * 20, "#" * 40
    out = capsys.readouterr().out
    assert out == f"\r[{half}] half\r[{whole}] whole\r\033[K"
