"""An export on disk: whole or not at all, from what was released and nothing else."""

import asyncio
import zipfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import App, alone
from bot.audit.traces import People, scan
from bot.cli import main
from bot.commands.exporting import Wanted, export
from bot.commands.setup import Wishes, make
from bot.config import Installation
from bot.decisions import Deed, NewBaseline
from bot.errors import InputError
from bot.messages import Catalogue
from tests.doubles.canaries import files_in
from tests.doubles.installation import Clock, installation_in, opened, shipped_flows
from tests.doubles.person import Person
from tests.doubles.places import quick_folder

FLOWS = shipped_flows()
ANSWERS = ("Ja, ik doe mee", "7", "8", "Eens", "Helemaal eens")
OTHERS = ("Ja, ik doe mee", "6", "Geen contact gehad", "Oneens", "Eens")
WORDS = Catalogue.load()
PEOPLE = tuple(2**51 + 7919 * number for number in range(40))
"""Long enough never to stand anywhere by chance."""


@pytest.fixture
def quick_path(tmp_path: Path) -> Iterator[Path]:
    with quick_folder(tmp_path) as folder:
        yield folder


async def answer(app: App, first: int, last: int) -> None:
    for number in range(first, last):
        person = Person(app.service, f"telegram:{PEOPLE[number]}")
        await person.opens("e_sozawe")
        await person.taps(*(OTHERS if number % 3 else ANSWERS))


@asynccontextmanager
async def released(folder: Path) -> AsyncIterator[tuple[App, Installation]]:
    """Open one week of 24 people, and leave five more answers in the box."""
    clock, installation = Clock(), installation_in(folder)
    async with opened(installation, clock, FLOWS["sozawe"]) as app:
        await answer(app, 0, 24)
        await app.opening.open(clock(), app.week)
        clock.turn(hours=1)
        await answer(app, 24, 29)
        log = app.stores.decisions
        await log.set_baseline(NewBaseline(app.week, "sozawe", "counter", "Verhuisd"))
        await log.note(Deed(app.week, "Meer stoelen bij de balie"))
        yield app, installation


async def write(
    installation: Installation, archive: Path | None, a4: Path | None = None
) -> None:
    await export(installation, Wanted(archive, a4), WORDS, "nl")


async def test_an_export_is_made_while_the_bot_is_at_work_and_takes_no_key(
    quick_path: Path,
) -> None:
    out = quick_path / "out"
    out.mkdir()
    archive, page = out / "export.zip", out / "a4.html"
    async with released(quick_path) as (_, installation):
        for key in installation.keys.iterdir():
            key.chmod(0)
        with alone(installation):
            await write(installation, archive, page)
    with zipfile.ZipFile(archive) as packed:
        assert packed.testzip() is None
        assert packed.namelist() == sorted(packed.namelist())
        rows = packed.read("antwoorden.csv").decode("utf-8-sig").splitlines()
        assert "Verhuisd" in packed.read("besluiten.csv").decode()
        assert "Meer stoelen" in packed.read("gedaan.csv").decode()
    [sixes] = [row for row in rows if ";counter;" in row and row.endswith(";6;16;24")]
    assert "walk_in" in sixes
    assert "Meer stoelen" in page.read_text("utf-8")
    assert {name for name, _ in files_in(out)} == {"export.zip", "a4.html"}


async def test_the_same_history_gives_the_same_bytes(quick_path: Path) -> None:
    first, second = quick_path / "first.zip", quick_path / "second.zip"
    async with released(quick_path) as (app, installation):
        await write(installation, first)
        # What waits is in nothing.
        await answer(app, 29, 35)
        await write(installation, second)
    assert first.read_bytes() == second.read_bytes()


async def test_nobody_is_in_an_export(quick_path: Path) -> None:
    out = quick_path / "out"
    out.mkdir()
    async with released(quick_path) as (_, installation):
        await write(installation, out / "export.zip", out / "a4.html")
    with zipfile.ZipFile(out / "export.zip") as packed:
        packed.extractall(out / "unpacked")
    assert scan(out, People(PEOPLE)) == []


async def test_an_export_waits_for_who_is_writing(quick_path: Path) -> None:
    archive = quick_path / "export.zip"
    async with released(quick_path) as (app, installation):
        async with app.stores.lock:
            task = asyncio.create_task(write(installation, archive))
            await asyncio.sleep(0.2)
            assert not archive.exists()
        await task
    assert archive.exists()


async def test_nothing_is_written_over(quick_path: Path) -> None:
    archive, page = quick_path / "export.zip", quick_path / "a4.html"
    page.write_text("van een ander")
    async with released(quick_path) as (_, installation):
        with pytest.raises(InputError, match="file-exists"):
            await write(installation, archive, page)
        # Neither is written where one of them cannot be.
        assert not archive.exists()
        await write(installation, archive)
        await write(installation, None, quick_path / "another.html")
        before = archive.read_bytes()
        with pytest.raises(InputError, match="file-exists"):
            await write(installation, archive)
    assert archive.read_bytes() == before
    assert page.read_text() == "van een ander"


async def test_what_cannot_be_made_is_said(quick_path: Path) -> None:
    installation, clock = installation_in(quick_path), Clock()
    page = quick_path / "a4.html"
    with pytest.raises(InputError, match="export-what"):
        await write(installation, None)
    with pytest.raises(InputError, match="no-such-file"):
        await write(installation, quick_path / "export.zip")
    assert not installation.data.exists()
    async with opened(installation, clock, FLOWS["sozawe"]) as app:
        with pytest.raises(InputError, match="nothing-released"):
            await write(installation, None, page)
        with pytest.raises(InputError, match="cannot-write"):
            await write(installation, quick_path / "nowhere" / "export.zip")
        await app.stores.archive.publish(FLOWS["telefoon"], app.week)
        with pytest.raises(InputError, match="export-which-flow"):
            await write(installation, None, page)
        for name, code in (("journey", "flow-not-live"), ("telefoon", "released")):
            wanted = Wanted(a4=page, flow=name)
            with pytest.raises(InputError, match=code):
                await export(installation, wanted, WORDS, "nl")
    assert not page.exists()


def test_the_command_line_exports_an_empty_installation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path / "here", Wishes("14 023", language="en"))
    config = ["--config", str(tmp_path / "here" / "config.yaml")]
    archive = tmp_path / "export.zip"
    assert main(["export", *config]) == 1
    assert "polsslag export FILE.zip" in capsys.readouterr().err
    page = str(tmp_path / "a4.html")
    for mistaken in ([page], ["--a4", str(archive)]):
        assert main(["export", *mistaken, *config]) == 1
        assert "polsslag export FILE.zip" in capsys.readouterr().err
    assert main(["export", str(archive), *config]) == 0
    assert "Read LEESMIJ.txt" in " ".join(capsys.readouterr().out.split())
    assert main(["export", str(archive), *config]) == 1
    assert "exists already" in capsys.readouterr().err
    dutch = tmp_path / "nl.zip"
    assert main(["export", str(dutch), "--language", "nl", *config]) == 0
    for path, said in ((archive, "THE RULES"), (dutch, "DE REGELS")):
        with zipfile.ZipFile(path) as packed:
            assert said in packed.read("LEESMIJ.txt").decode()
            assert len(packed.read("antwoorden.csv").splitlines()) == 1
    assert main(["export", "--a4", page, *config]) == 1
    assert "no figures of this survey" in capsys.readouterr().err
