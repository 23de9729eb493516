"""What reviewers see of remarks, one at a time, and what they decide.

Nothing stands beside a remark: not when it came, not who else wrote one, not how many
there are. What a reviewer types is scrubbed before anything else is done with it, and
lives in memory alone until it is approved.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, assert_never

from bot.dialogue import Key, View
from bot.remarks import Scrubbed, Scrubber, Withheld
from bot.reviews import Decision, Place, ReviewStore, Rewritten

REVIEWING: Final = "nakijken-"
"""What the buttons below a remark begin with; those of a survey begin with a nonce."""

LONGEST: Final = 500
"""Characters; no survey asks for a longer remark."""

HOURS: Final = 24
"""So long at most a remark stands in the chat."""

_DUTCH: Final = "nl"
"""What a rendering is written in: the language of whoever reads the digest."""


class _Verb(StrEnum):
    """What a button does."""

    SHOW = "show"
    LEAVE_OUT = "leave_out"
    NAMED = "named"
    REWRITE = "rewrite"
    BACK = "back"
    AS_IS = "as_is"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class AskedReview:
    """Wants to see a remark that nobody has decided about."""

    chat: int


@dataclass(frozen=True, slots=True)
class TappedReview:
    """Tapped a button below a remark, or one that says it is."""

    chat: int
    action: str
    message: int


@dataclass(frozen=True, slots=True)
class TypedReview:
    """Typed something that may be a rendering.

    Args:
        answers: the message that it is a reply to; None where it is to none.
    """

    chat: int
    text: str
    message: int
    answers: int | None = None


ReviewAsked = AskedReview | TappedReview | TypedReview


@dataclass(frozen=True, slots=True)
class Turn:
    """What is to be seen now, in this order. What is to be kept is durable already.

    Args:
        remove: messages to take away, of whatever chat.
        change: what an earlier message is to show.
        is_next: whether another remark is to be shown.
        say: a text of its own; empty for none.
        hint: what the chat service shows for a moment to whoever tapped.
    """

    remove: tuple[Place, ...] = ()
    change: tuple[Place, View] | None = None
    is_next: bool = False
    say: str = ""
    hint: str = ""


class WithholdsAll:
    """Stands where there is no scrubber: nothing that is typed can be kept then."""

    async def scrub(self, text: str, language: str | None) -> Scrubbed | Withheld:
        """Give nothing of it."""
        return Withheld.IN_DOUBT


class ReviewDesk:
    """Shows remarks to the reviewers, and carries out what they decide.

    Args:
        chats: the ids of the reviewers' chats.
        say: a text of the catalogue (`staff.review.<key>`) in the staff's language.
        hour: how many whole hours went by since 1970.
        pick: gives a number below the one that it is given, by chance.
    """

    def __init__(
        self,
        chats: Iterable[int],
        reviews: ReviewStore,
        scrubber: Scrubber,
        *,
        say: Callable[..., str],
        hour: Callable[[], int],
        pick: Callable[[int], int],
    ) -> None:
        """Serve these chats."""
        self._chats = frozenset(chats)
        self._reviews = reviews
        self._scrubber = scrubber
        self._say = say
        self._hour = hour
        self._pick = pick
        self._writing: dict[int, int] = {}
        self._drafts: dict[Place, str] = {}

    @property
    def soon(self) -> str:
        """Give what a message says before it shows a remark."""
        return self._say("soon")

    @property
    def none(self) -> str:
        """Give what is said where no remark waits."""
        return self._say("none")

    @property
    def left(self) -> str:
        """Give what is said of a message that could not be taken away."""
        return self._say("left")

    def serves(self, chat: int) -> bool:
        """Say whether a chat is one of the reviewers'."""
        return chat in self._chats

    def awaits(self, chat: int, answers: int | None) -> bool:
        """Say whether what is typed in a chat may be a rendering."""
        return answers is not None or chat in self._writing

    async def answer(self, asked: ReviewAsked) -> Turn:
        """Do what was asked; what is to be kept is durable when this returns.

        The same thing twice does no harm: a remark is decided about once.
        """
        match asked:
            case AskedReview(chat=chat):
                self._writing.pop(chat, None)
                old = await self._reviews.messages(chat)
                return await self._next(old)
            case TappedReview(chat=chat, action=action, message=message):
                verb = action.removeprefix(REVIEWING)
                if verb not in tuple(_Verb):
                    return Turn()
                return await self._tapped(Place(chat, message), _Verb(verb))
            case TypedReview():
                return await self._typed(asked)
        assert_never(asked)

    async def place(self, chat: int, message: int) -> View | None:
        """Choose what a message that is there already is to show; None for nothing.

        The message is noted before it shows anything: whatever happens then, it will
        be taken away.
        """
        until = self._hour() + HOURS
        text = await self._reviews.put_on_screen(
            Place(chat, message), until, self._pick
        )
        return None if text is None else self._remark(text)

    async def due(self) -> list[Place]:
        """Give the messages that should not be there any more."""
        return await self._reviews.due(self._hour())

    async def gone(self, place: Place) -> None:
        """Hear that a message is not there, or that nobody can take it away."""
        # What is typed yet is still taken out of the chat; what was typed has gone.
        self._drafts.pop(place, None)
        await self._reviews.gone(place)

    async def _tapped(self, place: Place, verb: _Verb) -> Turn:
        text = await self._reviews.shown_at(place)
        if text is None:
            return await self._too_late(place)
        match verb:
            case _Verb.SHOW | _Verb.LEAVE_OUT | _Verb.NAMED:
                return await self._decided(place, Decision(verb.value))
            case _Verb.REWRITE | _Verb.AGAIN:
                self._drafts.pop(place, None)
                self._writing[place.chat] = place.message
                return Turn(change=(place, self._rewriting(text)))
            case _Verb.BACK:
                self._forget(place)
                return Turn(change=(place, self._remark(text)))
            case _Verb.AS_IS:
                draft = self._drafts.get(place)
                if draft is None:
                    # The bot was started anew since: it kept nothing that was typed.
                    self._writing[place.chat] = place.message
                    view = self._rewriting(text)
                    return Turn(change=(place, view), hint=self._say("forgotten"))
                return await self._decided(place, Rewritten(draft))
        assert_never(verb)

    async def _decided(self, place: Place, decision: Decision | Rewritten) -> Turn:
        is_done = await self._reviews.decide(place, decision)
        self._forget(place)
        if not is_done:
            return await self._too_late(place)
        return await self._next([])

    async def _typed(self, asked: TypedReview) -> Turn:
        chat = asked.chat
        shows = self._writing.get(chat) if asked.answers is None else asked.answers
        if shows is None:
            return Turn()
        place, typed = Place(chat, shows), Place(chat, asked.message)
        text = await self._reviews.shown_at(place)
        if text is None and self._writing.get(chat) != shows:
            # A reply to some other message: people talk.
            return Turn()
        await self._reviews.note(typed)
        if text is None:
            self._forget(place)
            return Turn(remove=(typed,), say=self._say("late"))
        view = self._rewriting(text, await self._rendered(place, asked.text))
        if place in self._drafts:
            view = self._draft(self._drafts[place])
        return Turn(remove=(typed,), change=(place, view))

    async def _rendered(self, place: Place, typed: str) -> str:
        """Keep what may be kept of a rendering; else say why not."""
        self._drafts.pop(place, None)
        self._writing[place.chat] = place.message
        match await self._scrubber.scrub(typed, _DUTCH):
            case Withheld() as why:
                return self._say(f"withheld.{why}")
            case Scrubbed(text=text) if len(text) > LONGEST:
                return self._say("long", length=len(text), most=LONGEST)
            case Scrubbed(text=text):
                self._drafts[place] = text
                return ""
            case _ as never:
                assert_never(never)

    async def _next(self, old: Iterable[Place]) -> Turn:
        remove = tuple(dict.fromkeys([*old, *await self.due()]))
        if await self._reviews.is_empty():
            return Turn(remove, say=self.none)
        return Turn(remove, is_next=True)

    async def _too_late(self, place: Place) -> Turn:
        """Say that it is decided, and go on unless this chat shows another remark."""
        self._forget(place)
        others = [
            one for one in await self._reviews.messages(place.chat) if one != place
        ]
        is_next = not others and not await self._reviews.is_empty()
        return Turn(remove=(place,), is_next=is_next, hint=self._say("late"))

    def _forget(self, place: Place) -> None:
        self._drafts.pop(place, None)
        if self._writing.get(place.chat) == place.message:
            del self._writing[place.chat]

    def _remark(self, text: str) -> View:
        first = (_Verb.SHOW, _Verb.LEAVE_OUT)
        return View(
            text, (self._row(*first), self._row(_Verb.NAMED), self._row(_Verb.REWRITE))
        )

    def _rewriting(self, text: str, why: str = "") -> View:
        blocks = (text, why, self._say("how"))
        said = "\n\n".join(block for block in blocks if block)
        return View(said, (self._row(_Verb.BACK),))

    def _draft(self, text: str) -> View:
        return View(text, (self._row(_Verb.AS_IS, _Verb.AGAIN),))

    def _row(self, *verbs: _Verb) -> tuple[Key, ...]:
        return tuple(
            Key(self._say(f"button.{verb}"), f"{REVIEWING}{verb}") for verb in verbs
        )
