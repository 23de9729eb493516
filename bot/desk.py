"""What the staff ask of the bot in their chat, and what they get. Never of a client.

Only the chats of the configuration are served. A transport must ask `serves` first, and
treat what is said elsewhere as it treats any words that mean nothing.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, assert_never

from bot.core.weeks import month, week_number
from bot.decisions import DecisionLog, Deed
from bot.dialogue import Played
from bot.outbox import Outbox, WrittenDigest

LONGEST_DEED: Final = 300
"""Characters; it is to be read by the whole town."""

_MESSAGE: Final = 3000
"""Characters that fit a message in any case, counted as chat services do."""

_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.\w")
_TELEPHONE: Final = re.compile(r"(?:\+|(?<!\d)0)\d(?:[\s().\-/]{0,2}\d){7,13}(?!\d)")
_NUMBER: Final = re.compile(r"(?<!\d)\d(?:[ .-]?\d){8}(?!\d)|\d{9}")
_PERSONAL: Final = (("email", _EMAIL), ("telephone", _TELEPHONE), ("number", _NUMBER))
"""What must not be published, in the order in which the first one counts."""


def personal(text: str) -> str | None:
    """Name the kind of a thing that must not be published; None where there is none."""
    kinds = (kind for kind, pattern in _PERSONAL if pattern.search(text))
    return next(kinds, None)


@dataclass(frozen=True, slots=True)
class AskedDigest:
    """Wants to see the last digests again."""


@dataclass(frozen=True, slots=True)
class AskedRemarks:
    """Wants to read the remarks that go with a weekly digest."""

    week: str
    flow: str


@dataclass(frozen=True, slots=True)
class AskedExplanation:
    """Wants to know what the words of a digest mean."""


@dataclass(frozen=True, slots=True)
class Did:
    """Says what was done with the results; an empty text asks how to say that."""

    text: str


@dataclass(frozen=True, slots=True)
class AskedDraft:
    """Wants to see a draft as clients would; empty words ask which there are."""

    chat: int
    words: str


@dataclass(frozen=True, slots=True)
class TappedDraft:
    """Tapped a button of a draft, or one that says it is."""

    chat: int
    action: str
    message: int | None = None


Asked = AskedDigest | AskedRemarks | AskedExplanation | Did | AskedDraft | TappedDraft
Said = str | WrittenDigest | Played
"""A text, a digest that is to look as it did when it was sent, or a draft."""


class Rehearsing(Protocol):
    """Who plays drafts; `bot.service.Rehearsals` does."""

    async def ask(self, chat: int, words: str) -> Played:
        """Begin with the draft that was named, or say why not."""
        ...

    def tapped(self, chat: int, action: str, message: int | None) -> Played:
        """Go on with what was tapped."""
        ...

    def shown(self, chat: int, token: str, sent: Sequence[int]) -> None:
        """Hear which messages are on the screen now."""
        ...


class StaffDesk:
    """Answers the staff, and keeps what they did.

    Args:
        chats: the ids of the chats that are served.
        say: a text of the catalogue (`staff.desk.<key>`) in the staff's language.
        week: the ISO week it is now.
        earlier: figures of earlier surveys, shown with the explanation alone.
        remarks: puts remarks into as few messages as hold them.
    """

    def __init__(
        self,
        chats: Iterable[int],
        outbox: Outbox,
        decisions: DecisionLog,
        rehearsals: Rehearsing,
        *,
        say: Callable[..., str],
        week: Callable[[], str],
        earlier: Sequence[str] = (),
        remarks: Callable[[Sequence[str]], Sequence[str]] = tuple,
    ) -> None:
        """Serve these chats."""
        self._chats = frozenset(chats)
        self._outbox = outbox
        self._decisions = decisions
        self._rehearsals = rehearsals
        self._say = say
        self._week = week
        self._earlier = tuple(earlier)
        self._remarks = remarks

    @property
    def label(self) -> str:
        """Give what stands on the button that asks for the explanation."""
        return self._say("button")

    def label_of_remarks(self, count: int) -> str:
        """Give what stands on the button that asks for so many remarks."""
        return self._say("remarks", count=count)

    def serves(self, chat: int) -> bool:
        """Say whether a chat is one of the staff's."""
        return chat in self._chats

    async def answer(self, asked: Asked) -> tuple[Said, ...]:
        """Do what was asked; what is to be kept is durable when this returns.

        The same thing twice does no harm: a deed is noted once.
        """
        match asked:
            case AskedDigest():
                latest = await self._outbox.latest()
                return tuple(latest) or (self._say("no-digest"),)
            case AskedRemarks(week=week, flow=flow):
                remarks = await self._outbox.remarks(week, flow)
                return tuple(self._remarks(remarks)) or (self._say("no-remarks"),)
            case AskedExplanation():
                return self._explanation()
            case Did(text=text):
                return await self._did(" ".join(text.split()))
            case AskedDraft(chat=chat, words=words):
                return (await self._rehearsals.ask(chat, words),)
            case TappedDraft(chat=chat, action=action, message=message):
                return (self._rehearsals.tapped(chat, action, message),)
        assert_never(asked)

    def shown(self, chat: int, token: str, sent: Sequence[int]) -> None:
        """Hear that what was played is on the screen, and the ids of new messages."""
        self._rehearsals.shown(chat, token, sent)

    def _explanation(self) -> tuple[str, ...]:
        explained = self._say("explanation")
        if not self._earlier:
            return (explained,)
        return (explained, *_packed([self._say("earlier"), *self._earlier]))

    async def _did(self, text: str) -> tuple[str, ...]:
        if not text:
            return await self._deeds()
        if len(text) > LONGEST_DEED:
            facts = {"length": len(text), "most": LONGEST_DEED}
            return (self._say("refused.long", **facts),)
        kind = personal(text)
        if kind is not None:
            return (self._say(f"refused.{kind}"),)
        week = self._week()
        await self._decisions.note(Deed(week, text))
        return (self._say("noted", week=week_number(week), text=text),)

    async def _deeds(self) -> tuple[str, ...]:
        # By the Monday of a week, as the overview that they will stand in.
        now = month(self._week())
        deeds = [
            self._say("deed", week=week_number(deed.week), text=deed.text)
            for deed in await self._decisions.deeds()
            if month(deed.week) == now
        ]
        known = [self._say("deeds"), *deeds] if deeds else [self._say("no-deeds")]
        return (self._say("how"), *_packed(known))


def _packed(lines: Sequence[str]) -> list[str]:
    """Put lines together into as few messages as hold them."""
    messages = [""]
    for line in lines:
        if messages[-1] and len(messages[-1]) + len(line) > _MESSAGE:
            messages.append("")
        messages[-1] = f"{messages[-1]}\n{line}".lstrip("\n")
    return messages
