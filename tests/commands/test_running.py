"""The opening runs on its clock, whatever befalls it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.commands import running
from bot.errors import StorageError
from bot.faultlog import FaultLog
from tests.doubles.installation import Clock, installation_in, opened, shipped_flows

LastOpening = Callable[[], Awaitable[str | None]]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def app(tmp_path: Path, clock: Clock) -> AsyncIterator[App]:
    flow = shipped_flows()["sozawe"]
    async with opened(installation_in(tmp_path), clock, flow) as app:
        yield app


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "_RETRY", 0.01)


async def opened_by(work: Awaitable[None], app: App, last: LastOpening) -> None:
    """Let the bot work until it has opened the box."""
    task = asyncio.ensure_future(work)
    for _ in range(500):
        if await last() == app.week:
            break
        await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await last() == app.week


def failing_once(function: Callable[..., Awaitable[Any]]) -> Callable[..., Any]:
    """Let the first call fail as a locked database does."""
    calls = []

    async def fails(*args: Any) -> Any:
        calls.append(args)
        if len(calls) == 1:
            raise StorageError("database-locked", path="answers.db")
        return await function(*args)

    return fails


@pytest.mark.parametrize(
    "call", ["stores.ballots.last_opening", "opening.open", "stores.ballots.open_box"]
)
async def test_one_fault_does_not_cost_the_weeks_to_come_their_opening(
    app: App, clock: Clock, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    *path, name = call.split(".")
    owner: Any = app
    for part in path:
        owner = getattr(owner, part)
    clock.turn(weeks=1)
    last = app.stores.ballots.last_opening
    monkeypatch.setattr(owner, name, failing_once(getattr(owner, name)))
    faults = FaultLog(clock)

    await opened_by(running._open_weekly(app, faults), app, last)

    assert [kind for kind, _ in faults._faults] == ["bot.errors.StorageError"]


async def test_what_a_command_broke_off_is_taken_up_while_the_bot_runs(
    app: App, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(
            app.stores.ballots, "open_box", failing_once(app.stores.ballots.open_box)
        )
        with pytest.raises(StorageError):
            await app.opening.open(clock(), app.week)

    monkeypatch.setattr(app.opening, "mend", failing_once(app.opening.mend))
    faults = FaultLog(clock)
    mending = running._mend_openings(app, faults)
    await opened_by(mending, app, app.stores.ballots.last_opening)

    assert not await app.door.is_between_epochs()
    assert len(faults._faults) == 1
