"""Sheets on disk: what holds codes is private, and a poster is made of what is live."""

import asyncio
import os
import re
import shutil
import stat
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.app import open_app
from bot.cli import main
from bot.commands.printing import last_whole_day, mailing_of, write_sheets
from bot.commands.setup import Wishes, make
from bot.config import Config, read_config
from bot.core.flow import Phase
from bot.decisions import Deed
from bot.errors import InputError
from bot.messages import Catalogue
from bot.sheets import Invited, cards, entry_cards, letters, poster
from tests.sheets.test_sheets import ENTRANCE, LANGUAGES, MAILING

WORDS = Catalogue.load()
ROWS = [
    Invited(f"R-{n}", Phase.INTAKE, language, f"https://t.me/b?start=i_{code}", code)
    for n, (language, code) in enumerate(
        [("nl", "BCDFGHJK"), ("ar", "MNPRSTVW"), ("tr", "XYZBCDFG")]
    )
]
NAMES = (
    "brieven-vernietig-uiterlijk-2026-12-02.html",
    "kaartjes-vernietig-uiterlijk-2026-12-02.html",
)

Print = Callable[..., int]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    make(folder, Wishes("14 023", "vragen_bot"))
    return folder


@pytest.fixture
def printed(site: Path) -> Print:
    def printed(name: str, out: Path, *more: str) -> int:
        words = ["entry", "print", name, "--out", str(out), *more]
        return main([*words, "--config", str(site / "config.yaml")])

    return printed


def edit(site: Path, old: str, new: str) -> None:
    path = site / "config.yaml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def written(folder: Path, *rows: Invited) -> tuple[Path, ...]:
    return write_sheets(folder, rows, MAILING, WORDS, "nl")


