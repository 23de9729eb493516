"""The chats that the double keeps, and what the bot can do in them."""

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.doubles.contract import Upload, decoded
from tests.doubles.faults import Meter, Refuse

NEVER_OPENED = "bot can't initiate conversation with a user"
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply "
    "markup are exactly the same as a current content and reply markup of the message"
)

Rows = tuple[tuple[tuple[str, str], ...], ...]


@dataclass
class Message:
    """One message as it stands in a chat.

    Args:
        rows: rows of (label, callback data).
        is_old: over 48 hours: a bot can no longer change or delete it.
    """

    id: int
    is_by_bot: bool
    text: str
    rows: Rows = ()
    edits: int = 0
    is_deleted: bool = False
    is_old: bool = False
    is_silent: bool = False
    photo: bytes = b""
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the buttons, row after row."""
        return tuple(label for row in self.rows for label, _ in row)

    @property
    def buttons(self) -> tuple[tuple[str, str], ...]:
        """All (label, callback data), row after row."""
        return tuple(button for row in self.rows for button in row)


@dataclass
class Chat:
    """A private chat, or a group of the staff."""

    id: int
    kind: str = "private"
    messages: dict[int, Message] = field(default_factory=dict)
    refusal: str | None = None
    """Why the bot may not write here (403)."""
    moved_to: int | None = None
    members: int = 15
    """The bot among them."""
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def touch(self) -> None:
        """Wake whoever waits for a change."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, claim: Callable[[], bool], seconds: float = 90.0) -> None:
        """Wait until a claim about this chat is true."""
        async with asyncio.timeout(seconds):
            while not claim():
                await self._changed.wait()

    @property
    def screen(self) -> tuple[Message, ...]:
        """The messages of the bot that can be seen, oldest first."""
        return tuple(
            message
            for message in self.messages.values()
            if message.is_by_bot and not message.is_deleted
        )

    @property
    def body(self) -> dict[str, Any]:
        """This chat, in the words of the Bot API."""
        if self.kind == "private":
            return {"id": self.id, "type": "private", "first_name": "A"}
        return {"id": self.id, "type": self.kind, "title": "Staff"}


class Chats:
    """All chats of one bot."""

    def __init__(self, me: dict[str, Any], meter: Meter) -> None:
        """Start without a chat."""
        self._me = me
        self._meter = meter
        self._chats: dict[int, Chat] = {}
        self._numbers = itertools.count(1)

    def __getitem__(self, number: int) -> Chat:
        """Give a chat by its id."""
        return self._chats[number]

    def add(self, chat: Chat) -> Chat:
        """Keep a chat, and give it back."""
        self._chats[chat.id] = chat
        return chat

    def new_message(self) -> int:
        """Give the next message id."""
        return next(self._numbers)

    def answer(self, method: str, given: dict[str, Any]) -> Any:
        """Carry out one call about one chat."""
        chat = self._chats.get(int(given["chat_id"]))
        if chat is None:
            return Refuse(400, "Bad Request: chat not found")
        if chat.refusal is not None:
            return Refuse(403, f"Forbidden: {chat.refusal}")
        if chat.moved_to is not None:
            moved = {"migrate_to_chat_id": chat.moved_to}
            said = "Bad Request: group chat was upgraded to a supergroup chat"
            return Refuse(400, said, moved)
        return self._in_chat(method, chat, given)

    def _in_chat(self, method: str, chat: Chat, given: dict[str, Any]) -> Any:
        if method == "getChatMemberCount":
            return chat.members
        if method in ("sendMessage", "sendPhoto"):
            refusal = self._meter.refusal(chat.id)
            return refusal or self._sent(chat, given)
        message = chat.messages.get(int(given["message_id"]))
        verb = "delete" if method == "deleteMessage" else "edit"
        done = "deleted" if method == "deleteMessage" else "edited"
        if message is None or message.is_deleted:
            return Refuse(400, f"Bad Request: message to {verb} not found")
        if message.is_old:
            return Refuse(400, f"Bad Request: message can't be {done}")
        if method == "deleteMessage":
            message.is_deleted = True
            chat.touch()
            return True
        if not message.is_by_bot:
            return Refuse(400, "Bad Request: message can't be edited")
        return self._edited(chat, message, given)

    def _sent(self, chat: Chat, given: dict[str, Any]) -> Any:
        text = given.get("text", given.get("caption", ""))
        message = Message(self.new_message(), True, text)
        message.is_silent = str(given.get("disable_notification", False)) in (
            "true",
            "True",
        )
        upload = given.get("photo")
        if isinstance(upload, Upload):
            message.photo = upload.content
        chat.messages[message.id] = message
        return self._shown(chat, message, text, _rows(given))

    def _edited(self, chat: Chat, message: Message, given: dict[str, Any]) -> Any:
        if message.photo and "text" in given:
            return Refuse(400, "Bad Request: there is no text in the message to edit")
        text, rows = given.get("text", message.text), _rows(given)
        if (text, rows) == (message.text, message.rows):
            return Refuse(400, NOT_MODIFIED)
        message.edits += 1
        return self._shown(chat, message, text, rows)

    def _shown(self, chat: Chat, message: Message, text: str, rows: Rows) -> Any:
        message.text, message.rows = text, rows
        keyboard = [
            [{"text": label, "callback_data": action} for label, action in row]
            for row in rows
        ]
        message.body = {
            "message_id": message.id,
            "from": self._me,
            "chat": chat.body,
            "date": int(time.time()),
        }
        if message.photo:
            size = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}
            message.body |= {"photo": [size], "caption": text}
        else:
            message.body["text"] = text
        if keyboard:
            message.body["reply_markup"] = {"inline_keyboard": keyboard}
        chat.touch()
        return message.body


def _rows(given: dict[str, Any]) -> Rows:
    if "reply_markup" not in given:
        return ()
    return tuple(
        tuple((button["text"], button["callback_data"]) for button in row)
        for row in decoded(given["reply_markup"])["inline_keyboard"]
    )
