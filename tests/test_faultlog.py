"""Faults are written on the hour: their type and place, once each."""

import asyncio
import logging
from datetime import UTC, datetime

import pytest

from bot.faultlog import FaultLog, place_of


def clock() -> datetime:
    """Say a moment just before the hour."""
    return datetime(2026, 7, 20, 9, 59, 59, 950_000, tzinfo=UTC)


def fault(kind: type[Exception]) -> Exception:
    try:
        FaultLog(clock).note(None)  # type: ignore[arg-type]
    except AttributeError as error:
        return kind("of a person").with_traceback(error.__traceback__)
    raise AssertionError


def written(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str, str]]:
    return [
        (record.getMessage(), record.__dict__["kind"], record.__dict__["place"])
        for record in caplog.records
        if record.name == "bot.faults"
    ]


def test_a_fault_is_written_once_however_often_it_was_noted(
    caplog: pytest.LogCaptureFixture,
) -> None:
    log = FaultLog(clock)
    for _ in range(3):
        log.note(fault(ValueError))
    log.note(fault(KeyError))
    log.flush()
    log.flush()
    place = place_of(fault(ValueError))
    assert place.startswith("bot/faultlog.py:")
    assert written(caplog) == [
        ("fault", "builtins.KeyError", place),
        ("fault", "builtins.ValueError", place),
    ]
    assert "of a person" not in str([record.__dict__ for record in caplog.records])


def test_a_fault_that_never_was_in_our_code_has_no_place() -> None:
    assert place_of(ValueError()) == "unknown"


async def test_faults_are_written_on_the_hour_and_at_the_end(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING)
    log = FaultLog(clock)
    stop = asyncio.Event()
    task = asyncio.create_task(log.run(stop))
    log.note(ValueError())
    await asyncio.sleep(0.02)
    assert written(caplog) == []
    await asyncio.sleep(0.1)
    assert written(caplog) == [("fault", "builtins.ValueError", "unknown")]
    log.note(KeyError())
    stop.set()
    await task
    assert len(written(caplog)) == 2