def test_what_holds_codes_is_for_one_person_and_says_when_it_has_to_go(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "new" / "sheets"
    files = written(folder, *ROWS)
    assert files == tuple(folder / name for name in NAMES)
    assert sorted(folder.iterdir()) == sorted(files)
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    texts = [path.read_text("utf-8") for path in files]
    assert texts == [make(ROWS, MAILING, WORDS, "nl") for make in (letters, cards)]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_written_over_and_it_is_both_or_neither(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text("of another day")
    with pytest.raises(InputError, match="file-exists"):
        written(tmp_path, *ROWS)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "of another day"


def test_where_nobody_was_drawn_there_is_nothing_to_print(tmp_path: Path) -> None:
    assert written(tmp_path / "sheets") == ()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(InputError, match="cannot-write"):
        written(tmp_path / "file" / "sheets", *ROWS)
    (tmp_path / "dangling").symlink_to(tmp_path / "gone" / "away")
    with pytest.raises(InputError, match="cannot-write"):
        written(tmp_path / "dangling", *ROWS)


def test_a_folder_that_takes_no_file_is_said() -> None:
    with pytest.raises(InputError, match="cannot-write"):
        written(Path("/proc"), *ROWS)


def test_half_a_file_does_not_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="cannot-write"):
        written(tmp_path, *ROWS)
    assert list(tmp_path.iterdir()) == []


def test_the_last_day_is_the_last_whole_one_where_the_clients_are() -> None:
    zone = ZoneInfo("Europe/Amsterdam")
    noon = datetime(2026, 12, 16, 11, tzinfo=UTC)
    late = datetime(2026, 12, 16, 23, 30, tzinfo=UTC)
    assert last_whole_day(noon, zone) == date(2026, 12, 15)
    assert last_whole_day(late, zone) == date(2026, 12, 16)
    config = Config.model_validate(
        {
            "phone": "14 023",
            "municipality": "Gemeente Haarlem",
            "telegram": {"bot": "haarlem_polsslag_bot"},
        }
    )
    assert mailing_of(config, noon, date(2026, 12, 2)) == MAILING


def test_a_poster_is_made_of_the_entry_and_its_live_survey(
    site: Path, printed: Print, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(site, 'municipality: ""', 'municipality: "Gemeente Haarlem"')
    sheet = tmp_path / "balie.html"
    assert printed("balie", sheet) == 0
    assert str(sheet) in capsys.readouterr().out
    link = "https://t.me/vragen_bot?start=e_balie"
    entrance = replace(ENTRANCE, link=link)
    assert sheet.read_text("utf-8") == poster(entrance, WORDS, "nl")
    assert printed("balie", sheet, "--cards") == 0
    assert sheet.read_text("utf-8") == entry_cards(entrance, WORDS, "nl")
    assert main(["entries", "--config", str(site / "config.yaml")]) == 0
    assert link in capsys.readouterr().out


def test_what_was_done_stands_on_the_poster_when_that_is_asked(
    site: Path, printed: Print, tmp_path: Path
) -> None:
    sheet = tmp_path / "balie.html"

    async def note(*texts: str) -> None:
        async with open_app(read_config(site / "config.yaml")) as app:
            for text in texts:
                await app.stores.decisions.note(Deed("2026-W30", text))

    assert printed("balie", sheet, "--deeds") == 0
    assert sheet.read_text("utf-8").count("<i></i>") == 3
    asyncio.run(note("Meer stoelen bij de balie", "Wij bellen terug"))
    assert printed("balie", sheet) == 0
    assert "stoelen" not in sheet.read_text("utf-8")
    assert printed("balie", sheet, "--deeds") == 0
    assert set(re.findall("<li>(.*)</li>", sheet.read_text("utf-8"))) == {
        "Meer stoelen bij de balie",
        "Wij bellen terug",
    }


def test_what_cannot_be_printed_is_said(
    site: Path, printed: Print, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(name: str, out: str = "a.html", *more: str) -> str:
        assert printed(name, tmp_path / out, *more) == 1
        return capsys.readouterr().err

    assert refused("hal") == said("no-such-entry", name="hal", known="balie")
    path = str(tmp_path / "a.pdf")
    assert refused("balie", "a.pdf") == said("not-a-page", path=path, example="a")
    assert refused("balie", "a.html", "--cards", "--deeds") == said("deeds-on-cards")
    nowhere = str(tmp_path / "no" / "a.html")
    assert refused("balie", "no/a.html") == said("cannot-write", path=nowhere)
    edit(site, "    flow: ", '    flow: "telefoon" # ')
    assert refused("balie") == said("flow-not-live", name="telefoon")
    edit(site, '"vragen_bot"', '""')
    assert refused("balie") == said("no-bot-name")
    config = (site / "config.yaml").read_text("utf-8")
    before, _, after = config.partition("\nentries:\n")
    rest = after[after.index("\ndigest:") :]
    (site / "config.yaml").write_text(before + rest, "utf-8")
    assert refused("balie") == said("no-entries")
    assert not (tmp_path / "a.html").exists()


def said(code: str, **facts: object) -> str:
    text = WORDS.text(f"staff.error.{code}", "nl", **facts)
    return WORDS.text("staff.error-line", "nl", text=text) + "\n"


QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-pdf-header-footer",
]
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
LONG = "Gemeenschappelijke regeling Sociale Zaken van vijf gemeenten"
"""As many letters as a municipality may have."""


@pytest.mark.soak
@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
def test_every_sheet_is_one_page_of_a4_in_a_browser(tmp_path: Path) -> None:
    bot = "a" * 29 + "bot"
    many = [
        Invited("R" * 30, Phase.INTAKE, language, f"https://t.me/{bot}?start=i_{c}", c)
        for language in LANGUAGES
        for c in ("BCDFGHJK", "MNPRSTVW", "XYZBCDFG")
    ]
    mailing = replace(MAILING, municipality=LONG, bot=bot, phone="0800-1234567 gratis")
    entrance = replace(
        ENTRANCE,
        municipality=LONG,
        link=f"https://t.me/{bot}?start=e_{'x' * 32}",
        one_in=1000,
        phone="0800-1234567 gratis",
    )
    deeds = ["Een lang verhaal over wat wij deden. " * 8] * 3
    pages = {
        letters(many, mailing, WORDS, "nl"): 12,
        cards(many, mailing, WORDS, "nl"): 2,
        poster(entrance, WORDS, "nl"): 1,
        poster(entrance, WORDS, "nl", deeds): 1,
        entry_cards(entrance, WORDS, "nl"): 1,
    }
    assert {text: printed_pages(tmp_path, text) for text in pages} == pages


def printed_pages(folder: Path, text: str) -> int:
    page, pdf = folder / "page.html", folder / "page.pdf"
    page.write_text(text, "utf-8")
    assert BROWSER is not None
    profile = f"--user-data-dir={folder / 'profile'}"
    subprocess.run(
        [BROWSER, *QUIET, profile, f"--print-to-pdf={pdf}", page.as_uri()],
        check=True,
        capture_output=True,
        timeout=60,
    )
    content = pdf.read_bytes()
    pdf.unlink()
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)
    assert {(round(float(w)), round(float(h))) for w, h in boxes} == {(595, 842)}
    return len(re.findall(rb"/Type /Page\b", content))
