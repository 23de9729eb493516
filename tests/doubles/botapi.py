"""A Bot API server of our own, over HTTP, for the transport and for the whole bot.

    async with BotApi() as api:
        anna = api.client()
        await anna.opens("e_balie")
        await anna.taps("7")

It keeps the chats, so that edits answer to real messages; it holds every call against
the contract and fails the test that broke it; it can be told to fail (`fail`,
`sometimes`). Start the bot with `telegram.base_url` set to `base_url`.
"""

import asyncio
import itertools
import json
import random
from collections import defaultdict, deque
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.doubles.chats import NEVER_OPENED, Chat, Chats
from tests.doubles.clients import Client
from tests.doubles.contract import ALLOWED, Upload, breaches, decoded
from tests.doubles.faults import (
    Delay,
    DropBefore,
    Fault,
    LoseReply,
    Meter,
    NotOk,
    Page,
    Refuse,
)
from tests.doubles.updates import Queue

TOKEN = "123456:TEST"

OLD_QUERY = (
    "Bad Request: query is too old and response timeout expired or query ID is invalid"
)


class BotApi:
    """The server. Use it as an async context manager; leaving it checks the contract.

    Args:
        is_metered: whether new messages that come too fast are refused.
        deliveries: how often each update is delivered at least.
        must_answer: whether every delivered tap must have been answered in the end;
            off where the bot is killed.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        is_metered: bool = True,
        deliveries: int = 1,
        must_answer: bool = True,
    ) -> None:
        """Prepare; nothing listens yet."""
        self.token = token
        self.meter = Meter(is_metered)
        self.updates = Queue(deliveries)
        self.must_answer = must_answer
        self.me = {
            "id": int(token.split(":")[0]),
            "is_bot": True,
            "first_name": "Polsslag",
            "username": "polsslag_bot",
        }
        self.chats = Chats(self.me, self.meter)
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.complaints: list[str] = []
        self.base_url = ""
        self._people = itertools.count(5_000_000_001)
        self._queries = itertools.count(9_000_000_000_000_000_001)
        self._answers: dict[str, int] = {}
        self._query_updates: dict[str, int] = {}
        self._faults: dict[str, deque[tuple[int | None, Fault]]] = defaultdict(deque)
        self._chance: tuple[random.Random, float, Callable[[], Fault]] | None = None
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        """Listen on a free port."""
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop listening, and complain where the test has not failed already."""
        await self.stop()
        if fault is None:
            self.check()

    async def start(self, port: int = 0) -> None:
        """Listen on this port; 0 takes a free one."""
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(
            app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        host, bound = self._runner.addresses[0][:2]
        self.base_url = f"http://{host}:{bound}/bot"

    @property
    def port(self) -> int:
        """The port that it listens on, to start it there again."""
        return int(self.base_url.rsplit(":", 1)[1].removesuffix("/bot"))

    async def stop(self) -> None:
        """Stop listening; what it knows is kept."""
        if self._runner is not None:
            await self._runner.cleanup()

    def check(self) -> None:
        """Fail for every breach of the contract, and for taps left unanswered."""
        unanswered = [
            f"tap {query} was not answered"
            for query, number in self._query_updates.items()
            if self.must_answer
            and self.updates.delivered.get(number)
            and not self._answers[query]
        ]
        if found := self.complaints + unanswered:
            raise AssertionError("; ".join(found))

    def client(
        self, number: int | None = None, language: str = "nl", name: str = "A"
    ) -> Client:
        """Make a person who has never met the bot."""
        chat = Chat(number or next(self._people), refusal=NEVER_OPENED)
        return Client(self, self.chats.add(chat), language, name)

    def member(self, group: Chat) -> Client:
        """Make a person who writes in a group."""
        return Client(self, group, "nl", "A", number=next(self._people))

    def group(self, number: int = -1001) -> Chat:
        """Make a group of the staff that the bot is in."""
        return self.chats.add(
            Chat(number, "supergroup" if number < -(10**12) else "group")
        )

    def fail(self, method: str, *faults: Fault, chat: int | None = None) -> None:
        """Let the next calls of a method fail, one fault each; `*` is any method."""
        self._faults[method].extend((chat, fault) for fault in faults)

    def sometimes(
        self, dice: random.Random, share: float, fault: Callable[[], Fault]
    ) -> None:
        """Let this share of all calls fail; 0 ends it."""
        self._chance = (dice, share, fault) if share else None

    def called(self, method: str) -> list[dict[str, Any]]:
        """Give the parameters of every call of a method that was tried."""
        return [given for name, given in self.calls if name == method]

    def put(self, kind: str, body: Any) -> int:
        """Queue an update."""
        number = self.updates.put(kind, body)
        if kind == "callback_query":
            self._query_updates[body["id"]] = number
        return number

    def new_query(self) -> str:
        """Give the next id of a tap."""
        query = str(next(self._queries))
        self._answers[query] = 0
        return query

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        given = await _parameters(request)
        if request.match_info["token"] != self.token:
            return _error(Refuse(401, "Unauthorized"))
        if method not in ALLOWED:
            self.complaints.append(f"{method}: no such method")
            return _error(Refuse(404, "Not Found"))
        self.calls.append((method, given))
        fault = self._fault(method, given)
        match fault:
            case Refuse():
                return _error(fault)
            case Page(code):
                return web.Response(status=code, text="<html>oops</html>")
            case NotOk():
                return web.json_response({"ok": False})
            case DropBefore():
                return _drop(request)
        answer = await self._answer(method, given)
        match fault:
            case LoseReply():
                return _drop(request)
            case Delay(seconds):
                await asyncio.sleep(seconds)
        if isinstance(answer, Refuse):
            return _error(answer)
        return web.json_response({"ok": True, "result": answer})

    def _fault(self, method: str, given: dict[str, Any]) -> Fault | None:
        chat = int(given.get("chat_id", 0))
        for name in (method, "*"):
            queue = self._faults[name]
            for place, (wanted, fault) in enumerate(queue):
                if wanted in (None, chat):
                    del queue[place]
                    return fault
        if self._chance is not None:
            dice, share, make = self._chance
            if dice.random() < share:
                return make()
        return None

    async def _answer(self, method: str, given: dict[str, Any]) -> Any:
        found = breaches(method, given)
        if found:
            self.complaints += [f"{method}: {breach}" for breach in found]
            return Refuse(400, f"Bad Request: {found[0]}")
        match method:
            case "getMe":
                return self.me
            case "getUpdates":
                offset = int(given["offset"]) if "offset" in given else None
                limit = int(given.get("limit", 100))
                allowed = decoded(given["allowed_updates"])
                return await self.updates.get(
                    offset, limit, int(given["timeout"]), allowed
                )
            case "answerCallbackQuery":
                return self._tap_answered(given["callback_query_id"])
            case "setMyCommands" | "setMyDescription" | "setMyShortDescription":
                return True
        return self.chats.answer(method, given)

    def _tap_answered(self, query: str) -> Any:
        if query not in self._answers:
            return Refuse(400, OLD_QUERY)
        self._answers[query] += 1
        delivered = self.updates.delivered.get(self._query_updates[query], 0)
        if self._answers[query] > delivered:
            self.complaints.append(f"tap {query} was answered too often")
        return True


async def _parameters(request: web.Request) -> dict[str, Any]:
    """Read parameters from wherever the Bot API takes them."""
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        body = await request.json()
        return given | {
            name: json.dumps(value) if isinstance(value, (dict, list)) else value
            for name, value in body.items()
        }
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            with value.file as file:
                given[name] = Upload(value.filename, file.read())
        else:
            given[name] = value
    return given


def _error(refusal: Refuse) -> web.Response:
    body: dict[str, Any] = {
        "ok": False,
        "error_code": refusal.code,
        "description": refusal.description,
    }
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return web.json_response(body, status=refusal.code)


def _drop(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
