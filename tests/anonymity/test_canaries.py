"""A week of sixty people with numbers and words of their own: none is ever found."""

import base64
import hashlib
import io
import json
import logging
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import logs
from bot.anonymity.keys import Epoch
from bot.app import App
from bot.ballots import Batch
from bot.config import Installation
from bot.dialogue import Word
from tests.doubles.canaries import files_in, forms_of_number, forms_of_text, found
from tests.doubles.installation import (
    DOORS,
    Clock,
    installation_in,
    opened,
    shipped_flows,
)
from tests.doubles.person import Person

FLOWS = shipped_flows()
LANGUAGES = ("nl", "en", "ar", "tr")
NUMBERS = [
    # As many bits as the numbers of Telegram have, some of them more than 32.
    int.from_bytes(hashlib.sha256(bytes([n])).digest()[:5]) % 9 * 10**9
    + 10**9
    + int.from_bytes(hashlib.md5(bytes([n])).digest()[:3])  # noqa: S324 - no secret
    for n in range(60)
]
WORDS = [f"kanarie-{number * 7919 % 10**9}" for number in NUMBERS]
FEW = 16
CASE = "zaak-2026-0012345"


class Log:
    """Everything that is logged, as our own formatter writes it."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def content(self) -> tuple[str, bytes]:
        return "log", self.stream.getvalue().encode()


@pytest.fixture
def log() -> Iterator[Log]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    quiet = {name: logging.getLogger(name).level for name in logs.QUIET}
    log = Log()
    logs.set_up(log.stream)
    yield log
    root.handlers[:], level = before
    root.setLevel(level)
    for name, was in quiet.items():
        logging.getLogger(name).setLevel(was)


@pytest.fixture
def installation(quick_path: Path) -> Installation:
    return installation_in(quick_path, DOORS)


async def play(app: App, clock: Clock, people: int = len(NUMBERS)) -> None:
    """Have people come: to four flows, in four languages, to four ends."""
    whoever = zip(NUMBERS[:people], WORDS[:people], strict=True)
    for place, (number, words) in enumerate(whoever):
        flow = list(FLOWS)[place % len(FLOWS)]
        language = LANGUAGES[place // len(FLOWS) % len(LANGUAGES)]
        person = Person(app.service, f"telegram:{number}", language)
        await person.opens(CASE if place == 0 else "")
        await person.opens(f"e_{flow}")
        await person.writes(words)
        await person.gives(Word.HELP)
        if place < 4:
            await person.taps(list(person.buttons)[-1])
            continue
        accept, decline = (
            FLOWS[flow].intro.accept[language],
            FLOWS[flow].intro.decline[language],
        )
        await person.opens(f"e_{flow}")
        if place < 8:
            await person.taps(decline)
            continue
        await person.taps(accept)
        await person.writes(words)
        if place < 12:
            await person.gives(Word.STOP)
            continue
        while person.buttons:
            await person.taps(next(iter(person.buttons)))
    clock.turn(hours=41)
    await app.service.tidy()


def hits(contents: list[tuple[str, bytes]]) -> list[tuple[str, str]]:
    numbers = [hit for n in NUMBERS for hit in found(contents, forms_of_number(n))]
    words = [
        hit for text in (*WORDS, CASE) for hit in found(contents, forms_of_text(text))
    ]
    return numbers + words


async def test_nobody_is_found_in_any_file_or_log_of_a_week(
    installation: Installation, log: Log
) -> None:
    clock = Clock()
    async with opened(installation, clock, *FLOWS.values()) as app:
        await play(app, clock)
        during = files_in(installation.folder)
        await app.opening.open(clock(), app.week)
        released = await app.stores.ballots.batches()
    after = files_in(installation.folder)

    assert [batch.completes for batch in released] == [12] * 4
    assert {"data/sessions.db", "data/answers.db"} <= {name for name, _ in during}
    assert any(name.startswith("keys/") for name, _ in during)
    assert hits([*during, log.content]) == []
    assert hits([*after, log.content]) == []


async def test_a_week_without_a_fault_leaves_no_line_in_the_log(
    installation: Installation, log: Log
) -> None:
    # However much is asked for: the libraries are quieted in the code itself.
    logging.getLogger().setLevel(logging.DEBUG)
    clock = Clock()

    async with opened(installation, clock, *FLOWS.values()) as app:
        await play(app, clock)
        await app.opening.open(clock(), app.week)

    assert log.content == ("log", b"")


async def test_the_search_finds_everybody_where_nothing_is_sealed(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Epoch, "seal", lambda _, plain: plain)
    monkeypatch.setattr(Epoch, "unseal", lambda _, sealed: sealed)
    clock = Clock()
    async with opened(installation, clock, *FLOWS.values()) as app:
        await play(app, clock, FEW)
    during = files_in(installation.folder)

    seen = [n for n in NUMBERS[:FEW] if found(during, forms_of_number(n))]
    assert seen == NUMBERS[:FEW]


async def test_the_search_finds_everybody_where_a_row_is_named_by_a_hash(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Epoch, "tag", lambda _, subject: hashlib.sha256(subject.encode()).digest()[:16]
    )
    clock = Clock()
    async with opened(installation, clock, *FLOWS.values()) as app:
        await play(app, clock, FEW)
    during = files_in(installation.folder)

    seen = [n for n in NUMBERS[:FEW] if found(during, forms_of_number(n))]
    assert seen == NUMBERS[:FEW]


FORMS = list(forms_of_number(NUMBERS[0])) + list(forms_of_text(WORDS[0]))


def test_the_search_finds_each_form() -> None:
    for name, planted in FORMS:
        content = b"\x8f" * 1000 + planted + b"\x8f" * 1000
        assert ("a file", name) in found([("a file", content)], FORMS)


@pytest.mark.parametrize("before", [b"", b"a", b"ab", b"abc"])
def test_the_search_finds_base64_wherever_it_begins(before: bytes) -> None:
    number = str(NUMBERS[0]).encode()
    content = base64.b64encode(before + number + b"...")

    assert found([("a file", content)], FORMS)


def test_the_search_finds_what_a_simpler_bot_would_keep(quick_path: Path) -> None:
    """A table with a column for the chat, and a log that quotes."""
    with sqlite3.connect(quick_path / "naive.db") as raw:
        raw.execute("CREATE TABLE answers (id INTEGER PRIMARY KEY, chat INTEGER)")
        raw.execute("CREATE TABLE texts (words TEXT)")
        raw.executemany(
            "INSERT INTO answers (chat) VALUES (?)", [(n,) for n in NUMBERS]
        )
        raw.execute("DELETE FROM texts")
    raw.close()
    (quick_path / "naive.log").write_text(json.dumps({"text": WORDS[3]}))

    assert {where for where, _ in hits(files_in(quick_path))} == {
        "naive.db",
        "naive.log",
    }


COLUMNS = {
    "epoch": {"one", "epoch"},
    "ballots": {"id", "sealed"},
    "phase_sums": {"one", "sealed"},
    "openings": {"week", "number", "destroyed", "remarks_destroyed"},
    "batches": {"week", "flow", "origin"},
    "counts": {"week", "flow", "origin", "question", "code", "n"},
    "outcomes": {"week", "flow", "origin", "outcome", "n"},
    "baselines": {"week", "flow", "question", "reason"},
    "deeds": {"week", "text"},
    "digests": {"week", "kind", "flow", "text", "has_news", "picture"},
    "outbox": {"week", "kind", "flow", "recipient", "state"},
    "flows": {"hash", "flow", "number", "week", "definition"},
    "live": {"flow", "hash"},
    "lots": {"week", "flow", "texts", "withheld"},
    "remarks": {"id", "flow", "week", "text", "approved"},
    "published": {"week", "flow", "place", "text"},
    "review": {"one", "decided", "named"},
    "review_messages": {"chat", "message", "until", "remark"},
    "phase_figures": {
        "week",
        "flow",
        "question",
        "origin",
        "phase",
        "since",
        "until",
        "n",
        "total",
        "squares",
    },
}
"""Everything the anonymous side may hold. A new one is a matter for `anonymity`."""


async def test_the_anonymous_side_has_no_place_for_a_person(
    installation: Installation,
) -> None:
    clock = Clock()
    async with opened(installation, clock, *FLOWS.values()) as app:
        schema = await app.stores.databases[1].read(columns)
        tables = await app.stores.databases[1].read(
            lambda raw: raw.execute(
                "SELECT sql FROM sqlite_schema WHERE type = 'table'"
            ).fetchall()
        )

    assert schema == COLUMNS
    # No hidden number that tells who came first.
    assert all(re.search(r"WITHOUT ROWID\s*$", sql) for (sql,) in tables)


def columns(raw: sqlite3.Connection) -> dict[str, set[str]]:
    names = raw.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table'"
    ).fetchall()
    return {
        name: {row[1] for row in raw.execute(f"PRAGMA table_info({name})")}
        for (name,) in names
    }


async def test_the_number_of_rows_does_not_tell_how_many_people_there_were(
    quick_path: Path,
) -> None:
    counted = []
    for people in (12, 24):
        installation, clock = installation_in(quick_path / str(people), DOORS), Clock()
        async with opened(installation, clock, FLOWS["sozawe"]) as app:
            for number in range(people):
                person = Person(app.service, f"telegram:{number}")
                await person.opens("e_sozawe")
                # Twelve kinds of answers, so that all are given in either case.
                grade = str(number % 12 % 10 + 1)
                await person.taps("Ja, ik doe mee", grade, grade, "Eens", "Eens")
            await app.opening.open(clock(), app.week)
            counted.append(await app.stores.databases[1].read(row_counts))
            [batch] = await app.stores.ballots.batches()
            assert isinstance(batch, Batch)
            assert batch.completes == people

    assert counted[0] == counted[1]
    assert counted[0]["ballots"] == 0


def row_counts(raw: sqlite3.Connection) -> dict[str, int]:
    return {
        name: raw.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0]  # noqa: S608 - our own tables
        for name in COLUMNS
    }
