"""Another language is offered once, in both, and never switched to by itself."""

from collections.abc import AsyncIterator, Callable

import pytest

from bot.app import App
from bot.config import Installation
from bot.guesses import Guess
from tests.doubles.installation import Clock, opened, shipped_flows
from tests.doubles.person import Person
from tests.doubles.reading import Reader
from tests.service.conftest import Box
from tests.service.test_conversation import ANSWERS, CODES, YES

Text = Callable[..., str]

TURKISH = "bunu anlamıyorum lütfen"


@pytest.fixture
def reader() -> Reader:
    reader = Reader()
    reader.guessing.told = {
        TURKISH: Guess("tr", "tr"),
        "ja": Guess("nl", "nl"),
        "8": Guess("tr", "tr"),
        "po polsku": Guess("pl", "pl"),
        "kapot": RuntimeError(TURKISH),
    }
    return reader


@pytest.fixture
async def app(
    installation: Installation, clock: Clock, reader: Reader
) -> AsyncIterator[App]:
    flow = shipped_flows()["sozawe"]
    async with opened(installation, clock, flow, reads=reader) as app:
        yield app


def offer(text: Text) -> str:
    names = {"here": "Nederlands", "there": "Türkçe"}
    return "\n".join(text("offer", to, **names) for to in ("tr", "nl"))


async def test_an_offer_stands_above_the_question_in_both_languages(
    client: Person, text: Text
) -> None:
    await client.opens("e_balie")
    await client.taps(YES)
    await client.writes(TURKISH)

    assert client.texts[-1].startswith(f"{offer(text)}\n\n")
    assert text("retry.not_understood") in client.texts[-1]
    assert list(client.buttons)[:2] == ["Türkçe", "Nederlands"]
    await client.taps("Türkçe")
    assert client.texts[-1].startswith(text("progress", "tr", number=1, total=4))
    assert "Nederlands" not in client.buttons


async def test_whoever_goes_on_as_before_is_not_asked_again(
    client: Person, text: Text, box: Box
) -> None:
    await client.opens("e_balie")
    await client.taps(YES)
    await client.writes(TURKISH)
    await client.taps("Nederlands")
    assert client.texts[-1].startswith("Vraag 1 van 4")
    await client.writes(TURKISH)
    assert client.texts[-1].startswith(text("retry.not_understood"))
    await client.taps(*ANSWERS)
    assert await box.answers() == [CODES]


async def test_what_was_typed_is_an_answer_all_the_same(
    client: Person, text: Text
) -> None:
    await client.opens("e_balie")
    await client.taps(YES)
    await client.writes("8")
    assert client.texts[-1].startswith(f"{offer(text)}\n\nVraag 2 van 4")


async def test_at_the_introduction_no_button_stands_twice(
    client: Person, text: Text
) -> None:
    await client.opens("e_balie")
    await client.writes(TURKISH)
    assert client.texts[-1].startswith(offer(text))
    [view] = client.screen.values()
    assert not isinstance(view, str)
    labels = [[key.label for key in row] for row in view.rows]
    assert labels == [
        ["Türkçe", "Nederlands"],
        [YES],
        ["Nee, liever niet"],
        ["English", "العربية"],
        ["Privacy"],
    ]


@pytest.mark.parametrize("typed", ["ja", "po polsku", "kapot", "iets"])
async def test_nothing_is_offered_that_is_spoken_already_or_not_to_be_had(
    client: Person, text: Text, typed: str
) -> None:
    await client.opens("e_balie")
    await client.writes(typed)
    assert "offer" not in client.texts[-1]
    assert text("offer", here="Nederlands", there="Türkçe") not in client.texts[-1]


async def test_at_the_end_nothing_is_offered(
    client: Person, text: Text, reader: Reader
) -> None:
    reader.guessing.told["nee"] = Guess("tr", "tr")
    await client.opens("e_balie")
    await client.writes("nee")
    assert client.texts == [text("closing")]


async def test_the_guesser_hears_what_was_chosen_and_what_the_phone_is_in(
    client: Person, reader: Reader
) -> None:
    client.language = "ar"
    await client.opens("e_balie")
    await client.writes("een")
    await client.taps("English")
    await client.writes("twee")
    assert reader.guessing.asked == [("een", None, "ar"), ("twee", "en", "ar")]


async def test_the_scrubber_hears_in_what_language_a_remark_is(
    client: Person, reader: Reader, text: Text
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, *ANSWERS)
    await client.writes(TURKISH)
    await client.writes("po polsku")
    assert reader.scrubbing.asked == [(TURKISH, "tr"), ("po polsku", "pl")]


async def test_a_remark_is_shown_below_the_offer(client: Person, text: Text) -> None:
    await client.opens("e_balie")
    await client.taps(YES, *ANSWERS)
    await client.writes(TURKISH)
    assert client.texts[-1].startswith(f"{offer(text)}\n\n{text('remark.shown')}")
    await client.taps("Türkçe")
    assert client.texts[-1].startswith(text("remark.shown", "tr"))
    assert TURKISH in client.texts[-1]
