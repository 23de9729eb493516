"""What is delivered twice counts once, also after a restart, a crash or an opening."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import pytest

from bot.anonymity import Door
from bot.app import App
from bot.config import Installation
from bot.dialogue import Opened, Reply, Tapped, Word, Wrote
from bot.errors import StaleEpoch
from tests.doubles.installation import Clock, opened
from tests.doubles.person import Person
from tests.service.conftest import Box
from tests.service.test_conversation import ANSWERS, CODES, YES

Text = Callable[..., str]


async def test_a_text_delivered_twice_answers_one_question(
    client: Person, box: Box
) -> None:
    await client.opens("e_balie")
    await client.taps(YES)

    await client.writes("7")
    reply = await client.is_delivered_again()

    assert reply == Reply(client.subject)
    assert client.texts[-1].startswith("Vraag 2 van 4")
    await client.taps(*ANSWERS[1:])
    assert await box.answers() == [CODES]


async def test_a_text_delivered_again_after_a_restart_answers_one_question(
    client: Person, installation: Installation, clock: Clock, box: Box
) -> None:
    await client.opens("e_balie")
    await client.taps(YES)
    client.is_reached = False
    await client.writes("7")

    async with opened(installation, clock) as again:
        client.service, client.is_reached = again.service, True
        await client.is_delivered_again()

        # What was not shown is shown again, at the end of the chat.
        assert client.texts[-1].startswith("Vraag 2 van 4")
        await client.taps(*ANSWERS[1:])
        assert await box.answers() == [CODES]


async def test_what_expired_is_not_shown_again_but_ended(
    client: Person, installation: Installation, clock: Clock, text: Text, box: Box
) -> None:
    """A question sent anew after two days may stand on a shared telephone."""
    await client.opens("e_balie")
    await client.taps(YES)
    client.is_reached = False
    await client.writes("7")
    before = len(client.screen)

    async with opened(installation, clock) as again:
        client.service, client.is_reached = again.service, True
        clock.turn(hours=41)
        await client.is_delivered_again()

    assert text("closing") in client.texts
    assert len(client.screen) <= before
    assert await box.outcomes() == ["broke_off"]


async def test_twenty_deliveries_at_once_are_one_ballot(
    client: Person, box: Box
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, *ANSWERS[:-1])
    tap = Tapped(*client.buttons[ANSWERS[-1]])

    replies = await asyncio.gather(
        *(client.service.handle(client.subject, tap, 900_000_001) for _ in range(20))
    )

    assert sum(bool(reply.outputs) for reply in replies) == 1
    assert await box.answers() == [CODES]


async def test_twenty_openings_of_a_link_at_once_are_one_session(
    client: Person, box: Box
) -> None:
    link = Opened("e_balie", "nl")

    replies = await asyncio.gather(
        *(
            client.service.handle(client.subject, link, 900_000_100 + n)
            for n in range(20)
        )
    )
    await client.sees(replies[-1])
    await client.taps(YES, *ANSWERS)

    assert await box.answers() == [CODES]


async def test_a_link_delivered_again_after_an_opening_starts_nothing(
    client: Person, app: App, installation: Installation, clock: Clock, box: Box
) -> None:
    await client.opens("e_balie")
    link = client.last
    assert link
    await client.taps(YES, *ANSWERS)
    await app.opening.open(clock(), app.week)

    async with opened(installation, clock) as again:
        assert await again.service.handle(client.subject, *link) == Reply(
            client.subject
        )

    # The one that waits for company, and no other.
    assert await box.answers() == [CODES]


async def test_a_question_that_was_never_shown_is_shown_at_the_start(
    client: Person, installation: Installation, clock: Clock
) -> None:
    await client.opens("e_balie")
    client.is_reached = False
    await client.taps(YES)

    async with opened(installation, clock) as again:
        client.service, client.is_reached = again.service, True
        [reply] = await again.service.tidy()
        await client.sees(reply)

        assert await again.service.tidy() == []
        [question] = client.texts
        assert question.startswith("Vraag 1 van 4")


async def test_tidying_leaves_alone_what_is_being_shown(
    client: Person, app: App, clock: Clock
) -> None:
    await client.opens("e_balie")
    client.is_reached = False
    reply = await client.taps(YES)

    assert await app.service.tidy() == []
    clock.turn(minutes=5)
    [again] = await app.service.tidy()
    # The first of the two comes too late; its messages are of no use any more.
    assert reply.token
    await app.service.shown(client.subject, reply.token, [1])
    client.is_reached = True
    await client.sees(again)

    assert await app.service.tidy() == []
    assert client.texts[-1].startswith("Vraag 1 van 4")


async def test_tidying_leaves_alone_what_was_shown_while_it_looked(
    client: Person, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    await client.opens("e_balie")

    async def unfinished(*_: object) -> list[str]:
        return [client.subject, "telegram:gone"]

    monkeypatch.setattr(app.door, "unfinished", unfinished)

    assert await app.service.tidy() == []


async def test_what_was_told_of_a_chat_twice_changes_nothing(
    client: Person, app: App
) -> None:
    await client.opens("e_balie")
    [reply] = client.replies
    assert reply.token

    await app.service.shown(client.subject, reply.token, [99])
    await client.taps(YES)

    assert len(client.texts) == 2


async def test_an_ending_that_was_never_shown_is_shown_to_who_comes_back(
    client: Person, installation: Installation, clock: Clock, text: Text, box: Box
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, *ANSWERS[:-1])
    client.is_reached = False
    await client.taps(ANSWERS[-1])

    async with opened(installation, clock) as again:
        client.service, client.is_reached = again.service, True
        await client.is_delivered_again()

    assert client.texts == [text("closing")]
    assert await box.answers() == [CODES]


async def test_an_ending_that_was_never_shown_is_shown_by_a_silent_edit_at_the_start(
    client: Person, installation: Installation, clock: Clock, text: Text
) -> None:
    await client.opens("e_balie")
    client.is_reached = False
    await client.does(Tapped(client.buttons["Nee, liever niet"][0], None))

    async with opened(installation, clock) as again:
        client.service, client.is_reached = again.service, True
        [reply] = await again.service.tidy()
        await client.sees(reply)

        assert await again.service.tidy() == []
    assert client.texts == [text("closing")]


async def test_a_tap_on_a_message_the_bot_forgot_in_a_crash_tidies_that_message(
    client: Person, installation: Installation, clock: Clock, text: Text
) -> None:
    await client.opens("e_balie")
    shown = client.service.shown

    async def crashes(*_: object) -> None:
        """End before it is stored that the question is on the screen."""

    client.service.shown = crashes  # type: ignore[assignment, method-assign]
    await client.taps(YES)
    client.service.shown = shown  # type: ignore[method-assign]

    async with opened(installation, clock) as again:
        client.service = again.service
        await client.taps(*ANSWERS)

    assert client.texts == [text("closing")]


async def test_a_fault_while_the_ballot_is_dropped_loses_nothing(
    client: Person, app: App, box: Box, text: Text, monkeypatch: pytest.MonkeyPatch
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, *ANSWERS[:-1])

    async def full(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(Door, "_drop", full)
        with pytest.raises(OSError):  # noqa: PT011 - it has no words
            await client.taps(ANSWERS[-1])
    assert await box.ballots() == []

    await client.is_delivered_again()

    assert client.texts == [text("closing")]
    assert await box.answers() == [CODES]


async def test_what_is_shown_late_does_not_undo_an_end_that_was_stored(
    client: Person, app: App, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, *ANSWERS[:-2])
    nonce = client.buttons[ANSWERS[-2]][0].partition(":")[0]
    client.is_reached = False
    reply = await client.taps(ANSWERS[-2])
    client.is_reached = True

    async def full(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(Door, "_bury", full)
        with pytest.raises(OSError):  # noqa: PT011 - it has no words
            await client.presses(f"{nonce}:a.3.strongly_agree", None)
    await client.sees(reply)
    for late in await app.service.tidy():
        await client.sees(late)

    assert await box.answers() == [CODES]


async def test_a_fault_while_the_ballot_is_dropped_is_mended_by_tidying(
    client: Person, app: App, box: Box, text: Text, monkeypatch: pytest.MonkeyPatch
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, *ANSWERS[:-1])

    async def full(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(Door, "_drop", full)
        with pytest.raises(OSError):  # noqa: PT011 - it has no words
            await client.taps(ANSWERS[-1])
    for reply in await app.service.tidy():
        await client.sees(reply)

    assert client.texts == [text("closing")]
    assert await box.answers() == [CODES]


async def test_words_that_change_nothing_may_be_said_twice(
    client: Person, text: Text
) -> None:
    await client.does(Wrote("hallo"))
    await client.is_delivered_again()

    assert client.texts == [text("nothing_open")] * 2


async def test_a_link_delivered_again_to_an_ending_never_shown_shows_the_ending(
    client: Person, installation: Installation, clock: Clock, text: Text
) -> None:
    await client.opens("e_balie")
    link = client.last
    assert link
    client.is_reached = False
    await client.gives(Word.STOP)

    async with opened(installation, clock) as again:
        client.service, client.is_reached = again.service, True
        await client.does(*link)

    assert client.texts == [text("closing"), "> /stop"]


async def test_words_typed_where_no_message_is_known_are_an_answer_all_the_same(
    client: Person, installation: Installation, clock: Clock, box: Box
) -> None:
    client.is_reached = False
    await client.opens("e_balie")
    async with opened(installation, clock) as again:
        client.service, client.is_reached = again.service, True
        for words in ("ja", "7", "8", "eens", "helemaal eens"):
            client.service._keeping._showing.clear()
            await client.does(Wrote(words))

    assert await box.answers() == [CODES]


async def test_an_opening_every_time_is_given_up_on_in_the_end(
    client: Person, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    async def stale(*_: object, **__: object) -> bool:
        tries.append(1)
        raise StaleEpoch("another")

    monkeypatch.setattr(app.door, "save", stale)
    with pytest.raises(StaleEpoch):
        await client.opens("e_balie")

    assert len(tries) == 5


async def test_an_opening_while_tidying_leaves_nothing_untidied(
    client: Person, app: App, clock: Clock, text: Text, monkeypatch: pytest.MonkeyPatch
) -> None:
    await client.opens("e_balie")
    clock.turn(hours=41)
    unfinished = app.door.unfinished

    async def opens(now: datetime) -> list[str]:
        subjects = await unfinished(now)
        await app.opening.open(clock(), app.week)
        return subjects

    monkeypatch.setattr(app.door, "unfinished", opens)
    for reply in await app.service.tidy():
        await client.sees(reply)

    assert client.texts == [text("closing")]
