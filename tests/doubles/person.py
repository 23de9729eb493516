"""A person who talks to the service without a transport between them.

Whatever the person does is an input with a delivery number; whatever the reply says is
carried out on a chat of the person's own, and told back, as a transport would.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.dialogue import (
    Commanded,
    Delete,
    Edit,
    Input,
    Left,
    Opened,
    Reply,
    Send,
    SentOther,
    Tapped,
    View,
    Word,
    Wrote,
)
from bot.service import SurveyService

_NUMBERS: Iterator[int] = itertools.count(1)


@dataclass
class Person:
    """Someone with a chat.

    Args:
        service: who answers; another one after a restart.
        language: what the chat app says of itself.
        is_reached: False while nothing that is sent arrives.
        keeps_words: True where the chat lets nobody else take away what was typed.
    """

    service: SurveyService
    subject: str
    language: str | None = "nl"
    is_reached: bool = True
    keeps_words: bool = False
    screen: dict[int, View | str] = field(default_factory=dict)
    last: tuple[Input, int] | None = None
    replies: list[Reply] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """What stands in the chat, oldest first; own words are marked with `> `."""
        return [
            view if isinstance(view, str) else view.text
            for _, view in sorted(self.screen.items())
        ]

    @property
    def buttons(self) -> dict[str, tuple[str, int]]:
        """What can be tapped, by label: what it carries and on which message."""
        return {
            key.label: (key.action, message)
            for message, view in sorted(self.screen.items())
            if isinstance(view, View)
            for row in view.rows
            for key in row
        }

    async def opens(self, payload: str = "") -> Reply:
        """Open the chat with a link."""
        said = self._says(f"/start {payload}".rstrip())
        return await self.does(Opened(payload, self.language, said))

    async def writes(self, text: str) -> Reply:
        """Type something."""
        return await self.does(Wrote(text, self.language, self._says(text)))

    async def gives(self, word: Word) -> Reply:
        """Give a command."""
        return await self.does(Commanded(word, self.language, self._says(f"/{word}")))

    async def sends_a_photo(self) -> Reply:
        """Send what is no text."""
        return await self.does(SentOther(self.language, self._says("(photo)")))

    async def blocks(self) -> Reply:
        """Block the bot."""
        self.is_reached = False
        return await self.does(Left())

    async def taps(self, *labels: str) -> Reply:
        """Tap buttons, one after the other."""
        for label in labels:
            reply = await self.presses(*self.buttons[label])
        return reply

    async def presses(self, action: str, message: int | None) -> Reply:
        """Send anything at all as a tap."""
        return await self.does(Tapped(action, message))

    async def does(self, event: Input, update: int | None = None) -> Reply:
        """Have an input delivered, and see what comes of it."""
        self.last = (event, next(_NUMBERS) if update is None else update)
        reply = await self.service.handle(self.subject, *self.last)
        await self.sees(reply)
        return reply

    async def is_delivered_again(self) -> Reply:
        """Have the last input delivered once more, under the same number."""
        assert self.last
        return await self.does(*self.last)

    async def sees(self, reply: Reply) -> None:
        """Have a reply carried out in the chat, and told back."""
        self.replies.append(reply)
        if not self.is_reached:
            return
        sent = []
        for output in reply.outputs:
            match output:
                case Send(view):
                    sent.append(self._shows(view))
                case Edit(message, view, or_send):
                    if isinstance(self.screen.get(message), View):
                        self.screen[message] = view
                    elif or_send:
                        sent.append(self._shows(view))
                case Delete(message, or_say):
                    is_own = isinstance(self.screen.get(message), str)
                    if not (is_own and self.keeps_words):
                        self.screen.pop(message, None)
                    elif or_say is not None:
                        sent.append(self._shows(or_say))
        if reply.token is not None:
            await self.service.shown(self.subject, reply.token, sent)

    def _says(self, text: str) -> int:
        return self._shows(f"> {text}")

    def _shows(self, view: View | str) -> int:
        message = next(_NUMBERS)
        self.screen[message] = view
        return message
