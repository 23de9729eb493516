"""One person's events go one by one; those of others do not wait for them."""

import asyncio

import pytest

from bot.service.turns import Turns


async def test_one_person_is_served_in_the_order_of_coming() -> None:
    turns, served = Turns(), []

    async def come(number: int) -> None:
        async with turns.of("telegram:1"):
            await asyncio.sleep(0)
            served.append(number)

    await asyncio.gather(*(come(n) for n in range(20)))

    assert served == list(range(20))


async def test_nobody_waits_for_another() -> None:
    turns = Turns()

    async with turns.of("telegram:1"), asyncio.timeout(1), turns.of("telegram:2"):
        pass


async def test_nobody_is_remembered_once_served() -> None:
    turns = Turns()

    async with turns.of("telegram:1"):
        waiting = asyncio.create_task(turns.of("telegram:1").__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    assert turns._turns == {}
