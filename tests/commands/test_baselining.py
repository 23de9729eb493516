"""The nulmetingen are shown, and one can be set anew, with a reason."""

import asyncio
from pathlib import Path

import pytest

from bot.app import App, now, open_app
from bot.ballots import Opening
from bot.cli import main
from bot.config import Installation, read_config
from bot.core.weeks import iso_week, week_after
from bot.decisions import NewBaseline
from bot.messages import Catalogue
from tests.digest.examples import made_up
from tests.doubles.installation import Clock, opened, shipped_flows

SOZAWE = shipped_flows()["sozawe"]
REASON = "De balie is verhuisd naar de hal."
PHONE = "Bel 06 12345678."
MAIL = "Mail anna@example.nl."
BY_NAME = "reason-personal"


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    path = tmp_path / "config.yaml"
    path.write_text('phone: "14 023"\n')
    return read_config(path)


def with_history(installation: Installation, weeks: int) -> None:
    """Release twelve people a week, up to last week."""

    async def fill() -> None:
        async with opened(installation, Clock(), SOZAWE) as app:
            for number in range(weeks):
                week = week_after(app.week, number - weeks)
                await release(app, week, number)

    asyncio.run(fill())


async def release(app: App, week: str, seed: int) -> None:
    batch = made_up(seed, week, SOZAWE, 12, opted_out=0)
    done = Opening(week, (batch,), (), b"sums", (), (), 0)
    epoch = await app.stores.ballots.epoch()
    await app.stores.ballots.open_box(epoch, epoch, lambda _: done)


def run(installation: Installation, *words: str) -> int:
    path = installation.folder / "config.yaml"
    return main(["nulmeting", *words, "--config", str(path)])


def decisions(installation: Installation) -> list[NewBaseline]:
    async def look() -> list[NewBaseline]:
        async with open_app(installation) as app:
            return await app.stores.decisions.baselines()

    return asyncio.run(look())


def test_before_the_first_release_there_is_nothing_to_show(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    with_history(installation, 0)

    assert run(installation) == 0
    assert capsys.readouterr().out == (
        "Er zijn nog geen cijfers, dus ook geen nulmeting.\n"
    )


def test_a_nulmeting_is_shown_as_the_last_digest_told_it(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    with_history(installation, 13)

    assert run(installation) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(": ")[0] for line in lines] == [
        f"sozawe · {question.name} ({question.short['nl']}) · uitgenodigd"
        for question in SOZAWE.questions
    ]
    assert all("uit 156 antwoorden van 2026-W" in line for line in lines)


def test_one_that_runs_says_how_many_answers_it_has(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    with_history(installation, 2)

    run(installation)

    out = capsys.readouterr().out
    assert out.count("loopt nog, 24 antwoorden") == len(SOZAWE.questions)


def test_a_new_nulmeting_is_remembered_with_its_reason(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    with_history(installation, 13)

    words = ("set", "sozawe", "counter", "--reason", f"  {REASON} ", "--yes")
    assert run(installation, *words) == 0

    [decision] = decisions(installation)
    week = iso_week(now(), installation.config.digest.zone)
    assert decision == NewBaseline(week, "sozawe", "counter", REASON)
    capsys.readouterr()
    run(installation)
    assert f"Reden: {REASON}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("set", "sozawe", "counter"), "nulmeting-what"),
        (("set", "sozawe", "--reason", REASON), "nulmeting-what"),
        (("set", "balie", "counter", "--reason", REASON), "flow-not-live"),
        (("set", "sozawe", "desk", "--reason", REASON), "no-such-question"),
        (("set", "sozawe", "counter", "--reason", "Zomaar"), "reason-length"),
        (("set", "sozawe", "counter", "--reason", "lang " * 40), "reason-length"),
        (("set", "sozawe", "counter", "--reason", f"{REASON} {PHONE}"), BY_NAME),
        (("set", "sozawe", "counter", "--reason", f"{REASON} {MAIL}"), BY_NAME),
    ],
)
def test_what_is_not_clear_changes_nothing(
    installation: Installation,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    code: str,
) -> None:
    with_history(installation, 0)

    assert run(installation, *words, "--yes") == 1

    assert decisions(installation) == []
    said = Catalogue.load().texts("staff", "nl")[f"error.{code}"]
    printed = capsys.readouterr()
    assert said.partition("{")[0] in printed.err
    assert "begint" not in printed.out


def test_it_is_asked_first(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    with_history(installation, 0)

    assert run(installation, "set", "sozawe", "counter", "--reason", REASON) == 1

    assert decisions(installation) == []
    assert "begint na deze week opnieuw" in capsys.readouterr().out
