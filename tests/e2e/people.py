"""People who take a survey: each knows beforehand what it will answer, and how.

A person looks only at its screen. What it did not see done, it does again.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from enum import Enum, auto

from bot.core.flow import FlowDefinition
from bot.core.questions import Grade
from bot.core.questions.base import NOT_ASKED, OPT_OUT
from bot.messages import Catalogue
from tests.doubles.chats import Message
from tests.doubles.clients import Client

_WORDS = Catalogue.load()
CLOSINGS = {
    _WORDS.text("client.closing", language, phone="14 023")
    for language in _WORDS.languages("client")
}
PATIENCE = 60.0
"""Seconds; the bot may be killed and started again meanwhile."""


class Habit(Enum):
    """How a person goes through a survey."""

    TAPS = auto()
    TYPES = auto()
    GOES_BACK = auto()
    SWITCHES = auto()
    DECLINES = auto()
    STOPS = auto()
    LEAVES = auto()

    @property
    def finishes(self) -> bool:
        """Say whether somebody of this habit gets to the end."""
        return self not in (Habit.DECLINES, Habit.STOPS, Habit.LEAVES)


@dataclass
class Person:
    """One client, the way in, and the plan."""

    client: Client
    flow: FlowDefinition
    origin: str
    payload: str
    language: str
    habit: Habit
    plan: dict[int, str] = field(default_factory=dict)
    typed: set[int] = field(default_factory=set)
    has_gone_back: bool = False
    has_switched: bool = False

    def decide(self, dice: random.Random) -> None:
        """Choose an answer for every question."""
        for place, question in enumerate(self.flow.questions):
            codes = list(question.codes)
            if question.opt_out is not None and dice.random() < 0.1:
                codes = [OPT_OUT]
            self.plan[place] = dice.choice(codes)

    @property
    def counted(self) -> Counter[tuple[str, str, str, str]]:
        """Give what this person's ballot must add to the counts."""
        if not self.habit.finishes:
            return Counter()
        said: dict[str, str] = {}
        for place, question in enumerate(self.flow.questions):
            condition = question.only_if
            is_asked = condition is None or condition.holds(said[condition.question])
            said[question.name] = self.plan[place] if is_asked else NOT_ASKED
        return Counter(
            (self.flow.flow, self.origin, name, code) for name, code in said.items()
        )

    async def takes_part(self) -> None:
        """Go through the survey, to the end or to where this person leaves it."""
        try:
            await self._takes_part()
        except TimeoutError:
            stuck = [(m.text[-40:], m.labels) for m in self.client.screen]
            raise AssertionError(
                f"{self.habit} {self.payload} stuck: {stuck}"
            ) from None

    async def _takes_part(self) -> None:
        await self.client.opens(self.payload)
        while True:
            message = await self.client.question(PATIENCE)
            actions = {
                action.partition(":")[2]: action for _, action in message.buttons
            }
            if "y" in actions:
                if not await self._at_the_intro(message, actions):
                    break
            elif "x" in actions:
                # Has answered, and has nothing more to say.
                await self.client.presses(actions["x"], message)
            elif not await self._at_a_question(message, actions):
                break
            if await self._is_over():
                break
        if self.habit is not Habit.LEAVES:
            await self.client.chat.until(self.sees_the_end, PATIENCE)

    async def _at_the_intro(self, message: Message, actions: dict[str, str]) -> bool:
        if self.habit is Habit.SWITCHES and not self.has_switched:
            self.has_switched = True
            other = "nl" if self.language == "en" else "en"
            await self.client.presses(actions[f"l.{other}"], message)
            return True
        if self.habit is Habit.DECLINES:
            await self.client.presses(actions["n"], message)
            return False
        await self.client.presses(actions["y"], message)
        return True

    async def _at_a_question(self, message: Message, actions: dict[str, str]) -> bool:
        place = next(
            int(action.split(".")[1]) for action in actions if action.startswith("a.")
        )
        if self.habit is Habit.LEAVES and place == 1:
            return False
        if self.habit is Habit.STOPS and place == 1:
            await self.client.presses(actions["s"], message)
            return False
        if self.habit is Habit.GOES_BACK and place == 2 and not self.has_gone_back:
            self.has_gone_back = True
            await self.client.presses(actions["b"], message)
            return True
        code = self.plan[place]
        is_typed = self.habit is Habit.TYPES and code != OPT_OUT
        if is_typed and place not in self.typed:
            self.typed.add(place)
            await self.client.writes(self._words(place, code, message))
            self.client.has_done_with(message)
            return True
        action = f"o.{place}" if code == OPT_OUT else f"a.{place}.{code}"
        await self.client.presses(actions[action], message)
        return True

    def _words(self, place: int, code: str, message: Message) -> str:
        if isinstance(self.flow.questions[place], Grade):
            return (
                f"{code}/10" if self.flow.questions[place].codes[-1] == "10" else code
            )
        return next(
            label for label, action in message.buttons if action.endswith(f".{code}")
        )

    async def _is_over(self) -> bool:
        await self.client.chat.until(
            lambda: self.sees_the_end() or self.client.is_asked(), PATIENCE
        )
        return not self.client.is_asked()

    def sees_the_end(self) -> bool:
        """Say whether the closing text is on the screen, in any language."""
        return any(text in CLOSINGS for text in self.client.texts)
