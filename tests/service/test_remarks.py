"""The remark: asked when the answers are in the box, and kept when agreed to."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace

import pytest

from bot.anonymity import Door
from bot.app import App
from bot.ballots import RemarkBallot
from bot.config import Installation
from bot.core.session import Session
from bot.dialogue import Left, Reply, Tapped, Word
from bot.remarks import Scrubbed, Withheld
from tests.doubles.installation import (
    Clock,
    opened,
    remarks_in_the_box,
    shipped_flows,
)
from tests.doubles.person import Person
from tests.doubles.reading import Reader
from tests.service.conftest import Box
from tests.service.test_conversation import ANSWERS, CODES, YES

Text = Callable[..., str]

SOZAWE = shipped_flows()["sozawe"]
KEEP, CHANGE, LEAVE = "Zo bewaren", "Anders", "Weglaten"
NOTHING_MORE = "Nee, niets meer"
TYPED = "Mevrouw Kanarie was heel aardig."
SCRUBBED = "Mevrouw [NAAM] was heel aardig."
NONE = RemarkBallot(SOZAWE.content_hash)


@pytest.fixture
def reader() -> Reader:
    reader = Reader()
    reader.scrubbing.told = {
        TYPED: Scrubbed(SCRUBBED, 1),
        "Kanarie": Withheld.TOO_LITTLE,
        "kapot": RuntimeError("Kanarie"),
    }
    return reader


@pytest.fixture
async def app(
    installation: Installation, clock: Clock, reader: Reader
) -> AsyncIterator[App]:
    async with opened(installation, clock, SOZAWE, reads=reader) as app:
        yield app


@pytest.fixture
async def asked(client: Person) -> Person:
    """Give somebody who has answered all closed questions."""
    await client.opens("e_balie")
    await client.taps(YES, *ANSWERS)
    return client


async def remarks(app: App, installation: Installation) -> list[RemarkBallot]:
    return await remarks_in_the_box(app, installation)


async def test_a_remark_is_asked_when_the_answers_are_in_the_box(
    asked: Person, app: App, installation: Installation, box: Box, text: Text
) -> None:
    assert SOZAWE.remark
    assert await box.answers() == [CODES]
    assert await remarks(app, installation) == []
    label = SOZAWE.remark.label["nl"]
    assert asked.texts[-1] == f"{label}\n\n{text('remark.about')}"
    assert list(asked.buttons) == [NOTHING_MORE, "Taal / Language"]


async def test_a_remark_is_shown_scrubbed_and_kept_with_one_tap(
    asked: Person, app: App, installation: Installation, box: Box, text: Text
) -> None:
    await asked.writes(TYPED)

    shown = "\n\n".join(
        (
            text("remark.shown"),
            SCRUBBED,
            f"{text('remark.taken_out')} {text('remark.ask')}",
        )
    )
    assert asked.texts[-1] == shown
    assert list(asked.buttons) == [KEEP, CHANGE, LEAVE]
    assert await remarks(app, installation) == []

    await asked.taps(KEEP)

    assert asked.texts == [text("closing")]
    assert await box.answers() == [CODES]
    assert await remarks(app, installation) == [
        replace(NONE, remark=Scrubbed(SCRUBBED))
    ]


async def test_of_a_remark_that_is_whole_that_is_said(
    asked: Person, text: Text
) -> None:
    await asked.writes("Het was te druk.")
    assert text("remark.whole") in asked.texts[-1]
    assert text("remark.taken_out") not in asked.texts[-1]


@pytest.mark.parametrize("word", ["ja", "Zo bewaren!", "evet", "نعم"])
async def test_yes_in_words_keeps_it_as_well(
    asked: Person, app: App, installation: Installation, text: Text, word: str
) -> None:
    await asked.writes("Het was te druk.")
    await asked.writes(word)

    assert asked.texts == [text("closing")]
    kept = replace(NONE, remark=Scrubbed("Het was te druk."))
    assert await remarks(app, installation) == [kept]


async def test_it_can_be_put_otherwise_by_button_by_word_or_by_typing_on(
    asked: Person, app: App, installation: Installation, text: Text
) -> None:
    await asked.writes("een")
    count = len(asked.texts)
    await asked.taps(CHANGE)
    assert text("remark.about") in asked.texts[-1]
    await asked.writes("twee")
    await asked.writes("anders")
    assert text("remark.about") in asked.texts[-1]
    await asked.writes("drie")
    await asked.writes("vier")
    assert len(asked.texts) == count
    await asked.taps(KEEP)
    assert await remarks(app, installation) == [replace(NONE, remark=Scrubbed("vier"))]


@pytest.mark.parametrize(
    "act",
    [
        lambda one: one.taps(NOTHING_MORE),
        lambda one: one.writes("nee"),
        lambda one: one.writes("weglaten"),
        lambda one: one.writes("stop"),
        lambda one: one.gives(Word.STOP),
    ],
)
async def test_who_has_nothing_more_to_say_is_done(
    asked: Person,
    app: App,
    installation: Installation,
    box: Box,
    text: Text,
    reader: Reader,
    act: Callable[[Person], object],
) -> None:
    await act(asked)  # type: ignore[misc] # each is something a person does

    assert asked.texts == [text("closing")]
    assert await box.answers() == [CODES]
    assert await remarks(app, installation) == [NONE]
    assert reader.scrubbing.asked == []


@pytest.mark.parametrize("word", ["stop", "laat maar"])
async def test_what_was_shown_and_left_out_is_not_kept(
    asked: Person, app: App, installation: Installation, box: Box, word: str
) -> None:
    await asked.writes("Het was te druk.")
    await asked.writes(word)

    assert await box.answers() == [CODES]
    assert await remarks(app, installation) == [NONE]


async def test_yes_alone_is_no_remark_yet(asked: Person, text: Text) -> None:
    before = asked.texts[-1]
    await asked.writes("ja")
    assert asked.texts == [before]


@pytest.mark.parametrize(
    ("typed", "why"),
    [("Kanarie", Withheld.TOO_LITTLE), ("kapot", Withheld.IN_DOUBT)],
)
async def test_of_a_remark_that_is_withheld_that_is_told_and_nothing_else_is_lost(
    asked: Person,
    app: App,
    installation: Installation,
    box: Box,
    text: Text,
    typed: str,
    why: Withheld,
) -> None:
    await asked.writes(typed)

    assert asked.texts[-1].startswith(text(f"remark.{why}"))
    assert "Kanarie" not in "".join(asked.texts)
    await asked.taps(NOTHING_MORE)
    assert asked.texts == [text("closing")]
    assert await box.answers() == [CODES]
    assert await remarks(app, installation) == [replace(NONE, remark=why)]


async def test_a_remark_that_is_too_long_is_asked_again_and_not_kept(
    asked: Person, app: App, installation: Installation, text: Text
) -> None:
    await asked.writes("a " * 300)

    assert asked.texts[-1].startswith(text("remark.too_long", most=500))
    await asked.taps(NOTHING_MORE)
    assert await remarks(app, installation) == [NONE]


async def test_a_scrubber_that_takes_too_long_withholds(
    asked: Person, reader: Reader, monkeypatch: pytest.MonkeyPatch, text: Text
) -> None:
    async def hangs(_: str, __: str | None) -> Scrubbed:
        await asyncio.sleep(60)
        raise AssertionError

    monkeypatch.setattr(reader.scrubbing, "scrub", hangs)
    monkeypatch.setattr("bot.service.reading._PATIENCE", 0.01)
    await asked.writes("Het was te druk.")
    assert asked.texts[-1].startswith(text("remark.in_doubt"))


async def test_while_one_is_scrubbed_the_others_go_on(
    asked: Person,
    others: Callable[[int], list[Person]],
    reader: Reader,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done = asyncio.Event()

    async def waits(text: str, _: str | None) -> Scrubbed:
        await done.wait()
        return Scrubbed(text)

    monkeypatch.setattr(reader.scrubbing, "scrub", waits)
    writes = asyncio.create_task(asked.writes("Het was te druk."))
    [other] = others(1)
    await other.opens("e_balie")
    await other.taps(YES)
    assert other.texts[-1].startswith("Vraag 1 van 4")
    assert not writes.done()
    done.set()
    await writes
    assert KEEP in asked.buttons


async def test_after_a_restart_it_is_shown_again_and_not_scrubbed_again(
    asked: Person,
    installation: Installation,
    clock: Clock,
    reader: Reader,
    app: App,
    text: Text,
) -> None:
    asked.is_reached = False
    await asked.writes(TYPED)
    async with opened(installation, clock, reads=reader) as again:
        asked.service, asked.is_reached = again.service, True
        [reply] = await again.service.tidy()
        await asked.sees(reply)

        assert len(asked.texts) == 2
        assert SCRUBBED in asked.texts[-1]
        await asked.taps(KEEP)
        kept = replace(NONE, remark=Scrubbed(SCRUBBED))
        assert await remarks(again, installation) == [kept]
    assert len(reader.scrubbing.asked) == 1


async def test_a_remark_delivered_twice_is_shown_once_and_a_tap_keeps_it_once(
    asked: Person, app: App, installation: Installation, reader: Reader
) -> None:
    await asked.writes(TYPED)
    assert await asked.is_delivered_again() == Reply(asked.subject)
    assert len(reader.scrubbing.asked) == 1

    tap = Tapped(*asked.buttons[KEEP])
    handle = asked.service.handle
    replies = await asyncio.gather(
        *(handle(asked.subject, tap, 900_000_200 + n) for n in range(2)),
        *(handle(asked.subject, tap, 900_000_201) for _ in range(3)),
    )

    assert sum(bool(reply.effects) for reply in replies) == 1
    assert len(await remarks(app, installation)) == 1


async def test_old_buttons_mean_nothing_at_the_remark(
    client: Person, box: Box, app: App, installation: Installation
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, *ANSWERS[:-1])
    last = client.buttons[ANSWERS[-1]]
    await client.taps(ANSWERS[-1])

    assert await client.presses(*last) == Reply(client.subject)
    action, message = client.buttons[NOTHING_MORE]
    nonce = action.partition(":")[0]
    assert await client.presses(f"{nonce}:k", message) == Reply(client.subject)
    assert await client.presses(f"{nonce}:b", message) == Reply(client.subject)
    assert await box.answers() == [CODES]
    assert await remarks(app, installation) == []


async def test_who_lets_it_lie_has_answered_all_the_same(
    asked: Person,
    app: App,
    installation: Installation,
    clock: Clock,
    box: Box,
    text: Text,
) -> None:
    await asked.writes(TYPED)
    clock.turn(hours=41)
    for reply in await app.service.tidy():
        await asked.sees(reply)

    assert asked.texts == [text("closing")]
    assert await box.answers() == [CODES]
    assert await remarks(app, installation) == [NONE]


async def test_who_blocks_the_bot_at_the_remark_has_answered_all_the_same(
    asked: Person, app: App, installation: Installation, box: Box
) -> None:
    await asked.writes(TYPED)
    assert (await asked.does(Left())).outputs == ()

    assert await box.answers() == [CODES]
    assert await remarks(app, installation) == [NONE]


async def test_an_opening_comes_between_and_the_remark_is_kept_after_it(
    asked: Person, app: App, installation: Installation, clock: Clock, box: Box
) -> None:
    await asked.writes(TYPED)
    await app.opening.open(clock(), app.week)
    await asked.taps(KEEP)

    assert await box.answers() == [CODES]
    kept = replace(NONE, remark=Scrubbed(SCRUBBED))
    assert kept in await remarks(app, installation)


async def test_the_language_can_be_changed_at_the_remark(
    asked: Person, text: Text
) -> None:
    await asked.taps("Taal / Language", "العربية")
    assert text("remark.about", "ar") in asked.texts[-1]
    await asked.writes(TYPED)
    assert text("remark.taken_out", "ar") in asked.texts[-1]
    count = len(asked.texts)
    await asked.gives(Word.LANGUAGE)
    await asked.taps("Nederlands")
    assert text("remark.taken_out") in asked.texts[-1]
    assert SCRUBBED in asked.texts[-1]
    assert len(asked.texts) == count


@pytest.mark.parametrize("word", [Word.HELP, Word.PRIVACY])
async def test_help_stands_in_the_place_of_the_remark_for_as_long_as_wanted(
    asked: Person, text: Text, word: Word
) -> None:
    before = list(asked.texts)
    await asked.gives(word)
    assert asked.texts[-1] == text(str(word))
    await asked.taps("Verder")
    assert asked.texts == before


async def test_a_photo_is_no_remark(asked: Person, text: Text) -> None:
    await asked.sends_a_photo()
    assert asked.texts[-1].startswith(text("retry.only_text"))


async def test_without_remarks_the_last_answer_is_the_end(
    client: Person,
    app: App,
    installation: Installation,
    reader: Reader,
    box: Box,
    text: Text,
) -> None:
    reader.asks = False
    await client.opens("e_balie")
    await client.taps(YES, *ANSWERS)

    assert client.texts == [text("closing")]
    assert await box.answers() == [CODES]
    assert await remarks(app, installation) == [NONE]


async def test_a_remark_for_which_there_is_no_scrubber_any_more_is_withheld(
    asked: Person, installation: Installation, clock: Clock, app: App, text: Text
) -> None:
    async with opened(installation, clock) as without:
        asked.service = without.service
        await asked.writes(TYPED)
        assert asked.texts[-1].startswith(text("remark.in_doubt"))


class Crashed(Exception):
    """Stands for the end of the process."""


def crash_at(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have everything that ends get no further than this."""
    bury = Door._bury

    async def crashes(door: Door, ended: Sequence[Session]) -> None:
        if step == "before the ballots":
            raise Crashed
        if step == "after the ballots":
            monkeypatch.setattr(door._sessions, "write", fails)
        await bury(door, ended)

    async def fails(*_: object) -> list[bool]:
        raise Crashed

    monkeypatch.setattr(Door, "_bury", crashes)


