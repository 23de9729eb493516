"""The staff's chats get what they ask for; nobody else finds out that it exists."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.desk import (
    Asked,
    AskedDigest,
    AskedDraft,
    AskedExplanation,
    AskedRemarks,
    Did,
    Said,
    TappedDraft,
)
from bot.dialogue import REHEARSAL, Edit, Key, Played, Send, Tapped, View, Wrote
from bot.outbox import WrittenDigest
from bot.transports.telegram import Appearance, Face, Menu
from tests.doubles.botapi import BotApi
from tests.doubles.contract import PNG
from tests.doubles.faults import LoseReply, Page, Refuse
from tests.doubles.services import ScriptedService
from tests.transports.telegram.conftest import Running, soon

STAFF, OTHERS = -1001, -1002
NEWS = WrittenDigest("2026-W30", "weekly", "sozawe", "Weekbericht", True, picture="{}")


class Desk:
    """Remembers what it was asked, and answers by kind."""

    label = "Uitleg"

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.on_screen: list[tuple[int | str, ...]] = []
        self.fault: Exception | None = None

    def label_of_remarks(self, count: int) -> str:
        return f"Opmerkingen ({count})"

    def serves(self, chat: int) -> bool:
        return chat in (STAFF, 7)

    async def answer(self, asked: Asked) -> tuple[Said, ...]:
        self.asked.append(asked)
        if self.fault is not None:
            raise self.fault
        match asked:
            case AskedDigest():
                return NEWS, "en nog iets"
            case AskedRemarks(week=week, flow=flow):
                return (f"opmerkingen van {flow}, {week}",)
            case AskedExplanation():
                return ("de uitleg",)
            case Did():
                return ("genoteerd",)
            case AskedDraft(words=words):
                key = Key("Ja", f"{REHEARSAL}x:y")
                return (Played((Send(View(words or "welke?", ((key,),))),), "token"),)
            case TappedDraft(message=int(message)):
                return (Played((Edit(message, View("getikt")),)),)
            case TappedDraft():
                return ()

    def shown(self, chat: int, token: str, sent: Sequence[int]) -> None:
        self.on_screen.append((chat, token, *sent))


async def plot(picture: str) -> bytes:
    return PNG + picture.encode()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("/digest", AskedDigest()),
        ("/Digest@Polsslag_bot", AskedDigest()),
        ("/uitleg", AskedExplanation()),
        ("/gedaan", Did("")),
        ("/gedaan Wij bellen\nterug", Did("Wij bellen\nterug")),
        ("/gedaan@polsslag_bot  stoel erbij", Did("stoel erbij")),
        ("/voorbeeld", AskedDraft(STAFF, "")),
        ("/Voorbeeld@polsslag_bot sozawe ar", AskedDraft(STAFF, "sozawe ar")),
    ],
)
async def test_a_staff_group_may_ask(
    api: BotApi, running: Running, desk: Desk, words: str, asked: Asked
) -> None:
    group = api.group(STAFF)
    async with running(desk=desk):
        await api.member(group).writes(words)
        await group.until(lambda: bool(group.screen))
    assert desk.asked == [asked]


async def test_the_digest_is_shown_again_with_its_picture_and_without_a_sound(
    api: BotApi, running: Running, desk: Desk
) -> None:
    group, other = api.group(STAFF), api.group(OTHERS)
    async with running(desk=desk, plot=plot) as bot:
        await api.member(group).writes("/digest")
        await group.until(lambda: len(group.screen) == 2)
        assert bot.mail.dispatches == {}
    shown = [(m.text, m.photo, m.labels, m.is_silent) for m in group.screen]
    assert shown == [
        ("Weekbericht", PNG + b"{}", ("Uitleg",), True),
        ("en nog iets", b"", (), True),
    ]
    assert other.screen == ()


async def test_where_the_photo_is_refused_the_text_is_shown_again(
    api: BotApi, running: Running, desk: Desk
) -> None:
    group = api.group(STAFF)
    api.fail("sendPhoto", Refuse(400, "Bad Request: not enough rights to send photos"))
    async with running(desk=desk, plot=plot):
        await api.member(group).writes("/digest")
        await group.until(lambda: len(group.screen) == 2)
    assert [m.photo for m in group.screen] == [b"", b""]


async def test_a_lost_answer_shows_it_once_more_rather_than_not(
    api: BotApi, running: Running, desk: Desk
) -> None:
    group = api.group(STAFF)
    api.fail("sendMessage", LoseReply())
    async with running(desk=desk):
        await api.member(group).writes("/uitleg")
        await group.until(lambda: len(group.screen) == 2)
    assert [m.text for m in group.screen] == ["de uitleg"] * 2


async def test_the_button_below_a_digest_explains_it(
    api: BotApi, running: Running, desk: Desk
) -> None:
    group = api.group(STAFF)
    member = api.member(group)
    async with running(desk=desk):
        await member.writes("/digest")
        await group.until(lambda: len(group.screen) == 2)
        await member.taps("Uitleg")
        await group.until(lambda: len(group.screen) == 3)
    assert group.screen[-1].text == "de uitleg"
    assert len(api.called("answerCallbackQuery")) == 1


async def test_the_button_for_the_remarks_of_a_digest_shows_them(
    api: BotApi, running: Running, desk: Desk
) -> None:
    group = api.group(STAFF)
    member = api.member(group)
    async with running(desk=desk):
        await member.writes("/digest")
        await group.until(lambda: len(group.screen) == 2)
        await member.presses("opmerkingen:2026-W30:sozawe", group.screen[0])
        await group.until(lambda: len(group.screen) == 3)
    assert desk.asked[1] == AskedRemarks("2026-W30", "sozawe")
    assert group.screen[-1].text == "opmerkingen van sozawe, 2026-W30"


async def test_a_draft_is_shown_in_silence_and_its_buttons_work(
    api: BotApi, running: Running, desk: Desk, service: ScriptedService
) -> None:
    group = api.group(STAFF)
    member = api.member(group)
    async with running(desk=desk):
        await member.writes("/voorbeeld sozawe")
        await group.until(lambda: bool(group.screen))
        [message] = group.screen
        assert (message.text, message.labels, message.is_silent) == (
            "sozawe",
            ("Ja",),
            True,
        )
        await member.taps("Ja")
        await group.until(lambda: group.screen[0].text == "getikt")
        await soon(lambda: len(api.called("answerCallbackQuery")) == 1)
    assert desk.asked[1] == TappedDraft(STAFF, f"{REHEARSAL}x:y", message.id)
    # Only what has a token is told back: nothing else is edited later.
    assert desk.on_screen == [(STAFF, "token", message.id)]
    assert service.handled == []


async def test_a_draft_means_nothing_to_anybody_else(
    api: BotApi, running: Running, desk: Desk, service: ScriptedService
) -> None:
    bert, group = api.client(8), api.group(OTHERS)
    member = api.member(group)
    async with running(desk=desk):
        await bert.writes("/voorbeeld sozawe")
        first = next(iter(bert.chat.messages.values()))
        await bert.presses(f"{REHEARSAL}x:y", first)
        await member.writes("/voorbeeld sozawe")
        await member.presses(f"{REHEARSAL}x:y", next(iter(group.messages.values())))
        await service.until(lambda: len(service.handled) == 2)
        await soon(lambda: len(api.called("answerCallbackQuery")) == 2)
    assert desk.asked == []
    assert group.screen == ()
    assert service.events == [
        Wrote("/voorbeeld sozawe", "nl", first.id),
        Tapped(f"{REHEARSAL}x:y", first.id),
    ]


async def test_a_private_chat_of_the_staff_may_ask_too(
    api: BotApi, running: Running, desk: Desk, service: ScriptedService
) -> None:
    anna = api.client(7)
    async with running(desk=desk):
        await anna.writes("/gedaan stoel erbij")
        await anna.reads("genoteerd")
        await anna.presses("uitleg", anna.screen[-1])
        await anna.reads("genoteerd", "de uitleg")
        await anna.writes("/start")
        await service.until(lambda: bool(service.handled))
    assert desk.asked == [Did("stoel erbij"), AskedExplanation()]


async def test_to_anybody_else_these_words_are_any_words(
    api: BotApi, running: Running, desk: Desk, service: ScriptedService
) -> None:
    bert = api.client(8)
    async with running(desk=desk):
        for words in ("/digest", "/uitleg", "/gedaan iets", "/onbekend"):
            await bert.writes(words)
        await bert.presses("uitleg", next(iter(bert.chat.messages.values())))
        await service.until(lambda: len(service.handled) == 5)
    assert desk.asked == []
    first = next(iter(bert.chat.messages.values())).id
    assert service.events == [
        Wrote("/digest", "nl", first),
        Wrote("/uitleg", "nl", first + 1),
        Wrote("/gedaan iets", "nl", first + 2),
        Wrote("/onbekend", "nl", first + 3),
        Tapped("uitleg", first),
    ]


async def test_a_foreign_group_gets_nothing(
    api: BotApi, running: Running, desk: Desk, service: ScriptedService
) -> None:
    group = api.group(OTHERS)
    member = api.member(group)
    async with running(desk=desk):
        await member.writes("/digest@polsslag_bot")
        await member.presses("uitleg", next(iter(group.messages.values())))
        await soon(lambda: bool(api.called("answerCallbackQuery")))
    assert desk.asked == []
    assert group.screen == ()
    assert service.handled == []


@pytest.mark.parametrize(
    "words", ["/digest@other_bot", "digest", "hallo", "/start", " /digest", "/gedaanx"]
)
async def test_a_group_may_talk_among_itself(
    api: BotApi, running: Running, desk: Desk, service: ScriptedService, words: str
) -> None:
    group = api.group(STAFF)
    member = api.member(group)
    async with running(desk=desk):
        await member.writes(words)
        await member.writes("/uitleg")
        await group.until(lambda: bool(group.screen))
    assert desk.asked == [AskedExplanation()]
    assert service.handled == []


async def test_words_of_others_are_not_taken_and_those_of_a_hidden_administrator_are(
    api: BotApi, running: Running, desk: Desk
) -> None:
    group = api.group(STAFF)
    member = api.member(group)
    channel = {"id": -1009, "type": "channel", "title": "C"}
    robot = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    async with running(desk=desk):
        await member.forwards("/gedaan van een ander")
        await member.writes("/gedaan via", via_bot=api.me)
        await member.writes("/gedaan kanaal", sender_chat=channel)
        await member.writes("/gedaan robot", **{"from": robot})
        await member.sends(dice={"emoji": "x", "value": 1})
        await member.writes("/gedaan", sender_chat=group.body, **{"from": robot})
        await group.until(lambda: bool(group.screen))
    assert desk.asked == [Did("")]


async def test_a_desk_that_fails_says_nothing_and_is_a_fault(
    api: BotApi, running: Running, desk: Desk
) -> None:
    group = api.group(STAFF)
    desk.fault = OSError("full")
    async with running(desk=desk) as bot:
        await api.member(group).writes("/gedaan iets")
        await soon(lambda: bool(bot.kinds))
        await asyncio.sleep(0.05)
    assert bot.kinds == {"OSError"}
    assert group.screen == ()
    assert len(api.updates) == 0


@pytest.mark.parametrize(
    ("fault", "kinds"),
    [
        (Refuse(403, "Forbidden: bot was kicked"), set()),
        (Refuse(400, "Bad Request: chat not found"), {"BadRequest"}),
    ],
    ids=repr,
)
async def test_what_cannot_be_shown_to_the_staff_is_given_up(
    api: BotApi, running: Running, desk: Desk, fault: Refuse, kinds: set[str]
) -> None:
    group = api.group(STAFF)
    api.fail("sendPhoto", fault)
    api.fail("sendMessage", fault)
    async with running(desk=desk, plot=plot) as bot:
        await api.member(group).writes("/digest")
        await soon(lambda: bool(api.called("sendPhoto")))
        await asyncio.sleep(0.05)
    assert bot.kinds == kinds
    assert group.screen == ()


MENU = Menu(STAFF, (("digest", "Nog een keer"),))
NL = Face("", (("help", "Hulp"),), "Wat dit is.", "Vragen")


async def test_each_staff_chat_gets_its_menu_once_and_again_when_it_changed(
    api: BotApi, running: Running, desk: Desk, tmp_path: Path
) -> None:
    worn = tmp_path / "face.json"

    async def start(*menus: Menu) -> list[str]:
        api.calls.clear()
        async with running(desk=desk, appearance=Appearance((NL,), worn, menus)):
            await asyncio.sleep(0.15)
        return [c["scope"] for c in api.called("setMyCommands") if "scope" in c]

    own = ['{"chat_id": -1001, "type": "chat"}']
    assert await start(MENU) == own
    assert await start(MENU) == []
    assert await start(Menu(STAFF, (("uitleg", "Uitleg"),))) == own
    assert await start() == []
    assert "1001" not in worn.read_text()


async def test_a_chat_without_a_menu_is_a_warning_and_costs_no_other_its_menu(
    api: BotApi,
    running: Running,
    desk: Desk,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    menus = (MENU, Menu(7, MENU.commands))
    looks = Appearance((), tmp_path / "face.json", menus)
    api.fail("setMyCommands", Page(502))
    async with running(desk=desk, appearance=looks) as bot:
        await soon(lambda: len(api.called("setMyCommands")) == 2)
        await soon(lambda: bool(bot.kinds))
    said = [record.getMessage() for record in caplog.records]
    assert said == ["commands and descriptions could not be set"]
    assert not looks.worn.exists()
