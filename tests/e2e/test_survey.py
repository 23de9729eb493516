"""The whole bot, as a process of its own, against a Bot API over HTTP."""

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from bot.flowfiles import load_folder
from tests.doubles.botapi import BotApi
from tests.doubles.chats import Chat
from tests.doubles.faults import Page, flood
from tests.doubles.places import quick_folder
from tests.e2e.installation import FLOWS, ROOT, Place
from tests.e2e.people import Habit, Person

STAFF = (-1001, -1002)
LANGUAGES = ("nl", "en", "ar", "tr")
HABITS = (
    *(Habit.TAPS,) * 5,
    *(Habit.TYPES,) * 3,
    Habit.GOES_BACK,
    Habit.SWITCHES,
)
OTHERS = (Habit.DECLINES, Habit.STOPS, Habit.LEAVES)
FEW, MANY = 96, 200
"""People. With fewer than 96 some group of those who finish is below ten: then its
answers wait, and the digest does not speak of it."""
LONG = (pytest.mark.soak, pytest.mark.timeout(600))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with quick_folder(tmp_path) as quick:
        yield quick


async def _people(
    api: BotApi, place: Place, dice: random.Random, count: int
) -> list[Person]:
    """Give so many people: half of them drawn from a list, half walking in."""
    flows = load_folder(ROOT / "flows")
    people = []
    for flow in FLOWS:
        each = count // len(FLOWS) // 2
        drawn = await place.draw(flow, each, beforehand=True)
        ways = [("invited", f"i_{code}") for code, _ in drawn]
        ways += [("walk_in", f"e_{flow}_door")] * each
        assert [payload for _, payload in drawn] == [f"i_{code}" for code, _ in drawn]
        for number, (origin, payload) in enumerate(ways):
            habit = OTHERS[number % 3] if number % 8 == 7 else dice.choice(HABITS)
            language = LANGUAGES[number % 4]
            client = api.client(language=language)
            person = Person(client, flows[flow].flow, origin, payload, language, habit)
            person.decide(dice)
            people.append(person)
    return people


def _has_all(group: Chat) -> bool:
    return len(group.screen) == len(FLOWS)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("clients", [FEW, pytest.param(MANY, marks=LONG)])
async def test_everybody_who_finishes_is_counted_once_and_the_digest_arrives_once(
    folder: Path, clients: int
) -> None:
    dice = random.Random(7)
    async with BotApi() as api:
        groups = [api.group(number) for number in STAFF]
        place = Place.make(folder, api.base_url, chats=STAFF)
        for flow in FLOWS:
            await place.prepare("publish", flow, "--yes")
        people = await _people(api, place, dice, clients)
        async with place.running():
            await asyncio.gather(*(person.takes_part() for person in people))
            await place.command("release")
            for group in groups:
                await group.until(partial(_has_all, group))
        expected: Counter[tuple[str, str, str, str]] = Counter()
        for person in people:
            expected += person.counted
        assert place.released() == expected
        texts = [sorted(message.text for message in g.screen) for g in groups]
        assert texts[0] == texts[1]
        assert len(set(texts[0])) == len(FLOWS)
        everybody = [p for p in people if p.habit is not Habit.LEAVES]
        assert all(len(p.client.screen) == 1 for p in everybody)


MOST_CALLS = 400
"""From one death to the next. A person costs about twenty: the last kills then fall
among the last answers."""
LONGEST = 8.0
"""Seconds."""


class Mischief:
    """Kills the bot amid its work, starts it again, and so on, so many times.

    It dies after so many calls, whatever they take, so that on a quick machine too
    there is work left for the last one.
    """

    def __init__(
        self, place: Place, api: BotApi, dice: random.Random, kills: int
    ) -> None:
        self.place = place
        self.api = api
        self.dice = dice
        self.left = kills
        self.half = kills // 2
        self.is_half_done = asyncio.Event()
        self.process: asyncio.subprocess.Process | None = None

    async def run(self) -> None:
        """Keep the bot running between the kills; then leave it in peace."""
        self.process = await self._started()
        while self.left:
            await self._has_called(self.dice.randrange(1, MOST_CALLS))
            assert self.process.returncode is None, self.place.log.read_text()
            self.process.kill()
            await self.process.wait()
            self.left -= 1
            if self.left <= self.half:
                self.is_half_done.set()
            self.process = await self._started()

    async def _started(self) -> asyncio.subprocess.Process:
        return await self.place.run()

    async def _has_called(self, often: int) -> None:
        """Wait until the bot has called so often, or seems to have nothing to do."""
        told = len(self.api.calls)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST):
                while len(self.api.calls) < told + often:  # noqa: ASYNC110 - nobody tells us of it
                    await asyncio.sleep(0.005)

    async def stop(self) -> None:
        """Stop the last one in order."""
        assert self.process is not None
        self.process.terminate()
        assert await self.process.wait() == 0, self.place.log.read_text()


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("clients", "kills"), [(FEW, 8), pytest.param(MANY, 20, marks=LONG)]
)
async def test_kills_and_redeliveries_lose_and_double_nothing(
    folder: Path, clients: int, kills: int
) -> None:
    dice = random.Random(11)
    async with BotApi(deliveries=2, must_answer=False) as api:
        groups = [api.group(number) for number in STAFF]
        place = Place.make(folder, api.base_url, chats=STAFF)
        for flow in FLOWS:
            await place.prepare("publish", flow, "--yes")
        people = await _people(api, place, dice, clients)
        mischief = Mischief(place, api, dice, kills)
        bot = asyncio.create_task(mischief.run())
        try:
            api.sometimes(dice, 0.01, lambda: dice.choice((flood(), Page())))
            taking_part = asyncio.gather(*(person.takes_part() for person in people))
            await mischief.is_half_done.wait()
            to_come = mischief.left
            await place.command("release")
            await taking_part
            await bot
            api.sometimes(dice, 0, Page)
            async with asyncio.timeout(60):
                while place.dispatches("pending", "sending"):  # noqa: ASYNC110 - the state is in a file
                    await asyncio.sleep(0.2)
            # Killed between the question and the answer: it may have arrived or not,
            # and is never sent again.
            unsure = place.dispatches("perhaps")
            arrived = Counter(m.text for group in groups for m in group.screen)
            assert max(arrived.values()) <= len(groups)
            assert arrived.total() >= len(groups) * len(FLOWS) - unsure
            assert unsure <= to_come
        finally:
            bot.cancel()
            if mischief.process is not None and mischief.process.returncode is None:
                await mischief.stop()
    expected: Counter[tuple[str, str, str, str]] = Counter()
    for person in people:
        expected += person.counted
    assert place.released() + await place.waiting() == expected
