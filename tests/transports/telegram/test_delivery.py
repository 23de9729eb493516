"""Digests reach the staff chats once each, whatever Telegram answers."""

import asyncio

import pytest

from bot.outbox import Dispatch, DispatchState, WrittenDigest
from bot.transports.telegram import Timing
from tests.doubles.botapi import BotApi
from tests.doubles.faults import Delay, Fault, LoseReply, NotOk, Page, Refuse, flood
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

        async def fail() -> list[Dispatch]:
            if failures:
                raise failures.pop()
            return await pending()

        monkeypatch.setattr(bot.outbox, "pending", fail)
        post(bot, NEWS, "-1")
        await soon(lambda: states(bot) == {"-1": DispatchState.SENT})
    assert bot.kinds == {"OSError"}
