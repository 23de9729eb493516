"""The whole bot, as a process of its own, against a Bot API over HTTP."""

import asyncio
import random
from collections import Counter
from functools import partial
from pathlib import Path

from bot.flowfiles import load_folder
from tests.doubles.botapi import BotApi
from tests.doubles.chats import Chat
from tests.e2e.installation import FLOWS, ROOT, Place
from tests.e2e.people import Habit, Person

CLIENTS = 200
STAFF = (-1001, -1002)
LANGUAGES = ("nl", "en", "ar", "tr")
HABITS = (
    *(Habit.TAPS,) * 5,
    *(Habit.TYPES,) * 3,
    Habit.GOES_BACK,
    Habit.SWITCHES,
)
OTHERS = (Habit.DECLINES, Habit.STOPS, Habit.LEAVES)


async def _people(api: BotApi, place: Place, dice: random.Random) -> list[Person]:
    """Give 200 people: half of them drawn from a list, half walking in."""
    flows = load_folder(ROOT / "flows")
    people = []
    for flow in FLOWS:
        each = CLIENTS // len(FLOWS) // 2
        drawn = await place.draw(flow, each)
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


async def test_everybody_who_finishes_is_counted_once_and_the_digest_arrives_once(
    tmp_path: Path,
) -> None:
    dice = random.Random(7)
    async with BotApi() as api:
        groups = [api.group(number) for number in STAFF]
        place = Place.make(tmp_path, api.base_url, chats=STAFF)
        for flow in FLOWS:
            await place.command("publish", flow, "--yes")
        people = await _people(api, place, dice)
        async with place.running():
            await asyncio.gather(*(person.takes_part() for person in people))
            await place.command("release")
            for group in groups:
                await group.until(partial(_has_all, group), 30)
        expected: Counter[tuple[str, str, str, str]] = Counter()
        for person in people:
            expected += person.counted
        assert place.released() == expected
        texts = [sorted(message.text for message in g.screen) for g in groups]
        assert texts[0] == texts[1]
        assert len(set(texts[0])) == len(FLOWS)
        everybody = [p for p in people if p.habit is not Habit.LEAVES]
        assert all(len(p.client.screen) == 1 for p in everybody)
