"""Made-up people. They see what stands on their phone, and act on nothing else.

Each keeps an account of what they did, from which the demo knows what must be counted.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Final

from bot.commands.demo.habits import (
    Ending,
    Habits,
    Shifts,
    draw_opinions,
    new_opinion,
)
from bot.commands.demo.phone import Button, Phone
from bot.commands.demo.reading import INTRO, REMARK, Reader
from bot.commands.demo.typing import nonsense, typed_choice, typed_code, typed_grade
from bot.core.flow import Origin
from bot.core.questions import Grade
from bot.core.questions.base import OPT_OUT
from bot.dialogue import Word

_OVER_THE_EXPIRY: Final = timedelta(hours=50)
_MOST_TURNS: Final = 60
"""Nobody needs so many; more of them would be a survey that goes round in circles."""

_ENDED_NOW: Final = (Ending.NOT_DRAWN, Ending.REFUSED, Ending.COMPLETE)
"""Who ended so ended a moment ago; in a later week an entry is open to them again."""


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody comes in: by the link of an invitation, or of an entry.

    Args:
        payload: what the link says to the bot.
        code: the invitation's code, which can be typed instead.
        one_in: so many people come in that way, one of whom is asked.
    """

    origin: Origin
    payload: str
    code: str = ""
    one_in: int = 1


