"""The one way out keeps to Telegram's limits."""

import asyncio
from itertools import pairwise

from bot.transports.telegram.sender import Kind, Sender
from bot.transports.telegram.settings import Pacing


async def sent(sender: Sender, chats: list[int], *, kind: Kind) -> list[float]:
    """Send one to each of the chats at once; give the moments they went out."""
    loop = asyncio.get_running_loop()
    times: list[float] = []

    async def request() -> None:
        times.append(loop.time())

    await asyncio.gather(*(sender.insist(chat, kind, request) for chat in chats))
    return [moment - times[0] for moment in times]


async def test_messages_to_all_chats_together_are_spaced() -> None:
    sender = Sender(Pacing(all_per_second=100))
    times = await sent(sender, list(range(1, 31)), kind=Kind.MESSAGE)
    assert 0.27 < times[-1] < 0.6
    assert sum(late - early < 0.005 for early, late in pairwise(times)) < 10


async def test_messages_to_one_chat_are_spaced_after_a_burst() -> None:
    sender = Sender(Pacing(all_per_second=10_000, chat_every=0.1))
    times = await sent(sender, [7] * 5, kind=Kind.MESSAGE)
    # A busy machine may be late with the first ones, and then waits less long.
    assert times[3] > 0.05
    assert times[4] > 0.15


async def test_messages_to_a_group_are_spaced_from_the_first() -> None:
    sender = Sender(Pacing(all_per_second=10_000, group_every=0.1))
    times = await sent(sender, [-7] * 3, kind=Kind.MESSAGE)
    assert times[1] > 0.05
    assert times[2] > 0.15


async def test_what_makes_no_sound_is_not_spaced() -> None:
    sender = Sender(Pacing(all_per_second=1, chat_every=1))
    times = await sent(sender, [7] * 20, kind=Kind.CHANGE)
    assert times[-1] < 0.2


async def test_only_so_many_requests_are_under_way_at_a_time() -> None:
    sender = Sender(Pacing(all_per_second=10_000, in_flight=4))
    busy, most = 0, 0

    async def request() -> None:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.005)
        busy -= 1

    await asyncio.gather(
        *(sender.insist(chat, Kind.CHANGE, request) for chat in range(1, 40))
    )
    assert most == 4


async def test_chats_that_rest_are_forgotten() -> None:
    sender = Sender(Pacing(all_per_second=1_000_000, chat_every=0.0001))
    await sent(sender, list(range(1, 1500)), kind=Kind.MESSAGE)
    assert len(sender._paces) < 1499
