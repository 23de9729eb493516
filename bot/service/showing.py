"""From what the engine decided to what the chat shows. Pure.

The chat stays short: a question that was answered shows the choice, what was typed is
taken away, and at the end one neutral text is all that is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from bot.core.effects import (
    Ask,
    AskAgain,
    AskIntro,
    AskRemark,
    AskRemarkAgain,
    Effect,
    End,
    Note,
    ShowRemark,
    Submit,
    SubmitRemark,
)
from bot.core.events import ChangedRemark, ChoseLanguage, Event, WentBack
from bot.core.flow import FlowDefinition
from bot.core.session import Session, Status
from bot.core.steps import Step
from bot.dialogue import (
    Commanded,
    Delete,
    Edit,
    Input,
    Opened,
    Output,
    Reply,
    Send,
    SentOther,
    View,
    Wrote,
)
from bot.service.views import RoundTable, Screen, Words, closing_text, plain_text


@dataclass(frozen=True, slots=True)
class Shown:
    """A session, and what brings the chat in step with it.

    Args:
        session: as it stands once the outputs are on the screen.
        before: the messages in the chat until then; after a crash they are all that
            is known of it.
    """

    session: Session
    outputs: tuple[Output, ...]
    before: tuple[int, ...] = ()

    @property
    def stored(self) -> Session:
        """Give the session as it is to be stored first."""
        return replace(self.session, messages=self.before or self.session.messages)


class Stage:
    """Knows the words; turns a step into outputs."""

    def __init__(
        self, words: Words, phone: str, table: RoundTable | None = None
    ) -> None:
        """Speak with these words; name this telephone number, and the round table."""
        self._words = words
        self._phone = phone
        self._table = table

    def screen(self, flow: FlowDefinition, session: Session) -> Screen:
        """Give the views of this session."""
        return Screen(self._words, self._phone, flow, session)

    def text(self, key: str, language: str, **facts: object) -> View:
        """Give a text that belongs to no session."""
        return View(plain_text(self._words, key, language, self._phone, **facts))

    def taking(self, event: Input, language: str) -> tuple[Output, ...]:
        """Take what the person sent out of the chat; say so where words stay there."""
        match event:
            case Wrote(message=int(message)) | SentOther(message=int(message)):
                return (Delete(message, self.text("not_deleted", language)),)
            case Opened(message=int(message)) | Commanded(message=int(message)):
                return (Delete(message),)
            case _:
                return ()

    def closing(self, language: str) -> View:
        """Give the one text that every ending leaves in the chat."""
        return View(closing_text(self._words, language, self._phone, self._table))

    def play(
        self, flow: FlowDefinition, before: Session, step: Step, event: Event
    ) -> Shown:
        """Show what a step changed."""
        screen = self.screen(flow, step.session)
        messages = list(before.messages)
        outputs: list[Output] = []
        if isinstance(event, WentBack) and step.effects:
            # The question itself, and the answered one that is asked again.
            outputs += [Delete(message) for message in messages[-2:]]
            del messages[-2:]
        if before.at is None and step.session.at is not None and messages:
            # The introduction can still be read; its buttons have had their turn.
            outputs.append(Edit(messages[-1], View(screen.intro().text)))
        is_over = any(isinstance(effect, End) for effect in step.effects)
        for effect in step.effects:
            if not (is_over and isinstance(effect, Note)):
                outputs += _outputs(effect, event, screen, messages, self)
        session = replace(step.session, messages=tuple(messages), is_shown=False)
        return Shown(session, tuple(outputs), before.messages)

    def afresh(
        self,
        flow: FlowDefinition,
        session: Session,
        why: str | None = None,
        *,
        first: View | None = None,
    ) -> Shown:
        """Show the open question again at the end of the chat, and nowhere else.

        Args:
            first: what to say before it, in a message of its own.
        """
        screen = self.screen(flow, session)
        view = screen.current() if why is None else screen.again(why)
        gone: list[Output] = [Delete(message) for message in session.messages]
        cleared = replace(session, messages=(), is_shown=False)
        said = () if first is None else (Send(first),)
        return Shown(cleared, (*gone, *said, Send(view)), session.messages)

    def offering(self, flow: FlowDefinition, shown: Shown, language: str) -> Shown:
        """Show the same, with the offer to go on in another language."""
        *others, last = shown.outputs
        if not isinstance(last, Send):
            # It is over: nothing is left to read in any language.
            return shown
        view = self.screen(flow, shown.session).offering(last.view, language)
        return replace(shown, outputs=(*others, Send(view)))

    def close(self, session: Session) -> tuple[Output, ...]:
        """Leave nothing in the chat but the closing text."""
        return _closing(session.messages, self.closing(session.language))


def _outputs(
    effect: Effect,
    event: Event,
    screen: Screen,
    messages: list[int],
    stage: Stage,
) -> Sequence[Output]:
    match effect:
        case AskIntro() | Ask() | AskRemark():
            return _put(screen.current(), event, messages)
        case ShowRemark():
            if isinstance(event, ChoseLanguage):
                return _put(screen.current(), event, messages)
            return _below(screen.current(), messages)
        case AskAgain(why=why):
            return _below(screen.again(why), messages)
        case AskRemarkAgain(why=why):
            return _below(screen.unkept(why), messages)
        case Note(question=name, code=code):
            if not messages:
                return []
            return [Edit(messages[-1], screen.noted(name, code))]
        case End():
            language = screen.session.language
            closing = _closing(messages, stage.closing(language))
            del messages[:-1]
            return closing
        case Submit() | SubmitRemark():
            return []
    assert_never(effect)


def _put(view: View, event: Event, messages: Sequence[int]) -> Sequence[Output]:
    """Show the next thing; in the place of the last, where that was only changed."""
    if isinstance(event, ChoseLanguage | ChangedRemark) and messages:
        return [Edit(messages[-1], view, or_send=True)]
    return [Send(view)]


def _below(view: View, messages: list[int]) -> Sequence[Output]:
    """Show the same thing again below what was typed, and no longer above it."""
    old = [Delete(messages.pop())] if messages else []
    return [*old, Send(view)]


def _closing(messages: Sequence[int], view: View) -> tuple[Output, ...]:
    if not messages:
        return (Send(view),)
    *others, last = messages
    return (*(Delete(one) for one in others), Edit(last, view, or_send=True))


def in_chat(session: Session, sent: Sequence[int]) -> Session:
    """Say of a session that it is on the screen, with what was sent for it."""
    if session.status is Status.CLOSED:
        return replace(session, messages=(), is_shown=True)
    return replace(session, messages=(*session.messages, *sent), is_shown=True)


def preceded(gone: Sequence[Output], shown: Shown) -> Shown:
    """Show the same, and take what the person sent out of the chat before it."""
    return replace(shown, outputs=(*gone, *shown.outputs))


def instead(session: Session, view: View, gone: Sequence[Output]) -> Reply:
    """Show something in the place of the question. Nothing is stored for it."""
    show: Output = Edit(session.messages[-1], view) if session.messages else Send(view)
    return Reply(session.subject, (*gone, show))


def quiet(outputs: Sequence[Output]) -> tuple[Output, ...]:
    """Keep what makes no sound: nothing that is sent anew."""
    return tuple(
        replace(output, or_send=False)
        if isinstance(output, Edit)
        else Delete(output.message)
        for output in outputs
        if not isinstance(output, Send)
    )
