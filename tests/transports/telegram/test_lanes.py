"""In order within a chat, side by side across chats."""

import asyncio
from datetime import UTC, datetime
from functools import partial

from bot.faultlog import FaultLog
from bot.transports.telegram.lanes import Lanes


def lanes(slots: int = 100) -> Lanes:
    return Lanes(slots, FaultLog(lambda: datetime(2026, 7, 20, tzinfo=UTC)))


async def test_the_jobs_of_a_chat_run_in_order_and_never_together() -> None:
    done: list[tuple[int, int]] = []
    busy: set[int] = set()

    async def job(chat: int, number: int) -> None:
        assert chat not in busy
        busy.add(chat)
        await asyncio.sleep(0.001 * ((number * 7) % 3))
        busy.remove(chat)
        done.append((chat, number))

    line = lanes()
    for number in range(20):
        for chat in range(10):
            line.put(chat, partial(job, chat, number))
    await line.drain(5)
    for chat in range(10):
        assert [n for c, n in done if c == chat] == list(range(20))


async def test_one_busy_chat_does_not_starve_the_rest() -> None:
    done: list[str] = []
    line = lanes(slots=2)

    async def job(name: str, seconds: float) -> None:
        async with line.slots:
            await asyncio.sleep(seconds)
        done.append(name)

    for _ in range(50):
        line.put(1, partial(job, "busy", 0.02))
    line.put(2, partial(job, "other", 0.0))
    await asyncio.sleep(0.03)
    assert "other" in done
    await line.drain(0)


async def test_a_job_that_fails_does_not_stop_its_lane_and_an_idle_lane_is_gone() -> (
    None
):
    done: list[str] = []
    line = lanes()

    async def bad() -> None:
        raise ValueError

    async def good() -> None:
        done.append("good")

    line.put(1, bad)
    line.put(1, good)
    assert len(line) == 1
    await line.drain(1)
    assert (done, len(line)) == (["good"], 0)
    line.put(1, good)
    await line.drain(1)
    assert done == ["good", "good"]


async def test_what_is_not_done_in_time_is_dropped() -> None:
    line = lanes()
    line.put(1, partial(asyncio.sleep, 60))
    await line.drain(0.01)
    assert len(line) == 0
    await line.drain(0.01)
