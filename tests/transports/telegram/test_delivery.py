"""Digests reach the staff chats once each, whatever Telegram answers."""

import asyncio
from dataclasses import replace

import pytest

from bot.desk import Asked, Said
from bot.outbox import (
    HEADCOUNT,
    MONTHLY,
    NOTICE,
    PHASES,
    WEEKLY,
    Channel,
    Dispatch,
    DispatchState,
    WrittenDigest,
)
from bot.transports.telegram import Timing
from tests.doubles.botapi import BotApi
from tests.doubles.contract import PNG
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
from tests.transports.telegram.conftest import EAGER, Bot, Running, soon

NEWS = WrittenDigest("2026-W30", "weekly", "sozawe", "Weekbericht", has_news=True)
QUIET = WrittenDigest("2026-W31", "weekly", "sozawe", "Niets nieuws", has_news=False)


def states(bot: Bot) -> dict[str, DispatchState]:
    """Say how far each recipient's digest has come."""
    return {d.recipient: d.state for d in bot.mail.dispatches.values()}


def post(bot: Bot, digest: WrittenDigest, *recipients: str) -> None:
    bot.mail.openings.append(digest.week)
    bot.mail.post([digest], recipients)


async def test_a_digest_arrives_in_every_staff_chat_once(
    api: BotApi, running: Running
) -> None:
    groups = [api.group(-1), api.group(-1_000_000_000_002)]
    async with running() as bot:
        post(bot, NEWS, "-1", "-1000000000002")
        await soon(lambda: set(states(bot).values()) == {DispatchState.SENT})
        await asyncio.sleep(0.05)
    assert [[m.text for m in group.screen] for group in groups] == [["Weekbericht"]] * 2


async def test_a_week_without_news_makes_no_sound(
    api: BotApi, running: Running
) -> None:
    group = api.group(-1)
    async with running() as bot:
        post(bot, NEWS, "-1")
        post(bot, QUIET, "-1")
        await soon(lambda: len(group.screen) == 2)
    assert [message.is_silent for message in group.screen] == [False, True]


@pytest.mark.parametrize("fault", [flood(1), Page(502), NotOk(), Delay(0.05)], ids=repr)
async def test_a_digest_that_certainly_did_not_arrive_is_sent_later(
    api: BotApi, running: Running, fault: Fault
) -> None:
    group = api.group(-1)
    api.fail("sendMessage", fault)
    async with running() as bot:
        post(bot, NEWS, "-1")
        await soon(lambda: states(bot) == {"-1": DispatchState.SENT})
    assert [message.text for message in group.screen] == ["Weekbericht"]


async def test_a_digest_whose_answer_was_lost_is_never_sent_again(
    api: BotApi, running: Running
) -> None:
    group = api.group(-1)
    api.fail("sendMessage", LoseReply())
    async with running() as bot:
        post(bot, NEWS, "-1")
        await soon(lambda: states(bot) == {"-1": DispatchState.PERHAPS})
        await asyncio.sleep(0.05)
    assert [message.text for message in group.screen] == ["Weekbericht"]
    assert bot.kinds <= {"NetworkError"}


@pytest.mark.parametrize(
    "fault",
    [
        Refuse(403, "Forbidden: bot was kicked from the group chat"),
        Refuse(400, "Bad Request: chat not found"),
        Refuse(400, "Bad Request: message is too long"),
    ],
    ids=repr,
)
async def test_a_digest_that_is_refused_for_good_is_dead(
    api: BotApi, running: Running, fault: Fault
) -> None:
    api.group(-1)
    api.fail("sendMessage", fault)
    async with running() as bot:
        post(bot, NEWS, "-1")
        await soon(lambda: states(bot) == {"-1": DispatchState.DEAD})
        await asyncio.sleep(0.05)
    assert len(api.called("sendMessage")) == 1


async def test_a_recipient_that_is_no_chat_is_dead(
    api: BotApi, running: Running
) -> None:
    async with running() as bot:
        post(bot, NEWS, "somebody")
        await soon(lambda: states(bot) == {"somebody": DispatchState.DEAD})
    assert api.called("sendMessage") == []


