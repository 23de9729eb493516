"""A made-up department, played week by week against the real thing.

The clock is made up and so are the people; the draw, the survey, the door, the files
and the weekly opening are those of the bot. The people's habits come from a seed, so
that two runs are alike; whom the draw chooses is real chance, and never the same twice.
"""

import asyncio
import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Final, Self

from bot.app import App
from bot.commands.demo.books import Books
from bot.commands.demo.crowd import Crowd, Letter
from bot.commands.demo.habits import OPENS
from bot.commands.demo.reading import Reader
from bot.commands.demo.reviewer import Reviewer
from bot.commands.demo.story import Story
from bot.commands.drawing import VALID, draw_invitations
from bot.core.flow import FlowDefinition, Phase
from bot.core.weeks import iso_week
from bot.outbox import ASIDE, REVIEW, DispatchState, WrittenDigest
from bot.schedule import Weekly
from bot.service import ENTRY

BEGINS: Final = date(2026, 1, 5)
"""A Monday. Summer time begins on the way."""

_DRAWS_AT: Final = time(9)
_SITTINGS: Final = (time(12), time(20))
"""When made-up people take up their phones: all at once, as one commit serves all."""
_OFFICE_DAYS: Final = 5

_PHASES: Final = {Phase.FIRST_CONTACT: 30, Phase.INTAKE: 25, Phase.AFTER_AWARD: 45}
_SPREAD: Final = 0.08
"""How much one week differs from another, as a part of the usual number."""
_POST: Final = timedelta(hours=20)
_SLOWNESS: Final = 3.5
"""Days, on average, before an invitation that came by post is opened."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is played.

    Args:
        contacts: about how many contacts the department has in a week.
        walk_ins: about how many people scan the code at the counter in a week.
        story: what changes on the way.
    """

    weeks: int = 26
    contacts: int = 1000
    walk_ins: int = 120
    seed: int = 1
    story: Story = field(default_factory=Story)


@dataclass(slots=True)
class SimulatedClock:
    """A clock that stands still until it is put forward."""

    at: datetime

    @classmethod
    def at_the_beginning(cls) -> Self:
        """Give a clock that stands at the day the demo begins with."""
        return cls(datetime.combine(BEGINS, time(), UTC))

    def __call__(self) -> datetime:
        """Read it."""
        return self.at


@dataclass(frozen=True, slots=True)
class WeekDone:
    """What one week came to."""

    number: int
    week: str
    invited: int
    completes: int
    batches: int


