"""A made-up person's phone: one chat, as the replies of the service leave it."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import assert_never

from bot.dialogue import (
    Commanded,
    Delete,
    Edit,
    Input,
    Key,
    Left,
    Opened,
    Reply,
    Send,
    Tapped,
    View,
    Word,
    Wrote,
)
from bot.service import SurveyService


@dataclass(frozen=True, slots=True)
class Button:
    """A button on the screen, with the message that it is on."""

    message: int
    key: Key


@dataclass(slots=True)
class Phone:
    """Carries acts to the service and shows what it answers, as a chat app does.

    Args:
        language: the language the phone itself is in.
        deliveries: gives the number of each delivery; all phones share it.
        stutters: delivers everything twice, as a bad network makes happen.
    """

    service: SurveyService
    subject: str
    language: str
    deliveries: Iterator[int]
    stutters: bool = False
    _screen: dict[int, View] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def keyboard(self) -> tuple[str, tuple[Button, ...]] | None:
        """Give the newest message with buttons: its text, and them."""
        for message, view in reversed(self._screen.items()):
            if view.rows:
                keys = itertools.chain.from_iterable(view.rows)
                return view.text, tuple(Button(message, key) for key in keys)
        return None

    @property
    def newest(self) -> str:
        """Give the text of the newest message of the bot."""
        return next((view.text for view in reversed(self._screen.values())), "")

    async def opens(self, payload: str) -> None:
        """Follow a link."""
        await self._deliver(Opened(payload, self.language, next(self._numbers)))

    async def writes(self, text: str) -> None:
        """Type a text."""
        await self._deliver(Wrote(text, self.language, next(self._numbers)))

    async def commands(self, word: Word) -> None:
        """Give a command."""
        await self._deliver(Commanded(word, self.language, next(self._numbers)))

    async def taps(self, button: Button) -> None:
        """Tap a button, which need not be on the screen any more."""
        await self._deliver(Tapped(button.key.action, button.message))

    async def blocks(self) -> None:
        """Block the bot."""
        await self._deliver(Left())

    async def show(self, reply: Reply) -> None:
        """Bring the screen in step with a reply, and say that it is."""
        sent = []
        for output in reply.outputs:
            match output:
                case Send(view=view):
                    sent.append(self._add(view))
                case Edit(message=message, view=view) if message in self._screen:
                    self._screen[message] = view
                case Edit(view=view, or_send=True):
                    sent.append(self._add(view))
                case Edit():
                    pass
                case Delete(message=message):
                    self._screen.pop(message, None)
                case _:
                    assert_never(output)
        if reply.token is not None:
            await self.service.shown(self.subject, reply.token, sent)

    def _add(self, view: View) -> int:
        message = next(self._numbers)
        self._screen[message] = view
        return message

    async def _deliver(self, done: Input) -> None:
        number = next(self.deliveries)
        for _ in range(1 + self.stutters):
            await self.show(await self.service.handle(self.subject, done, number))
