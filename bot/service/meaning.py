"""What a person means by an input in the middle of a survey. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, assert_never

from bot.core.events import (
    Accepted,
    Answered,
    ChangedRemark,
    ChoseLanguage,
    Declined,
    Event,
    Expired,
    KeptRemark,
    LeftRemark,
    Skipped,
    Stopped,
    WentBack,
)
from bot.core.flow import FlowDefinition
from bot.core.questions.phrases import (
    CHANGES,
    KEEPS,
    LEAVES_OUT,
    STOP,
    TAKES_NO_PART,
    TAKES_PART,
    says,
)
from bot.core.session import Session, Status
from bot.dialogue import Commanded, Input, Left, Opened, SentOther, Tapped, Word, Wrote
from bot.remarks import Scrubbed
from bot.service import views
from bot.service.views import CHOOSE, MENU, SKIP


@dataclass(frozen=True, slots=True)
class Look:
    """Wants to read something; the survey stays where it is."""

    at: Literal["help", "privacy", "menu", "question"]


@dataclass(frozen=True, slots=True)
class Afresh:
    """Is to see the question again, after one sentence that says why, if any."""

    why: Literal["already_busy", "only_text"] | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """Typed a remark. It is to be scrubbed before anything else is done with it."""

    text: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """An old button, or a made-up one."""


Meaning = Event | Look | Afresh | Typed | Nothing

_SIMPLE: Final[Mapping[str, Callable[[datetime], Event]]] = {
    views.YES: Accepted,
    views.NO: Declined,
    views.BACK: WentBack,
    views.STOP: Stopped,
    views.KEEP: KeptRemark,
    views.CHANGE: ChangedRemark,
    views.LEAVE: LeftRemark,
}
_LOOKS: Final[Mapping[str, Look]] = {
    MENU: Look("menu"),
    views.PRIVACY: Look("privacy"),
    views.RESUME: Look("question"),
}


def meaning(
    flow: FlowDefinition, session: Session, done: Input, now: datetime
) -> Meaning:
    """Say what the input means to this open session."""
    match done:
        case Opened(payload=payload):
            return Afresh("already_busy" if payload else None)
        case SentOther():
            return Afresh("only_text")
        case Commanded(word=word):
            return _word(word, now)
        case Wrote(text=text) if session.status is Status.REMARKING:
            return _typed_at_remark(flow, session, text, now)
        case Wrote(text=text):
            return Answered(now, session.at or "", text)
        case Tapped(action=action):
            nonce, _, rest = action.partition(":")
            return _tap(flow, rest, now) if nonce == session.nonce else Nothing()
        case Left():
            return Expired(now)
    assert_never(done)


def _typed_at_remark(
    flow: FlowDefinition, session: Session, text: str, now: datetime
) -> Meaning:
    """Tell the few words that answer the screen from a remark."""
    spoken = flow.languages
    if says(STOP, text, spoken):
        return Stopped(now)
    if says(LEAVES_OUT, text, spoken):
        return LeftRemark(now)
    if isinstance(session.remark, Scrubbed):
        if says(KEEPS, text, spoken) or says(TAKES_PART, text, spoken):
            return KeptRemark(now)
        if says(CHANGES, text, spoken) or says(TAKES_NO_PART, text, spoken):
            return ChangedRemark(now)
    elif says(TAKES_NO_PART, text, spoken):
        return LeftRemark(now)
    elif says(TAKES_PART, text, spoken):
        # Yes, there is something to say: it is yet to be typed.
        return Afresh()
    return Typed(text)


def _word(word: Word, now: datetime) -> Meaning:
    match word:
        case Word.STOP:
            return Stopped(now)
        case Word.LANGUAGE:
            return Look("menu")
        case Word.PRIVACY:
            return Look("privacy")
        case Word.HELP:
            return Look("help")
    assert_never(word)


def _tap(flow: FlowDefinition, action: str, now: datetime) -> Meaning:
    match action.split("."):
        case [simple] if simple in _SIMPLE:
            return _SIMPLE[simple](now)
        case [simple] if simple in _LOOKS:
            return _LOOKS[simple]
        case [menu, language] if menu == MENU:
            return ChoseLanguage(now, language)
        case [choose, place, code] if choose == CHOOSE and (name := _name(flow, place)):
            return Answered(now, name, code)
        case [skip, place] if skip == SKIP and (name := _name(flow, place)):
            return Skipped(now, name)
        case _:
            return Nothing()


def _name(flow: FlowDefinition, place: str) -> str | None:
    # Anyone can send any text as a button: only the places there are will do.
    names = {str(place): q.name for place, q in enumerate(flow.questions)}
    return names.get(place)


def with_tapped(session: Session, event: Input) -> Session:
    """Know of the message that was tapped, where a crash came before its id."""
    message = event.message if isinstance(event, Tapped) else None
    if message is None or message in session.messages:
        return session
    return replace(session, messages=(*session.messages, message))
