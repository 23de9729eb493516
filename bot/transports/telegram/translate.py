"""Telegram's updates in the words of the dialogue. Decides nothing; opens no media."""

import re
from dataclasses import dataclass
from typing import Any, Final

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.desk import (
    Asked,
    AskedDigest,
    AskedDraft,
    AskedExplanation,
    AskedRemarks,
    Did,
    TappedDraft,
)
from bot.dialogue import (
    REHEARSAL,
    Commanded,
    Input,
    Left,
    Opened,
    SentOther,
    Tapped,
    Word,
    Wrote,
)
from bot.reviewing import (
    REVIEWING,
    AskedReview,
    ReviewAsked,
    TappedReview,
    TypedReview,
)
from bot.transports.telegram.lean import of_update
from bot.transports.telegram.settings import EXPLAIN, REMARKS

_COMMAND: Final = re.compile(r"/(\w+)(?:@(\w+))?(?:\s+(.*))?", re.ASCII | re.DOTALL)
_WORDS: Final = {
    "help": Word.HELP,
    "privacy": Word.PRIVACY,
    "stop": Word.STOP,
    "taal": Word.LANGUAGE,
    "language": Word.LANGUAGE,
    "languages": Word.LANGUAGE,
}
_PREFIX: Final = "telegram:"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What one update asks of us.

    Args:
        chat: whose turn it takes.
        event: what the person did; None where there is nothing to say to it.
        query: id of a tap, which Telegram wants answered whatever it was.
    """

    chat: int
    event: Input | None = None
    query: str | None = None

    @property
    def subject(self) -> str:
        """Name the person, in the words of the service."""
        return subject_of(self.chat)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What one update asks of the desk, if its chat is one of the staff's.

    Args:
        query: id of a tap, which Telegram wants answered.
    """

    chat: int
    asked: Asked
    query: str | None = None


def subject_of(chat: int) -> str:
    """Name the person of a private chat; its id is the person's own."""
    return f"{_PREFIX}{chat}"


def chat_of(subject: str) -> int:
    """Give the private chat of a person."""
    return int(subject.removeprefix(_PREFIX))


def parse(raw: Any) -> Update:
    """Make the library's object of one raw update; raises whatever it raises."""
    if not isinstance(raw, dict):
        raise TypeError("not an update")
    return Update.de_json(of_update(raw))


def translate(update: Update, name: str) -> Arrival | None:
    """Say what a person did, or None for what is not for us.

    Args:
        name: the bot's own user name, for commands that carry one.
    """
    if update.message is not None:
        return _message(update.message, name)
    if update.callback_query is not None:
        return _tap(update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    # Edited messages, channel posts, reactions: an answer was given when it was sent.
    return None


def inquire(update: Update, name: str) -> Inquiry | None:
    """Say what is asked in the words of the staff; None for anything else.

    Who may use those words is not known here: the same update is a client's too.
    """
    asked: Asked | None
    message, query = update.message, update.callback_query
    if query is not None:
        asked = _tapped(query)
        chat = query.message.chat.id if query.message else 0
        return None if asked is None else Inquiry(chat, asked, query.id)
    if message is None:
        return None
    command = _command(message, name)
    if command is None:
        return None
    match command[1].lower():
        case "digest":
            asked = AskedDigest()
        case "uitleg":
            asked = AskedExplanation()
        case "gedaan":
            asked = Did(command[3] or "")
        case "voorbeeld":
            asked = AskedDraft(message.chat.id, command[3] or "")
        case _:
            return None
    return Inquiry(message.chat.id, asked)


def inspect(update: Update, name: str) -> ReviewAsked | None:
    """Say what is asked in the words of the reviewers; None for anything else.

    Who may use those words is not known here, as with `inquire`.
    """
    message, query = update.message, update.callback_query
    if query is not None:
        action, below = query.data or "", query.message
        if below is None or not action.startswith(REVIEWING):
            return None
        return TappedReview(below.chat.id, action, below.message_id)
    if message is None or message.text is None or not _is_own(message):
        return None
    if message.text.startswith("/"):
        command = _command(message, name)
        is_ours = command is not None and command[1].lower() == "nakijken"
        return AskedReview(message.chat.id) if is_ours else None
    answered = message.reply_to_message
    return TypedReview(
        message.chat.id,
        message.text,
        message.message_id,
        answered.message_id if answered else None,
    )


def _command(message: Message, name: str) -> re.Match[str] | None:
    """Give a command that somebody gave this bot here."""
    if message.text is None or not _is_own(message):
        return None
    command = _COMMAND.fullmatch(message.text)
    if command is None or (command[2] or name).lower() != name.lower():
        return None
    return command


def _tapped(query: CallbackQuery) -> Asked | None:
    message, action = query.message, query.data or ""
    if message is None:
        return None
    if action == EXPLAIN:
        return AskedExplanation()
    if action.startswith(REMARKS):
        week, _, flow = action.removeprefix(REMARKS).partition(":")
        return AskedRemarks(week, flow)
    if action.startswith(REHEARSAL):
        return TappedDraft(message.chat.id, action, message.message_id)
    return None


def _is_own(message: Message) -> bool:
    """Say whether a person wrote it here; an administrator may do so as the group."""
    if message.forward_origin is not None or message.via_bot is not None:
        return False
    as_group = message.sender_chat
    if as_group is not None:
        return as_group.id == message.chat.id
    return _is_person(message.from_user)


def _message(message: Message, name: str) -> Arrival | None:
    sender = message.from_user
    if message.chat.type != ChatType.PRIVATE or not _is_person(sender):
        return None
    language = sender.language_code if sender else None
    number = message.message_id
    event: Input
    if message.text is None:
        if message.effective_attachment is None:
            # A service message: a pinned message, a changed timer.
            return None
        event = SentOther(language, number)
    elif message.forward_origin is not None or message.via_bot is not None:
        # Someone else's words are not an answer.
        event = SentOther(language, number)
    else:
        event = _text(message.text, name, language, number)
    return Arrival(message.chat.id, event)


def _text(text: str, name: str, language: str | None, number: int) -> Input:
    command = _COMMAND.fullmatch(text)
    if command is not None and (command[2] or name).lower() == name.lower():
        word = command[1].lower()
        if word == "start":
            return Opened(command[3] or "", language, number)
        if word in _WORDS:
            return Commanded(_WORDS[word], language, number)
    return Wrote(text, language, number)


def _tap(query: CallbackQuery) -> Arrival:
    # The message may be too old to be shown, or not be known at all.
    message = query.message
    if message is None or message.chat.type != ChatType.PRIVATE:
        return Arrival(query.from_user.id, query=query.id)
    event = Tapped(query.data or "", message.message_id)
    return Arrival(message.chat.id, event, query.id)


def _membership(change: ChatMemberUpdated) -> Arrival | None:
    is_blocked = change.new_chat_member.status == ChatMemberStatus.BANNED
    if change.chat.type != ChatType.PRIVATE or not is_blocked:
        return None
    return Arrival(change.chat.id, Left())


def _is_person(sender: User | None) -> bool:
    return sender is not None and not sender.is_bot
