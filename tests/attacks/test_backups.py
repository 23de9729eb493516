"""Attacks 1 and 10 on what is kept elsewhere: a backup, and the ways back from one."""

import random
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.audit.traces import Trace, scan, traces_of
from bot.ballots import K
from bot.commands.backing import adopt, back_up, restore
from tests.attacks.disk import SEALED, files_in, tables
from tests.attacks.plants.keys import kept_for_ever
from tests.attacks.plants.storage import no_secure_delete
from tests.attacks.table import Finding, Table
from tests.attacks.town import MONDAY, YES, installation, new_ids, town_in
from tests.doubles.installation import Clock

WAITING = K - 1
LATER = 3
SLICE = slice(200, 232)


async def carried_off(
    folder: Path, copy: Callable[[Path, Path], Awaitable[object]]
) -> Finding:
    """Take a copy in the middle of a week; look for people and for sealed rows."""
    dice = random.Random(18)
    async with town_in(folder) as town:
        await town.answer(new_ids(dice, 2 * K))
        for number in new_ids(dice, 20):
            await town.comes(number, (YES, "7"))
        old = _sealed(folder)
        await town.opens_the_box(hours=20)
        await town.answer(new_ids(dice, WAITING))
        traces = [*old, *_sealed(folder)]
        traces += [trace for number in town.came for trace in traces_of(number)]
    out = folder / "copy" / "backup.db"
    out.parent.mkdir()
    await copy(folder, out)
    assert tables(files_in(out.parent))["backup.db:batches"]
    found = {(hit.who, hit.encoding) for hit in scan(out.parent, traces)}
    return Finding(f"{len(found)} traces", bool(found))


def _sealed(folder: Path) -> list[Trace]:
    return [
        Trace(row["sealed"].hex(), "sealed", row["sealed"][SLICE])
        for name, rows in tables(files_in(folder / "data")).items()
        if name.partition(":")[2] in SEALED
        for row in rows
    ]


async def by_the_command(folder: Path, out: Path) -> None:
    await back_up(installation(folder), out)


async def by_copying(folder: Path, out: Path) -> None:
    shutil.copy(folder / "data" / "answers.db", out)


async def test_a_backup_holds_nothing_sealed_and_nothing_of_before(
    table: Table, quick_path: Path
) -> None:
    real = await carried_off(quick_path / "real", by_the_command)
    with no_secure_delete():
        naive = await carried_off(quick_path / "naive", by_copying)
    table.hold(1, "a backup", "a copy of the file, nothing wiped", real, naive)


async def waited_and_counted(
    folder: Path, back: Callable[[Path, Clock], Awaitable[object]]
) -> Finding:
    """Lose what waits for company, come back, and let three more people answer."""
    dice = random.Random(19)
    clock = Clock(MONDAY)
    async with town_in(folder, clock=lambda: clock) as town:
        await town.answer(new_ids(dice, WAITING))
        await back_up(installation(folder), folder / "backup.db")
    await back(folder, clock)
    async with town_in(folder, clock=lambda: clock) as town:
        await town.answer(new_ids(dice, LATER))
        await town.opens_the_box()
        few = [batch.completes for batch in await town.app.stores.ballots.batches()]
        await town.answer(new_ids(dice, K))
        await town.opens_the_box()
        batches = await town.app.stores.ballots.batches()
        all_of_them = [batch.completes for batch in batches]
    is_new_cell = not few and all_of_them == [LATER + K]
    return Finding(f"batches of {few + all_of_them[len(few) :]}", not is_new_cell)


async def restored(folder: Path, clock: Clock) -> None:
    """Lose the disk, and restore the backup onto a new one."""
    shutil.rmtree(folder / "data")
    shutil.rmtree(folder / "keys")
    await restore(installation(folder), folder / "backup.db", clock=clock)


async def adopted(folder: Path, clock: Clock) -> None:
    """Lose the keys, and go on with the data."""
    shutil.rmtree(folder / "keys")
    await adopt(installation(folder), clock=clock)


async def copied_back(folder: Path, clock: Clock) -> None:
    """Copy data and keys to a new disk, as an image of the host would."""
    for name in ("data", "keys"):
        shutil.move(folder / name, folder / f"image-{name}")
        shutil.copytree(folder / f"image-{name}", folder / name)


async def test_what_waited_before_a_restore_is_never_counted(
    table: Table, quick_path: Path
) -> None:
    with kept_for_ever():
        naive = await waited_and_counted(quick_path / "image", copied_back)
    for how, way in (("a backup restored", restored), ("the keys lost", adopted)):
        real = await waited_and_counted(quick_path / how, way)
        table.hold(10, how, "an image with the keys", real, naive)
