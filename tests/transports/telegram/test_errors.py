"""Every row of the table of answers, over real HTTP."""

import asyncio
from dataclasses import replace

import pytest

from bot.dialogue import Delete, Edit, Output, Reply, Send, View, Wrote
from bot.transports.telegram import Pacing
from tests.doubles.botapi import BotApi
from tests.doubles.chats import Message
from tests.doubles.faults import (
    Delay,
    DropBefore,
    Fault,
    LoseReply,
    NotOk,
    Page,
    Refuse,
    flood,
)
from tests.doubles.services import ScriptedService
from tests.transports.telegram.conftest import FAST, Running, soon

HELLO = View("Hallo")


def says(service: ScriptedService, *outputs: Output) -> None:
    """Let the service give these outputs to whatever anybody does."""
    service.script = lambda subject, event: Reply(subject, outputs, token="t")


@pytest.mark.parametrize(
    "fault",
    [
        flood(1),
        Refuse(500, "Internal Server Error"),
        Page(502),
        Page(200),
        NotOk(),
        DropBefore(),
        Delay(0.05),
    ],
    ids=repr,
)
async def test_what_passes_is_tried_until_it_works(
    api: BotApi, service: ScriptedService, running: Running, fault: Fault
) -> None:
    says(service, Send(HELLO))
    api.fail("sendMessage", fault)
    anna = api.client(7)
    async with running():
        await anna.writes("a")
        await anna.reads("Hallo")
        await service.until(lambda: bool(service.seen))
    assert anna.texts == ("Hallo",)
    assert service.seen == [("telegram:7", "t", (2,))]


