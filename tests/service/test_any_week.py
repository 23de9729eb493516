"""Whatever people do and whatever breaks: every occasion is counted exactly once.

Thirty people do anything at all for some weeks, while the bot is killed and started
again, updates come twice, disks are full before or after a transaction, and another
process opens the box. What was durably stored is the truth; the count must equal it.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.anonymity import Door, Invitation, new_id
from bot.anonymity.keys import KeyFolder
from bot.app import App
from bot.ballots import Outcome, SealedBallot
from bot.config import Installation
from bot.core.codes import make
from bot.core.flow import Phase
from bot.core.session import Session, SessionWrite, Status
from bot.dialogue import Left, Word
from bot.errors import PolsslagError, StorageError
from bot.remarks import Scrubbed, Withheld
from storage.ballots import SqliteBallots
from storage.sessions import SqliteSessions
from tests.doubles.installation import (
    Clock,
    in_the_box,
    installation_in,
    opened,
    shipped_flows,
)
from tests.doubles.person import Person
from tests.doubles.reading import Reader, Scrubbing

FLOW = shipped_flows()["klantmanager"]
WORDS = ("7", "ja", "eens", "bla", "stop")
REMARKS = ("bla", "bla", "bla bla", "nou ja")
NOTHING_MORE = "Nee, niets meer"
Remark = Scrubbed | Withheld | None
ENTRIES = {
    "alle": {"flow": "klantmanager", "phase": "intake", "one_in": 1},
    "kans": {"flow": "klantmanager", "phase": "intake", "one_in": 3},
}


@dataclass
class Truth:
    """What is durable, as seen from below the service."""

    sealed: dict[bytes, Session] = field(default_factory=dict)
    ends: dict[str, Outcome] = field(default_factory=dict)
    """How each occasion ended, by the id of its ballot."""
    remarks: dict[str, Remark] = field(default_factory=dict)
    """What became of its remark, by the id of that ballot."""
    begun: set[str] = field(default_factory=set)
    """The ids of both, of everybody who was asked something."""
    dropped: set[str] = field(default_factory=set)

    def store(self, writes: Sequence[SessionWrite], stored: Sequence[bool]) -> None:
        """Note what a transaction has stored."""
        for write, is_stored in zip(writes, stored, strict=True):
            if not is_stored or write.row is None:
                continue
            session = self.sealed[write.row.sealed]
            if session.status.is_open:
                assert session.ballot not in self.ends, "an end came back to life"
                assert session.remark_ballot not in self.remarks, "and so did a remark"
                self.begun |= {session.ballot, session.remark_ballot} - {""}
            elif session.status is not Status.CLOSED:
                self.end(session)

    def end(self, session: Session) -> None:
        """Note how a session ended, and what became of its remark."""
        if session.status is not Status.REMARKED:
            outcome = OUTCOMES[session.status]
            known = self.ends.setdefault(session.ballot, outcome)
            assert known is outcome, "an end became another"
            assert session.answers == () or outcome is Outcome.COMPLETE
        if session.status is not Status.ANSWERED:
            remark = self.remarks.setdefault(session.remark_ballot, session.remark)
            assert remark == session.remark, "a remark became another"


class Trouble:
    """Raises a fault before or after a transaction, now and then."""

    def __init__(self, chance: random.Random, often: float) -> None:
        self.chance = chance
        self.often = often

    def wrap(self, function: Callable[..., Awaitable[Any]]) -> Callable[..., Any]:
        async def troubled(*args: Any) -> Any:
            if self.chance.random() < self.often:
                raise StorageError("disk-full", path="before")
            result = await function(*args)
            if self.chance.random() < self.often:
                raise StorageError("disk-full", path="after")
            return result

        return troubled


@dataclass
class World:
    """Thirty people, one installation, and everything that can befall them."""

    chance: random.Random
    truth: Truth
    trouble: Trouble
    clock: Clock
    installation: Installation
    app: App
    people: list[Person]
    codes: list[str]

    async def happens(self) -> None:
        """Let one thing happen."""
        what = self.chance.choices(
            [
                self.act,
                self.pass_time,
                self.tidy,
                self.open_box,
                self.mend,
                self.open_elsewhere,
                self.crowd,
            ],
            [200, 12, 4, 1, 1, 1, 10],
        )[0]
        with suppress(PolsslagError):
            await what()

    async def act(self) -> None:
        person = self.chance.choice(self.people)
        person.is_reached = self.chance.random() > 0.1
        buttons = list(person.buttons.values())
        payloads = ["", "e_alle", "e_kans", f"i_{self.chance.choice(self.codes)}"]
        match self.chance.randrange(30):
            case 0 | 1:
                await person.opens(self.chance.choice(payloads))
            case 2:
                await person.writes(self.chance.choice(WORDS))
            case 3 if person.last:
                await person.is_delivered_again()
            case 4 if self.chance.random() < 0.2:
                await person.gives(self.chance.choice(list(Word)))
            case 5 if self.chance.random() < 0.1:
                await person.does(Left())
            case 6:
                await person.sends_a_photo()
            case place if place < 20 and NOTHING_MORE in person.buttons:
                await person.writes(self.chance.choice(REMARKS))
            case 7 | 8 if buttons:
                await person.presses(*self.chance.choice(buttons))
            case _ if buttons:
                # Mostly people tap what answers the question; it comes first.
                await person.presses(*buttons[0])

    async def pass_time(self) -> None:
        self.clock.turn(hours=self.chance.expovariate(1 / 3))

    async def tidy(self) -> None:
        people = {person.subject: person for person in self.people}
        for reply in await self.app.service.tidy():
            await people[reply.subject].sees(reply)

    async def open_box(self) -> None:
        await self.app.opening.open(self.clock(), self.app.week)

    async def open_elsewhere(self) -> None:
        async with opened(self.installation, self.clock) as other:
            await other.opening.open(self.clock(), other.week)

    async def crowd(self) -> None:
        acts = [self.act() for _ in range(8)]
        others = [self.tidy(), self.open_elsewhere(), self.open_box(), self.mend()]
        self.chance.shuffle(others)
        some, rest = others[: self.chance.randrange(3)], others
        for idle in rest[len(some) :]:
            idle.close()
        for fault in await asyncio.gather(*acts, *some, return_exceptions=True):
            if not isinstance(fault, PolsslagError | None):
                raise fault

    async def mend(self) -> None:
        await self.app.opening.mend(self.clock(), self.app.week)


@asynccontextmanager
async def calm(trouble: Trouble) -> AsyncIterator[None]:
    often, trouble.often = trouble.often, 0
    yield
    trouble.often = often


async def live(
    folder: Path, seed: int, monkeypatch: pytest.MonkeyPatch, starts: int
) -> None:
    """Let a random life be lived, and hold the count against the truth."""
    chance, truth, clock = random.Random(seed), Truth(), Clock()
    trouble = Trouble(chance, 0)
    watch(truth, trouble, monkeypatch)
    installation = installation_in(folder, ENTRIES)
    people: list[Person] = []
    codes = [make(chance.randbytes(16)) for _ in range(20)]
    reader = Reader(Scrubbing({"bla bla": Withheld.IN_DOUBT, "nou ja": OSError()}))
    async with opened(installation, clock, FLOW) as app:
        await app.door.invite(
            [
                Invitation(
                    code, FLOW.content_hash, Phase.INTAKE, clock() + 3 * WEEK, new_id()
                )
                for code in codes
            ]
        )
        people = [Person(app.service, f"telegram:{n}") for n in range(30)]
    for _ in range(starts):
        trouble.often = 0
        reader.asks = chance.random() < 0.8
        async with opened(installation, clock, reads=reader) as app:
            for person in people:
                person.service = app.service
            world = World(
                chance, truth, trouble, clock, installation, app, people, codes
            )
            trouble.often = 0.01
            for _ in range(chance.randrange(400)):
                await world.happens()
            trouble.often = 0
    async with opened(installation, clock) as app:
        clock.turn(weeks=4)
        await app.opening.open(clock(), app.week)
        batches = await app.stores.ballots.batches()
        waiting = await in_the_box(app, installation)
        names = KeyFolder(installation.keys).ids()
        assert names == {await app.stores.sessions.epoch()}

    counted = Counter(ballot.outcome for ballot in waiting)
    for batch in batches:
        counted.update(batch.outcomes)
        assert batch.completes >= 10
    used = counted.pop(Outcome.NOT_OPENED, 0)
    assert truth.begun <= truth.ends.keys() | truth.remarks.keys()
    assert counted == Counter(truth.ends.values())
    assert used <= len(codes)
    # Every occasion has dropped its second ballot as well, and nothing else is there.
    assert len(truth.remarks) == len(truth.ends)
    assert truth.ends.keys() | truth.remarks.keys() <= truth.dropped
    assert len(truth.dropped) <= 2 * len(truth.ends) + len(codes)
    said = {
        one.text if isinstance(one, Scrubbed) else one for one in truth.remarks.values()
    }
    # Chance decides whether anybody says something that is kept in so short a life.
    assert said <= {*WORDS, Withheld.IN_DOUBT, None}


WEEK = Clock().now - Clock().now.replace(day=15)
OUTCOMES = {
    Status.NOT_DRAWN: Outcome.NOT_DRAWN,
    Status.EXPIRED: Outcome.NO_REPLY,
    Status.DECLINED: Outcome.REFUSED,
    Status.STOPPED: Outcome.WITHDREW,
    Status.BROKE_OFF: Outcome.BROKE_OFF,
    Status.COMPLETE: Outcome.COMPLETE,
    Status.ANSWERED: Outcome.COMPLETE,
}


def watch(truth: Truth, trouble: Trouble, monkeypatch: pytest.MonkeyPatch) -> None:
    """See every session that is stored, and every one that settling ends."""
    row, bury = Door._row, Door._bury
    write, drop = SqliteSessions.write, SqliteBallots.drop

    def rowed(door: Door, session: Session) -> Any:
        made = row(door, session)
        truth.sealed[made.sealed] = session
        return made

    async def buried(door: Door, ended: Sequence[Session]) -> None:
        for session in ended:
            truth.end(session)
        await bury(door, ended)

    async def dropped(
        store: SqliteBallots, epoch: str, ballots: Sequence[SealedBallot]
    ) -> None:
        await drop(store, epoch, ballots)
        truth.dropped |= {ballot.id.hex() for ballot in ballots}

    async def written(
        store: SqliteSessions, epoch: str, writes: Sequence[SessionWrite]
    ) -> list[bool]:
        stored = await write(store, epoch, writes)
        truth.store(writes, stored)
        return stored

    monkeypatch.setattr(Door, "_row", rowed)
    monkeypatch.setattr(Door, "_bury", buried)
    monkeypatch.setattr(SqliteSessions, "write", trouble.wrap(written))
    monkeypatch.setattr(SqliteBallots, "drop", dropped)
    for store, names in (
        (SqliteSessions, ("reseal", "retire", "vacuum")),
        (SqliteBallots, ("drop", "open_box", "vacuum")),
    ):
        for name in names:
            monkeypatch.setattr(store, name, trouble.wrap(getattr(store, name)))


@pytest.mark.parametrize("seed", range(2))
async def test_every_occasion_is_counted_once(
    quick_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    await live(quick_path, seed, monkeypatch, starts=4)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(100, 300))
async def test_every_occasion_of_many_lives_is_counted_once(
    quick_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    await live(quick_path, seed, monkeypatch, starts=12)