async def test_a_digest_follows_a_group_that_moved(
    api: BotApi, running: Running
) -> None:
    old, new = api.group(-1), api.group(-1_000_000_000_002)
    old.moved_to = new.id
    async with running() as bot:
        post(bot, NEWS, "-1")
        await soon(lambda: states(bot) == {str(new.id): DispatchState.SENT})
    assert [message.text for message in new.screen] == ["Weekbericht"]


async def test_a_group_that_moves_in_a_circle_is_given_up(
    api: BotApi, running: Running
) -> None:
    one, other = api.group(-1), api.group(-2)
    one.moved_to, other.moved_to = other.id, one.id
    async with running() as bot:
        post(bot, NEWS, "-1")
        await soon(lambda: set(states(bot).values()) == {DispatchState.DEAD})


async def test_what_was_being_sent_when_the_process_died_is_perhaps_sent(
    api: BotApi, running: Running
) -> None:
    group = api.group(-1)
    async with running(timing=Timing(outbox_every=0.2)) as bot:
        bot.mail.openings.append(NEWS.week)
        bot.mail.put(Dispatch(NEWS, "-1", DispatchState.SENDING))
        await soon(lambda: states(bot) == {"-1": DispatchState.PERHAPS})
    assert group.screen == ()


async def test_an_outbox_that_cannot_be_read_is_a_fault_and_read_again(
    api: BotApi, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.group(-1)
    async with running(timing=EAGER) as bot:
        pending = bot.outbox.pending
        failures = [OSError("full"), OSError("full")]

        async def fail(channel: Channel | None = None) -> list[Dispatch]:
            if failures:
                raise failures.pop()
            return await pending(channel)

        monkeypatch.setattr(bot.outbox, "pending", fail)
        post(bot, NEWS, "-1")
        await soon(lambda: states(bot) == {"-1": DispatchState.SENT})
    assert bot.kinds == {"OSError"}


DRAWN = WrittenDigest(
    "2026-W30", WEEKLY, "sozawe", "Weekbericht", has_news=True, picture="{}"
)


class Pen:
    """Draws what it is told, and remembers what that was."""

    def __init__(self, *faults: Exception) -> None:
        self.drawn: list[str] = []
        self.faults = list(faults)

    async def __call__(self, picture: str) -> bytes:
        self.drawn.append(picture)
        if self.faults:
            raise self.faults.pop(0)
        return PNG + picture.encode()


class Desk:
    """A desk with a label and no chat."""

    label = "Uitleg"

    def label_of_remarks(self, count: int) -> str:
        return f"Opmerkingen ({count})"

    def serves(self, chat: int) -> bool:
        return False

    async def answer(self, asked: Asked) -> tuple[Said, ...]:
        raise AssertionError(asked)


async def test_a_picture_goes_to_every_chat_with_its_text_and_is_drawn_once(
    api: BotApi, running: Running
) -> None:
    pen = Pen()
    groups = [api.group(number) for number in (-1, -2, -3)]
    async with running(plot=pen) as bot:
        post(bot, DRAWN, "-1", "-2", "-3")
        await soon(lambda: set(states(bot).values()) == {DispatchState.SENT})
    shown = [[(m.text, m.photo) for m in group.screen] for group in groups]
    assert shown == [[("Weekbericht", PNG + b"{}")]] * 3
    assert pen.drawn == ["{}"]
    assert [c["photo"].name for c in api.called("sendPhoto")] == ["digest.png"] * 3
    assert api.called("sendMessage") == []


@pytest.mark.parametrize("digest", [NEWS, DRAWN], ids=["no picture", "no pen"])
async def test_without_a_picture_or_a_pen_the_text_goes_alone(
    api: BotApi, running: Running, digest: WrittenDigest
) -> None:
    group = api.group(-1)
    async with running(plot=Pen() if digest is NEWS else None) as bot:
        post(bot, digest, "-1")
        await soon(lambda: states(bot) == {"-1": DispatchState.SENT})
    assert [(m.text, m.photo) for m in group.screen] == [("Weekbericht", b"")]


async def test_a_drawing_that_fails_costs_the_picture_alone(
    api: BotApi, running: Running
) -> None:
    groups = [api.group(-1), api.group(-2)]
    async with running(plot=Pen(OSError("no room"))) as bot:
        post(bot, DRAWN, "-1", "-2")
        await soon(lambda: set(states(bot).values()) == {DispatchState.SENT})
    shown = [[(m.text, m.photo) for m in group.screen] for group in groups]
    assert shown == [[("Weekbericht", b"")]] * 2
    assert bot.kinds == {"OSError"}


async def test_a_text_too_long_for_a_photo_goes_alone(
    api: BotApi, running: Running
) -> None:
    group = api.group(-1)
    pen = Pen()
    long = WrittenDigest("2026-W30", MONTHLY, "", "😀" * 513, True, picture="{}")
    async with running(plot=pen) as bot:
        post(bot, long, "-1")
        await soon(lambda: states(bot) == {"-1": DispatchState.SENT})
    assert [m.text for m in group.screen] == [long.text]
    assert pen.drawn == []


@pytest.mark.parametrize(
    "fault",
    [
        Refuse(400, "Bad Request: not enough rights to send photos to the chat"),
        Refuse(400, "Bad Request: IMAGE_PROCESS_FAILED"),
        Refuse(413, "Request Entity Too Large"),
        Page(413),
    ],
    ids=repr,
)
async def test_where_the_photo_is_refused_the_text_arrives(
    api: BotApi, running: Running, fault: Fault
) -> None:
    group = api.group(-1)
    api.fail("sendPhoto", fault)
    async with running(plot=Pen()) as bot:
        post(bot, DRAWN, "-1")
        await soon(lambda: states(bot) == {"-1": DispatchState.SENT})
    assert [(m.text, m.photo) for m in group.screen] == [("Weekbericht", b"")]
    assert len(api.called("sendPhoto")) == 1


async def test_a_photo_that_is_never_taken_gives_way_to_the_text(
    api: BotApi, running: Running
) -> None:
    group = api.group(-1)
    api.fail("sendPhoto", *[Page(502)] * 9)
    async with running(plot=Pen()) as bot:
        post(bot, DRAWN, "-1")
        await soon(lambda: states(bot) == {"-1": DispatchState.SENT})
    assert [(m.text, m.photo) for m in group.screen] == [("Weekbericht", b"")]
    assert len(api.called("sendPhoto")) == 5


@pytest.mark.parametrize("fault", [flood(1), Page(502), NotOk(), Delay(0.05)], ids=repr)
async def test_a_photo_that_certainly_did_not_arrive_is_sent_later(
    api: BotApi, running: Running, fault: Fault
) -> None:
    group = api.group(-1)
    api.fail("sendPhoto", fault)
    async with running(plot=Pen()) as bot:
        post(bot, DRAWN, "-1")
        await soon(lambda: states(bot) == {"-1": DispatchState.SENT})
    assert [(m.text, m.photo[:8]) for m in group.screen] == [("Weekbericht", PNG)]


@pytest.mark.parametrize("fault", [LoseReply(), DropBefore()], ids=repr)
async def test_a_photo_whose_answer_was_lost_is_never_sent_again_in_any_form(
    api: BotApi, running: Running, fault: Fault
) -> None:
    api.group(-1)
    api.fail("sendPhoto", fault)
    async with running(plot=Pen()) as bot:
        post(bot, DRAWN, "-1")
        await soon(lambda: states(bot) == {"-1": DispatchState.PERHAPS})
        await asyncio.sleep(0.05)
    assert len(api.called("sendPhoto")) == 1
    assert api.called("sendMessage") == []


async def test_a_chat_that_is_gone_gets_neither(api: BotApi, running: Running) -> None:
    api.group(-1)
    api.fail("sendPhoto", Refuse(403, "Forbidden: bot was kicked"))
    async with running(plot=Pen()) as bot:
        post(bot, DRAWN, "-1")
        await soon(lambda: states(bot) == {"-1": DispatchState.DEAD})
    assert api.called("sendMessage") == []


@pytest.mark.parametrize("plot", [Pen(), None], ids=["photo", "text"])
async def test_a_digest_has_a_button_for_its_remarks_where_it_has_any(
    api: BotApi, running: Running, plot: Pen | None
) -> None:
    group = api.group(-1)
    digest = replace(
        WrittenDigest("2026-W30", WEEKLY, "f" * 32, "Tekst", True, picture="{}"),
        remarks=tuple("abcdef"),
    )
    async with running(plot=plot, desk=Desk()) as bot:
        post(bot, digest, "-1")
        await soon(lambda: states(bot) == {"-1": DispatchState.SENT})
    assert [message.buttons for message in group.screen] == [
        (
            ("Opmerkingen (6)", f"opmerkingen:2026-W30:{'f' * 32}"),
            ("Uitleg", "uitleg"),
        )
    ]


@pytest.mark.parametrize("plot", [Pen(), None], ids=["photo", "text"])
@pytest.mark.parametrize(
    ("kind", "labels"),
    [
        (WEEKLY, ("Uitleg",)),
        (PHASES, ("Uitleg",)),
        (MONTHLY, ("Uitleg",)),
        (NOTICE, ()),
    ],
)
async def test_a_digest_has_a_button_that_explains_it_and_a_notice_has_none(
    api: BotApi,
    running: Running,
    plot: Pen | None,
    kind: str,
    labels: tuple[str, ...],
) -> None:
    group = api.group(-1)
    digest = WrittenDigest("2026-W30", kind, "", "Tekst", True, picture="{}")
    async with running(plot=plot, desk=Desk()) as bot:
        post(bot, digest, "-1")
        await soon(lambda: states(bot) == {"-1": DispatchState.SENT})
    assert [message.labels for message in group.screen] == [labels]


ASKED = WrittenDigest("2026-W30", HEADCOUNT, "", "Er zitten {n} mensen in {x}.", True)


async def test_a_group_is_asked_whether_it_knows_all_who_read_along(
    api: BotApi, running: Running
) -> None:
    groups = [api.group(-1), api.group(-2)]
    groups[1].members = 3
    async with running(desk=Desk()) as bot:
        post(bot, ASKED, "-1", "-2")
        await soon(lambda: set(states(bot).values()) == {DispatchState.SENT})
    assert [[(m.text, m.labels) for m in group.screen] for group in groups] == [
        [("Er zitten 14 mensen in {x}.", ())],
        [("Er zitten 2 mensen in {x}.", ())],
    ]


async def test_a_private_chat_has_nobody_to_count(
    api: BotApi, running: Running
) -> None:
    async with running() as bot:
        post(bot, ASKED, "7")
        await soon(lambda: states(bot) == {"7": DispatchState.SENT})
    assert {name for name, _ in api.calls} <= {"getMe", "getUpdates"}


@pytest.mark.parametrize(
    "fault", [flood(1), Page(502), LoseReply(), DropBefore()], ids=repr
)
async def test_a_count_that_fails_is_made_again_and_the_question_comes_once(
    api: BotApi, running: Running, fault: Fault
) -> None:
    group = api.group(-1)
    api.fail("getChatMemberCount", fault)
    async with running() as bot:
        post(bot, ASKED, "-1")
        await soon(lambda: states(bot) == {"-1": DispatchState.SENT})
    assert [m.text for m in group.screen] == ["Er zitten 14 mensen in {x}."]


async def test_a_group_that_cannot_be_counted_for_good_is_not_asked(
    api: BotApi, running: Running
) -> None:
    api.group(-1)
    api.fail("getChatMemberCount", Refuse(403, "Forbidden: bot was kicked"))
    async with running() as bot:
        post(bot, ASKED, "-1")
        await soon(lambda: states(bot) == {"-1": DispatchState.DEAD})
    assert api.called("sendMessage") == []


async def test_what_goes_by_mail_is_left_alone(api: BotApi, running: Running) -> None:
    api.group(-1)
    mail = "mailto:a@example.nl"
    async with running() as bot:
        bot.mail.openings.append(QUIET.week)
        bot.mail.put(Dispatch(QUIET, mail, DispatchState.SENDING))
        post(bot, NEWS, mail, "-1")
        await soon(lambda: states(bot)["-1"] is DispatchState.SENT)
        await asyncio.sleep(0.05)
    assert {
        d.digest: d.state for d in bot.mail.dispatches.values() if d.recipient == mail
    } == {NEWS: DispatchState.PENDING, QUIET: DispatchState.SENDING}
