"""What every durable queue of digests does."""

from collections.abc import Awaitable, Callable

import pytest

from bot.outbox import (
    HEADCOUNT,
    MAILTO,
    MONTHLY,
    NOTICE,
    PHASES,
    WEEKLY,
    Channel,
    Dispatch,
    DispatchState,
    WrittenDigest,
)
from tests.contracts.ports import AnswersSide, digest, opening

OpenAnswers = Callable[[], Awaitable[AnswersSide]]

W30, W31 = digest("2026-W30"), digest("2026-W31")


async def opens(side: AnswersSide, week: str, *, flows: str = "sozawe") -> None:
    digests = tuple(digest(week, flow) for flow in flows.split())
    done = opening(week, digests=digests)
    await side.ballots.open_box("one", "one", lambda _: done)


async def test_nothing_is_pending_before_the_first_opening(
    answers: AnswersSide,
) -> None:
    assert await answers.outbox.pending() == []
    assert await answers.outbox.unsettled() == []
    assert await answers.outbox.latest() == []
    assert await answers.outbox.recover() == 0


async def test_what_is_pending_comes_oldest_first(answers: AnswersSide) -> None:
    await opens(answers, "2026-W31", flows="telefoon sozawe")
    await opens(answers, "2026-W32")

    pending = await answers.outbox.pending()

    assert pending == [
        Dispatch(digest("2026-W31", "sozawe"), "-1"),
        Dispatch(digest("2026-W31", "sozawe"), "-2"),
        Dispatch(digest("2026-W31", "telefoon"), "-1"),
        Dispatch(digest("2026-W31", "telefoon"), "-2"),
        Dispatch(digest("2026-W32", "sozawe"), "-1"),
        Dispatch(digest("2026-W32", "sozawe"), "-2"),
    ]


async def test_a_recipient_named_twice_gets_it_once(answers: AnswersSide) -> None:
    done = opening("2026-W30", recipients=("-1", "-1"))
    await answers.ballots.open_box("one", "one", lambda _: done)

    assert await answers.outbox.pending() == [Dispatch(W30, "-1")]


async def test_each_channel_gets_only_its_own(answers: AnswersSide) -> None:
    mail = "mailto:a@example.nl"
    done = opening("2026-W30", recipients=("-1", mail, "mail"))
    await answers.ballots.open_box("one", "one", lambda _: done)
    outbox = answers.outbox

    assert await outbox.pending(Channel.CHAT) == [
        Dispatch(W30, "-1"),
        Dispatch(W30, "mail"),
    ]
    assert await outbox.pending(Channel.MAIL) == [Dispatch(W30, mail)]
    assert len(await outbox.pending()) == 3

    for recipient in ("-1", mail):
        await outbox.mark(Dispatch(W30, recipient), DispatchState.SENDING)
    assert await outbox.recover(Channel.MAIL) == 1
    assert await outbox.unsettled() == [Dispatch(W30, mail, DispatchState.PERHAPS)]
    assert await outbox.recover(Channel.MAIL) == 0
    assert await outbox.recover(Channel.CHAT) == 1


async def test_nobody_without_a_chat_is_asked_how_many_read_along(
    answers: AnswersSide,
) -> None:
    asked = WrittenDigest("2026-W30", HEADCOUNT, "", "{n} mensen?", True)
    done = opening("2026-W30", digests=(asked,), recipients=("mailto:a@b.nl", "-1"))
    await answers.ballots.open_box("one", "one", lambda _: done)

    assert await answers.outbox.pending() == [Dispatch(asked, "-1")]


async def test_only_what_was_marked_changes(answers: AnswersSide) -> None:
    await opens(answers, "2026-W30")

    await answers.outbox.mark(Dispatch(W30, "-1"), DispatchState.SENDING)
    assert await answers.outbox.pending() == [Dispatch(W30, "-2")]

    await answers.outbox.mark(
        Dispatch(W30, "-1", DispatchState.SENDING), DispatchState.PENDING
    )
    assert await answers.outbox.pending() == [Dispatch(W30, "-1"), Dispatch(W30, "-2")]


@pytest.mark.parametrize("dispatch", [Dispatch(W31, "-1"), Dispatch(W30, "-9")])
async def test_a_dispatch_that_was_never_made_cannot_be_marked(
    answers: AnswersSide, dispatch: Dispatch
) -> None:
    await opens(answers, "2026-W30")

    with pytest.raises(KeyError):
        await answers.outbox.mark(dispatch, DispatchState.SENT)


