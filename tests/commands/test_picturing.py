"""The digests of the newest opening become files: one page, and the pictures."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.ballots import Opening
from bot.cli import main
from bot.commands import picturing
from bot.config import Installation, read_config
from bot.core.weeks import week_after
from bot.messages import Catalogue
from bot.outbox import PHASES, WEEKLY, WrittenDigest
from bot.picture import WIDTH, Picture, Text
from tests.doubles.installation import Clock, opened, shipped_flows

SOZAWE = shipped_flows()["sozawe"]
WORDS = Catalogue.load()
DRAWN = Picture(WIDTH, 205, "Grafiek.", (Text(52, 92, "Balie", 58),)).to_json()
NEWS = WrittenDigest("", WEEKLY, "sozawe", "Weekbericht", True, DRAWN)
OTHER = replace(NEWS, flow="telefoon")
BY_PHASE = replace(NEWS, kind=PHASES, text="Per fase")
SILENT = WrittenDigest("", WEEKLY, "klantmanager", "Weekbericht", False)


def said(key: str, **facts: object) -> str:
    return WORDS.text(f"staff.said.{key}", "nl", **facts)


@pytest.fixture(autouse=True)
def pen(monkeypatch: pytest.MonkeyPatch) -> None:
    async def plot(picture: str) -> bytes:
        return b"PNG of " + picture.encode()

    monkeypatch.setattr(picturing, "plot_apart", plot)


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    path = tmp_path / "config.yaml"
    path.write_text('phone: "14 023"\ndigest:\n  earlier: ["Balie 2012: 7,2"]\n')
    return read_config(path)


def told(installation: Installation, digests: Sequence[WrittenDigest]) -> None:
    """Let an opening leave these digests behind."""

    async def fill() -> None:
        async with opened(installation, Clock(), SOZAWE) as app:
            week = week_after(app.week, -1)
            dated = tuple(replace(digest, week=week) for digest in digests)
            done = Opening(week, (), (), b"sums", dated, (), 0)
            epoch = await app.stores.ballots.epoch()
            await app.stores.ballots.open_box(epoch, epoch, lambda _: done)

    asyncio.run(fill())


def run(installation: Installation, *words: str) -> int:
    path = installation.folder / "config.yaml"
    return main(["digest", *words, "--config", str(path)])


def test_all_digests_are_one_page(
    installation: Installation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(installation, (NEWS, SILENT))
    file = tmp_path / "week.html"

    assert run(installation, "--html", str(file)) == 0

    html = file.read_text("utf-8")
    assert "<h1>Weekberichten</h1>" in html
    assert html.count("<article>") == 2
    assert html.count("<img") == 1
    assert "<li>Balie 2012: 7,2</li>" in html
    assert capsys.readouterr().out == said("page-written", path=file) + "\n"


def test_one_picture_is_in_the_file_that_was_named(
    installation: Installation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(installation, (NEWS, SILENT))
    file = tmp_path / "week.png"

    assert run(installation, "--png", str(file)) == 0

    assert file.read_bytes() == b"PNG of " + DRAWN.encode()
    assert capsys.readouterr().out == said("picture-written", path=file) + "\n"


def test_several_pictures_are_named_by_what_they_are_of(
    installation: Installation, tmp_path: Path
) -> None:
    told(installation, (NEWS, BY_PHASE, OTHER))

    assert run(installation, "--png", str(tmp_path / "week.png")) == 0

    assert sorted(file.name for file in tmp_path.glob("*.png")) == [
        "week-sozawe-phases.png",
        "week-sozawe.png",
        "week-telefoon.png",
    ]


def test_where_nothing_is_drawn_there_is_no_picture(
    installation: Installation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(installation, (SILENT,))

    assert run(installation, "--png", str(tmp_path / "week.png")) == 0

    assert list(tmp_path.glob("*.png")) == []
    assert capsys.readouterr().out == said("no-picture") + "\n"


def test_a_file_that_cannot_be_written_is_named(
    installation: Installation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(installation, (NEWS,))
    file = tmp_path / "nowhere" / "week.html"

    assert run(installation, "--html", str(file)) == 1

    assert str(file) in capsys.readouterr().err


def test_the_page_for_the_post_is_the_same_page(
    installation: Installation, tmp_path: Path
) -> None:
    told(installation, (NEWS,))
    file = tmp_path / "week.html"
    run(installation, "--html", str(file))

    page = picturing.page_for(WORDS, installation.config.digest)
    assert page(NEWS, b"PNG of " + DRAWN.encode()) == file.read_text("utf-8")


def test_without_earlier_surveys_there_is_nothing_of_them(
    installation: Installation,
) -> None:
    settings = installation.config.digest.model_copy(update={"earlier": ()})
    assert "Eerdere onderzoeken" not in picturing.page_for(WORDS, settings)(NEWS, None)