@dataclass(slots=True)
class Department:
    """One department and its clients.

    Args:
        flow: what is asked; it is live, and the only entry leads to it.
        lists: folder for the lists of contacts and of invitations.
        digests: what the staff chat got to read, oldest first.
    """

    app: App
    clock: SimulatedClock
    plan: Plan
    flow: FlowDefinition
    lists: Path
    books: Books = field(default_factory=Books)
    contacts: int = 0
    invited: int = 0
    walked_in: int = 0
    weeks: list[str] = field(default_factory=list)
    digests: list[WrittenDigest] = field(default_factory=list)
    crowd: Crowd = field(init=False)
    reviewer: Reviewer = field(init=False)
    _chance: Random = field(init=False)

    def __post_init__(self) -> None:
        """Gather the crowd; its habits come from the seed."""
        reader = Reader(self.flow, self.app.words, self.app.config.phone)
        self._chance = Random(f"{self.plan.seed} department")
        self.crowd = Crowd(
            self.app.service, self.clock, reader, self.books, self.plan.seed
        )
        config = self.app.config
        [chat] = config.remarks.reviewers
        self.reviewer = Reviewer(
            self.app.reviewers, chat, self.app.words, config.digest.language
        )

    async def play(self, tell: Callable[[WeekDone], None]) -> None:
        """Play every week of the plan, and tell of each."""
        for number in range(self.plan.weeks):
            monday = BEGINS + timedelta(weeks=number)
            self._put_clock(monday, _DRAWS_AT)
            self.crowd.shifts = self.plan.story.shifts(number + 1)
            invited = await self._draw()
            self._expect_walk_ins(monday)
            for day in range(7):
                for at in _SITTINGS:
                    self._put_clock(monday + timedelta(days=day), at)
                    await self.crowd.sit()
            batches = await self._open(monday + timedelta(weeks=1))
            completes = sum(n for _, n in batches)
            week = self.weeks[-1]
            tell(WeekDone(number + 1, week, invited, completes, len(batches)))

    async def _draw(self) -> int:
        """Draw from the week's list, and bring everybody drawn an invitation."""
        name = iso_week(self.clock(), self.app.config.digest.zone)
        frame, out = self.lists / f"{name}.csv", self.lists / f"{name}-drawn.csv"
        contacts = self._about(self.plan.contacts)
        phases = self._chance.choices(
            tuple(_PHASES), tuple(_PHASES.values()), k=contacts
        )
        await asyncio.to_thread(_write_list, frame, name, phases)
        await draw_invitations(self.app, frame, self.flow.flow, out)
        now = self.clock()
        letters = await asyncio.to_thread(_read_letters, out, now + VALID)
        for letter in letters:
            self.crowd.invite(letter, self._opening_time(now))
        self.contacts += contacts
        self.invited += len(letters)
        return len(letters)

    def _about(self, usual: int) -> int:
        return max(1, round(self._chance.gauss(usual, usual * _SPREAD)))

    def _opening_time(self, now: datetime) -> datetime | None:
        if self._chance.random() > OPENS:
            return None
        return now + _POST + timedelta(days=self._chance.expovariate(1 / _SLOWNESS))

    def _expect_walk_ins(self, monday: date) -> None:
        [(name, entry)] = self.app.config.entries.items()
        walk_ins = self._about(self.plan.walk_ins)
        for _ in range(walk_ins):
            day = monday + timedelta(days=self._chance.randrange(_OFFICE_DAYS))
            at = self._moment(day, _SITTINGS[0])
            self.crowd.walk_in(ENTRY + name, entry.one_in, at, self._chance)
        self.walked_in += walk_ins

    async def _open(self, monday: date) -> list[tuple[str, int]]:
        """Do the weekly opening; give the origin and size of each new batch."""
        when = self.app.config.digest
        spec = Weekly(when.isoweekday, when.time, when.zone)
        week = iso_week(self._moment(monday, time(12)), when.zone)
        self.clock.at = spec.moment(week)
        await self.crowd.tidy()
        self.crowd.expire_letters()
        before = len(await self.app.stores.ballots.batches())
        await self.app.opening.open(self.clock(), self.app.week)
        new = (await self.app.stores.ballots.batches())[before:]
        for batch in new:
            origin = batch.cell.origin
            outcomes = {str(outcome): n for outcome, n in batch.outcomes.items()}
            self.books.release(batch.week, origin, outcomes, batch.counts)
        self.weeks.append(week)
        self.crowd.begin_week()
        delivered = await self._deliver()
        self.digests += [digest for digest in delivered if digest.kind not in ASIDE]
        published = [text for digest in delivered for text in digest.remarks]
        is_called = any(digest.kind == REVIEW for digest in delivered)
        reviewed = await self.reviewer.looks() if is_called else []
        self.books.remarks.open(week, published, reviewed)
        return [(batch.cell.origin, batch.completes) for batch in new]

    async def _deliver(self) -> list[WrittenDigest]:
        """Be the staff chat, and that of the reviewer."""
        outbox = self.app.stores.outbox
        pending = await outbox.pending()
        for dispatch in pending:
            await outbox.mark(dispatch, DispatchState.SENDING)
            await outbox.mark(dispatch, DispatchState.SENT)
        return [dispatch.digest for dispatch in pending]

    def _put_clock(self, day: date, at: time) -> None:
        self.clock.at = self._moment(day, at)

    def _moment(self, day: date, at: time) -> datetime:
        zone = self.app.config.digest.zone
        return datetime.combine(day, at, zone).astimezone(UTC)


def _write_list(path: Path, name: str, phases: Sequence[Phase]) -> None:
    with path.open("x", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(("reference", "phase"))
        writer.writerows(_numbered(name, phases))


def _numbered(name: str, phases: Sequence[Phase]) -> Iterator[tuple[str, str]]:
    for number, phase in enumerate(phases, start=1):
        yield f"{name}-{number:05}", str(phase)


def _read_letters(path: Path, until: datetime) -> list[Letter]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            Letter(row["link"].partition("?start=")[2], row["code"], until)
            for row in csv.DictReader(file, delimiter=";")
        ]
