"""Attack 10: what changes meanwhile mixes nothing, repeats nothing and opens once."""

import asyncio
import random
import shutil
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from bot.anonymity import WeeklyOpening
from bot.app import open_app
from bot.ballots import K
from bot.commands.publishing import publish
from bot.core.flow import FlowDefinition, Phase
from bot.errors import KeyFault
from bot.schedule import Weekly, run_weekly
from tests.attacks.disk import tables
from tests.attacks.launch import Job, Launched
from tests.attacks.plants.keys import kept_for_ever
from tests.attacks.plants.openings import whenever_told
from tests.attacks.plants.tallies import one_cell_per_flow
from tests.attacks.table import Finding, Table
from tests.attacks.town import MONDAY, SOZAWE, installation, new_ids, town_in
from tests.doubles.installation import Clock
from tests.e2e.installation import Place

Plant = Callable[[], AbstractContextManager[None]]
FEW = K - 4
_OPEN = WeeklyOpening.open


def renamed(flow: FlowDefinition) -> FlowDefinition:
    """Word the first question otherwise."""
    first, *others = flow.questions
    label = {**first.label, "nl": "Hoe was het aan de balie? Geef een cijfer."}
    first = first.model_copy(update={"label": label})
    return flow.model_copy(update={"questions": (first, *others)})


def with_a_phase_more(flow: FlowDefinition) -> FlowDefinition:
    """Tell one phase more apart."""
    more = next(phase for phase in Phase if phase not in flow.phases)
    return flow.model_copy(update={"phases": (*flow.phases, more)})


async def mixed(
    folder: Path, change: Callable[[FlowDefinition], FlowDefinition], plant: Plant
) -> Finding:
    """Change a flow while ballots wait; look for a batch of two versions."""
    dice = random.Random(10)
    after = change(SOZAWE)
    assert after.content_hash != SOZAWE.content_hash
    answered = {SOZAWE.content_hash: 0, after.content_hash: 0}
    found = []
    with plant():
        async with town_in(folder) as town:
            for flow, many in ((SOZAWE, FEW), (after, FEW), (after, K)):
                if many == K:
                    await town.opens_the_box()
                    found += await town.app.stores.ballots.batches()
                await publish(town.app, flow)
                await town.answer(new_ids(dice, many))
                answered[flow.content_hash] += many
            await town.opens_the_box()
            found += await town.app.stores.ballots.batches()
    wrong = [b for b in found if b.completes != answered[b.cell.flow]]
    said = ", ".join(f"{b.completes} people" for b in wrong) or "none"
    return Finding(f"mixed batches: {said}", bool(wrong))


@pytest.mark.parametrize("change", [renamed, with_a_phase_more])
async def test_ballots_of_two_versions_are_never_counted_together(
    table: Table,
    quick_path: Path,
    change: Callable[[FlowDefinition], FlowDefinition],
) -> None:
    table.hold(
        10,
        f"a question {change.__name__}".replace("_", " "),
        "one cell for all versions",
        await mixed(quick_path / "real", change, nullcontext),
        await mixed(quick_path / "naive", change, one_cell_per_flow),
    )


Play = Callable[[Path, Clock], Awaitable[int]]
"""Does something that may open the box too often; gives how often it should open."""


async def two_at_once(folder: Path, clock: Clock) -> int:
    """Two processes, at the same moment."""
    place = installation(folder)
    async with open_app(place, clock=clock) as one, open_app(place, clock=clock) as two:
        clock.turn(days=7)
        await asyncio.gather(
            one.opening.open(clock(), one.week), two.opening.open(clock(), two.week)
        )
    return 1


async def two_processes(folder: Path, clock: Clock) -> int:
    """Two people who give the command at the same moment, and again."""
    hours = folder / "clock"
    hours.write_text("168")
    config = Place.make(folder, "http://127.0.0.1:9/bot", chats=(-1001,))
    # What is planted here must be planted there as well.
    plants = () if WeeklyOpening.open is _OPEN else ("a careless schedule",)
    place = Launched(config.folder, Job(str(hours), plants=plants))
    await asyncio.gather(place.command("release"), place.command("release"))
    clock.turn(days=7)
    return 1


