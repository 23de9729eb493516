"""What is logged says where in the code, and never quotes."""

import io
import logging
import sys
from collections.abc import Iterator

import pytest

from bot.logs import QUIET, set_up

CANARY = "canary-5512"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Set the log up as `run` does, and leave it as it was."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    stream = io.StringIO()
    set_up(stream)
    yield stream
    root.handlers = before
    root.setLevel(level)


def fail() -> None:
    try:
        dict[str, str]()[CANARY]
    except KeyError as error:
        raise ValueError(f"about {CANARY}") from error


def test_a_line_is_the_event_and_its_facts(log: io.StringIO) -> None:
    logging.getLogger("bot.run").info("week opened", extra={"week": "W30", "a": 1})
    assert log.getvalue() == "INFO bot.run week opened a=1 week=W30\n"


def test_what_a_library_says_is_left_out(log: io.StringIO) -> None:
    logging.getLogger("aiohttp").warning("about %s", CANARY)
    assert log.getvalue() == "WARNING aiohttp library\n"


@pytest.mark.parametrize("name", QUIET)
def test_a_loud_library_is_quiet(log: io.StringIO, name: str) -> None:
    logging.getLogger(name).info(CANARY)
    assert log.getvalue() == ""


def test_a_crash_names_the_places_and_quotes_nothing(log: io.StringIO) -> None:
    try:
        fail()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    said = log.getvalue()
    assert said.startswith("CRITICAL bot crashed at=ValueError@test_logs.py:")
    assert "at=KeyError@test_logs.py:" in said
    assert CANARY not in said
    assert said.count("\n") == 1