async def test_what_an_earlier_run_was_sending_was_perhaps_sent(
    open_answers: OpenAnswers,
) -> None:
    earlier = await open_answers()
    await earlier.ballots.begin("one")
    await opens(earlier, "2026-W30")
    await earlier.outbox.mark(Dispatch(W30, "-1"), DispatchState.SENDING)

    later = await open_answers()

    assert await later.outbox.recover() == 1
    assert await later.outbox.recover() == 0
    assert await later.outbox.pending() == [Dispatch(W30, "-2")]
    assert await later.outbox.unsettled() == [
        Dispatch(W30, "-1", DispatchState.PERHAPS)
    ]


async def test_what_ended_badly_comes_newest_first(answers: AnswersSide) -> None:
    await opens(answers, "2026-W30")
    await opens(answers, "2026-W31")
    for dispatch, state in [
        (Dispatch(W30, "-1"), DispatchState.DEAD),
        (Dispatch(W30, "-2"), DispatchState.SENT),
        (Dispatch(W31, "-2"), DispatchState.DEAD),
        (Dispatch(W31, "-1"), DispatchState.PERHAPS),
    ]:
        await answers.outbox.mark(dispatch, state)

    assert await answers.outbox.unsettled() == [
        Dispatch(W31, "-1", DispatchState.PERHAPS),
        Dispatch(W31, "-2", DispatchState.DEAD),
        Dispatch(W30, "-1", DispatchState.DEAD),
    ]


async def test_a_group_that_moved_keeps_its_messages(answers: AnswersSide) -> None:
    await opens(answers, "2026-W30")
    await answers.outbox.mark(Dispatch(W30, "-1"), DispatchState.DEAD)

    await answers.outbox.readdress("-1", "-100")
    await answers.outbox.readdress("-2", "-200")
    await answers.outbox.readdress("-2", "-300")
    await answers.outbox.readdress("-200", "-200")

    assert await answers.outbox.pending() == [Dispatch(W30, "-200")]
    assert await answers.outbox.unsettled() == [
        Dispatch(W30, "-100", DispatchState.DEAD)
    ]


async def test_a_group_that_moved_into_another_gets_nothing_twice(
    answers: AnswersSide,
) -> None:
    await opens(answers, "2026-W30")
    await opens(answers, "2026-W31")
    await answers.outbox.mark(Dispatch(W30, "-2"), DispatchState.SENT)

    await answers.outbox.readdress("-1", "-2")

    assert await answers.outbox.pending() == [Dispatch(W31, "-2")]


async def test_the_newest_digests_are_given_as_they_were_written(
    answers: AnswersSide,
) -> None:
    quiet = digest("2026-W31", "telefoon", has_news=False)
    await opens(answers, "2026-W30")
    done = opening("2026-W31", digests=(quiet, digest("2026-W31", "sozawe")))
    await answers.ballots.open_box("one", "one", lambda _: done)

    assert await answers.outbox.latest() == [digest("2026-W31", "sozawe"), quiet]


async def test_a_notice_is_sent_like_a_digest_and_is_none(
    answers: AnswersSide,
) -> None:
    notice = WrittenDigest("2026-W31", NOTICE, "", "Wat wachtte, is weg.", True)
    await opens(answers, "2026-W30")
    done = opening("2026-W31", batches=(), digests=(notice,))
    await answers.ballots.open_box("one", "one", lambda _: done)

    assert await answers.outbox.latest() == [W30]
    assert (await answers.outbox.pending())[2:] == [
        Dispatch(notice, "-1"),
        Dispatch(notice, "-2"),
    ]


async def test_what_is_told_less_often_comes_after_the_weekly_digest(
    answers: AnswersSide,
) -> None:
    kinds = (HEADCOUNT, MONTHLY, PHASES, WEEKLY)
    digests = tuple(
        WrittenDigest(
            "2026-W31", kind, "" if kind == HEADCOUNT else "sozawe", kind, True
        )
        for kind in kinds
    )
    done = opening("2026-W31", digests=digests, recipients=("-1", f"{MAILTO}a@b.nl"))
    await answers.ballots.open_box("one", "one", lambda _: done)

    waiting = await answers.outbox.pending(Channel.CHAT)
    assert [one.digest.kind for one in waiting] == list(reversed(kinds))
    mailed = await answers.outbox.pending(Channel.MAIL)
    # Nobody counts the readers of a mailbox.
    assert [one.digest.kind for one in mailed] == [WEEKLY, PHASES, MONTHLY]
    latest = await answers.outbox.latest()
    assert [one.kind for one in latest] == [WEEKLY, PHASES, MONTHLY]
