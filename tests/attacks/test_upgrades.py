"""Attack 14: an upgrade with data in the files leaves no second copy, and no order.

The upgrades that were shipped leave the sealed tables alone. So one more is made up
here, the worst there can be: one that builds every sealed table anew. It comes after
the shipped ones, from each version there has been.
"""

import random
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from functools import partial
from pathlib import Path

import pytest

from bot.anonymity import Door
from bot.audit.order import in_order
from bot.audit.pages import DatabaseFile
from bot.reviews import KeptRemark
from storage import open_stores, sqlite
from storage.decisions import SqliteDecisions
from storage.migrations import scripts
from storage.remarks import replace_remarks
from tests.attacks.disk import Files, files_in, tables
from tests.attacks.plants.schemas import extended
from tests.attacks.plants.storage import no_secure_delete, numbered_rows
from tests.attacks.table import Finding, Table
from tests.attacks.town import YES, Town, new_ids, opinion, town_in
from tests.doubles.builds import name_of_unwiping, unwiping
from tests.doubles.earlier import packing_as_before
from tests.doubles.installation import Clock
from tests.doubles.person import Person

PEOPLE = 60
DECISIONS = 2
"""Since this version a file has a place for what the staff decide."""
REMARKS = 3
"""And since this one for remarks that wait for a reviewer."""
FAR = 1e-6
"""Chance makes an order less often than this."""

REBUILT = {
    "sessions": """
CREATE TABLE sessions_new (
    tag BLOB PRIMARY KEY,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO sessions_new (tag, sealed)
SELECT tag, sealed FROM sessions ORDER BY random();
DROP TABLE sessions;
ALTER TABLE sessions_new RENAME TO sessions;
""",
    "answers": """
CREATE TABLE ballots_new (
    id BLOB PRIMARY KEY,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO ballots_new (id, sealed)
SELECT id, sealed FROM ballots ORDER BY random();
DROP TABLE ballots;
ALTER TABLE ballots_new RENAME TO ballots;
CREATE TABLE remarks_new (
    id BLOB PRIMARY KEY,
    flow TEXT NOT NULL,
    week TEXT NOT NULL,
    text TEXT NOT NULL,
    approved INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO remarks_new (id, flow, week, text, approved)
SELECT id, flow, week, text, approved FROM remarks ORDER BY random();
DROP TABLE remarks;
ALTER TABLE remarks_new RENAME TO remarks;
""",
}
"""A next version of each schema that copies all sealed rows."""


@contextmanager
def next_version(schemas: Mapping[str, str]) -> Iterator[None]:
    """Have the code know one version more of each schema."""
    with ExitStack() as stack:
        for schema, script in schemas.items():
            stack.enter_context(extended(script, schema))
        yield


@contextmanager
def version_of(number: int) -> Iterator[None]:
    """Have the code know the first versions only."""
    known: Callable[[str], tuple[str, ...]] = vars(sqlite)["scripts"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "scripts", lambda name: known(name)[:number])
        if number < DECISIONS:
            # Nor did the code of then look for what its files had no place for.
            patch.setattr(SqliteDecisions, "baselines", nothing)
            patch.setattr(SqliteDecisions, "deeds", nothing)
        yield


async def nothing(_: SqliteDecisions) -> list[object]:
    """Find nothing, as code of before there were decisions."""
    return []


async def upgraded(
    folder: Path,
    number: int,
    after: AbstractContextManager[None],
    plant: AbstractContextManager[None] | None = None,
) -> tuple[list[bytes], Files]:
    """Fill an old installation, upgrade it; give the old sealed rows and the files."""
    dice = random.Random(14)
    clock = Clock()
    with plant or nullcontext():
        with version_of(number):
            async with town_in(folder, clock=lambda: clock) as town:
                for place, person in enumerate(new_ids(dice, PEOPLE)):
                    way = opinion(dice) if place % 2 else (YES, "7")
                    await town.comes(person, way)
                if number >= REMARKS:
                    await write(town)
                before = tables(town.data)
        rows = [
            row["sealed"]
            for name in ("sessions.db:sessions", "answers.db:ballots")
            for row in before[name]
        ]
        rows += [r["text"].encode() for r in before.get("answers.db:remarks", ())]
        with after:
            # The opening of the stores alone: nothing is resealed or rewritten.
            await (await open_stores(folder / "data")).close()
        return rows, files_in(folder / "data")


async def write(town: Town) -> None:
    """Let remarks wait for a reviewer, as an opening leaves them."""
    kept = [
        KeptRemark(
            bytes([n]) * 16, "sozawe", "2026-W01", f"Opmerking {n}: het kon wel beter."
        )
        for n in range(PEOPLE)
    ]

    def change(raw: sqlite3.Connection) -> None:
        raw.execute("INSERT INTO openings VALUES ('2026-W01', 1, 0, 0)")
        replace_remarks(raw, kept)

    await town.app.stores.databases[1].run(change)


