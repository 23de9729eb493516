"""The benchmarks run, and it is the bot that they measure; no time is tested."""

import gc
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bench import __main__ as program
from bench import bars, checks, digests, draws, startup, steps, typed
from bench.__main__ import Effort, main, measure
from bench.figures import Figure, table
from bench.people import People
from bench.place import Place, flow_to_ask
from bot.app import now, open_app

PEOPLE = 3


@pytest.fixture(autouse=True)
def unsettled() -> Iterator[None]:
    """Give back the cores, and let garbage be looked for as before."""
    cores, often = os.sched_getaffinity(0), gc.get_threshold()
    yield
    os.sched_setaffinity(0, cores)
    gc.unfreeze()
    gc.set_threshold(*often)


def whats(figures: Sequence[Figure]) -> list[tuple[str, int]]:
    assert all(value > 0 for figure in figures for value in figure.values)
    return [(figure.what, len(figure.values)) for figure in figures]


def test_a_table_shows_the_spread_of_each_figure() -> None:
    figures = [
        Figure("steps a second", 0, (900.0, 1200.4, 1100.0)),
        Figure("bot / floor", 100_000, (2.0, 2.345)),
        Figure("digests", None, (0.5,)),
    ]
    assert table(figures).splitlines() == [
        "                open sessions   min  median    max",
        "steps a second              0   900   1,100  1,200",
        "bot / floor           100,000  2.00    2.17   2.35",
        "digests                        0.50    0.50   0.50",
    ]


def test_a_batch_holds_one_update_of_each_person() -> None:
    people = People(flow_to_ask(), now())
    assert len(people.turns) == len(flow_to_ask().questions) + 1
    batches = people.batches(people.come(100))
    assert len(batches) == len(people.turns)


async def test_every_step_is_really_taken_and_the_files_really_hold_sessions(
    tmp_path: Path,
) -> None:
    place = Place.begin(tmp_path / "place", 2)
    await place.fill()
    figures = await steps.measure(place, PEOPLE, rounds=2)
    assert whats(figures) == [
        ("bot: steps a second", 2),
        ("floor, 3.6 calls a step: steps a second", 2),
        ("floor, 2 calls a step: steps a second", 2),
        ("bot / floor, 3.6 calls a step", 2),
        ("bot / floor, 2 calls a step", 2),
    ]
    async with open_app(place.installation) as app:
        rows = await app.stores.sessions.rows(await app.stores.sessions.epoch())
        in_box = await app.stores.ballots.in_box()
    # The one who was watched beforehand, and everybody of both rounds.
    assert in_box == 2 * (1 + 2 * PEOPLE)
    assert len(rows.sessions) == place.sessions + in_box // 2


async def test_run_is_started_until_it_polls(tmp_path: Path) -> None:
    place = Place.begin(tmp_path / "place", 2)
    await place.fill()
    assert whats(await startup.measure(place, rounds=1)) == [
        ("run: seconds to the first poll", 1),
        ("run: seconds of CPU until it is idle", 1),
        ("run: peak memory, MiB", 1),
        ("run and its worker: peak memory, MiB", 1),
    ]


async def test_all_of_it_is_measured_for_each_number_of_sessions(
    tmp_path: Path,
) -> None:
    figures = await measure(tmp_path, Effort(sessions=(0, 1), people=1, rounds=1))
    assert len(figures) == 2 * 9
    assert {figure.sessions for figure in figures[:2]} == {0, 1}
    assert len({figure.what for figure in figures}) == 9


async def test_hostile_texts_are_typed_to_the_real_service() -> None:
    first, *others = await typed.measure(rounds=1, most=3)
    assert whats([first]) == [("remark: milliseconds to guess and scrub", 1)]
    assert [figure.what for figure in others] == [
        f"{name}: milliseconds {what}"
        for name in typed.HOSTILE
        for what in ("to an answer", "held")
    ]


def test_ten_years_are_ten_years_of_real_digests() -> None:
    ledger = digests.ten_years()
    assert len(ledger.batches) == 2 * 520
    assert len({batch.week for batch in ledger.batches}) == 520
    written, *_ = digests.write(ledger)
    assert written.has_news
    assert written.picture
    assert "Balie, mensen die zelf meededen" in written.text


async def test_each_digest_is_written_and_drawn_in_a_process_of_its_own() -> None:
    assert whats(await digests.measure(rounds=1)) == [
        ("digest: seconds to write it, after ten years", 1),
        ("digest: seconds to make its image, in a new process", 1),
        ("digest: peak memory to write it, MiB", 1),
        ("digest: peak memory to make its image, MiB", 1),
    ]


async def test_many_flows_are_checked_in_a_process_of_its_own() -> None:
    assert whats(await checks.measure(rounds=2, flows=5)) == [
        ("check: seconds for 100 flows in 5 languages", 2),
        ("check: the same, with the start of the program", 2),
    ]


def test_the_flows_to_check_are_right_and_whole_in_five_languages(
    tmp_path: Path,
) -> None:
    checks.write(tmp_path, 4)
    found = checks.checked(tmp_path)
    assert (found.files, found.errors) == (5, 0)
    assert {issue.rule for issue in found.issues} == {
        "not-reviewed",
        "unchecked-translation",
        "unsigned-waiver",
    }


def test_one_section_can_be_measured_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bars, "table", lambda effort, _: f"{effort}")
    main(["signals"])
    assert capsys.readouterr().out == f"{bars.FULL}\n"
    monkeypatch.setattr(draws, "table", lambda frames, _: f"{frames}")
    main(["draws", "--quick"])
    assert capsys.readouterr().out == f"\n{draws.QUICK}\n"
    monkeypatch.setattr(program, "QUICK", Effort(sessions=(0,), people=1, rounds=1))
    main(["digests", "--quick"])
    printed = capsys.readouterr().out
    assert printed.count("digest: ") == 4
    assert "bot / floor" not in printed
