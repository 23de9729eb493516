"""What was done with the results can be looked at, and taken back."""

import asyncio
from pathlib import Path

import pytest

from bot.cli import main
from bot.commands.setup import Wishes, make
from bot.decisions import Deed
from bot.messages import Catalogue
from storage import open_stores

WORDS = Catalogue.load()
DEEDS = [
    Deed("2026-W29", "Stoel bij de balie."),
    Deed("2026-W30", "Wij bellen dezelfde dag terug."),
]


def said(key: str, **facts: object) -> str:
    return WORDS.text(f"staff.{key}", "nl", **facts)


@pytest.fixture
def config(tmp_path: Path) -> str:
    make(tmp_path / "new", Wishes("14 023"))
    return str(tmp_path / "new" / "config.yaml")


async def note(config: str, *deeds: Deed) -> None:
    stores = await open_stores(Path(config).parent / "data")
    for deed in deeds:
        await stores.decisions.note(deed)
    await stores.close()


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str]]:
    status = main(["deeds", *words])
    printed = capsys.readouterr()
    return status, (printed.out + printed.err).splitlines()


def test_where_nothing_was_done_it_is_said_how_that_is_noted(
    config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "--config", config) == (0, [said("said.no-deeds")])


def test_deeds_are_shown_and_one_is_taken_back_by_what_is_shown(
    config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(note(config, *DEEDS))
    status, lines = run(capsys, "--config", config)
    assert (status, lines) == (0, [f"{deed.week} {deed.text}" for deed in DEEDS])

    words = lines[1].split()
    gone = said("said.deed-removed", week=DEEDS[1].week, text=DEEDS[1].text)
    assert run(capsys, "--config", config, "--remove", *words) == (0, [gone])
    assert run(capsys, "--config", config) == (0, [lines[0]])

    status, [refusal] = run(capsys, "--config", config, "--remove", *words)
    assert status == 1
    assert said("error.no-such-deed", week=DEEDS[1].week, text=DEEDS[1].text) in refusal


@pytest.mark.parametrize("words", [["2026-W30"], ["30", "Stoel"], ["Stoel", "erbij"]])
def test_what_names_no_deed_is_refused_with_an_example(
    config: str, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    status, [refusal] = run(capsys, "--config", config, "--remove", *words)
    assert status == 1
    assert said("error.deed-which") in refusal
