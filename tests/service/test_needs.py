"""Whoever types that they need help is told where it is, and nothing else happens."""

from collections.abc import AsyncIterator, Callable

import pytest

from bot.app import App
from bot.config import Installation
from bot.needs import Need
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

CRISIS = "Ik wil dood, bel mij terug, ik heb een klacht"
ASKS = {
    Need.CRISIS: CRISIS,
    Need.COMPLAINT: "Ik wil een klacht indienen",
    Need.OBJECTION: "ik maak bezwaar!",
    Need.QUESTION: "wanneer krijg ik mijn geld",
}


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
async def app(
    installation: Installation, clock: Clock, reader: Reader
) -> AsyncIterator[App]:
    flow = shipped_flows()["sozawe"]
    async with opened(installation, clock, flow, reads=reader) as app:
        yield app


@pytest.mark.parametrize("taps", [(), (YES,), (YES, "7"), (YES, *ANSWERS)])
async def test_help_is_told_at_once_and_the_survey_stays_where_it_is(
    client: Person, text: Text, box: Box, taps: tuple[str, ...]
) -> None:
    await client.opens("e_balie")
    if taps:
        await client.taps(*taps)
    before = client.texts[-1]

    for need in Need:
        reply = await client.writes(ASKS[need])

        assert client.texts == [text(f"need.{need}"), before]
        assert reply.effects == ()
    if len(taps) < 5:
        assert await box.ballots() == []
        labels = (YES, *ANSWERS)[len(taps) :]
        await client.taps(*labels)
        assert await box.answers() == [CODES]


async def test_nothing_of_it_is_kept_at_the_remark_and_the_remark_stays_open(
    client: Person,
    text: Text,
    app: App,
    installation: Installation,
    reader: Reader,
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, *ANSWERS)
    await client.writes("Het was te druk.")
    shown = client.texts[-1]

    await client.writes(CRISIS)

    assert client.texts == [text("need.crisis"), shown]
    assert [said for said, _ in reader.scrubbing.asked] == ["Het was te druk."]
    await client.taps("Weglaten")
    assert client.texts == [text("closing")]
    [remark] = await remarks_in_the_box(app, installation)
    assert remark.remark is None


async def test_help_is_told_in_the_language_of_the_chat(
    client: Person, text: Text
) -> None:
    await client.opens("e_balie")
    await client.taps("Türkçe")
    await client.writes(CRISIS)
    assert client.texts[0] == text("need.crisis", "tr")


async def test_outside_a_survey_as_well(client: Person, text: Text) -> None:
    await client.writes(CRISIS)
    assert client.texts[-1] == text("need.crisis")
    await client.writes("hallo")
    assert client.texts[-1] == text("nothing_open")


async def test_what_is_typed_outside_a_survey_does_not_stay_in_the_chat(
    client: Person, text: Text
) -> None:
    await client.writes(CRISIS)
    await client.writes("Mevrouw Jansen was aardig.")
    await client.sends_a_photo()
    assert client.texts == [
        text("need.crisis"),
        text("nothing_open"),
        text("only_text"),
    ]

    client.keeps_words = True
    await client.writes(CRISIS)
    assert client.texts[-2:] == [text("not_deleted"), text("need.crisis")]


async def test_and_when_the_survey_has_run_out(
    client: Person, clock: Clock, text: Text, box: Box
) -> None:
    await client.opens("e_balie")
    clock.turn(hours=41)
    await client.writes(CRISIS)
    assert client.texts == [text("closing"), text("need.crisis")]
    assert await box.outcomes() == ["no_reply"]


async def test_an_answer_is_an_answer_whatever_else_it_may_be(client: Person) -> None:
    await client.opens("e_balie")
    await client.taps(YES)
    await client.writes("een dikke 8")
    assert client.texts[-1].startswith("Vraag 2 van 4")


async def test_it_does_not_count_as_a_text_that_was_not_understood(
    client: Person, text: Text
) -> None:
    await client.opens("e_balie")
    await client.taps(YES)
    await client.writes("tja")
    await client.writes(CRISIS)
    await client.writes("tja")
    assert client.texts[-1].startswith(text("retry.use_buttons"))
