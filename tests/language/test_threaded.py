"""The port that the conversation asks."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.faultlog import FaultLog
from bot.guesses import Guess, Guesser
from bot.language import ThreadedGuesser, threaded
from bot.language.tables import table

SURVEY = ("nl", "en", "ar", "tr")


def faults() -> FaultLog:
    return FaultLog(lambda: datetime(2026, 1, 15, tzinfo=UTC))


async def test_the_first_remark_finds_the_tables_read() -> None:
    table.cache_clear()
    guesser = ThreadedGuesser(faults())
    await guesser.warm()
    assert table.cache_info().currsize == 4
    port: Guesser = guesser
    text = "nobody ever answers the telephone"
    assert await port.guess(
        text, configured=list(SURVEY), chosen="nl", app_language=None
    ) == Guess("en", "en")
    assert table.cache_info().misses == 4


async def test_a_fault_is_noted_without_the_text_and_is_no_guess(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(text: str, _: Any) -> Guess:
        raise LookupError(text)

    monkeypatch.setattr(threaded, "guess", broken)
    log = faults()
    guesser = ThreadedGuesser(log)
    said = await guesser.guess(
        "een kanarie", configured=SURVEY, chosen=None, app_language="tr"
    )
    assert said == Guess()
    log.flush()
    [record] = caplog.records
    assert record.__dict__["kind"] == "builtins.LookupError"
    assert "kanarie" not in f"{record.__dict__}"
