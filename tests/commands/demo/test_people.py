"""Made-up people do what their habits say, and what they did is what is counted."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from bot.anonymity import Invitation, new_id
from bot.app import App, open_in_memory
from bot.app.reading import Reads, open_unread
from bot.commands.demo.books import Books, Occasion
from bot.commands.demo.habits import Ending, Habits, draw_habits
from bot.commands.demo.people import Person, Way
from bot.commands.demo.phone import Phone
from bot.commands.demo.reading import Reader
from bot.commands.publishing import publish, read_draft
from bot.config import Config, EntryPoint
from bot.core.codes import make
from bot.core.flow import FlowDefinition, Origin, Phase
from bot.service import ENTRY, INVITATION
from bot.shipped import shipped_flows
from tests.doubles.reading import Reader as Asking

ENTRIES = {
    "open": EntryPoint(flow="sozawe", one_in=1),
    "shut": EntryPoint(flow="sozawe", one_in=1000),
}
CONFIG = Config(phone="14 023", entries=ENTRIES)
K = 10

PLAIN = Habits(
    phone="nl",
    reads="nl",
    intends=Ending.COMPLETE,
    leaves_at=0,
    rests_at=-1,
    rest=timedelta(hours=20),
    changes_at=0,
    types=False,
    types_nonsense=False,
    types_code=False,
    goes_back=False,
    reads_privacy=False,
    taps_twice=False,
    taps_old=False,
    comes_again=False,
    comes_back=False,
    blocks=False,
    stutters=False,
)
ENDINGS: dict[str, tuple[Habits, Ending]] = {
    "plain": (PLAIN, Ending.COMPLETE),
    "typing": (replace(PLAIN, types=True), Ending.COMPLETE),
    "typing Turkish": (
        replace(PLAIN, types=True, phone="tr", reads="tr"),
        Ending.COMPLETE,
    ),
    "nonsense first": (replace(PLAIN, types_nonsense=True), Ending.COMPLETE),
    "a typed code": (replace(PLAIN, types_code=True), Ending.COMPLETE),
    "Arabic on a Dutch phone": (replace(PLAIN, reads="ar"), Ending.COMPLETE),
    "English half-way": (replace(PLAIN, reads="en", changes_at=2), Ending.COMPLETE),
    "a Polish phone": (replace(PLAIN, phone="pl", reads="en"), Ending.COMPLETE),
    "going back": (replace(PLAIN, goes_back=True), Ending.COMPLETE),
    "reading first": (replace(PLAIN, reads_privacy=True), Ending.COMPLETE),
    "tapping twice": (replace(PLAIN, taps_twice=True), Ending.COMPLETE),
    "an old button": (replace(PLAIN, taps_old=True), Ending.COMPLETE),
    "coming again": (replace(PLAIN, comes_again=True), Ending.COMPLETE),
    "a bad network": (replace(PLAIN, stutters=True), Ending.COMPLETE),
    "all at once": (
        replace(
            PLAIN,
            reads="tr",
            types=True,
            types_nonsense=True,
            types_code=True,
            goes_back=True,
            reads_privacy=True,
            taps_twice=True,
            taps_old=True,
            comes_again=True,
            stutters=True,
        ),
        Ending.COMPLETE,
    ),
    "a rest": (replace(PLAIN, rests_at=3), Ending.COMPLETE),
    "too long a rest": (
        replace(PLAIN, rests_at=3, rest=timedelta(hours=41)),
        Ending.BROKE_OFF,
    ),
    "no": (replace(PLAIN, intends=Ending.REFUSED), Ending.REFUSED),
    "no, and again": (
        replace(PLAIN, intends=Ending.REFUSED, comes_again=True, taps_twice=True),
        Ending.REFUSED,
    ),
    "stopping": (
        replace(PLAIN, intends=Ending.WITHDREW, leaves_at=3),
        Ending.WITHDREW,
    ),
    "leaving": (
        replace(PLAIN, intends=Ending.BROKE_OFF, leaves_at=4),
        Ending.BROKE_OFF,
    ),
    "leaving, and back too late": (
        replace(
            PLAIN,
            intends=Ending.BROKE_OFF,
            leaves_at=2,
            comes_back=True,
            taps_old=True,
        ),
        Ending.BROKE_OFF,
    ),
    "blocking": (
        replace(PLAIN, intends=Ending.BROKE_OFF, leaves_at=1, blocks=True),
        Ending.BROKE_OFF,
    ),
    "only looking": (replace(PLAIN, intends=Ending.NO_REPLY), Ending.NO_REPLY),
    "looking, and blocking": (
        replace(PLAIN, intends=Ending.NO_REPLY, blocks=True),
        Ending.NO_REPLY,
    ),
}


@dataclass
class Street:
    """A bot in memory, and a clock that is put forward by hand."""

    now: datetime = datetime(2026, 7, 20, 12, tzinfo=UTC)
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    app: App = field(init=False)
    flow: FlowDefinition = field(init=False)

    def clock(self) -> datetime:
        return self.now

    def person(self, habits: Habits, way: Way) -> Person:
        number = next(self.numbers)
        phone = Phone(
            self.app.service,
            f"demo:{number}",
            habits.phone,
            self.numbers,
            stutters=habits.stutters,
        )
        reader = Reader(self.flow, self.app.words, CONFIG.phone)
        return Person(way, phone, habits, reader, Random(number))

    async def invited(self, habits: Habits) -> Person:
        code = make(next(self.numbers).to_bytes(16))
        until = self.now + timedelta(weeks=3)
        invitation = Invitation(
            code, self.flow.content_hash, Phase.INTAKE, until, new_id()
        )
        await self.app.door.invite([invitation])
        way = Way(Origin.INVITED, INVITATION + code, code)
        return self.person(habits, way)

    async def lives(self, person: Person) -> None:
        """Let somebody act until they will not any more, and time go by."""
        pause = await person.act()
        while pause is not None:
            await self.passes(pause, person)
            pause = await person.act()
        if person.ending is None:
            await self.passes(timedelta(hours=41), person)

    async def passes(self, time: timedelta, person: Person) -> None:
        self.now += time
        for reply in await self.app.service.tidy():
            await person.phone.show(reply)
        person.look()


@pytest.fixture
async def street() -> AsyncIterator[Street]:
    async with a_street(open_unread) as street:
        yield street


@asynccontextmanager
async def a_street(reads: Reads) -> AsyncIterator[Street]:
    street = Street()
    async with open_in_memory(CONFIG, clock=street.clock, reads=reads) as app:
        street.app = app
        street.flow = read_draft(shipped_flows(), "sozawe").flow
        await publish(app, street.flow)
        yield street


@pytest.mark.parametrize("kind", ENDINGS)
async def test_people_end_as_they_meant_to_and_are_counted_so(
    street: Street, kind: str
) -> None:
    habits, ending = ENDINGS[kind]
    books = Books()
    # Beside them as many plain people as a batch must have.
    for one in [habits] * 3 + [PLAIN] * K:
        person = await street.invited(one)
        await street.lives(person)
        assert person.ending is not None
        books.note(Occasion(Origin.INVITED, person.ending, person.given))
    assert [one.ending for one in books.waiting[:3]] == [ending] * 3

    await street.app.opening.open(street.now, street.app.week)
    [batch] = await street.app.stores.ballots.batches()
    outcomes = {str(outcome): n for outcome, n in batch.outcomes.items()}
    books.release(batch.week, batch.cell.origin, outcomes, batch.counts)
    assert books.differing == []
    assert books.waiting == []


async def test_who_is_not_drawn_knows_it_and_stays_so(street: Street) -> None:
    habits = replace(PLAIN, comes_again=True)
    person = street.person(habits, Way(Origin.WALK_IN, f"{ENTRY}shut", one_in=1000))
    assert await person.act() is None
    assert (person.ending, person.was_let_in) == (Ending.NOT_DRAWN, False)
    assert await street.app.stores.ballots.in_box() == 2


async def test_who_walks_in_and_is_drawn_answers_once(street: Street) -> None:
    habits = replace(PLAIN, comes_again=True)
    person = street.person(habits, Way(Origin.WALK_IN, f"{ENTRY}open"))
    assert await person.act() is None
    assert (person.ending, person.was_let_in) == (Ending.COMPLETE, True)
    assert await street.app.stores.ballots.in_box() == 2


async def test_a_made_up_person_leaves_no_remark() -> None:
    async with a_street(Asking()) as street:
        person = street.person(PLAIN, Way(Origin.WALK_IN, f"{ENTRY}open"))
        assert await person.act() is None
        assert person.ending is Ending.COMPLETE
        assert await street.app.stores.ballots.in_box() == 2


async def test_who_comes_with_a_code_that_never_was_is_not_let_in(
    street: Street,
) -> None:
    person = street.person(PLAIN, Way(Origin.INVITED, f"{INVITATION}BBBBBBBB"))
    assert await person.act() is None
    assert (person.ending, person.was_let_in) == (None, False)
    assert await street.app.stores.ballots.in_box() == 0


def test_the_same_seed_gives_the_same_people() -> None:
    first, again, other = (
        [draw_habits(Random(f"{seed} {n}"), 4) for n in range(50)] for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other