async def kept_by_the_clock(
    folder: Path,
    clock: Clock,
    weekday: int,
    at: time,
    steps: Sequence[float],
) -> None:
    """Keep the bot's own schedule, while the clock goes on in these steps (hours)."""
    turns = iter(steps)

    async def sleep(_: float) -> None:
        try:
            clock.turn(hours=next(turns))
        except StopIteration:
            raise asyncio.CancelledError from None

    async with open_app(installation(folder), clock=clock) as app:
        zone = app.config.digest.zone
        spec = Weekly(weekday, at, zone)
        with pytest.raises(asyncio.CancelledError):
            await run_weekly(
                spec,
                clock,
                app.stores.ballots.last_opening,
                lambda: app.opening.open(clock(), app.week),
                sleep,
            )


async def set_back_and_on(folder: Path, clock: Clock) -> int:
    """A clock that is set back over the opening, twice, and stands right again."""
    steps = [24.0] * 8 + [-60, 30, 40, -200, 100, 100, 24]
    await kept_by_the_clock(folder, clock, 1, time(7), steps)
    return 1


async def hour_that_is_not_there(folder: Path, clock: Clock) -> int:
    """Summer time begins over the opening."""
    clock.now = datetime(2026, 3, 27, 12, tzinfo=UTC)
    await kept_by_the_clock(folder, clock, 7, time(2, 30), [0.25] * 200)
    return 1


async def hour_that_is_there_twice(folder: Path, clock: Clock) -> int:
    """Summer time ends over the opening."""
    clock.now = datetime(2026, 10, 23, 12, tzinfo=UTC)
    await kept_by_the_clock(folder, clock, 7, time(2, 30), [0.25] * 200)
    return 1


async def off_for_three_weeks(folder: Path, clock: Clock) -> int:
    """The machine is off over three Mondays, and started several times after it."""
    await kept_by_the_clock(folder, clock, 1, time(7), [24.0] * 8)
    clock.turn(days=21)
    for _ in range(3):
        await kept_by_the_clock(folder, clock, 1, time(7), [0.1] * 5)
    return 2


SCENES: Sequence[Play] = (
    two_at_once,
    two_processes,
    set_back_and_on,
    hour_that_is_not_there,
    hour_that_is_there_twice,
    off_for_three_weeks,
)


async def opened_too_often(folder: Path, play: Play, plant: Plant) -> Finding:
    """Count the openings that there should not have been."""
    clock = Clock(MONDAY)
    with plant():
        async with town_in(folder, clock=lambda: clock) as town:
            await town.answer(new_ids(random.Random(10), K))
        due = await play(folder, clock)
        async with town_in(folder, clock=lambda: clock) as town:
            done = len(tables(town.data)["answers.db:openings"])
    return Finding(f"{done} openings where {due} due", done != due)


@pytest.mark.parametrize("play", SCENES)
async def test_the_box_is_opened_once_whatever_the_clock_does(
    table: Table, quick_path: Path, play: Play
) -> None:
    table.hold(
        10,
        f"{play.__name__}".replace("_", " "),
        "a careless schedule",
        await opened_too_often(quick_path / "real", play, nullcontext),
        await opened_too_often(quick_path / "naive", play, whenever_told),
    )


async def counted_again(folder: Path, plant: Plant) -> Finding:
    """Put a copy from before an opening back after it, and count the same people."""
    clock = Clock(MONDAY)
    dice = random.Random(10)
    with plant():
        async with town_in(folder, clock=lambda: clock) as town:
            await town.answer(new_ids(dice, K))
            shutil.copytree(folder / "data", folder / "copy")
            await town.opens_the_box()
            [first] = await town.app.stores.ballots.batches()
        shutil.rmtree(folder / "data")
        shutil.copytree(folder / "copy", folder / "data")
        clock.turn(days=7)
        try:
            async with town_in(folder, clock=lambda: clock) as town:
                await town.answer(new_ids(dice, 3))
                await town.opens_the_box()
                [again] = await town.app.stores.ballots.batches()
        except KeyFault as fault:
            return Finding(f"refused: {fault.code}", leaks=False)
    return Finding(
        f"{first.completes} people, then the same and {again.completes - K}",
        leaks=True,
    )


async def test_a_copy_from_before_the_opening_cannot_be_opened_once_more(
    table: Table, quick_path: Path
) -> None:
    table.hold(
        10,
        "an old copy put back",
        "keys kept for ever",
        await counted_again(quick_path / "real", nullcontext),
        await counted_again(quick_path / "naive", kept_for_ever),
    )