def copies(rows: Sequence[bytes], files: Files) -> Finding:
    """Count the sealed rows that lie on the disk more than once, in part or whole."""
    whole = b"".join(files.values())
    twice = sum(whole.count(row[200:232] or row) > 1 for row in rows)
    return Finding(f"{twice} of {len(rows)} rows twice", twice > 0)


@pytest.mark.parametrize("earlier", range(1, 1 + len(scripts("answers"))))
async def test_an_upgrade_leaves_no_second_copy(
    table: Table, quick_path: Path, earlier: int
) -> None:
    real = await upgraded(quick_path / "real", earlier, next_version(REBUILT))
    unset = await upgraded(
        quick_path / "unset", earlier, next_version(REBUILT), unwiping()
    )
    naive = await upgraded(
        quick_path / "naive", earlier, next_version(REBUILT), no_secure_delete()
    )

    how = f"all rows rebuilt, from version {earlier}"
    plant = "no secure_delete"
    table.hold(14, how, plant, copies(*real), copies(*naive))
    table.hold(
        14,
        f"{how}, {name_of_unwiping()}",
        plant,
        copies(*unset),
        copies(*naive),
    )


OLD_KEPT = {
    schema: re.sub(
        r"DROP TABLE (\w+);\nALTER TABLE",
        r"ALTER TABLE \1 RENAME TO \1_old;\nALTER TABLE",
        script,
    )
    for schema, script in REBUILT.items()
}
"""The same, by somebody who keeps the old tables to be on the safe side."""


@contextmanager
def widened_one_by_one() -> Iterator[None]:
    """Seal a row in its new size when its person does something, and not before."""

    async def nobody(_: Door) -> None:
        """Leave all rows as they are."""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Door, "_widen", nobody)
        patch.setattr("storage.sessions.require_one_size", lambda *_: None)
        yield


async def grown(folder: Path, plant: AbstractContextManager[None]) -> Finding:
    """Upgrade to rows that take more room, and have some of the people go on."""
    people = new_ids(random.Random(16), PEOPLE)
    clock = partial(same, Clock())
    with packing_as_before():
        async with town_in(folder, clock=clock) as town:
            screens = [(await town.comes(one, (YES,))).screen for one in people]
    with plant:
        async with town_in(folder, clock=clock) as town:
            for number, screen in list(zip(people, screens, strict=True))[::3]:
                service = town.app.service
                person = Person(service, f"telegram:{number}", screen=screen)
                await person.taps("7")
            rows = tables(town.data)["sessions.db:sessions"]
    assert len(rows) == PEOPLE
    sizes = {len(row["sealed"]) for row in rows}
    return Finding(f"{len(sizes)} sizes of rows", len(sizes) > 1)


async def test_rows_that_grow_do_not_tell_who_came_after_the_upgrade(
    table: Table, quick_path: Path
) -> None:
    real = await grown(quick_path / "real", nullcontext())
    naive = await grown(quick_path / "naive", widened_one_by_one())
    table.hold(14, "sessions of an earlier size", "sealed one by one", real, naive)


async def test_an_upgrade_that_keeps_the_old_tables_is_caught(
    table: Table, quick_path: Path
) -> None:
    known = len(scripts("answers"))
    real = await upgraded(quick_path / "real", known, next_version(REBUILT))
    naive = await upgraded(quick_path / "naive", known, next_version(OLD_KEPT))
    how = "all rows rebuilt by a made-up version"
    table.hold(14, how, "the old tables kept", copies(*real), copies(*naive))


async def test_after_an_upgrade_the_rows_lie_in_no_order(
    table: Table, quick_path: Path
) -> None:
    """Upgrade, open the box, and compare the order of the cells with the arrival."""
    found = {}
    for name, build in (
        ("real", nullcontext()),
        ("naive", numbered_rows()),
        ("real unset", unwiping()),
        ("naive unset", unwiping(numbered_rows())),
    ):
        clock = partial(same, Clock())
        folder = quick_path / name
        with build:
            with version_of(1):
                async with town_in(folder, clock=clock) as town:
                    people = new_ids(random.Random(15), PEOPLE)
                    for person in people:
                        await town.comes(person, (YES, "7"))
            script = REBUILT if name.startswith("real") else {}
            with next_version(script):
                async with town_in(folder, clock=clock) as town:
                    await town.opens_the_box(hours=1)
                    epoch = town.app.door._epoch
                    tags = [epoch.tag(f"telegram:{person}") for person in people]
                    content = town.data["sessions.db"]
        found[name] = lying(content, tags)
    how, plant = "order after upgrade and opening", "numbered rows"
    table.hold(14, how, plant, found["real"], found["naive"])
    how = f"{how}, {name_of_unwiping()}"
    table.hold(14, how, plant, found["real unset"], found["naive unset"])


def same(clock: Clock) -> Clock:
    return clock


def lying(content: bytes, tags: Sequence[bytes]) -> Finding:
    """Compare the order of arrival with that of the cells in the file."""
    laid = [
        value
        for cell in DatabaseFile(content).laid("sessions")
        for value in cell.values
        if value in tags
    ]
    order = in_order(tags, laid)
    assert order.n == len(tags)
    return Finding(f"tau {order.tau:+.2f}", order.p < FAR)
