"""Survey steps per second: the bot against the floor, in turn, on one core."""

import os
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, aclosing
from typing import Final

from bench.figures import Figure
from bench.floor import Calls, Floor
from bench.ours import Ours
from bench.people import People, Person
from bench.place import Place, flow_to_ask
from bot.app import now, open_app
from bot.process import settle

TWO_CALLS: Final[Calls] = ("answerCallbackQuery", "sendMessage")
"""What the smallest bot does: answers the tap and sends the next question."""

_FIRST_CALL: Final = "answerCallbackQuery"

_Serve = Callable[[Sequence[bytes]], Awaitable[None]]
_Welcome = Callable[[Sequence[Person]], Awaitable[None]]


def pin() -> None:
    """Stay on one core from now on, with every thread that is started later."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


async def measure(place: Place, people: int, rounds: int) -> list[Figure]:
    """Let so many people answer the whole flow, in every round and in each way."""
    crowd = People(flow_to_ask(), now())
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(open_app(place.installation))
        path = place.folder / "floor.db"
        floor = await Floor.open(path, crowd, place.sessions)
        await stack.enter_async_context(aclosing(floor))
        ours = Ours(app, crowd)
        await stack.enter_async_context(ours.at_work())
        turns = await _calls(ours, crowd)
        steps = people * len(turns)
        same = [calls for calls in turns for _ in range(people)]
        two = [TWO_CALLS] * steps
        ways: dict[str, tuple[_Welcome, _Serve]] = {
            "bot": (ours.welcome, lambda batches: ours.serve(batches, steps)),
            "same": (floor.welcome, lambda batches: floor.serve(batches, same)),
            "two": (floor.welcome, lambda batches: floor.serve(batches, two)),
        }
        settle()
        rates: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(rounds):
            for name, (welcome, serve) in ways.items():
                who = crowd.come(people)
                batches = crowd.batches(who)
                await welcome(who)
                began = time.perf_counter()
                await serve(batches)
                rates[name].append(steps / (time.perf_counter() - began))
    calls = sum(map(len, turns)) / len(turns)
    return _figures(place.sessions, rates, calls)


async def _calls(ours: Ours, crowd: People) -> list[Calls]:
    """Watch one person, and give the calls of the Bot API that each step makes."""
    who = crowd.come(1)
    await ours.welcome(who)
    before = len(ours.network.calls)
    await ours.serve(crowd.batches(who), len(crowd.turns))
    turns: list[list[str]] = []
    for name in ours.network.calls[before:]:
        if name == _FIRST_CALL:
            turns.append([])
        if name != "getUpdates":
            turns[-1].append(name)
    return [tuple(turn) for turn in turns]


def _figures(
    sessions: int, rates: dict[str, list[float]], calls: float
) -> list[Figure]:
    def ratio(floor: str) -> tuple[float, ...]:
        pairs = zip(rates["bot"], rates[floor], strict=True)
        return tuple(bot / other for bot, other in pairs)

    def rate(what: str, name: str) -> Figure:
        return Figure(f"{what}: steps a second", sessions, tuple(rates[name]))

    same, two = f"floor, {calls:.1f} calls a step", "floor, 2 calls a step"
    return [
        rate("bot", "bot"),
        rate(same, "same"),
        rate(two, "two"),
        Figure(f"bot / {same}", sessions, ratio("same")),
        Figure(f"bot / {two}", sessions, ratio("two")),
    ]
