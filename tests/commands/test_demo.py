"""The demo plays through the command line, and its counts are what people did."""

import contextlib
import io
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.app import open_app
from bot.app.upkeep import take_stock
from bot.cli import LANGUAGE, main
from bot.commands import demo
from bot.commands.auditing import Given, audit_folder
from bot.commands.demo.department import WeekDone
from bot.commands.demo.remarks import NAMES, names_somebody
from bot.config import read_config
from bot.core.weeks import week_after
from bot.messages import Catalogue
from bot.outbox import MONTHLY, WEEKLY, WrittenDigest
from bot.shipped import shipped_schemas
from bot.terminal import Terminal
from tests.doubles.canaries import files_in, forms_of_text, found

WEEKS = 4
WORDS = Catalogue.load()
HALF_A_YEAR = tuple(week_after("2026-W03", number) for number in range(26))
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


def test_what_people_kept_was_reviewed_and_the_accounts_agree(
    ran: tuple[str, Ran],
) -> None:
    language, run = ran
    assert one_line(words("played.remarks-agree", language)) in one_line(run.text)
    rows = {
        key: next(line for line in run.text.splitlines() if line.startswith(label))
        for key in ("written", "kept", "reviewed")
        if (label := f"  {words(f'played.remark.{key}', language)}")
    }
    counts = {key: int(row.split()[-1]) for key, row in rows.items()}
    # Whom the draw chooses is real chance: in a month of bad luck none come to a lot.
    assert counts["written"] >= counts["kept"] >= counts["reviewed"]
    assert counts["kept"] > 0


def test_what_is_kept_names_nobody_and_has_no_finding(ran: tuple[str, Ran]) -> None:
    _, run = ran
    forms = [
        form
        for name in NAMES
        for written in (name, name.lower())
        for form in forms_of_text(written)
    ]
    assert found(files_in(run.folder), forms) == []
    assert not names_somebody(run.text)
    given = Given(run.folder / "data", run.folder / "keys")
    results = audit_folder(given, shipped_schemas())
    assert [one.key for one in results if one.level == "found"] == []


async def newest(folder: Path) -> Mapping[str, WrittenDigest]:
    """Give by kind what the newest opening sent."""
    async with open_app(read_config(folder / "config.yaml")) as app:
        return {one.kind: one for one in await app.stores.outbox.latest()}


async def test_it_prints_the_digest_as_it_was_sent(ran: tuple[str, Ran]) -> None:
    language, run = ran
    digest = (await newest(run.folder))[WEEKLY]
    above = words("played.digest", language)
    assert one_line(f"{above} {digest.text}") in one_line(run.text)


async def test_of_a_roll_up_it_prints_how_it_begins(ran: tuple[str, Ran]) -> None:
    language, run = ran
    # The fourth opening is the first one of a month.
    first, second, *others = (await newest(run.folder))[MONTHLY].text.splitlines()
    shown = [
        words("played.digest-monthly", language),
        f"  {first}",
        f"  {second}",
        f"  {words('played.more-lines', language, count=len(others))}",
    ]
    assert "\n".join(shown) in run.text


async def test_every_digest_is_in_the_files_that_it_names(
    ran: tuple[str, Ran],
) -> None:
    _, run = ran
    folder = run.folder / "digests"
    latest = await newest(run.folder)
    # The last week may have none, where too few answered; then the one before it has.
    pictures = sorted(folder.glob("weekly-*.png"))
    assert sorted(folder.iterdir()) == [
        folder / "digests.html",
        folder / "digests.txt",
        *pictures,
    ]
    for path in folder.iterdir():
        assert str(path) in run.text
    assert [path.read_bytes()[:4] for path in pictures] == [b"\x89PNG"]
    texts = (folder / "digests.txt").read_text("utf-8")
    assert texts.count("\n----\n") == WEEKS
    page = (folder / "digests.html").read_text("utf-8")
    for digest in latest.values():
        assert digest.text in texts
        assert f">{digest.text.splitlines()[0]}</h2>" in page


def test_of_too_few_weeks_it_says_that_nothing_fell_yet(ran: tuple[str, Ran]) -> None:
    language, run = ran
    said = words(
        "played.outcome.too_short",
        language,
        falls={"nl": "Balie", "en": "Counter"}[language],
        before=15,
        told_by=26,
    )
    assert one_line(said) in one_line(run.text)


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
    # The list of the week, who was drawn from it, and the protocol of the draw.
    assert len(list((run.folder / "lists").iterdir())) == 3 * WEEKS


def test_only_what_the_digests_said_is_kept_unless_one_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["demo", "--weeks", "1"]) == 0
    [left] = tmp_path.iterdir()
    assert left.name.startswith("polsslag-digests-")
    assert {path.suffix for path in left.iterdir()} <= {".html", ".txt", ".png"}
    said = capsys.readouterr().out
    assert str(left / "digests.html") in said
    assert words("played.gone") in one_line(said)


@pytest.mark.parametrize("part", ["lists", "digests", "config.yaml"])
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
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lost = replace(played, in_box=played.in_box - 1)
    monkeypatch.setattr(demo, "play", lambda *_: lost)
    assert main(["demo", "--keep", str(tmp_path)]) == 1
    said = words("played.differs", weeks="–")
    assert said in one_line(capsys.readouterr().out)


def test_a_remark_that_names_somebody_is_said_and_fails(
    played: demo.Played,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = replace(played.books.remarks, leaks=1, differing=["2026-W04"])
    leaky = replace(played, books=replace(played.books, remarks=told))
    monkeypatch.setattr(demo, "play", lambda *_: leaky)
    assert main(["demo", "--keep", str(tmp_path)]) == 1
    said = words("played.remarks-differ", weeks="2026-W04", leaks=1)
    assert said in one_line(capsys.readouterr().out)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_last_remarks_are_shown_as_the_digest_published_them(
    played: demo.Played, language: str
) -> None:
    [first, *others] = played.digests
    remarks = ("Het ging goed.", "Mevrouw [NAAM] was aardig.")
    shown = replace(played, digests=(replace(first, remarks=remarks), *others))
    text = demo.Report(WORDS, language, shown).text()
    lines = [
        words("played.remarks-shown", language, week=first.week[-2:].lstrip("0")),
        "  Opmerkingen van mensen die meededen:",
        *(f"  - {remark}" for remark in remarks),
    ]
    assert "\n".join(lines) in text


def test_a_digest_that_told_nothing_fails(
    played: demo.Played,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    deaf = replace(played, heard=replace(played.heard, weeks=HALF_A_YEAR))
    monkeypatch.setattr(demo, "play", lambda *_: deaf)
    assert main(["demo", "--keep", str(tmp_path)]) == 1
    said = words("played.outcome.missed", since=17, falls="Balie")
    assert said in one_line(capsys.readouterr().out)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_half_a_year_shows_what_was_planted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--keep", str(tmp_path)]) == 0
    said = one_line(capsys.readouterr().out)
    assert words("played.digest-told") in said
    assert words("played.digest-phases") in said
    assert len(list((tmp_path / "digests").glob("weekly-*.png"))) == 2


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
