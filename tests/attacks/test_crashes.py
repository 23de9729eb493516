"""Attacks 1 to 4 once more, on what is left when the opening is killed at any step.

At the moment of death, and after the start that finishes what was broken off.
"""

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.anonymity.keys import Epoch
from bot.audit.order import in_order
from bot.audit.pages import DatabaseFile
from bot.audit.traces import Trace, scan, traces_of, traces_of_text
from tests.attacks.disk import Files, files_in, tables
from tests.attacks.plants.keys import kept_for_ever
from tests.attacks.plants.storage import no_secure_delete, numbered_rows
from tests.attacks.plants.tallies import released_from
from tests.attacks.steps import differenced
from tests.attacks.table import Finding, Table
from tests.attacks.test_keys import taken_after
from tests.attacks.town import SAMPLED, YES, Town, new_ids, town_in
from tests.doubles.installation import Clock
from tests.e2e.installation import ROOT

ANSWERED = 12
BUSY = 30
HOURS = 30
"""Between the first and the opening: nobody who is busy has expired."""

TEXT = "Mevrouw Kanarie-Vink"
FAR = 1e-6
SLICE = slice(200, 232)
CONFIG: dict[str, Any] = {"entries": SAMPLED, "digest": {"chats": [-1001]}}

Plant = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Week:
    """What was there before the opening that is killed."""

    busy: tuple[int, ...]
    data: Files
    traces: tuple[Trace, ...]
    rows: tuple[Trace, ...]


async def week_in(folder: Path, plant: Plant = nullcontext) -> Week:
    dice = random.Random(16)
    answered, busy = new_ids(dice, ANSWERED), new_ids(dice, BUSY)
    with plant():
        async with town_in(folder, clock=Clock, **CONFIG) as town:
            await town.answer(answered)
            for number in busy:
                person = await town.comes(number, (YES, "7"))
                await person.writes(TEXT)
            data = town.data
    sealed = [
        row["sealed"][SLICE]
        for name in ("sessions.db:sessions", "answers.db:ballots")
        for row in tables(data)[name]
    ]
    traces = [trace for n in (*answered, *busy) for trace in traces_of(n)]
    return Week(
        tuple(busy),
        data,
        (*traces, *traces_of_text(TEXT)),
        tuple(Trace(str(n), "sealed", row) for n, row in enumerate(sealed)),
    )


def deaths_of(template: Path, each_write: int) -> list[Path]:
    """Kill the opening at each of its steps; give the folder that each death left."""
    work = template.with_name("work")
    work.mkdir()
    job = {
        "deed": "open the box",
        "template": str(template),
        "work": str(work),
        "what": {},
        "hours": HOURS,
        "each_write": each_write,
        "shots": [],
        "only_whole": False,
        "config": CONFIG,
    }
    path = template.with_name("job.json")
    path.write_text(json.dumps(job))
    words = [sys.executable, "-m", "tests.doubles.crashing", str(path)]
    # They die before they could write down what they reached.
    subprocess.run(words, cwd=ROOT, check=True)
    return sorted(work.iterdir())


def readable(folder: Path, scratch: Path) -> Files:
    """Give the data as whoever copied all of it reads it: SQLite rolls back first."""
    shutil.copytree(folder, scratch)
    for path in scratch.glob("*.db"):
        with closing(sqlite3.connect(path)) as raw:
            raw.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    files = files_in(scratch)
    shutil.rmtree(scratch)
    return files


async def restarted(folder: Path, plant: Plant = nullcontext) -> tuple[Files, Files]:
    """Start, and open the box if that was not done; give data and keys."""

    def clock() -> Clock:
        turned = Clock()
        turned.turn(hours=HOURS)
        return turned

    with plant():
        async with town_in(folder, clock=clock, **CONFIG) as town:
            await town.opens_the_box(minutes=1)
            return town.data, town.keys


def lying(week: Week, data: Files, keys: Files) -> Finding:
    [key] = keys.values()
    epoch = Epoch("", key[17:49], b"")
    tags = [epoch.tag(f"telegram:{number}") for number in week.busy]
    cells = DatabaseFile(data["sessions.db"]).laid("sessions")
    order = in_order(tags, [v for cell in cells for v in cell.values if v in tags])
    assert order.n == len(tags)
    return Finding(f"tau {order.tau:+.2f}", order.p < FAR)


def found(folder: Path, traces: Sequence[Trace]) -> Finding:
    hits = scan([folder / "data", folder / "keys"], traces)
    return Finding(f"{len(hits)} traces", bool(hits))


def worst(findings: Sequence[Finding]) -> Finding:
    """Give the first that leaks, or else the last."""
    leaks = [one for one in findings if one.leaks]
    return leaks[0] if leaks else findings[-1]


Found = dict[int, list[Finding]]


async def attacked(week: Week, deaths: Sequence[Path], scratch: Path) -> Found:
    """Attack what each death left, and what came of it after the start."""
    all_found: Found = {1: [], 2: [], 3: [], 4: []}
    for death in deaths:
        dead = readable(death / "data", scratch)
        all_found[1].append(found(death, week.traces))
        all_found[3].append(differenced([week.data, dead]))
        data, keys = await restarted(death)
        all_found[1].append(found(death, [*week.traces, *week.rows]))
        all_found[2].append(lying(week, data, keys))
        all_found[3].append(differenced([week.data, dead, data]))
        all_found[4].append(taken_after(keys, [week.data]))
    return all_found


async def caught(folder: Path) -> Iterator[Finding]:
    """Give what the same attacks find where the start is a careless one."""
    wiped = folder / "unwiped"
    week = await week_in(wiped)
    await restarted(wiped, no_secure_delete)
    first = found(wiped, week.rows)
    numbered = await week_in(folder / "numbered", numbered_rows)
    second = lying(numbered, *await restarted(folder / "numbered", numbered_rows))
    few = folder / "few"
    week = await week_in(few)
    async with town_in(few, clock=Clock, **CONFIG) as town:
        await few_of_another_flow(town)
        before = town.data
    data, _ = await restarted(few, lambda: released_from(3))
    third = differenced([before, data])
    kept = folder / "kept"
    week = await week_in(kept)
    _, keys = await restarted(kept, kept_for_ever)
    return iter((first, second, third, taken_after(keys, [week.data])))


async def few_of_another_flow(town: Town) -> None:
    """Let three people come by invitation: a cell of their own."""
    for number, code in zip(
        new_ids(random.Random(17), 3), await town.invite(3), strict=True
    ):
        labels = (YES, "7", "8", "Eens", "Eens")
        await town.comes(number, labels, f"i_{code}")


@pytest.mark.parametrize(
    "each_write",
    [
        pytest.param(80, marks=pytest.mark.timeout(400)),
        pytest.param(2, marks=[pytest.mark.soak, pytest.mark.timeout(1800)]),
    ],
)
async def test_attacks_1_to_4_find_nothing_wherever_an_opening_was_killed(
    table: Table, quick_path: Path, each_write: int
) -> None:
    template = quick_path / "template"
    week = await week_in(template)
    deaths = deaths_of(template, each_write)
    assert len(deaths) > 20

    # Every other death will do from day to day.
    deaths = deaths[:: 2 if each_write > 2 else 1]

    real = await attacked(week, deaths, quick_path / "scratch")

    plants = ("nothing wiped", "AUTOINCREMENT", "released from 3", "keys kept")
    for (number, findings), plant, naive in zip(
        real.items(), plants, await caught(quick_path), strict=True
    ):
        how = f"killed at {len(deaths)} steps of an opening, and restarted"
        table.hold(number, how, plant, worst(findings), naive)
