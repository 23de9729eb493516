"""What is logged says where in the code, and never quotes."""

import io
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.faultlog import FaultLog
from bot.logs import QUIET, hand_over, set_up

CANARY = "canary-5512"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Set the log up as `run` does, and leave it as it was."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(logging, "raiseExceptions", True)
    stream = io.StringIO()
    set_up(stream)
    yield stream
    logging.captureWarnings(False)
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


@pytest.mark.parametrize("name", ["bottle", "aiohttp.bot", "py.warnings"])
def test_neither_text_nor_facts_of_others_are_written(
    log: io.StringIO, name: str
) -> None:
    logging.getLogger(name).error(CANARY, extra={"url": CANARY})
    assert log.getvalue() == f"ERROR {name} library\n"


def test_no_level_that_is_forced_makes_a_library_talk(log: io.StringIO) -> None:
    logging.getLogger().setLevel(logging.DEBUG)
    for name in (*QUIET, "aiohttp"):
        library = logging.getLogger(name)
        level = library.level
        library.setLevel(logging.DEBUG)
        library.debug(CANARY)
        library.info(CANARY)
        library.setLevel(level)
    assert log.getvalue() == ""


def test_a_thread_that_fails_is_not_quoted(log: io.StringIO) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    said = log.getvalue()
    assert said.startswith("CRITICAL bot crashed on a thread at=ValueError@")
    assert CANARY not in said


def test_an_object_that_fails_as_it_goes_is_not_quoted(log: io.StringIO) -> None:
    class Going:
        def __del__(self) -> None:
            fail()

    Going()
    said = log.getvalue()
    assert said.startswith("CRITICAL bot crashed in passing at=ValueError@")
    assert CANARY not in said


def test_last_words_without_an_exception_are_words_still(log: io.StringIO) -> None:
    threading.excepthook(threading.ExceptHookArgs((SystemError, None, None, None)))
    assert log.getvalue() == "CRITICAL bot crashed on a thread\n"


def test_a_warning_is_not_quoted(log: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn(f"about {CANARY}", UserWarning, stacklevel=1)
    assert log.getvalue() == "WARNING py.warnings library\n"


def test_a_line_that_cannot_be_written_is_not_printed_elsewhere(
    log: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    log.close()
    logging.getLogger("bot.run").info("about %s", CANARY)
    assert capsys.readouterr().err == ""
    # For the fixture, which reads nothing more.
    logging.getLogger().handlers = []


def test_what_libraries_complain_of_waits_for_the_hour(log: io.StringIO) -> None:
    faults = FaultLog(lambda: datetime(2026, 7, 22, tzinfo=UTC))
    hand_over(faults.overhear)
    for _ in range(3):
        logging.getLogger("asyncio").error("about %s", CANARY)
        logging.getLogger("aiohttp").info(CANARY)
    try:
        fail()
    except ValueError:
        logging.getLogger("asyncio").exception(CANARY)
    assert log.getvalue() == ""

    logging.getLogger("bot.run").info("started")
    faults.flush()

    assert log.getvalue() == (
        "INFO bot.run started\n"
        "WARNING bot.faults fault kind=asyncio place=unknown\n"
        "WARNING bot.faults fault kind=asyncio:builtins.ValueError place=unknown\n"
    )


def test_what_nobody_waits_for_waits_for_the_hour_too(log: io.StringIO) -> None:
    """Written at once, it would say when somebody used the bot."""

    class Going:
        def __del__(self) -> None:
            fail()

    faults = FaultLog(lambda: datetime(2026, 7, 22, tzinfo=UTC))
    hand_over(faults.overhear)
    for _ in range(2):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        Going()
    threading.excepthook(threading.ExceptHookArgs((SystemError, None, None, None)))
    assert log.getvalue() == ""

    faults.flush()

    assert log.getvalue() == (
        "WARNING bot.faults fault kind=passing:builtins.ValueError place=unknown\n"
        "WARNING bot.faults fault kind=thread place=unknown\n"
        "WARNING bot.faults fault kind=thread:builtins.ValueError place=unknown\n"
    )