STEPS = pytest.mark.parametrize("step", ["before the ballots", "after the ballots"])
ENDS = pytest.mark.parametrize("again", ["tidied", "delivered again", "taps on"])


@STEPS
@ENDS
@pytest.mark.parametrize("at", ["the last answer", "the remark"])
async def test_killed_at_any_step_nothing_is_lost_or_doubled(
    client: Person,
    app: App,
    installation: Installation,
    clock: Clock,
    reader: Reader,
    text: Text,
    step: str,
    again: str,
    at: str,
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, *ANSWERS[:-1])
    if at == "the remark":
        await client.taps(ANSWERS[-1])
        await client.writes(TYPED)
    client.is_reached = False
    with pytest.MonkeyPatch.context() as patch:
        crash_at(step, patch)
        with pytest.raises(Crashed):
            await client.taps(KEEP if at == "the remark" else ANSWERS[-1])

    async with opened(installation, clock, reads=reader) as anew:
        client.service, client.is_reached = anew.service, True
        if again == "tidied":
            for reply in await anew.service.tidy():
                await client.sees(reply)
        elif again == "delivered again":
            await client.is_delivered_again()
        else:
            await client.opens("e_balie")
        if at == "the last answer":
            await client.writes(TYPED)
            await client.taps(KEEP)
        assert client.texts[-1] == text("closing")
        box = Box(anew, installation)
        assert await box.answers() == [CODES]
        kept = replace(NONE, remark=Scrubbed(SCRUBBED))
        assert await remarks(anew, installation) == [kept]


@pytest.mark.parametrize("event", ["writes", "taps"])
async def test_a_fault_at_the_last_answer_is_mended_by_whatever_is_done_next(
    client: Person,
    app: App,
    installation: Installation,
    box: Box,
    text: Text,
    event: str,
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, *ANSWERS[:-1])
    last = client.buttons[ANSWERS[-1]]
    with pytest.MonkeyPatch.context() as patch:
        crash_at("before the ballots", patch)
        with pytest.raises(Crashed):
            await client.taps(ANSWERS[-1])

    if event == "writes":
        await client.writes(TYPED)
        assert SCRUBBED in client.texts[-1]
    else:
        assert await client.presses(*last) == Reply(client.subject)
    assert await box.answers() == [CODES]
