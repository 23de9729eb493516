"""Everybody who has an invitation or walks in, and when they take up their phones."""

import asyncio
import heapq
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from bot.commands.demo.books import Books, Occasion
from bot.commands.demo.habits import Ending, Shifts, draw_habits
from bot.commands.demo.people import Person, Way
from bot.commands.demo.phone import Phone
from bot.commands.demo.reading import Reader
from bot.commands.demo.remarks import draw_remark
from bot.core.flow import Origin
from bot.service import SurveyService

_RETURNS = 0.3
"""Which part of those who walk in have done so in an earlier week."""


@dataclass(frozen=True, slots=True)
class Letter:
    """An invitation on paper: the link, and the code for who would rather type it."""

    payload: str
    code: str
    until: datetime


@dataclass(slots=True)
class Crowd:
    """Lets people act when their time has come, and notes how it ended for each.

    Args:
        shifts: how whoever has a contact is treated, until it is said otherwise.
    """

    service: SurveyService
    clock: Callable[[], datetime]
    reader: Reader
    books: Books
    seed: int
    shifts: Shifts = field(default_factory=dict)
    _letters: dict[str, Letter] = field(default_factory=dict)
    _due: list[tuple[datetime, int, Person]] = field(default_factory=list)
    _inside: dict[str, Person] = field(default_factory=dict)
    _regulars: list[str] = field(default_factory=list)
    _newly_known: list[str] = field(default_factory=list)
    _deliveries: Iterator[int] = field(default_factory=itertools.count)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    @property
    def letters(self) -> int:
        """Say how many invitations nobody has opened and can still be opened."""
        return len(self._letters)

    @property
    def inside(self) -> int:
        """Say how many people are in the middle of it."""
        return len(self._inside)

    def invite(self, letter: Letter, opens_at: datetime | None) -> None:
        """Bring somebody an invitation; most never open it."""
        self._letters[letter.code] = letter
        if opens_at is not None:
            way = Way(Origin.INVITED, letter.payload, letter.code)
            self._expect(way, opens_at, None)

    def walk_in(self, payload: str, one_in: int, at: datetime, chance: Random) -> None:
        """Let somebody find the code at an entry: a new face, or a known one."""
        subject = None
        if self._regulars and chance.random() < _RETURNS:
            subject = self._regulars.pop(chance.randrange(len(self._regulars)))
        self._expect(Way(Origin.WALK_IN, payload, one_in=one_in), at, subject)

    async def sit(self) -> None:
        """Let everybody whose time has come act, all at once."""
        await self.tidy()
        now, acting = self.clock(), []
        while self._due and self._due[0][0] <= now:
            acting.append(heapq.heappop(self._due)[2])
        pauses = await asyncio.gather(*(person.act() for person in acting))
        for person, pause in zip(acting, pauses, strict=True):
            self._note(person)
            if pause is not None:
                self._wait(person, now + pause)

    async def tidy(self) -> None:
        """Have the bot end what has expired, and show that to whom it concerns."""
        for reply in await self.service.tidy():
            person = self._inside[reply.subject]
            await person.phone.show(reply)
            person.look()
            self._note(person)

    def expire_letters(self) -> None:
        """Note which invitations nobody can open any more."""
        now = self.clock()
        late = [one for one in self._letters.values() if one.until <= now]
        for letter in late:
            del self._letters[letter.code]
            self.books.note(Occasion(Origin.INVITED, Ending.NOT_OPENED))

    def begin_week(self) -> None:
        """Let whoever has walked in before the opening walk in again."""
        self._regulars += self._newly_known
        self._newly_known.clear()

    def _expect(self, way: Way, at: datetime, subject: str | None) -> None:
        number = next(self._numbers)
        chance = Random(f"{self.seed} {number}")
        habits = draw_habits(chance, len(self.reader.flow.questions))
        phone = Phone(
            self.service,
            subject or f"demo:{number}",
            habits.phone,
            self._deliveries,
            stutters=habits.stutters,
        )
        # What they think of a contact is settled by it, whenever they answer.
        remark = draw_remark(Random(f"{self.seed} {number} remark"), habits.reads)
        person = Person(way, phone, habits, self.reader, chance, self.shifts, remark)
        self._wait(person, at)

    def _wait(self, person: Person, until: datetime) -> None:
        heapq.heappush(self._due, (until, next(self._numbers), person))

    def _note(self, person: Person) -> None:
        subject, way = person.phone.subject, person.way
        if person.was_let_in:
            self._letters.pop(way.code, None)
        if person.ending is None:
            if person.was_let_in:
                self._inside[subject] = person
        elif not person.is_noted:
            person.is_noted = True
            self._inside.pop(subject, None)
            self.books.note(Occasion(way.origin, person.ending, person.given))
            if person.said is not None:
                self.books.remarks.note(person.said)
            if way.origin is Origin.WALK_IN:
                self._newly_known.append(subject)
