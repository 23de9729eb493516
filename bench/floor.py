"""What a step costs at least, written by hand: nothing of the bot is in it.

The library decodes the update; one call on aiosqlite's writer thread reads the state,
writes it and notes the update, in one durable transaction at the bot's own pragmas;
then the same calls of the Bot API are made. One update after the other.
"""

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import aiosqlite
from telegram import Bot, Update

from bench.network import Network
from bench.people import People, Person
from storage.sqlite import PRAGMAS

TOKEN: Final = "123456:FLOOR"  # noqa: S105 - of a bot that does not exist
ROW: Final = 1064
"""As long as a sealed session, so that the pages are as full."""

_SCHEMA: Final = """
    CREATE TABLE sessions (chat INTEGER NOT NULL PRIMARY KEY, state BLOB NOT NULL)
    STRICT, WITHOUT ROWID;
    CREATE TABLE seen (number INTEGER NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
"""

Calls = tuple[str, ...]
"""The methods of the Bot API that one step calls, in order."""


class Floor:
    """A survey bot without anything that makes one."""

    def __init__(self, connection: aiosqlite.Connection, people: People) -> None:
        """Use `open`."""
        self._connection = connection
        self._network = Network(people.turns[-1].shown)
        self._bot = Bot(TOKEN, request=self._network, get_updates_request=self._network)
        # Encoded once: the cheapest way there is to send a question.
        rows = [
            [{"text": key.label, "callback_data": key.action} for key in row]
            for row in people.turns[-1].shown.rows
        ]
        self._text = people.turns[-1].shown.text
        self._keyboard = {"reply_markup": json.dumps({"inline_keyboard": rows})}

    @classmethod
    async def open(cls, path: Path, people: People, sessions: int) -> "Floor":
        """Make its file, with so many sessions of others in it."""
        connection = await aiosqlite.connect(path, isolation_level=None)
        for name, value, _ in PRAGMAS:
            await connection.execute(f"PRAGMA {name} = {value}")
        await connection.executescript(_SCHEMA)
        floor = cls(connection, people)
        await floor._put(range(1, sessions + 1))
        return floor

    async def aclose(self) -> None:
        """Let go of the file."""
        await self._connection.close()

    async def welcome(self, people: Sequence[Person]) -> None:
        """Begin a session with everybody; not a part of what is measured."""
        await self._put([person.chat for person in people])

    async def serve(self, batches: Sequence[bytes], calls: Sequence[Calls]) -> None:
        """Take all these steps, each with its calls of the Bot API."""
        self._network.feed(batches)
        url = f"{self._bot.base_url}/getUpdates"
        each = iter(calls)
        for _ in batches:
            _, answer = await self._network.do_request(url, "POST")
            for raw in json.loads(answer)["result"]:
                await self._step(Update.de_json(raw, self._bot), next(each))

    async def _step(self, update: Update, calls: Calls) -> None:
        query = update.callback_query
        if query is None or query.message is None:
            raise TypeError("not a tap")
        chat, number = query.message.chat.id, query.message.message_id

        def change(raw: sqlite3.Connection) -> None:
            raw.execute("BEGIN IMMEDIATE")
            [state] = raw.execute(
                "SELECT state FROM sessions WHERE chat = ?", (chat,)
            ).fetchone()
            answers = [*json.loads(bytes(state).rstrip(b"\0")), query.data]
            raw.execute(
                "UPDATE sessions SET state = ? WHERE chat = ?",
                (_state(answers), chat),
            )
            raw.execute(
                "INSERT INTO seen (number) VALUES (?) ON CONFLICT DO NOTHING",
                (update.update_id,),
            )
            raw.execute("COMMIT")

        await self._run(change)
        for call in calls:
            await self._call(call, query.id, chat, number)

    async def _call(self, method: str, query: str, chat: int, number: int) -> None:
        match method:
            case "answerCallbackQuery":
                await self._bot.answer_callback_query(query)
            case "sendMessage":
                await self._bot.send_message(
                    chat, self._text, api_kwargs=self._keyboard
                )
            case "editMessageText":
                await self._bot.edit_message_text(
                    self._text, chat_id=chat, message_id=number
                )
            case "deleteMessage":
                await self._bot.delete_message(chat, number)
            case "deleteMessages":
                await self._bot.delete_messages(chat, [number])
            case _:
                raise ValueError(method)

    async def _put(self, chats: Sequence[int]) -> None:
        def change(raw: sqlite3.Connection) -> None:
            raw.execute("BEGIN IMMEDIATE")
            raw.executemany(
                "INSERT INTO sessions (chat, state) VALUES (?, ?)",
                ((chat, _state([])) for chat in chats),
            )
            raw.execute("COMMIT")

        await self._run(change)

    async def _run(self, change: Any) -> None:
        # As the bot does it: one call on the writer thread.
        raw = self._connection._conn
        await self._connection._execute(change, raw)  # type: ignore[no-untyped-call]


def _state(answers: Sequence[str | None]) -> bytes:
    return json.dumps(answers).encode().ljust(ROW, b"\0")