@dataclass(slots=True)
class Person:
    """One person on one occasion.

    Args:
        shifts: how they were treated.
        ending: how it ended, by their own account; None while it goes on, and for
            ever where they were never let in.
        given: what they answered, by question.
        was_let_in: whether they were ever shown the introduction.
        is_noted: whether their ending is in the books.
    """

    way: Way
    phone: Phone
    habits: Habits
    reader: Reader
    chance: Random
    shifts: Shifts = field(default_factory=dict)
    ending: Ending | None = None
    given: dict[str, str] = field(default_factory=dict)
    was_let_in: bool = False
    is_noted: bool = False
    _means: dict[str, str] = field(default_factory=dict)
    _done: set[str] = field(default_factory=set)
    _last: Button | None = None
    _said: Ending = Ending.NO_REPLY

    async def act(self) -> timedelta | None:
        """Take up the phone; give how long until the next time, or None for never."""
        if self._is_first("come"):
            questions = self.reader.flow.questions
            self._means = draw_opinions(questions, self.chance, self.shifts)
            await self._come_in()
        for _ in range(_MOST_TURNS):
            self.look()
            screen = self.phone.keyboard
            if self.ending is not None or screen is None:
                break
            self.was_let_in = True
            text, buttons = screen
            asked = self.reader.asked(text) or INTRO
            place = self._place(asked)
            if self._leaves(place):
                return await self._leave()
            if place == self.habits.rests_at and self._is_first("rest"):
                return self.habits.rest
            await self._turn(asked, place, buttons)
        await self._afterwards()
        return None

    def look(self) -> None:
        """See whether it is over, and remember how it went."""
        newest = self.phone.newest
        if self.ending is None and self.reader.is_closing(newest):
            is_complete = set(self.given) == {
                q.name for q in self.reader.flow.questions
            }
            self.ending = Ending.COMPLETE if is_complete else self._said

    async def _come_in(self) -> None:
        if self.way.code and self.habits.types_code:
            await self.phone.opens("")
            await self.phone.writes(typed_code(self.way.code, self.chance))
        else:
            await self.phone.opens(self.way.payload)
        if self.reader.says_not_drawn(self.phone.newest, self.way.one_in):
            self.ending = Ending.NOT_DRAWN

    def _place(self, asked: str) -> int:
        """Say before which question they are: 0 is the introduction."""
        if asked == REMARK:
            return len(self.reader.flow.questions) + 1
        return 0 if asked == INTRO else self.reader.flow.index(asked) + 1

    def _leaves(self, place: int) -> bool:
        match self.habits.intends:
            case Ending.NO_REPLY:
                return True
            case Ending.BROKE_OFF | Ending.WITHDREW:
                return place == self.habits.leaves_at
            case _:
                return False

    async def _leave(self) -> timedelta | None:
        if self.habits.intends is Ending.WITHDREW:
            self._said = Ending.WITHDREW
            await self.phone.commands(Word.STOP)
            self.look()
        elif self.habits.blocks:
            await self.phone.blocks()
            self.ending = self._said
        elif self.habits.comes_back and self._is_first("leave"):
            return _OVER_THE_EXPIRY
        return None

    async def _turn(self, asked: str, place: int, buttons: tuple[Button, ...]) -> None:
        """Do one thing at what is on the screen."""
        habits = self.habits
        if asked == REMARK:
            # A made-up remark would tell nothing.
            return await self.phone.taps(self.reader.nothing(buttons))
        self.given.pop(asked, None)
        if habits.reads_privacy and self._is_first("privacy"):
            return await self._read_privacy(buttons)
        if place == habits.changes_at and self._is_first("language"):
            return await self._choose_language(asked, buttons)
        if habits.taps_old and place == 2 and self._last and self._is_first("old"):
            return await self.phone.taps(self._last)
        if habits.goes_back and place == 2 and self._is_first("back"):
            return await self._go_back(buttons)
        if asked == INTRO:
            return await self._begin(buttons)
        return await self._answer(asked, buttons)

    async def _begin(self, buttons: tuple[Button, ...]) -> None:
        if self.habits.intends is Ending.REFUSED:
            self._said = Ending.REFUSED
            await self._tap(self.reader.decline(buttons))
        else:
            self._said = Ending.BROKE_OFF
            await self._tap(self.reader.accept(buttons))

    async def _answer(self, name: str, buttons: tuple[Button, ...]) -> None:
        if self.habits.types_nonsense and self._is_first("nonsense"):
            return await self.phone.writes(nonsense(self.habits.reads, self.chance))
        code = self._means[name]
        self.given[name] = code
        if self.habits.types and self._is_first(f"type {name}"):
            return await self.phone.writes(self._typed(name, code))
        return await self._tap(self.reader.choice(buttons, name, code))

    def _typed(self, name: str, code: str) -> str:
        language = self.habits.reads
        if isinstance(self.reader.flow.question(name), Grade) and code != OPT_OUT:
            return typed_grade(code, language, self.chance)
        return typed_choice(self.reader.label(name, code, language), self.chance)

    async def _tap(self, button: Button) -> None:
        self._last = button
        if self.habits.taps_twice:
            await asyncio.gather(self.phone.taps(button), self.phone.taps(button))
        else:
            await self.phone.taps(button)

    async def _go_back(self, buttons: tuple[Button, ...]) -> None:
        first = self.reader.flow.questions[0]
        self._means[first.name] = new_opinion(first, self.chance, self.shifts)
        await self.phone.taps(self.reader.control(buttons, "back"))

    async def _choose_language(self, asked: str, buttons: tuple[Button, ...]) -> None:
        if self.habits.reads == self.habits.phone:
            return
        if asked != INTRO:
            # The introduction has them all on it.
            await self.phone.taps(self.reader.control(buttons, "language"))
        if screen := self.phone.keyboard:
            wanted = self.reader.language(screen[1], self.habits.reads)
            await self.phone.taps(wanted)

    async def _read_privacy(self, buttons: tuple[Button, ...]) -> None:
        privacy = self.reader.control(buttons, "privacy")
        await self.phone.taps(privacy)
        if screen := self.phone.keyboard:
            await self.phone.taps(self.reader.control(screen[1], "resume"))

    async def _afterwards(self) -> None:
        """Try what should have no effect any more."""
        if self.habits.taps_old and self._last:
            await self.phone.taps(self._last)
        if self.habits.comes_again and self.ending in _ENDED_NOW:
            await self.phone.opens(self.way.payload)

    def _is_first(self, what: str) -> bool:
        is_first = what not in self._done
        self._done.add(what)
        return is_first
