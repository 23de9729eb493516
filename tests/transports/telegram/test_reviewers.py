"""Reviewers see one remark at a time, and no remark stays in their chat."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from bot.messages import Catalogue
from bot.remarks import Scrubbed, Withheld
from bot.reviewing import HOURS, REVIEWING, ReviewDesk
from bot.reviews import KeptRemark
from storage.memory import MemoryMail, MemoryRemarks
from storage.reviews import MemoryReviews
from tests.doubles.botapi import BotApi
from tests.doubles.clients import Client
from tests.doubles.faults import DropBefore, LoseReply, Page, Refuse
from tests.doubles.services import ScriptedService
from tests.transports.telegram.conftest import EAGER, Bot, Running, soon

WORDS = Catalogue.load()
GROUP, STAFF = -2001, -1001


def said(key: str, **facts: object) -> str:
    return WORDS.text(f"staff.review.{key}", "nl", **facts)


class Eraser:
    """Takes one name out."""

    async def scrub(self, text: str, language: str | None) -> Scrubbed | Withheld:
        return Scrubbed(text.replace("Jansen", "[NAAM]"))


class Reviews:
    """A desk over remarks in memory, whose clock a test can turn."""

    def __init__(self) -> None:
        self.hour = 500_000
        self.remarks = MemoryRemarks()
        self.store = MemoryReviews(self.remarks, MemoryMail())

    def fill(self, *texts: str) -> None:
        for n, text in enumerate(texts):
            name = bytes([n])
            self.remarks.waiting[name] = KeptRemark(name, "sozawe", "2026-W30", text)

    def desk(self) -> ReviewDesk:
        return ReviewDesk(
            [GROUP, 9],
            self.store,
            Eraser(),
            say=said,
            hour=lambda: self.hour,
            pick=lambda _: 0,
        )

    @property
    def left(self) -> list[tuple[str, bool]]:
        return [(r.text, r.is_approved) for r in self.remarks.waiting.values()]


@pytest.fixture
def reviews() -> Reviews:
    return Reviews()


@pytest.fixture
def reviewing(running: Running, reviews: Reviews) -> Running:
    @asynccontextmanager
    async def run(**options: Any) -> AsyncIterator[Bot]:
        async with running(reviewers=reviews.desk(), **options) as bot:
            yield bot

    return run


def shows(group: Any, *texts: str) -> Callable[[], bool]:
    return lambda: tuple(message.text for message in group.screen) == texts


async def test_one_remark_at_a_time_and_then_none(
    api: BotApi, reviewing: Running, reviews: Reviews
) -> None:
    reviews.fill("Te lang wachten.", "Bedankt, Jansen.", "Alles was goed.")
    group = api.group(GROUP)
    anna = api.member(group)
    async with reviewing():
        await anna.writes("/nakijken@polsslag_bot")
        await group.until(shows(group, "Te lang wachten."))
        [message] = group.screen
        assert message.labels == ("Tonen", "Weglaten", "Bevat een naam", "Herschrijven")
        assert message.is_silent
        await anna.taps("Tonen")
        await group.until(shows(group, "Bedankt, Jansen."))
        await anna.taps("Bevat een naam")
        await group.until(shows(group, "Alles was goed."))
        await anna.taps("Weglaten")
        await group.until(shows(group, "Er zijn nu geen opmerkingen meer."))
    assert reviews.left == [("Te lang wachten.", True)]
    assert (reviews.remarks.decided, reviews.remarks.named) == (3, 1)
    assert reviews.remarks.screens == {}
    assert len(api.called("answerCallbackQuery")) == 3


async def test_the_message_is_noted_before_the_remark_stands_in_it(
    api: BotApi, reviewing: Running, reviews: Reviews
) -> None:
    reviews.fill("Te lang wachten.")
    group = api.group(GROUP)
    async with reviewing():
        await api.member(group).writes("/nakijken")
        await group.until(shows(group, "Te lang wachten."))
    assert [call["text"] for call in api.called("sendMessage")] == [said("soon")]
    assert [call["text"] for call in api.called("editMessageText")] == [
        "Te lang wachten."
    ]


async def test_a_message_that_will_show_a_remark_can_be_neither_forwarded_nor_saved(
    api: BotApi, reviewing: Running, reviews: Reviews
) -> None:
    reviews.fill("Te lang wachten.")
    group = api.group(GROUP)
    async with reviewing():
        await api.member(group).writes("/nakijken")
        await group.until(shows(group, "Te lang wachten."))
    [sent] = api.called("sendMessage")
    assert str(sent["protect_content"]).lower() == "true"


async def test_a_remark_is_rewritten_and_what_was_typed_is_taken_away(
    api: BotApi, reviewing: Running, reviews: Reviews
) -> None:
    reviews.fill("ጽቡቕ ነይሩ")
    group = api.group(GROUP)
    anna = api.member(group)
    async with reviewing():
        await anna.writes("/nakijken")
        await group.until(shows(group, "ጽቡቕ ነይሩ"))
        await anna.taps("Herschrijven")
        await group.until(shows(group, f"ጽቡቕ ነይሩ\n\n{said('how')}"))
        [message] = group.screen
        await anna.writes("De hulp van Jansen was goed", reply_to_message=message.body)
        await group.until(shows(group, "De hulp van [NAAM] was goed"))
        typed = list(group.messages.values())[-1]
        assert (typed.text, typed.is_deleted) == ("De hulp van Jansen was goed", True)
        await anna.taps("Opnieuw")
        await group.until(shows(group, f"ጽቡቕ ነይሩ\n\n{said('how')}"))
        await anna.writes("De hulp was goed", reply_to_message=message.body)
        await group.until(shows(group, "De hulp was goed"))
        await anna.taps("Zo tonen")
        await group.until(shows(group, said("none")))
    assert reviews.left == [("De hulp was goed", True)]
    assert reviews.remarks.screens == {}


async def test_in_a_private_chat_any_text_is_the_rendering_and_else_it_is_not(
    api: BotApi, reviewing: Running, reviews: Reviews, service: ScriptedService
) -> None:
    reviews.fill("ጽቡቕ ነይሩ")
    anna = api.client(9)
    async with reviewing():
        await anna.writes("hallo")
        await service.until(lambda: len(service.handled) == 1)
        await anna.writes("/nakijken")
        await anna.reads("ጽቡቕ ነይሩ")
        await anna.taps("Herschrijven")
        await anna.reads(f"ጽቡቕ ነይሩ\n\n{said('how')}")
        await anna.writes("De hulp was goed")
        await anna.reads("De hulp was goed")
        await anna.writes("/help")
        await service.until(lambda: len(service.handled) == 2)
        await anna.taps("Zo tonen")
        await anna.reads(said("none"))
    assert reviews.left == [("De hulp was goed", True)]


async def test_a_second_tap_is_told_that_it_is_decided(
    api: BotApi, reviewing: Running, reviews: Reviews
) -> None:
    reviews.fill("Te lang wachten.")
    group = api.group(GROUP)
    anna = api.member(group)
    async with reviewing():
        await anna.writes("/nakijken")
        await group.until(shows(group, "Te lang wachten."))
        [message] = group.screen
        await anna.presses(f"{REVIEWING}show", message)
        await anna.presses(f"{REVIEWING}named", message)
        await soon(lambda: len(api.called("answerCallbackQuery")) == 2)
        await group.until(shows(group, said("none")))
    hints = [call.get("text") for call in api.called("answerCallbackQuery")]
    assert hints == [None, said("late")]
    assert reviews.left == [("Te lang wachten.", True)]
    assert reviews.remarks.named == 0


@pytest.mark.parametrize("chat", [STAFF, -3001, 8])
async def test_nobody_else_finds_out_that_there_is_something_to_look_at(
    api: BotApi,
    reviewing: Running,
    reviews: Reviews,
    service: ScriptedService,
    chat: int,
) -> None:
    reviews.fill("Te lang wachten.")
    person: Client
    person = api.client(chat) if chat > 0 else api.member(api.group(chat))
    async with reviewing():
        await person.writes("/nakijken")
        first = next(iter(person.chat.messages.values()))
        await person.writes("Goed", reply_to_message=first.body)
        await person.presses(f"{REVIEWING}show", first)
        await soon(lambda: bool(api.called("answerCallbackQuery")))
    assert person.chat.screen == ()
    assert reviews.left == [("Te lang wachten.", False)]
    assert len(service.handled) == (3 if chat > 0 else 0)


async def test_a_group_may_talk_among_itself(
    api: BotApi, reviewing: Running, reviews: Reviews
) -> None:
    reviews.fill("Te lang wachten.")
    group = api.group(GROUP)
    anna = api.member(group)
    async with reviewing():
        await anna.writes("koffie?")
        asked = list(group.messages.values())[-1]
        await anna.writes("ja", reply_to_message=asked.body)
        await anna.forwards("doorgestuurd")
        await anna.writes("/uitleg")
        await anna.writes("/nakijken@other_bot")
        await anna.writes("/nakijken")
        await group.until(shows(group, "Te lang wachten."))
    assert not any(m.is_deleted for m in group.messages.values())


async def test_after_a_day_the_message_is_taken_away_also_after_a_restart(
    api: BotApi, reviewing: Running, reviews: Reviews
) -> None:
    reviews.fill("Te lang wachten.")
    group = api.group(GROUP)
    async with reviewing():
        await api.member(group).writes("/nakijken")
        await group.until(shows(group, "Te lang wachten."))
    reviews.hour += HOURS - 1
    async with reviewing():
        await asyncio.sleep(0.05)
        assert shows(group, "Te lang wachten.")()
    reviews.hour += 1
    async with reviewing():
        await group.until(shows(group))
    assert reviews.remarks.screens == {}
    assert reviews.left == [("Te lang wachten.", False)]


async def test_a_message_is_taken_away_while_the_bot_runs_too(
    api: BotApi, reviewing: Running, reviews: Reviews
) -> None:
    reviews.fill("Te lang wachten.")
    group = api.group(GROUP)
    async with reviewing(timing=replace(EAGER, tidy_every=0.05)):
        await api.member(group).writes("/nakijken")
        await group.until(shows(group, "Te lang wachten."))
        reviews.hour += HOURS
        await group.until(shows(group))


async def test_what_cannot_be_taken_away_any_more_is_said_once(
    api: BotApi, reviewing: Running, reviews: Reviews
) -> None:
    reviews.fill("Te lang wachten.")
    group = api.group(GROUP)
    async with reviewing():
        await api.member(group).writes("/nakijken")
        await group.until(shows(group, "Te lang wachten."))
    [message] = group.screen
    message.is_old = True
    reviews.hour += 60
    for _ in range(2):
        async with reviewing():
            await group.until(shows(group, "Te lang wachten.", said("left")))
    assert reviews.remarks.screens == {}


async def test_what_could_not_be_taken_away_yet_is_tried_again(
    api: BotApi, reviewing: Running, reviews: Reviews
) -> None:
    reviews.fill("Te lang wachten.")
    group = api.group(GROUP)
    async with reviewing():
        await api.member(group).writes("/nakijken")
        await group.until(shows(group, "Te lang wachten."))
    reviews.hour += HOURS
    api.fail(
        "deleteMessage",
        Refuse(429, "Too Many Requests: retry after 1"),
        DropBefore(),
        Page(502),
        LoseReply(),
    )
    async with reviewing():
        await group.until(shows(group))
        await soon(lambda: reviews.remarks.screens == {})


async def test_a_chat_that_put_the_bot_out_is_not_tried_for_ever(
    api: BotApi, reviewing: Running, reviews: Reviews
) -> None:
    reviews.fill("Te lang wachten.")
    group = api.group(GROUP)
    async with reviewing():
        await api.member(group).writes("/nakijken")
        await group.until(shows(group, "Te lang wachten."))
    group.refusal = "bot was kicked from the group chat"
    reviews.hour += HOURS
    async with reviewing() as bot:
        await soon(lambda: reviews.remarks.screens == {})
        assert bot.kinds == {"Forbidden"}


async def test_a_remark_that_another_took_meanwhile_is_no_fault(
    api: BotApi, reviewing: Running, reviews: Reviews
) -> None:
    reviews.fill("Te lang wachten.")
    group = api.group(GROUP)
    desk_place = reviews.store.put_on_screen

    async def too_late(*given: Any) -> str | None:
        reviews.remarks.waiting.clear()
        return await desk_place(*given)

    reviews.store.put_on_screen = too_late  # type: ignore[method-assign,assignment]
    async with reviewing():
        await api.member(group).writes("/nakijken")
        await group.until(shows(group, said("none")))


async def test_a_desk_that_fails_says_nothing_and_is_a_fault(
    api: BotApi, reviewing: Running, reviews: Reviews
) -> None:
    reviews.fill("Te lang wachten.")
    group = api.group(GROUP)
    anna = api.member(group)

    async def full(*_: object) -> list[object]:
        raise OSError("full")

    reviews.store.messages = full  # type: ignore[method-assign,assignment]
    async with reviewing() as bot:
        await anna.writes("/nakijken")
        await soon(lambda: bot.kinds == {"OSError"})
        await asyncio.sleep(0.05)
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
async def test_what_cannot_be_shown_to_the_reviewers_is_given_up(
    api: BotApi, reviewing: Running, reviews: Reviews, fault: Refuse, kinds: set[str]
) -> None:
    reviews.fill("Te lang wachten.")
    group = api.group(GROUP)
    api.fail("sendMessage", fault)
    async with reviewing() as bot:
        await api.member(group).writes("/nakijken")
        await soon(lambda: bool(api.called("sendMessage")))
        await asyncio.sleep(0.05)
    assert bot.kinds == kinds
    assert group.screen == ()


async def test_a_tap_that_cannot_be_answered_still_decides(
    api: BotApi, reviewing: Running, reviews: Reviews
) -> None:
    reviews.fill("Te lang wachten.")
    group = api.group(GROUP)
    anna = api.member(group)
    api.must_answer = False
    api.fail("answerCallbackQuery", Refuse(400, "Bad Request: no"))
    async with reviewing() as bot:
        await anna.writes("/nakijken")
        await group.until(shows(group, "Te lang wachten."))
        await anna.taps("Tonen")
        await group.until(shows(group, said("none")))
        assert bot.kinds == {"BadRequest"}
    assert reviews.left == [("Te lang wachten.", True)]
