"""A Bot API without a network: every call is answered at once, as Telegram would."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from telegram.request import BaseRequest, RequestData

from bench.people import FIRST_MESSAGE, message
from bot.dialogue import View

ME = {
    "id": 123456,
    "is_bot": True,
    "first_name": "Polsslag",
    "username": "polsslag_bot",
}
YES = b'{"ok": true, "result": true}'
NOTHING = b'{"ok": true, "result": []}'
_CHAT, _NUMBER = 987654321, 123454321


class Network(BaseRequest):
    """Gives the updates it was fed, batch by batch, and answers everything else.

    Args:
        view: a question; the messages in the answers show it, with its buttons where
            some were sent.
    """

    def __init__(self, view: View) -> None:
        """Start with no update."""
        self.calls: list[str] = []
        self._batches: asyncio.Queue[bytes] = asyncio.Queue()
        self._sent: defaultdict[int, int] = defaultdict(lambda: FIRST_MESSAGE)
        self._answers = {
            (has_keys, is_edit): _answer(
                view if has_keys else View(view.text), is_edit=is_edit
            )
            for has_keys in (True, False)
            for is_edit in (True, False)
        }

    def feed(self, batches: Iterable[bytes]) -> None:
        """Let the next polls give these."""
        for batch in batches:
            self._batches.put_nowait(batch)

    @property
    def read_timeout(self) -> float:
        """Nothing is waited for."""
        return 1.0

    async def initialize(self) -> None:
        """Need nothing."""

    async def shutdown(self) -> None:
        """Hold nothing."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: Any,
        **more_timeouts: Any,
    ) -> tuple[int, bytes]:
        """Answer at once; only a poll waits, for updates."""
        name = url.rsplit("/", 1)[1].partition("?")[0]
        self.calls.append(name)
        match name:
            case "getUpdates":
                # As Telegram does: a poll without time to wait is answered at once.
                is_brief = "timeout=0" in url and self._batches.empty()
                return 200, NOTHING if is_brief else await self._batches.get()
            case "sendMessage" | "editMessageText" if request_data is not None:
                return 200, self._message(request_data.parameters)
            case "getMe":
                return 200, json.dumps({"ok": True, "result": ME}).encode()
            case _:
                return 200, YES

    def _message(self, given: dict[str, Any]) -> bytes:
        chat = int(given["chat_id"])
        number = given.get("message_id")
        has_keys, is_edit = "reply_markup" in given, number is not None
        if number is None:
            self._sent[chat] += 1
            number = self._sent[chat]
        answer = self._answers[has_keys, is_edit]
        return (answer % {"chat": chat, "number": number}).encode()


def _answer(view: View, *, is_edit: bool) -> str:
    shown = message(_CHAT, _NUMBER, view)
    if is_edit:
        shown["edit_date"] = shown["date"]
    plain = json.dumps({"ok": True, "result": shown})
    with_chat = plain.replace("%", "%%").replace(str(_CHAT), "%(chat)d")
    return with_chat.replace(str(_NUMBER), "%(number)d")
