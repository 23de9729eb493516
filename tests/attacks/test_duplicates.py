"""Attack 12: however often somebody tries, there is one ballot."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path

import pytest

from bot.anonymity import Door
from bot.anonymity.leaving import ballots_of
from bot.core.session import Session
from bot.dialogue import Opened, Tapped
from tests.attacks import phones
from tests.attacks.disk import files_in, tables
from tests.attacks.launch import TOKEN, Job, place_in
from tests.attacks.phones import (
    ENTRY,
    PATIENCE,
    settled,
    takes_what_comes,
    taps_through,
)
from tests.attacks.plants.repeats import new_ballot_every_time, no_tombstones
from tests.attacks.table import Finding, Table
from tests.attacks.town import YES, Town, new_ids, town_in
from tests.doubles.botapi import BotApi
from tests.doubles.clients import Client
from tests.doubles.installation import Clock
from tests.doubles.person import Person

ANSWERS = ("7", "8", "Eens", "Helemaal eens")
CROWD = 20
Way = Callable[[Town, int], Awaitable[Person]]


async def twice_the_last_button(town: Town, number: int) -> Person:
    person = await town.comes(number, (YES, *ANSWERS[:-1]))
    button = person.buttons[ANSWERS[-1]]
    await person.presses(*button)
    await person.presses(*button)
    return person


async def every_button_once_more(town: Town, number: int) -> Person:
    person = await town.comes(number)
    pressed = []
    for label in (YES, *ANSWERS):
        pressed.append(person.buttons[label])
        await person.presses(*pressed[-1])
    for button in (*pressed, *reversed(pressed)):
        await person.presses(*button)
    return person


async def all_at_once(town: Town, number: int) -> Person:
    person = await town.comes(number, (YES, *ANSWERS[:-1]))
    action, message = person.buttons[ANSWERS[-1]]
    handle = town.app.service.handle
    replies = await asyncio.gather(
        *(
            handle(person.subject, Tapped(action, message), 10**9 + number % 10**6 + n)
            for n in range(CROWD)
        ),
        *(
            handle(person.subject, Opened("e_sozawe", "nl"), 2 * 10**9 + n)
            for n in range(CROWD)
        ),
    )
    for reply in replies:
        await person.sees(reply)
    return person


async def delivered_again(town: Town, number: int) -> Person:
    person = await town.comes(number, (YES, *ANSWERS))
    await person.is_delivered_again()
    return person


async def under_a_used_code(town: Town, number: int) -> Person:
    """Answer by an invitation, and let another person try the same one."""
    person = await town.comes(number, (YES, *ANSWERS), f"i_{town.codes[0]}")
    other = Person(town.app.service, f"telegram:{number + 1}")
    await other.opens(f"i_{town.codes[0]}")
    await other.writes(town.codes[0])
    assert YES not in other.buttons
    return person


async def killed_before_the_tombstone(town: Town, number: int) -> Person:
    """Die when the ballot is in the box and the session not closed yet."""

    async def bury(door: Door, ended: Sequence[Session]) -> None:
        await door._drop([one for session in ended for one in ballots_of(session)])

    person = await town.comes(number, (YES, *ANSWERS[:-1]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Door, "_bury", bury)
        person.is_reached = False
        await person.taps(ANSWERS[-1])
    person.is_reached = True
    return person


WAYS: Sequence[Way] = (
    twice_the_last_button,
    every_button_once_more,
    all_at_once,
    delivered_again,
    under_a_used_code,
    killed_before_the_tombstone,
)


async def tries_again(person: Person) -> None:
    """Come once more, and answer if that can be done."""
    await person.opens("e_sozawe")
    for label in (YES, *ANSWERS):
        if label in person.buttons:
            await person.taps(label)


async def answering_twice(
    folder: Path, plant: AbstractContextManager[None] | None = None
) -> Finding:
    """Have people try all week long, with a restart each day; count the ballots."""
    clock = Clock()
    numbers = new_ids(random.Random(12), len(WAYS))
    people: list[Person] = []
    with plant or nullcontext():
        async with town_in(folder, clock=lambda: clock) as town:
            await town.invite(1)
            for way, number in zip(WAYS, numbers, strict=True):
                people.append(await way(town, number))
        for _ in range(5):
            clock.turn(hours=20)
            async with town_in(folder, clock=lambda: clock) as town:
                for person in people:
                    person.service = town.app.service
                    await person.is_delivered_again()
                    await tries_again(person)
                ballots = await town.app.stores.ballots.in_box()
    return Finding(f"{ballots} ballots of {len(WAYS)} people", ballots != 2 * len(WAYS))


async def test_nobody_answers_twice_between_two_openings(
    table: Table, quick_path: Path
) -> None:
    real = await answering_twice(quick_path / "real")
    forgetful = await answering_twice(quick_path / "forgetful", no_tombstones())
    doubling = await answering_twice(quick_path / "doubling", new_ballot_every_time())

    how = "taps, codes, deliveries, crash, /start all week"
    table.hold(12, how, "no tombstones", real, forgetful)
    table.hold(12, how, "an id per drop", real, doubling)


PHONES = 5


async def with_the_real_bot(folder: Path, plants: Sequence[str]) -> Finding:
    """Deliver everything twice, kill the bot before the last answer, come again."""
    async with BotApi(TOKEN, must_answer=False, deliveries=2) as api:
        place = await place_in(folder, api.base_url, Job(plants=plants))
        clients = [api.client() for _ in range(PHONES)]
        process = await place.run()
        for client in clients:
            await client.opens(ENTRY)
        await asyncio.gather(*(taps_through(c, phones.ANSWERS[:-1]) for c in clients))
        await asyncio.gather(*(client.question(PATIENCE) for client in clients))
        process.kill()
        await process.wait()
        for client in clients:
            message = await client.question(PATIENCE)
            [*_, (_, action)] = [b for b in message.buttons if ":a." in b[1]]
            await client.presses(action, message)
            await client.presses(action, message)
        async with place.running():
            for client in clients:
                await client.chat.until(partial(is_closed, client), PATIENCE)
            numbers = [await client.opens(ENTRY) for client in clients]
            await asyncio.gather(*(settled(api, number) for number in numbers))
            await asyncio.gather(*(takes_what_comes(client) for client in clients))
        ballots = len(tables(files_in(folder / "data"))["answers.db:ballots"])
    return Finding(f"{ballots} ballots of {PHONES} people", ballots != 2 * PHONES)


def is_closed(client: Client) -> bool:
    return not client.screen[0].rows


@pytest.mark.timeout(400)
async def test_the_real_bot_takes_one_ballot_however_it_is_killed_and_asked(
    table: Table, quick_path: Path
) -> None:
    real, naive = await asyncio.gather(
        with_the_real_bot(quick_path / "real", []),
        with_the_real_bot(quick_path / "naive", ["no tombstones"]),
    )
    how = "the real bot, all delivered twice, kill -9, /start again"
    table.hold(12, how, "no tombstones", real, naive)
