"""A log holds what the program says, and whatever else is in it is named."""

import ast
from pathlib import Path

import pytest

from bot.audit.loglines import EVENTS
from bot.commands.auditing import Given, audit_folder
from bot.shipped import shipped_schemas
from tests.audit.places import Place

ROOT = Path(__file__).parents[2]


_LEVELS = ("debug", "info", "warning", "error", "exception", "critical", "log")


def _logs(called: ast.expr) -> bool:
    match called:
        case ast.Attribute(ast.Name("log" | "_log"), level):
            return level in _LEVELS
        case ast.Name(name):
            return name == "_last_words"
    return False


def _written() -> set[str]:
    """Give every event that the source writes to a log of its own."""
    return {
        str(node.args[0].value)
        for path in (ROOT / "bot").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and _logs(node.func)
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def test_every_event_that_the_program_writes_is_known() -> None:
    # SafeFormatter says "library" for the words of others.
    assert sorted({*_written(), "library"}) == list(EVENTS)


def _found(place: Place, text: str) -> list[tuple[str, object]]:
    """Audit the data and this log; give (key, line) of each finding."""
    path = place.folder / "logs" / "bot.log"
    path.write_text(text)
    given = Given(place.data, logs=path)
    return [
        (result.key.removeprefix("audit."), result.facts.get("line"))
        for result in audit_folder(given, shipped_schemas())
        if result.level == "found"
    ]


GOOD = (
    "INFO bot.run started",
    "WARNING bot.faults fault kind=bot.errors.StorageError place=storage/sqlite.py:12",
    "ERROR telegram.ext library at=OSError@request.py:120",
    "INFO bot.run week opened batches=2 week=2026-W31",
    "CRITICAL bot crashed at=ValueError@app.py:12 at=KeyError@seal.py:9",
    "CRITICAL bot crashed on a thread",
    "",
)
DATED = (
    "Jul 22 09:00:01 server polsslag[812]: INFO bot.run started",
    "2026-07-22T09:00:01+02:00 server polsslag[812]: INFO bot.run stopped",
    "2026-07-22T09:00:01.123456Z INFO bot.run stopped",
    "Jul 22 09:00:01 server systemd[1]: Started polsslag.service - Polsslag.",
    "-- Boot 3f2a5e3b1c4d4e5f8a9b0c1d2e3f4a5b --",
    "-- No entries --",
)
BAD = {
    "INFO bot.service somebody answered": "log-unknown",
    "Traceback (most recent call last):": "log-unknown",
    "INFO bot.run started by=9123456": "log-number",
    "INFO bot.run started url=https://t.me/x?start=e_balie": "log-payload",
    "INFO bot.run started who=jan@example.nl": "log-address",
    "INFO bot.run started at=09:31": "log-moment",
    "INFO x 123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawQ": "log-token",
}


@pytest.mark.parametrize("line", [*GOOD, *DATED])
def test_what_the_program_says_is_fine(place: Place, line: str) -> None:
    assert _found(place, f"{line}\n") == []


@pytest.mark.parametrize(("line", "named"), BAD.items())
def test_anything_else_is_named(place: Place, line: str, named: str) -> None:
    assert _found(place, f"{GOOD[0]}\n{line}\n") == [(named, 2)]


FAULT = "WARNING bot.faults fault kind=builtins.OSError place=bot/app.py:12"
STOP = "INFO bot.run stopped"


@pytest.mark.parametrize(
    "lines",
    [
        [f"Jul 22 14:00:00 server polsslag[812]: {FAULT}"],
        [f"2026-07-22T14:00:00.123+02:00 {FAULT}"],
        [
            f"Jul 22 14:31:07 server polsslag[812]: {FAULT}",
            f"Jul 22 14:31:07 server polsslag[812]: {FAULT}",
            f"Jul 22 14:31:08 server polsslag[812]: {STOP}",
        ],
    ],
)
def test_a_fault_is_written_on_the_hour_or_at_the_end(
    place: Place, lines: list[str]
) -> None:
    assert _found(place, "\n".join(lines)) == []


@pytest.mark.parametrize(
    "after", ["", f"Jul 22 15:00:00 server polsslag[812]: {FAULT}"]
)
def test_a_fault_at_any_other_moment_is_named(place: Place, after: str) -> None:
    line = f"Jul 22 14:31:07 server polsslag[812]: {FAULT}"
    assert _found(place, f"{line}\n{after}") == [("log-hour", 1)]
