"""A flow is tried without a trace, and kept as a golden file when that is asked."""

import io
import sys
from pathlib import Path

import pytest

from bot.commands.publishing import read_draft
from bot.commands.trial import Trial, try_flow
from bot.config import RoundTable
from bot.errors import InputError
from bot.messages import Catalogue
from bot.shipped import shipped_flows
from tests.doubles.reading import Reader

JOURNEY = read_draft(shipped_flows(), "journey").flow


@pytest.fixture(autouse=True)
def keyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("a\nGood\nneutral\na\na\n"))


def inside(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_a_trial_can_be_kept_as_a_golden_conversation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.yaml"
    await try_flow(Trial(JOURNEY, "en", "14 023", kept, "What it shows"))
    assert "Question 3 of 3" in capsys.readouterr().out
    assert kept.read_text() == (
        "says: 'What it shows'\n"
        "flow: journey\n"
        "language: en\n"
        "remark: asked\n"
        "events:\n"
        "  - accept\n"
        "  - tap step=positive\n"
        "  - 'write \"neutral\"'\n"
        "  - tap next_step=strongly_disagree\n"
        "  - leave\n"
        "shows:\n"
        "  - intro\n"
        "  - ask step\n"
        "  - note step=positive, ask staff\n"
        "  - note staff=neutral, ask next_step\n"
        "  - note next_step=strongly_disagree, submit, ask remark\n"
        "  - submit remark, closing\n"
        "ends: remarked\n"
    )


async def test_a_trial_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    await try_flow(Trial(JOURNEY, "nl", "14 023"))
    assert inside(tmp_path) == []


async def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    kept = tmp_path / "kept.yaml"
    kept.write_text("mine")
    with pytest.raises(InputError, match="file-exists"):
        await try_flow(Trial(JOURNEY, "nl", "14 023", kept))
    assert kept.read_text() == "mine"


async def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot-write"):
        await try_flow(Trial(JOURNEY, "nl", "14 023", tmp_path / "no" / "kept.yaml"))


async def test_a_trial_scrubs_as_the_bot_does(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = "a\nGood\nneutral\na\nMr. Jansen was very kind to me.\na\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    await try_flow(Trial(JOURNEY, "en", "14 023"))
    assert "\nMr. [NAAM] was very kind to me.\n" in capsys.readouterr().out


async def test_a_trial_asks_for_a_remark_where_clients_are_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "a\nGood\nneutral\na\nThe queue was long.\na\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    kept = tmp_path / "kept.yaml"
    await try_flow(Trial(JOURNEY, "en", "14 023", kept, "What it shows"), Reader())
    said = kept.read_text()
    assert "remark: asked\n" in said
    assert said.endswith("ends: 'remarked, remark \"The queue was long.\"'\n")


async def test_a_trial_offers_the_round_table_as_the_bot_does(
    capsys: pytest.CaptureFixture[str],
) -> None:
    table = RoundTable(phone="023 1")
    await try_flow(Trial(JOURNEY, "nl", "14 023", round_table=table))
    offer = Catalogue.load().text("client.round_table.phone", "nl", phone="023 1")
    assert offer in capsys.readouterr().out
