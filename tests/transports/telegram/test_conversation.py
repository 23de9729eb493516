"""A person and the service meet through the transport, over real HTTP."""

import asyncio

from bot.dialogue import (
    Commanded,
    Delete,
    Edit,
    Input,
    Key,
    Left,
    Opened,
    Reply,
    Send,
    SentOther,
    Tapped,
    View,
    Word,
    Wrote,
)
from tests.doubles.botapi import BotApi
from tests.doubles.services import ScriptedService
from tests.transports.telegram.conftest import Running, soon

GRADES = View(
    "Welk cijfer?", ((Key("1", "n:1"), Key("2", "n:2")), (Key("Stop", "n:s"),))
)


async def test_what_a_person_does_reaches_the_service_as_events(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    anna = api.client(7, "tr")
    async with running():
        updates = [
            await anna.opens("e_balie"),
            await anna.writes("zeven"),
            await anna.writes("/help"),
            await anna.sends(dice={"emoji": "x", "value": 3}),
            await anna.blocks(),
        ]
        await service.until(lambda: len(service.handled) == 5)
    events: list[Input] = [
        Opened("e_balie", "tr", 1),
        Wrote("zeven", "tr", 2),
        Commanded(Word.HELP, "tr", 3),
        SentOther("tr", 4),
        Left(),
    ]
    assert service.handled == [
        ("telegram:7", event, update)
        for event, update in zip(events, updates, strict=True)
    ]


async def test_a_question_is_shown_tapped_and_answered(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    def script(subject: str, event: Input) -> Reply:
        match event:
            case Opened():
                return Reply(subject, (Send(GRADES), Send(View("Succes"))), token="t1")
            case Tapped(action, message):
                assert (action, message) == ("n:2", 2)
                outputs = (Edit(2, View("Welk cijfer? 2")), Delete(3), Delete(1))
                return Reply(subject, outputs, token="t2")
            case _:
                return Reply(subject)

    service.script = script
    anna = api.client()
    async with running():
        await anna.opens()
        message = await anna.question()
        assert message.labels == ("1", "2", "Stop")
        await anna.taps("2")
        await service.until(lambda: len(service.seen) == 2)
    assert anna.texts == ("Welk cijfer? 2",)
    assert anna.chat.messages[1].is_deleted
    assert service.seen == [
        (f"telegram:{anna.id}", "t1", (2, 3)),
        (f"telegram:{anna.id}", "t2", ()),
    ]


async def test_a_tap_is_answered_before_anything_is_shown(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    service.script = lambda subject, event: Reply(subject, (Send(GRADES),))
    anna = api.client()
    async with running():
        await anna.opens()
        await anna.question()
        await anna.taps("1")
        await soon(lambda: len(anna.screen) == 2)
    names = [name for name, _ in api.calls if name != "getUpdates"]
    assert names[-3:] == ["sendMessage", "answerCallbackQuery", "sendMessage"]


async def test_a_group_a_forward_and_an_edit_are_no_answers(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    anna = api.client()
    async with running():
        await anna.writes("zeven")
        await anna.edits("acht")
        await anna.forwards("negen")
        group = {"id": -5, "type": "group", "title": "G"}
        person = {"id": 9, "is_bot": False, "first_name": "B"}
        body = {"message_id": 8, "date": 0, "chat": group, "from": person}
        api.put("message", {**body, "text": "hallo"})
        query = {"id": api.new_query(), "from": person, "chat_instance": "1"}
        api.put("callback_query", {**query, "message": body, "data": "x"})
        await anna.writes("klaar")
        await service.until(lambda: len(service.handled) == 3)
        await soon(lambda: len(api.called("answerCallbackQuery")) == 1)
    assert service.events == [
        Wrote("zeven", "nl", 1),
        SentOther("nl", 2),
        Wrote("klaar", "nl", 3),
    ]


async def test_a_tap_on_a_message_that_is_too_old_to_show_is_handled_too(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    service.script = lambda subject, event: Reply(subject, (Send(GRADES),))
    anna = api.client()
    async with running():
        await anna.opens()
        message = await anna.question()
        message.is_old = True
        await anna.presses("n:1", message)
        await anna.presses(None, message)
        await anna.presses("verzonnen" * 9, None)
        await service.until(lambda: len(service.handled) == 3)
        await soon(lambda: len(api.called("answerCallbackQuery")) == 3)
    assert service.events[1:] == [Tapped("n:1", 2), Tapped("", 2)]


async def test_a_fault_of_the_service_costs_nobody_anything_but_that_update(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    def script(subject: str, event: Input) -> Reply:
        if isinstance(event, Wrote) and event.text == "kapot":
            raise RuntimeError("secret words")
        return Reply(subject, (Send(GRADES),))

    service.script = script
    anna = api.client()
    async with running() as bot:
        await anna.writes("kapot")
        await anna.writes("heel")
        await anna.question()
    assert len(service.handled) == 2
    assert len(api.updates) == 0
    assert bot.kinds == {"RuntimeError"}


async def test_a_tap_is_answered_although_the_service_failed_or_took_too_long(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    async def script(subject: str, event: Input) -> Reply:
        if isinstance(event, Tapped):
            await asyncio.sleep(60)
        return Reply(subject, (Send(GRADES),))

    service.script = script
    anna = api.client()
    async with running() as bot:
        await anna.opens()
        await anna.question()
        await anna.taps("1")
        await soon(lambda: len(api.called("answerCallbackQuery")) == 1)
    assert bot.kinds == {"TimeoutError"}


async def test_what_waits_at_the_start_is_shown_before_the_first_event(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    anna = api.client(7)
    await anna.writes("a")
    service.tidied = [[Reply("telegram:7", (Send(View("Nog eens")),), token="t")]]
    service.script = lambda subject, event: Reply(subject, (Send(View("Dank")),))
    async with running():
        await anna.reads("Nog eens", "Dank")
    assert service.seen == [("telegram:7", "t", (2,))]


async def test_somebody_who_blocked_the_bot_has_left(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    def script(subject: str, event: Input) -> Reply:
        if isinstance(event, Left):
            return Reply(subject)
        return Reply(subject, (Send(GRADES), Send(GRADES)), token="t")

    service.script = script
    anna, bert = api.client(7), api.client(8)
    async with running() as bot:
        await anna.writes("a")
        anna.chat.refusal = "bot was blocked by the user"
        await service.until(lambda: len(service.seen) == 1)
        await bert.writes("b")
        await bert.question()
        anna.chat.refusal = None
        await anna.opens()
        await anna.question()
    assert [event for who, event, _ in service.handled if who == "telegram:7"] == [
        Wrote("a", "nl", 1),
        Left(),
        Opened("", "nl", 4),
    ]
    # Nothing will be shown to somebody who left, so it counts as shown.
    assert service.seen[0] == ("telegram:7", "t", ())
    assert bot.kinds == set()
