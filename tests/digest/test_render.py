"""A digest fits below a picture, however long the names in it are."""

import pytest

from bot.ballots import Batch, Outcome
from bot.core.flow import FlowDefinition, Origin
from bot.digest.render import CAPTION
from bot.digest.voice import units
from tests.digest.examples import (
    FIVE,
    SOZAWE,
    archive,
    at,
    batch,
    choice,
    digests_of,
    flow,
    live,
    made_up,
    speaks,
)

NAMES = ("step", "staff", "letter", "next")


def wordy(asks: str) -> FlowDefinition:
    """Give four choices of two positive options, with names of a hundred letters."""
    questions = [
        choice(name, f"{name:x<100}", f"{name:y<100}", "journey_5", FIVE).model_copy(
            update={"label": {"nl": asks}}
        )
        for name in NAMES
    ]
    return flow(*questions, title="t" * 100)


def thousands(of: FlowDefinition, origin: Origin) -> Batch:
    """Give a release of twelve thousand people, far more than there are clients."""
    chosen = {"bad": 4_000, "great": 8_000}
    ended = {Outcome.NOT_OPENED: 24_000}
    return batch(at(0), of, dict.fromkeys(NAMES, chosen), ended, origin)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_longest_digest_there_can_be_fits(language: str) -> None:
    old, new = wordy("Hoe was het?"), wordy("Hoe ging het?")
    batches = [made_up(1, at(-1), old, 30, origin=origin) for origin in Origin]
    batches += [made_up(2, at(-17), old, 30, origin=origin) for origin in Origin]
    batches += [thousands(new, origin) for origin in Origin]
    every = live(new) | {"another": SOZAWE.content_hash}
    flows = archive(old, new, SOZAWE)
    written = digests_of(batches, flows, every, at(0), speaks(language))
    for one in written:
        assert units(one.text) <= CAPTION


def test_in_brief_no_figure_is_left_out() -> None:
    of = wordy("Hoe was het?")
    batches = [thousands(of, origin) for origin in Origin]
    batches.append(made_up(1, at(-16), of, 12))
    (one,) = digests_of(batches, archive(of), live(of), at(0), speaks("nl"))
    title, quiet, invited, *lines = one.text.splitlines()
    assert title == "Weekbericht · week 9"
    assert quiet == "Geen duidelijk verschil met de nulmeting."
    assert invited.startswith("Laatste 13 weken: 12000 antwoorden. ")
    figures = [
        f"{name:x<26}…: 8000 van de 12000 mensen kozen ‘Goed’ of ‘Heel goed’."
        for name in NAMES
    ]
    assert lines == [
        *figures,
        "Mensen die zelf meededen: 12000 antwoorden in 13 weken.",
        *figures,
        "Hun nulmeting loopt nog: 12000 antwoorden.",
        "Dit zijn alleen antwoorden van mensen die meededen.",
    ]
