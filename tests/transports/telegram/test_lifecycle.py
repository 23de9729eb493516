"""From the first call to the last: starting, stopping, and what is never logged."""

import asyncio
import logging
from dataclasses import replace
from pathlib import Path

import pytest

from bot.dialogue import Input, Reply, Send, View
from bot.transports.telegram import Appearance, Face
from tests.doubles.botapi import TOKEN, BotApi
from tests.doubles.faults import Delay, Page, Refuse
from tests.doubles.services import ScriptedService
from tests.transports.telegram.conftest import EAGER, Bot, Running, soon

HELLO = View("Hallo")
NL = Face("", (("help", "Hulp"), ("stop", "Stoppen")), "Wat dit is.", "Vragen")
EN = Face("en", (("help", "Help"), ("stop", "Stop")), "What this is.", "Questions")


async def test_a_bot_api_that_is_down_at_the_start_is_waited_for_and_said_once(
    api: BotApi,
    service: ScriptedService,
    running: Running,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await api.stop()
    anna = api.client()
    async with running() as bot:
        await asyncio.sleep(0.2)
        await api.start(api.port)
        await anna.writes("a")
        await service.until(lambda: bool(service.handled))
    said = [record.getMessage() for record in caplog.records]
    assert said == ["telegram cannot be reached"]
    assert bot.kinds == {"NetworkError"}


async def test_stopping_while_the_bot_api_is_down_ends_at_once(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    await api.stop()
    async with asyncio.timeout(2), running(timing=replace(EAGER, first_pause=60)):
        await asyncio.sleep(0.05)
    await api.start(api.port)


async def test_stopping_before_the_start_asks_nothing(
    api: BotApi, service: ScriptedService
) -> None:
    bot = Bot(api, service)
    bot.stop.set()
    await bot.transport.run(bot.stop)
    assert api.calls == []


async def test_a_stop_with_a_batch_in_flight_finishes_and_confirms_it(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    async def script(subject: str, event: Input) -> Reply:
        await asyncio.sleep(0.2)
        return Reply(subject, (Send(HELLO),), token="t")

    service.script = script
    clients = [api.client() for _ in range(30)]
    for client in clients:
        await client.writes("a")
    async with running():
        await service.until(lambda: len(service.handled) == 30)
        # What comes after the stop is for the next start.
    await clients[0].writes("later")
    assert [client.texts for client in clients] == [("Hallo",)] * 30
    assert len(service.seen) == 30
    assert len(api.updates) == 1


async def test_what_is_not_handled_when_time_is_up_is_not_confirmed(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    async def script(subject: str, event: Input) -> Reply:
        if subject == "telegram:8":
            await asyncio.sleep(60)
        return Reply(subject)

    service.script = script
    for number in (7, 8, 9):
        await api.client(number).writes("a")
    async with running(timing=replace(EAGER, handle=60, drain=0.1)) as bot:
        await service.until(lambda: len(service.handled) == 3)
    # The two that were not confirmed come again; the service knows one of them.
    assert len(api.updates) == 2
    assert bot.kinds == set()


async def test_a_last_confirmation_that_fails_does_no_harm(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    anna = api.client()

    async def script(subject: str, event: Input) -> Reply:
        await soon(bot.stop.is_set)
        api.fail("getUpdates", Page(502))
        return Reply(subject)

    service.script = script
    async with running() as bot:
        await anna.writes("a")
        await service.until(lambda: bool(service.handled))
    assert len(api.updates) == 1
    assert bot.kinds == {"NetworkError"}


async def test_tidying_goes_on_and_a_fault_in_it_is_noted(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    anna = api.client(7)
    await anna.writes("a")
    reply = Reply("telegram:7", (Send(HELLO),), token="t")
    bad = Reply("console:x", (Send(HELLO),))
    service.tidied = [[], [bad], [reply]]
    async with running(timing=replace(EAGER, tidy_every=0.05)) as bot:
        await anna.reads("Hallo")
    assert bot.kinds == {"ValueError"}


async def test_the_face_is_put_on_once_and_again_when_it_changed(
    api: BotApi, service: ScriptedService, running: Running, tmp_path: Path
) -> None:
    worn = tmp_path / "face.json"
    methods = ("setMyCommands", "setMyDescription", "setMyShortDescription")

    async def start(*faces: Face) -> list[tuple[str, str | None]]:
        api.calls.clear()
        async with running(appearance=Appearance(faces, worn)):
            await asyncio.sleep(0.15)
        return [
            (name, given.get("language_code"))
            for name, given in api.calls
            if name in methods
        ]

    assert await start(NL, EN) == [
        *((name, None) for name in methods),
        *((name, "en") for name in methods),
    ]
    assert await start(NL, EN) == []
    changed = replace(EN, description="Something else.")
    assert await start(NL, changed) == [(name, "en") for name in methods]
    worn.write_text("[]")
    assert len(await start(NL)) == 3
    worn.write_text("{")
    assert len(await start(NL)) == 3


async def test_a_face_that_cannot_be_put_on_is_a_warning(
    api: BotApi,
    service: ScriptedService,
    running: Running,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    api.fail("setMyCommands", Refuse(400, "Bad Request: no"))
    anna = api.client()
    async with running(appearance=Appearance((NL,), tmp_path / "face.json")) as bot:
        await anna.writes("a")
        await service.until(lambda: bool(service.handled))
        await soon(lambda: bool(bot.kinds))
    said = [record.getMessage() for record in caplog.records]
    assert said == ["commands and descriptions could not be set"]
    assert not (tmp_path / "face.json").exists()


async def test_nothing_that_a_person_does_is_logged_and_the_token_never_is(
    api: BotApi,
    service: ScriptedService,
    running: Running,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def script(subject: str, event: Input) -> Reply:
        return Reply(subject, (Send(View("Vraag")),), token="t")

    service.script = script
    caplog.set_level(logging.DEBUG)
    anna = api.client(5_551_234_567)
    async with running() as bot:
        await anna.opens("e_balie")
        await anna.writes("geheim woord")
        api.fail("sendMessage", Page(200), Page(502))
        await anna.writes("nog een")
        await service.until(lambda: len(service.seen) == 3)
        bot.faults.flush()
    secrets = (TOKEN, TOKEN.split(":")[1], "5551234567", "geheim", "oops")
    loggers = {record.name for record in caplog.records}
    assert not loggers & {"httpx", "httpcore", "telegram"}
    for record in caplog.records:
        if record.name != "asyncio" and not record.name.startswith("aiohttp"):
            assert not any(secret in str(record.__dict__) for secret in secrets)


async def test_stopping_does_not_wait_for_a_first_answer_that_is_slow(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    api.fail("getMe", Delay(60))
    async with asyncio.timeout(2), running():
        await soon(lambda: bool(api.called("getMe")))
    assert api.called("getUpdates") == []


async def test_stopping_does_not_wait_for_what_takes_too_long_on_the_side(
    api: BotApi, service: ScriptedService, running: Running, tmp_path: Path
) -> None:
    api.fail("setMyCommands", Delay(60))
    worn = tmp_path / "face.json"
    async with (
        asyncio.timeout(2),
        running(appearance=Appearance((NL,), worn), timing=replace(EAGER, drain=0.1)),
    ):
        await soon(lambda: bool(api.called("setMyCommands")))
    assert not worn.exists()


async def test_somebody_who_left_before_a_mere_word_is_let_go(
    api: BotApi, service: ScriptedService, running: Running
) -> None:
    service.script = lambda subject, event: Reply(subject, (Send(HELLO),))
    anna = api.client(7)
    async with running() as bot:
        await anna.writes("a")
        anna.chat.refusal = "user is deactivated"
        await service.until(lambda: len(service.handled) == 2)
    assert service.seen == []
    assert bot.kinds == set()
