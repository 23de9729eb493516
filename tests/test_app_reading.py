"""What reads the words that people type, as `run` and `try` put it together."""

from datetime import UTC, datetime

from bot.app.reading import open_reading
from bot.config import Config, Remarks
from bot.faultlog import FaultLog
from bot.needs import Need
from bot.remarks import Scrubbed, Withheld

FAULTS = FaultLog(lambda: datetime(2026, 7, 22, 9, tzinfo=UTC))
NOBODY = Config(phone="14 023")
SOMEBODY = Config(phone="14 023", remarks=Remarks(reviewers=(-1009,)))
SAID = "Mijn buurvrouw Sadiqova hielp mij ook heel goed."


async def test_where_nobody_looks_them_through_no_remark_is_asked() -> None:
    async with open_reading(NOBODY, faults=FAULTS) as reading:
        assert not reading.asks_remarks()
        assert await reading.scrubbed(SAID, "nl") is Withheld.IN_DOUBT
        assert reading.needs("ik wil dood") is Need.CRISIS
        assert reading.guesser is not None


async def test_where_somebody_does_remarks_are_asked_and_scrubbed() -> None:
    roster = ("Quirquez",)
    async with open_reading(SOMEBODY, faults=FAULTS, roster=roster) as reading:
        assert reading.asks_remarks()
        clean = await reading.scrubbed(SAID, "nl")
        named = await reading.scrubbed("ik vond quirquez heel aardig hoor", "nl")
    assert clean == Scrubbed("Mijn buurvrouw [NAAM] hielp mij ook heel goed.", 1)
    assert named == Scrubbed("ik vond [NAAM] heel aardig hoor", 1)
    assert not reading.asks_remarks()


async def test_a_trial_keeps_nothing_and_so_asks() -> None:
    async with open_reading(NOBODY, faults=FAULTS, is_trial=True) as reading:
        assert reading.asks_remarks()