async def test_a_question_whose_answer_was_lost_is_sent_again(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    says(service, Send(HELLO))
    api.fail("sendMessage", LoseReply())
    anna = api.client(7)
    async with running():
        await anna.writes("a")
        await service.until(lambda: bool(service.seen))
    assert anna.texts == ("Hallo", "Hallo")
    assert service.seen == [("telegram:7", "t", (3,))]


async def test_one_chat_that_must_wait_does_not_hold_up_another(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    says(service, Send(HELLO))
    anna, bert = api.client(7), api.client(8)
    api.fail("sendMessage", flood(2), chat=7)
    loop = asyncio.get_running_loop()
    async with running():
        began = loop.time()
        await anna.writes("a")
        await anna.writes("b")
        await soon(lambda: len(api.called("sendMessage")) == 1)
        await bert.writes("c")
        await bert.reads("Hallo")
        assert loop.time() - began < 1
        await anna.reads("Hallo", "Hallo")
        assert loop.time() - began >= 2


async def test_a_chat_that_must_wait_too_long_gives_way_and_is_not_called_shown(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    says(service, Send(HELLO))
    anna = api.client(7)
    api.fail("sendMessage", flood(3600))
    async with running() as bot:
        await anna.writes("a")
        await anna.writes("b")
        await service.until(lambda: len(service.handled) == 2)
    assert len(api.updates) == 0
    assert service.seen == []
    assert bot.kinds == set()


async def test_what_keeps_failing_is_given_up_and_is_not_called_shown(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    says(service, Send(HELLO))
    anna = api.client(7)
    api.fail("sendMessage", *[Page(502)] * 50)
    async with running(pacing=Pacing(patience=0.1, first_pause=0.01)) as bot:
        await anna.writes("a")
        await soon(lambda: bot.kinds == {"NetworkError"})
    assert 1 < len(api.called("sendMessage")) < 10
    assert service.seen == []


@pytest.mark.parametrize(
    "said",
    [
        "chat not found",
        "can't parse entities: unsupported start tag",
        "BUTTON_DATA_INVALID",
        "message is too long",
    ],
)
async def test_what_is_refused_for_good_is_not_tried_again_but_staff_hear_of_it(
    api: BotApi, service: ScriptedService, running: Running, said: str
) -> None:
    says(service, Send(HELLO))
    anna = api.client(7)
    api.fail("sendMessage", Refuse(400, f"Bad Request: {said}"))
    async with running() as bot:
        await anna.writes("a")
        await soon(lambda: bot.kinds == {"BadRequest"})
    assert len(api.called("sendMessage")) == 1
    assert service.seen == []


async def test_an_edit_that_changes_nothing_is_a_success(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    says(service, Send(HELLO), Edit(2, HELLO, or_send=True))
    anna = api.client(7)
    async with running() as bot:
        await anna.writes("a")
        await service.until(lambda: bool(service.seen))
    assert service.seen == [("telegram:7", "t", (2,))]
    assert bot.kinds == set()


async def test_an_edit_of_a_message_that_is_gone_is_sent_anew_where_that_was_asked(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    says(service, Edit(98, View("weg")), Edit(99, HELLO, or_send=True))
    anna = api.client(7)
    async with running() as bot:
        await anna.writes("a")
        await service.until(lambda: bool(service.seen))
    assert anna.texts == ("Hallo",)
    assert service.seen == [("telegram:7", "t", (2,))]
    assert bot.kinds == set()


async def test_an_edit_that_is_refused_for_good_is_a_fault(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    says(service, Edit(2, HELLO, or_send=True))
    anna = api.client(7)
    api.fail("editMessageText", Refuse(400, "Bad Request: BUTTON_DATA_INVALID"))
    async with running() as bot:
        await anna.writes("a")
        await soon(lambda: bot.kinds == {"BadRequest"})
    assert anna.texts == ()


async def test_a_message_that_cannot_be_deleted_does_no_harm(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    outputs = (Delete(99), Delete(50), Delete(51), Send(HELLO))
    says(service, *outputs)
    anna = api.client(7)
    anna.chat.messages[50] = Message(50, True, "oud", is_old=True)
    anna.chat.messages[51] = Message(51, True, "weg")
    api.fail("deleteMessage", Page(502))
    async with running() as bot:
        await anna.writes("a")
        await service.until(lambda: bool(service.seen))
    assert anna.texts == ("oud", "Hallo")
    assert bot.kinds == set()


async def test_where_words_cannot_be_deleted_the_client_is_told(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    sorry = View("Wis het zelf")
    says(service, Delete(99, sorry), Delete(50, sorry), Delete(51, sorry), Send(HELLO))
    anna = api.client(7)
    anna.chat.messages[50] = Message(50, True, "oud", is_old=True)
    anna.chat.messages[51] = Message(51, True, "weg")
    async with running() as bot:
        await anna.writes("a")
        await service.until(lambda: bool(service.seen))
    # Not of the one that was gone already, nor of the one that went.
    assert anna.texts == ("oud", "Wis het zelf", "Hallo")
    [(_, _, sent)] = service.seen
    assert len(sent) == 2
    assert bot.kinds == set()


async def test_a_deletion_for_somebody_who_blocked_the_bot_ends_the_session(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    says(service, Delete(1))
    anna = api.client(7)
    api.fail("deleteMessage", Refuse(403, "Forbidden: user is deactivated"))
    async with running():
        await anna.writes("a")
        await service.until(lambda: bool(service.seen))
    assert len(service.handled) == 2


@pytest.mark.parametrize(
    ("fault", "kinds"),
    [
        (Refuse(400, "Bad Request: query is too old"), set()),
        (Refuse(403, "Forbidden: user is deactivated"), set()),
        (Refuse(400, "Bad Request: something new"), {"BadRequest"}),
        (Page(502), set()),
    ],
    ids=repr,
)
async def test_a_tap_that_cannot_be_answered_is_handled_all_the_same(
    api: BotApi,
    service: ScriptedService,
    running: Running,
    fault: Fault,
    kinds: set[str],
) -> None:
    says(service, Send(HELLO))
    api.must_answer = False
    anna = api.client(7)
    async with running() as bot:
        await anna.writes("a")
        message = await anna.sees("Hallo")
        api.fail("answerCallbackQuery", fault)
        await anna.presses("x", message)
        await anna.reads("Hallo", "Hallo")
    assert bot.kinds == kinds


async def test_a_tap_is_answered_although_its_chat_must_wait(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    says(service, Send(HELLO))
    anna = api.client(7)
    async with running(pacing=replace(FAST, patience=0.5)):
        await anna.writes("a")
        message = await anna.sees("Hallo")
        api.fail("sendMessage", flood(3600))
        await anna.writes("b")
        await soon(lambda: len(api.called("sendMessage")) == 2)
        api.fail("answerCallbackQuery", flood(1))
        await anna.presses("x", message)
        await soon(lambda: len(api.called("answerCallbackQuery")) == 2)
    assert len(api.called("sendMessage")) == 2


async def test_a_tap_that_cannot_be_answered_in_time_is_let_be(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    says(service, Send(HELLO))
    api.must_answer = False
    anna = api.client(7)
    async with running() as bot:
        await anna.writes("a")
        message = await anna.sees("Hallo")
        api.fail("answerCallbackQuery", flood(3600))
        await anna.presses("x", message)
        await anna.reads("Hallo", "Hallo")
    assert len(api.called("answerCallbackQuery")) == 1
    assert bot.kinds == set()


async def test_a_connection_that_was_never_made_is_tried_again(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    says(service, Send(HELLO))
    anna = api.client(7)

    async def script(subject: str, event: object) -> Reply:
        if event == Wrote("a", "nl", 1):
            await api.stop()
        return Reply(subject, (Send(HELLO),), token="t")

    service.script = script
    async with running(pacing=FAST) as bot:
        await anna.writes("a")
        await service.until(lambda: bool(service.handled))
        await asyncio.sleep(0.1)
        await api.start(api.port)
        await anna.reads("Hallo")
        await service.until(lambda: bool(service.seen))
    assert bot.kinds <= {"NetworkError", "TimedOut"}
