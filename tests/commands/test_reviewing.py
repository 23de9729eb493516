"""How far remarks have come is counted for staff, and what they say is not."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import main
from bot.commands.setup import Wishes, make
from bot.messages import Catalogue
from bot.outbox import WEEKLY, WrittenDigest
from bot.reviews import Decision, Lot, Place
from storage import open_stores
from tests.contracts.ports import opening, remark

WORDS = Catalogue.load()
WEEK = "2026-W30"
TEXTS = tuple(f"Gezegd {n}." for n in range(5))


def said(key: str, **facts: object) -> str:
    return WORDS.text(f"staff.said.{key}", "nl", **facts)


@pytest.fixture
def config(tmp_path: Path) -> str:
    make(tmp_path / "new", Wishes("14 023"))
    return str(tmp_path / "new" / "config.yaml")


async def review(config: str, decisions: int) -> None:
    """Let an opening bring out remarks, publish five, and have some looked at."""
    stores = await open_stores(Path(config).parent / "data")
    await stores.ballots.begin(await stores.sessions.epoch())
    epoch = await stores.ballots.epoch()
    done = opening(
        WEEK,
        waiting=(),
        batches=(),
        digests=(
            WrittenDigest(WEEK, WEEKLY, "sozawe", "Weekbericht", True, "", TEXTS),
        ),
        remarks=(
            *(remark(n) for n in range(12)),
            replace(remark(40, "telefoon"), is_approved=True),
        ),
        lots=(Lot(WEEK, "sozawe", 12, 11),),
        remarks_destroyed=14,
    )
    await stores.ballots.open_box(epoch, epoch, lambda _: done)
    for message in range(decisions):
        place = Place(-5, message)
        await stores.reviews.put_on_screen(place, 9**6, lambda _: 0)
        is_named = message % 5 == 0
        decision = Decision.NAMED if is_named else Decision.SHOW
        await stores.reviews.decide(place, decision)
    await stores.close()


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str]]:
    status = main([*words])
    printed = capsys.readouterr()
    return status, (printed.out + printed.err).splitlines()


def began(config: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "deeds", "--config", config)[0] == 0


def test_before_there_is_a_remark_that_is_said(
    config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    began(config, capsys)
    assert run(capsys, "remarks", "--config", config) == (0, [said("no-remarks")])


def test_where_nothing_is_stored_that_is_said(
    tmp_path: Path, config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    other = tmp_path / "empty" / "config.yaml"
    other.write_bytes(Path(config).read_bytes())
    status, lines = run(capsys, "remarks", "--config", str(other))
    assert status == 1
    assert "answers.db" in " ".join(lines)


def test_remarks_are_counted_by_survey_and_never_quoted(
    config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    began(config, capsys)
    asyncio.run(review(config, 10))

    status, lines = run(capsys, "remarks", "--config", config)

    assert status == 0
    assert " ".join(lines) == " ".join(
        [
            said("remarks", flow="sozawe", unreviewed=2, approved=8, published=5),
            said("remarks", flow="telefoon", unreviewed=0, approved=1, published=0),
            said("remarks-withheld", count=11),
            said("remarks-destroyed", count=14),
            said("remarks-named", named=2, decided=10),
        ]
    )
    assert "2 van 10 opmerkingen bevatten nog een naam." in lines
    assert "Gezegd" not in " ".join(lines)


def test_of_nine_it_is_not_told_how_many_named_somebody(
    config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    began(config, capsys)
    asyncio.run(review(config, 9))
    _, lines = run(capsys, "remarks", "--config", config)
    assert not any("bevatten nog een naam" in line for line in lines)


def test_the_digest_is_printed_with_its_remarks_below_it(
    config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    began(config, capsys)
    asyncio.run(review(config, 0))
    status, lines = run(capsys, "digest", "--print", "--config", config)
    assert (status, lines) == (
        0,
        [
            "Weekbericht",
            "",
            "Opmerkingen van mensen die meededen:",
            *(f"- {text}" for text in TEXTS),
        ],
    )
