"""A made-up reviewer: sees one remark at a time, as in the chat, and decides."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.commands.demo.remarks import TOO_TELLING, Verdict, names_somebody
from bot.dialogue import View
from bot.messages import Catalogue
from bot.reviewing import AskedReview, ReviewDesk, TappedReview


@dataclass(slots=True)
class Reviewer:
    """Somebody at the municipality who does not know the clients.

    Args:
        chat: the number of the chat that the desk serves.
        language: what the buttons are in.
    """

    desk: ReviewDesk
    chat: int
    words: Catalogue
    language: str
    _messages: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def looks(self) -> list[Verdict]:
        """Look at all that waits, and say what was decided about it."""
        seen: list[Verdict] = []
        turn = await self.desk.answer(AskedReview(self.chat))
        while turn.is_next:
            message = next(self._messages)
            view = await self.desk.place(self.chat, message)
            if view is None:
                break
            verb = _decided(view.text)
            seen.append(Verdict(view.text, verb == "show"))
            action = self._button(view, verb)
            turn = await self.desk.answer(TappedReview(self.chat, action, message))
            for place in turn.remove:
                await self.desk.gone(place)
        return seen

    def _button(self, view: View, verb: str) -> str:
        label = self.words.text(f"staff.review.button.{verb}", self.language)
        keys = itertools.chain.from_iterable(view.rows)
        return next(key.action for key in keys if key.label == label)


def _decided(text: str) -> str:
    if names_somebody(text):
        return "named"
    return "leave_out" if text in TOO_TELLING else "show"
