"""Attack 1: no byte of any file names a person, or says what somebody wrote.

Searched while people are at it, after the opening, and after the real bot was killed;
with an SQLite that wipes what is deleted by itself, and with one that does not.
"""

import asyncio
import random
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.audit.traces import Trace, scan, traces_of, traces_of_text
from bot.dialogue import Word
from tests.attacks.disk import tables
from tests.attacks.launch import TEMPORARY, TOKEN, Job, place_in
from tests.attacks.phones import PATIENCE
from tests.attacks.plants.sealing import sealed_by_nothing
from tests.attacks.plants.storage import no_secure_delete, write_ahead_log
from tests.attacks.table import Finding, Table
from tests.attacks.town import NO, STOP, YES, Town, new_ids, opinion, town_in
from tests.doubles.botapi import BotApi
from tests.doubles.builds import name_of_unwiping, unwiping
from tests.doubles.person import Person

PEOPLE = 24
WRITTEN = (
    "Mevrouw Kanarie-Vink was onbeleefd",
    "zaak ZK-2026-0041873",
    "كان الموظف لطيفًا معي",
    "Bilderdijkstraat 14b",
)
"""What people type where a grade is asked. None of it is kept."""

SLICE = slice(200, 232)
"""A piece from the middle of a sealed row."""

Plants = Sequence[AbstractContextManager[None]]


@dataclass(slots=True)
class Scanned:
    """How many traces were found, and when.

    Args:
        old: sealed rows from before the opening, found after it.
    """

    during: int = 0
    after: int = 0
    old: int = 0
    rows: list[bytes] = field(default_factory=list)


def all_traces(numbers: Sequence[int]) -> list[Trace]:
    """Give every trace of these people and of what they wrote."""
    traces = [trace for number in numbers for trace in traces_of(number)]
    return traces + [trace for text in WRITTEN for trace in traces_of_text(text)]


async def week_in(folder: Path, *plants: AbstractContextManager[None]) -> Scanned:
    """Let people do everything there is to do; search each day, and after it."""
    dice = random.Random(1)
    numbers = new_ids(dice, PEOPLE)
    traces = all_traces(numbers)
    found = Scanned()
    with ExitStack() as stack:
        for plant in plants:
            stack.enter_context(plant)
        async with town_in(folder) as town:
            await town.invite(PEOPLE // 4)
            for place, number in enumerate(numbers):
                await _does(town, place, number, opinion(dice))
                if place % 6 == 5:
                    found.during += len(scan(folder, traces))
                    town.clock.turn(hours=12)
            before = tables(town.data)
            found.rows = [
                row["sealed"][SLICE]
                for name in ("sessions.db:sessions", "answers.db:ballots")
                for row in before.get(name, ())
            ]
            await town.opens_the_box(hours=12)
            found.after = len(scan(folder, traces))
            old = [Trace(str(n), "sealed", row) for n, row in enumerate(found.rows)]
            found.old = len({hit.who for hit in scan(folder, old)})
    return found


async def _does(town: Town, place: int, number: int, labels: Sequence[str]) -> Person:
    ways = (labels, (YES, "7", STOP), (NO,), (YES, "7"), (), (YES,))
    entries = ("e_sozawe", "e_hal", f"i_{town.codes[place // 4]}", "zaak-0041873")
    person = await town.comes(number, ways[place % 6], entries[place % 4])
    await person.writes(WRITTEN[place % 4])
    await person.gives(Word.PRIVACY)
    if place % 7 == 0:
        await person.blocks()
    return person


def traces(many: int) -> Finding:
    return Finding(f"{many} traces", many > 0)


def old_rows(scanned: Scanned) -> Finding:
    said = f"{scanned.old} of {len(scanned.rows)} old rows"
    return Finding(said, scanned.old > 0)


async def test_no_file_names_a_person_or_holds_a_text(
    table: Table, quick_path: Path
) -> None:
    real = await week_in(quick_path / "real")
    unset = await week_in(quick_path / "unset", unwiping())
    open_ = await week_in(quick_path / "open", sealed_by_nothing())
    left = await week_in(quick_path / "left", no_secure_delete(), sealed_by_nothing())
    kept = await week_in(quick_path / "kept", no_secure_delete())
    log = await week_in(quick_path / "log", write_ahead_log(), sealed_by_nothing())

    for how, one in (("", real), (f", {name_of_unwiping()}", unset)):
        table.hold(
            1,
            f"during{how}",
            "sealed by nothing",
            traces(one.during),
            traces(open_.during),
        )
        table.hold(
            1,
            f"after the opening{how}",
            "unsealed, unwiped",
            traces(one.after),
            traces(left.after),
        )
        table.hold(
            1,
            f"old rows after the opening{how}",
            "unwiped",
            old_rows(one),
            old_rows(kept),
        )
    table.hold(
        1,
        "after the opening",
        "unsealed, in WAL mode",
        traces(real.after),
        traces(log.after),
    )


async def killed_in(folder: Path, plants: Sequence[str]) -> tuple[Finding, Finding]:
    """Kill the real bot amidst its work; search, start it, open the box, search."""
    numbers = new_ids(random.Random(2), 8)
    looked_for = all_traces(numbers)
    async with BotApi(TOKEN, must_answer=False, deliveries=2) as api:
        group = api.group()
        job = Job(str(folder / "clock"), plants=plants)
        place = await place_in(folder, api.base_url, job)
        roots = [folder / "data", folder / "keys", folder / TEMPORARY, place.log]
        clients = [api.client(n, name=WRITTEN[0], language="ar") for n in numbers]
        # Saturday evening: whoever is at it on Sunday has not expired on Monday.
        await place.goes_on(132)
        process = await place.run()
        for client in clients:
            await client.opens("e_sozawe_door")
        await asyncio.gather(*(client.question(PATIENCE) for client in clients))
        for number, client in enumerate(clients):
            await client.taps(0)
            await client.writes(WRITTEN[number % len(WRITTEN)])
        await asyncio.sleep(0.3)
        process.kill()
        await process.wait()
        killed = len(scan(roots, looked_for))
        async with place.running():
            await place.goes_on(36)
            await group.until(lambda: bool(group.screen), PATIENCE)
        opened = len(scan(roots, looked_for))
    return traces(killed), traces(opened)


@pytest.mark.timeout(400)
async def test_a_bot_that_was_killed_has_left_nothing_readable(
    table: Table, quick_path: Path
) -> None:
    (killed, opened), (naive, naive_opened) = await asyncio.gather(
        killed_in(quick_path / "real", ["off by default"]),
        killed_in(quick_path / "naive", ["sealed by nothing"]),
    )
    how = f"the real bot, {name_of_unwiping()}, after kill -9"
    plant = "sealed by nothing"
    table.hold(1, how, plant, killed, naive)
    table.hold(1, f"{how} and an opening", plant, opened, naive_opened)
