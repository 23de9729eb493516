"""Updates are confirmed when they have been dealt with, and not before."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.dialogue import Input, Reply, Send, View, Wrote
from bot.errors import ConfigError, PolsslagError, TransportError
from bot.transports.telegram import Pacing, TelegramTransport, Timing
from storage.memory import MemoryMail
from storage.outbox import MemoryOutbox
from tests.doubles.botapi import BotApi
from tests.doubles.faults import Fault, LoseReply, NotOk, Page, Refuse, flood
from tests.doubles.requests import StubRequest
from tests.doubles.services import ScriptedService
from tests.transports.telegram.conftest import EAGER, FAST, Bot, Running, soon

CONFLICT = Refuse(409, "Conflict: terminated by other getUpdates request")


async def test_an_update_that_cannot_be_parsed_is_passed_over(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    anna = api.client()
    api.updates.put_raw({"update_id": 99_999, "message": {"chat": 5}}, 99_999)
    await anna.writes("a")
    async with running() as bot:
        await anna.writes("b")
        await service.until(lambda: len(service.handled) == 2)
    assert len(api.updates) == 0
    assert len(api.called("getUpdates")) < 6
    assert bot.kinds == {"KeyError"}


@pytest.mark.parametrize("junk", [{"message": {}}, "junk", None, {"update_id": "1"}])
async def test_what_has_no_id_does_not_make_the_poller_run_hot(
    api: BotApi, service: ScriptedService, running: Running, junk: Any
) -> None:
    api.updates.put_raw(junk, 1)
    async with running() as bot:
        await asyncio.sleep(0.3)
    assert len(api.called("getUpdates")) < 20
    assert bot.kinds == {"TypeError"}


async def test_updates_of_a_chat_are_handled_in_order_and_chats_side_by_side(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    async def script(subject: str, event: Input) -> Reply:
        await asyncio.sleep(0.01 if subject.endswith("1") else 0.002)
        return Reply(subject)

    service.script = script
    clients = [api.client() for _ in range(20)]
    for number in range(10):
        for client in clients:
            await client.writes(str(number))
    async with running():
        await service.until(lambda: len(service.handled) == 200)
    for client in clients:
        said = [
            event.text
            for who, event, _ in service.handled
            if who == f"telegram:{client.id}" and isinstance(event, Wrote)
        ]
        assert said == [str(number) for number in range(10)]
    assert len(api.updates) == 0


async def test_a_chat_that_takes_long_does_not_hold_up_the_others(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    async def script(subject: str, event: Input) -> Reply:
        if subject == "telegram:7":
            await asyncio.sleep(0.8)
        return Reply(subject)

    service.script = script
    slow, quick = api.client(7), api.client(8)
    async with running() as bot:
        first = await slow.writes("a")
        await service.until(lambda: len(service.handled) == 1)
        for number in range(5):
            await quick.writes(str(number))
            await service.until(lambda count=number: len(service.handled) == count + 2)  # type: ignore[misc]
        assert [call.get("offset") for call in api.called("getUpdates")][-1] == str(
            first
        )
        assert len(api.updates) == 6
    assert len(api.updates) == 0
    assert len(service.handled) == 6
    assert bot.kinds == set()


async def test_a_chat_that_floods_does_not_keep_others_from_being_heard(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    def script(subject: str, event: Input) -> Reply:
        return Reply(subject, (Send(View("Hulp")),))

    service.script = script
    busy, other = api.client(7), api.client(8)
    for _ in range(400):
        await busy.writes("/help")
    # One message a second is what a chat may get.
    async with running(
        pacing=replace(FAST, chat_every=1.0), timing=replace(EAGER, drain=0)
    ):
        await busy.sees("Hulp")
        await other.writes("/help")
        await other.sees("Hulp", seconds=3)
    mine = [who for who, _, _ in service.handled if who == "telegram:7"]
    assert len(mine) < 10


async def test_a_reply_that_cannot_be_repeated_is_confirmed_when_it_is_shown(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    def script(subject: str, event: Input) -> Reply:
        token = "t" if event == Wrote("b", "nl", 2) else None
        return Reply(subject, (Send(View("Hulp")),), token=token)

    service.script = script
    anna, bert = api.client(7), api.client(8)
    api.fail("sendMessage", *[flood(3600)] * 2)
    async with running(timing=replace(EAGER, drain=0), pacing=Pacing(patience=7200)):
        first = await anna.writes("a")
        await bert.writes("b")
        await service.until(lambda: len(service.handled) == 2)
        await soon(lambda: len(api.called("sendMessage")) == 2)
    # What comes back is what nobody could show again, and all after it.
    assert len(api.updates) == 2
    assert api.called("getUpdates")[-1]["offset"] == str(first)


async def test_the_allowed_kinds_are_said_with_every_poll(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    anna = api.client()
    async with running():
        await anna.writes("a")
        await service.until(lambda: bool(service.handled))
    said = {call["allowed_updates"] for call in api.called("getUpdates")}
    assert [json.loads(kinds) for kinds in said] == [
        ["message", "callback_query", "my_chat_member"]
    ]


async def test_ids_that_begin_anew_lower_after_a_quiet_time_are_not_lost(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    anna = api.client()
    async with running(timing=replace(EAGER, poll=1)):
        await anna.writes("a")
        await service.until(lambda: len(service.handled) == 1)
        await soon(lambda: len(api.updates) == 0)
        # An empty answer, and a second poll after it.
        count = len(api.called("getUpdates"))
        await soon(lambda: len(api.called("getUpdates")) > count)
        api.updates.next_id = 5
        await anna.writes("b")
        await service.until(lambda: len(service.handled) == 2)
    assert len(api.updates) == 0


async def test_a_confirmation_that_got_lost_delivers_again_under_the_same_id(
    service: ScriptedService, running: Running, api: BotApi
) -> None:
    api.updates.deliveries = 2
    anna = api.client()
    async with running():
        number = await anna.writes("a")
        await service.until(lambda: len(service.handled) == 2)
    assert {update for _, _, update in service.handled} == {number}


@pytest.mark.parametrize(
    "fault", [Page(502), NotOk(), flood(1), LoseReply(), CONFLICT, Page(200)], ids=repr
)
async def test_a_poll_that_failed_is_repeated(
    api: BotApi, service: ScriptedService, running: Running, fault: Fault
) -> None:
    api.fail("getUpdates", fault)
    anna = api.client()
    async with running():
        await anna.writes("a")
        await service.until(lambda: bool(service.handled))
    assert len(service.handled) == 1


async def failed(bot: Bot) -> PolsslagError:
    async with asyncio.timeout(5):
        with pytest.raises(PolsslagError) as caught:
            await bot.transport.run(bot.stop)
    return caught.value


@pytest.mark.parametrize("method", ["getMe", "getUpdates"])
@pytest.mark.parametrize("code", [401, 404])
async def test_a_token_that_is_refused_is_fatal(
    api: BotApi, service: ScriptedService, method: str, code: int
) -> None:
    api.fail(method, Refuse(code, "Unauthorized"))
    fault = await failed(Bot(api, service))
    assert isinstance(fault, ConfigError)
    assert (fault.code, fault.facts) == ("telegram-token-refused", {})
    assert fault.__cause__ is None
    assert fault.__suppress_context__


async def test_another_poller_on_the_same_token_is_fatal_when_it_stays(
    api: BotApi, service: ScriptedService
) -> None:
    api.fail("getUpdates", *[CONFLICT] * 9)
    fault = await failed(Bot(api, service))
    assert isinstance(fault, TransportError)
    assert fault.code == "telegram-conflict"
    assert len(api.called("getUpdates")) == 3


async def test_conflicts_that_pass_are_not_added_up(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    anna = api.client()
    faults: list[Fault] = [CONFLICT, CONFLICT, Page(502), CONFLICT, CONFLICT]
    api.fail("getUpdates", *faults)
    async with running():
        await anna.writes("a")
        await service.until(lambda: bool(service.handled))


async def test_a_long_silence_is_fatal(api: BotApi, service: ScriptedService) -> None:
    api.fail("getUpdates", *[Page(502)] * 99)
    fault = await failed(Bot(api, service, timing=replace(EAGER, silence=0.2)))
    assert isinstance(fault, TransportError)
    assert (fault.code, fault.facts) == ("telegram-silent", {"minutes": 0})


async def test_whoever_watches_hears_of_every_poll_and_may_fail(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    heard: list[int] = []

    def hear() -> None:
        heard.append(1)
        raise OSError("full")

    anna = api.client()
    async with running(heard=hear) as bot:
        await anna.writes("a")
        await service.until(lambda: bool(service.handled))
    assert heard
    assert bot.kinds == {"OSError"}


async def test_an_answer_of_the_wrong_shape_is_a_failed_poll(
    api: BotApi, service: ScriptedService
) -> None:
    answers: list[Any] = [(200, b"[]"), {"not": "a list"}]

    def answer(method: str, given: dict[str, Any]) -> Any:
        if method == "getMe":
            return api.me
        return answers.pop(0) if answers else []

    fault = await stubbed(answer, service, lambda: not answers)
    assert fault is None


async def stubbed(
    answer: Callable[[str, dict[str, Any]], Any],
    service: ScriptedService,
    until: Callable[[], bool],
    timing: Timing = EAGER,
) -> BaseException | None:
    """Run against a request object without a network until something is so."""
    mail = MemoryMail()
    faults = Bot(BotApi(), service).faults
    transport = TelegramTransport(
        "1:T",
        service,
        base_url="http://127.0.0.1:1/bot",
        outbox=MemoryOutbox(mail),
        faults=faults,
        request=StubRequest(answer),
        timing=timing,
    )
    stop = asyncio.Event()
    task = asyncio.create_task(transport.run(stop))
    await soon(lambda: until() or task.done())
    stop.set()
    await asyncio.wait((task,))
    return task.exception()
