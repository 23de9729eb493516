"""The double is as strict as the real thing: a lenient one would prove nothing."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.doubles.botapi import BotApi
from tests.doubles.faults import DropBefore, LoseReply, flood

KINDS = json.dumps(["message", "callback_query", "my_chat_member"])
Answer = tuple[int, dict[str, Any]]


class Caller:
    """Calls methods of the double, with any encoding."""

    def __init__(self, api: BotApi, session: aiohttp.ClientSession) -> None:
        """Call through this session."""
        self._api = api
        self._session = session

    async def __call__(self, method: str, **given: Any) -> Answer:
        """Call with parameters as a form."""
        return await self.send(method, data=given)

    async def send(self, method: str, token: str = "", **body: Any) -> Answer:
        """Call with any body."""
        url = f"{self._api.base_url}{token or self._api.token}/{method}"
        async with self._session.post(url, **body) as answer:
            return answer.status, await answer.json()


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    server = BotApi()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def call(api: BotApi) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession() as session:
        yield Caller(api, session)


def keyboard(*rows: list[dict[str, str]]) -> str:
    return json.dumps({"inline_keyboard": rows})


def button(label: str, action: str) -> dict[str, str]:
    return {"text": label, "callback_data": action}


async def opened(api: BotApi, number: int = 7) -> None:
    await api.client(number).opens()


@pytest.mark.parametrize("form", ["urlencoded", "multipart", "json", "query"])
async def test_parameters_may_come_in_any_encoding(
    api: BotApi, call: Caller, form: str
) -> None:
    await opened(api)
    given = {"chat_id": "7", "text": "Hallo"}
    match form:
        case "urlencoded":
            status, _ = await call("sendMessage", **given)
        case "multipart":
            body = aiohttp.FormData(given, default_to_multipart=True)
            status, _ = await call.send("sendMessage", data=body)
        case "json":
            markup = {"inline_keyboard": [[button("7", "n")]]}
            body_json = {**given, "chat_id": 7, "reply_markup": markup}
            status, _ = await call.send("sendMessage", json=body_json)
        case _:
            status, _ = await call.send("sendMessage", params=given)
    assert status == 200
    assert [message.text for message in api.chats[7].screen] == ["Hallo"]
    api.check()


@pytest.mark.parametrize(
    ("method", "given", "complaint"),
    [
        ("sendMessage", {"text": "a", "color": "red"}, "unknown parameter color"),
        ("sendMessage", {}, "parameter text is missing"),
        ("sendMessage", {"text": " "}, "message text is empty"),
        ("sendMessage", {"text": "😀" * 2049}, "message is too long"),
        (
            "sendMessage",
            {"text": "a", "reply_markup": keyboard([button("7", "é" * 33)])},
            "BUTTON_DATA_INVALID",
        ),
        (
            "sendMessage",
            {"text": "a", "reply_markup": keyboard([button("7", "n")] * 9)},
            "a row needs one to eight buttons",
        ),
        (
            "sendMessage",
            {"text": "a", "reply_markup": keyboard(*[[button("7", "n")] * 8] * 13)},
            "too many buttons",
        ),
        (
            "sendMessage",
            {"text": "a", "reply_markup": keyboard([button("", "n")])},
            "a button needs a text",
        ),
        (
            "sendMessage",
            {"text": "a", "reply_markup": keyboard([{"text": "7"}])},
            "a button needs callback data and nothing else",
        ),
        ("sendPhoto", {"photo": "x", "caption": "a" * 1025}, "caption too long"),
        ("editMessageText", {"text": "a"}, "parameter message_id is missing"),
        ("setMyCommands", {"commands": "[]"}, "wrong number of commands"),
        (
            "setMyCommands",
            {"commands": json.dumps([{"command": "Hulp", "description": "a"}])},
            "BOT_COMMAND_INVALID",
        ),
        ("setMyDescription", {"description": "a" * 513}, "description too long"),
        ("setMyDescription", {"language_code": "dut"}, "LANGUAGE_CODE_INVALID"),
        ("answerCallbackQuery", {"text": "a" * 201}, "message is too long"),
        ("getUpdates", {"timeout": "0"}, "parameter allowed_updates is missing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "with",
)
async def test_a_breach_of_the_contract_is_refused_and_fails_the_test(
    api: BotApi, call: Caller, method: str, given: dict[str, Any], complaint: str
) -> None:
    await opened(api)
    if method in ("sendMessage", "sendPhoto", "editMessageText"):
        given = {"chat_id": "7", **given}
    if method == "answerCallbackQuery":
        given = {"callback_query_id": "1", **given}
    status, answer = await call(method, **given)
    assert (status, answer["description"]) == (400, f"Bad Request: {complaint}")
    with pytest.raises(AssertionError, match=complaint):
        api.check()


async def test_leaving_the_double_fails_for_a_breach_but_not_over_another_failure(
    api: BotApi,
) -> None:
    with pytest.raises(AssertionError, match="broken"):
        async with BotApi() as other:
            other.complaints.append("broken")

    async def fail() -> None:
        async with BotApi() as other:
            other.complaints.append("broken")
            raise LookupError

    with pytest.raises(LookupError):
        await fail()


async def test_what_is_not_a_method_or_not_the_token_is_refused(
    api: BotApi, call: Caller
) -> None:
    assert (await call("getme"))[0] == 404
    assert api.complaints == ["getme: no such method"]
    assert (await call.send("getMe", token="1:OTHER"))[0] == 401
    assert (await call("getMe"))[1]["result"]["is_bot"] is True


async def test_an_update_is_delivered_until_it_is_confirmed(
    api: BotApi, call: Caller
) -> None:
    anna = api.client(7)
    first, second = await anna.writes("a"), await anna.writes("b")

    async def poll(**given: Any) -> list[int]:
        given = {"timeout": 0, "allowed_updates": KINDS, **given}
        _, answer = await call("getUpdates", **given)
        return [update["update_id"] for update in answer["result"]]

    assert await poll() == [first, second]
    assert await poll(limit=1) == [first]
    assert await poll(offset=second) == [second]
    assert await poll() == [second]
    assert await poll(offset=second + 1) == []
    await anna.edits("c")
    assert await poll() == []


async def test_a_second_poller_ends_the_first(api: BotApi, call: Caller) -> None:
    wanted = {"timeout": 5, "allowed_updates": KINDS}
    first = asyncio.create_task(call("getUpdates", **wanted))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(call("getUpdates", **wanted))
    assert (await first)[0] == 409
    await api.client(7).writes("a")
    assert len((await second)[1]["result"]) == 1


async def test_a_long_poll_waits_no_longer_than_asked(
    api: BotApi, call: Caller
) -> None:
    async with asyncio.timeout(2):
        status, answer = await call("getUpdates", timeout=1, allowed_updates=KINDS)
    assert (status, answer["result"]) == (200, [])


async def test_a_message_can_only_be_changed_where_it_is_and_into_something_else(
    api: BotApi, call: Caller
) -> None:
    anna = api.client(7)
    await anna.writes("a")
    at = {"chat_id": "7", "message_id": "2"}
    said = []
    said.append(await call("editMessageText", **at, text="b"))
    await call("sendMessage", chat_id="7", text="b")
    said.append(await call("editMessageText", **at, text="b"))
    said.append(await call("editMessageText", **at, text="c"))
    said.append(await call("editMessageReplyMarkup", **at, reply_markup=keyboard()))
    said.append(await call("editMessageText", **{**at, "message_id": "1"}, text="c"))
    api.chats[7].messages[2].is_old = True
    said.append(await call("editMessageText", **at, text="d"))
    said.append(await call("deleteMessage", **at))
    api.chats[7].messages[2].is_old = False
    said.append(await call("deleteMessage", **at))
    said.append(await call("deleteMessage", **at))
    said.append(await call("deleteMessage", **{**at, "message_id": "1"}))
    assert [
        answer.get("description", "ok").removeprefix("Bad Request: ").split(":")[0]
        for _, answer in said
    ] == [
        "message to edit not found",
        "message is not modified",
        "ok",
        "message is not modified",
        "message can't be edited",
        "message can't be edited",
        "message can't be deleted",
        "ok",
        "message to delete not found",
        "ok",
    ]


async def test_a_chat_that_the_bot_may_not_write_in_says_why(
    api: BotApi, call: Caller
) -> None:
    anna, group = api.client(7), api.group(-1)

    async def said(chat: int) -> str:
        _, answer = await call("sendMessage", chat_id=chat, text="a")
        return str(answer.get("description", "ok"))

    assert await said(99) == "Bad Request: chat not found"
    assert await said(7) == "Forbidden: bot can't initiate conversation with a user"
    await anna.opens()
    assert await said(7) == "ok"
    await anna.blocks()
    assert await said(7) == "Forbidden: bot was blocked by the user"
    await anna.opens()
    assert await said(7) == "ok"
    group.moved_to = -1_000_000_000_001
    _, answer = await call("sendMessage", chat_id=-1, text="a")
    assert answer["parameters"] == {"migrate_to_chat_id": -1_000_000_000_001}


async def test_every_delivered_tap_is_answered_exactly_once(
    api: BotApi, call: Caller
) -> None:
    anna = api.client(7)
    await anna.opens()
    markup = keyboard([button("7", "n:7"), button("8", "n:8")])
    await call("sendMessage", chat_id="7", text="?", reply_markup=markup)
    await anna.taps("8")
    await anna.taps(0)
    with pytest.raises(LookupError):
        await anna.taps("9")
    api.check()
    _, answer = await call("getUpdates", timeout=0, allowed_updates=KINDS)
    taps = [update["callback_query"] for update in answer["result"][1:]]
    assert [tap["data"] for tap in taps] == ["n:8", "n:7"]
    assert (await call("answerCallbackQuery", callback_query_id=taps[0]["id"]))[
        0
    ] == 200
    with pytest.raises(AssertionError, match=f"{taps[1]['id']} was not answered"):
        api.check()
    await call("answerCallbackQuery", callback_query_id=taps[1]["id"])
    api.check()
    await call("answerCallbackQuery", callback_query_id=taps[1]["id"])
    with pytest.raises(AssertionError, match="answered too often"):
        api.check()
    assert (await call("answerCallbackQuery", callback_query_id="0"))[0] == 400


async def test_messages_that_come_too_fast_are_refused(
    api: BotApi, call: Caller
) -> None:
    for number in (7, 8, 9):
        await opened(api, number)
    api.group(-1)

    async def sent(chat: int, times: int) -> list[int]:
        calls = [call("sendMessage", chat_id=chat, text="a") for _ in range(times)]
        return [(await one)[0] for one in calls]

    assert (await sent(7, 15)).count(429) == 2
    assert (await sent(8, 15)).count(429) == 2
    assert (await sent(9, 15)).count(429) > 5
    assert api.meter.refused > 9
    await asyncio.sleep(1.1)
    assert (await sent(-1, 23)).count(429) == 2
    api.meter.is_on = False
    assert set(await sent(7, 40)) == {200}


async def test_faults_are_met_in_order_and_only_in_their_chat(
    api: BotApi, call: Caller
) -> None:
    await opened(api, 7)
    await opened(api, 8)
    api.fail("sendMessage", flood(3), LoseReply(), chat=7)
    api.fail("*", DropBefore())

    async def sent(chat: int) -> int:
        try:
            return (await call("sendMessage", chat_id=chat, text="a"))[0]
        except aiohttp.ClientError:
            return 0

    assert [await sent(8), await sent(7), await sent(7)] == [0, 429, 0]
    assert [await sent(7), await sent(8)] == [200, 200]
    assert [len(api.chats[7].screen), len(api.chats[8].screen)] == [2, 1]


async def test_some_calls_fail_by_chance(api: BotApi, call: Caller) -> None:
    api.sometimes(random.Random(1), 0.5, flood)
    statuses = [(await call("getMe"))[0] for _ in range(40)]
    assert 5 < statuses.count(429) < 35
    api.sometimes(random.Random(1), 0, flood)
    assert (await call("getMe"))[0] == 200


async def test_a_person_waits_for_a_question_that_is_new(
    api: BotApi, call: Caller
) -> None:
    anna = api.client(7)
    await anna.opens()
    markup = keyboard([button("7", "n:7")])
    waiting = asyncio.create_task(anna.question())
    await call("sendMessage", chat_id="7", text="Een?", reply_markup=markup)
    assert (await waiting).text == "Een?"
    await anna.taps("7")
    with pytest.raises(TimeoutError):
        await anna.question(seconds=0.05)
    await call("editMessageText", chat_id="7", message_id="2", text="Een? 7")
    await call("sendMessage", chat_id="7", text="Twee?", reply_markup=markup)
    assert (await anna.question()).text == "Twee?"
    await anna.reads("Een? 7", "Twee?")
    assert (await anna.sees("Twee")).labels == ("7",)
