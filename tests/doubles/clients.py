"""People with the chat app in hand, for tests that act as one."""

import time
from typing import TYPE_CHECKING, Any

from tests.doubles.chats import NEVER_OPENED, Chat, Message, Rows

if TYPE_CHECKING:
    from tests.doubles.botapi import BotApi


class Client:
    """A person with the chat app in hand.

    Each act puts an update in the queue and gives its id; nothing waits for the bot
    but `question`, `sees` and `reads`.
    """

    def __init__(
        self,
        api: "BotApi",
        chat: Chat,
        language: str,
        name: str,
        *,
        number: int | None = None,
    ) -> None:
        """Take up the phone; `number` is one's own where the chat is a group."""
        self._api = api
        self.chat = chat
        self.id = chat.id if number is None else number
        self.language = language
        self.name = name
        self._used: set[tuple[int, str, Rows]] = set()

    @property
    def screen(self) -> tuple[Message, ...]:
        """What the bot shows now, oldest first."""
        return self.chat.screen

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of what the bot shows now."""
        return tuple(message.text for message in self.screen)

    async def opens(self, payload: str = "") -> int:
        """Open the chat through a link with this payload."""
        if self.chat.refusal not in (None, NEVER_OPENED):
            await self.unblocks()
        return await self.writes(f"/start {payload}".rstrip())

    async def writes(self, text: str, **more: Any) -> int:
        """Type a text; `more` goes into the message as it is."""
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            more["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self._post(text, {"text": text, **more})

    async def forwards(self, text: str) -> int:
        """Pass on a text of someone else."""
        origin = {"type": "hidden_user", "date": _date(), "sender_user_name": "B"}
        return await self.writes(text, forward_origin=origin)

    async def sends(self, **media: Any) -> int:
        """Send something that is no text: `sends(dice={"emoji": ".", "value": 1})`."""
        return self._post("", media)

    async def taps(self, which: str | int) -> int:
        """Tap a button of the newest keyboard that has it: by label, or by index."""
        for message in reversed(self.screen):
            buttons = message.buttons
            if isinstance(which, int) and buttons:
                return await self.presses(buttons[which][1], message)
            for label, action in buttons:
                if label == which:
                    return await self.presses(action, message)
        raise LookupError(f"no button {which!r} on {self.screen}")

    async def presses(self, action: str | None, message: Message | None) -> int:
        """Send any callback data at all, as a tap on this message."""
        body: dict[str, Any] = {
            "id": self._api.new_query(),
            "from": self._user(),
            "chat_instance": "1",
        }
        if message is not None:
            self.has_done_with(message)
            body["message"] = message.body
            if message.is_old or message.is_deleted:
                body["message"] = {
                    "chat": self.chat.body,
                    "message_id": message.id,
                    "date": 0,
                }
        if action is not None:
            body["data"] = action
        return self._api.put("callback_query", body)

    async def edits(self, text: str) -> int:
        """Change the last message that one sent oneself."""
        own = [one for one in self.chat.messages.values() if not one.is_by_bot]
        body = {**own[-1].body, "text": text, "edit_date": _date()}
        return self._api.put("edited_message", body)

    async def blocks(self) -> int:
        """Block the bot."""
        self.chat.refusal = "bot was blocked by the user"
        return self._membership("member", "kicked")

    async def unblocks(self) -> int:
        """Let the bot in again."""
        self.chat.refusal = None
        return self._membership("kicked", "member")

    async def question(self, seconds: float = 30.0) -> Message:
        """Wait for a keyboard that one has not tapped on yet."""
        await self.chat.until(self.is_asked, seconds)
        return self._open()[-1]

    def is_asked(self) -> bool:
        """Say whether a keyboard waits for this person."""
        return bool(self._open())

    def has_done_with(self, message: Message) -> None:
        """Take a keyboard as it stands for done, as if it had been tapped."""
        self._used.add((message.id, message.text, message.rows))

    def _open(self) -> list[Message]:
        return [
            message
            for message in self.screen
            if message.rows
            and (message.id, message.text, message.rows) not in self._used
        ]

    async def sees(self, words: str, seconds: float = 30.0) -> Message:
        """Wait for a message with these words in it."""
        await self.chat.until(lambda: any(words in one for one in self.texts), seconds)
        return next(one for one in reversed(self.screen) if words in one.text)

    async def reads(self, *texts: str, seconds: float = 30.0) -> None:
        """Wait until exactly these texts are what the bot shows."""
        await self.chat.until(lambda: self.texts == texts, seconds)

    def _post(self, text: str, content: dict[str, Any]) -> int:
        number = self._api.chats.new_message()
        body = {
            "message_id": number,
            "from": self._user(),
            "chat": self.chat.body,
            "date": _date(),
            **content,
        }
        self.chat.messages[number] = Message(number, False, text, body=body)
        if self.chat.refusal == NEVER_OPENED:
            self.chat.refusal = None
        return self._api.put("message", body)

    def _membership(self, before: str, after: str) -> int:
        robot = self._api.me

        def member(status: str) -> dict[str, Any]:
            until = {"until_date": 0} if status == "kicked" else {}
            return {"user": robot, "status": status, **until}

        body = {
            "chat": self.chat.body,
            "from": self._user(),
            "date": _date(),
            "old_chat_member": member(before),
            "new_chat_member": member(after),
        }
        return self._api.put("my_chat_member", body)

    def _user(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.name,
            "language_code": self.language,
        }


def _date() -> int:
    return int(time.time())
