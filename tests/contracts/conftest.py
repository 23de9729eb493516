"""Every store twice, on a file and in memory: each test of a port runs on both."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.core.flow import FlowArchive
from bot.core.session import SessionStore
from bot.decisions import DecisionLog
from storage.archive import MemoryArchive, SqliteArchive
from storage.ballots import MemoryBallots, MemoryBox, SqliteBallots
from storage.decisions import MemoryDecisions, SqliteDecisions
from storage.memory import MemoryMail
from storage.outbox import MemoryOutbox, SqliteOutbox
from storage.reviews import MemoryReviews, SqliteReviews
from storage.sessions import MemoryFile, MemorySessions, SqliteSessions
from storage.sqlite import Database
from tests.contracts.ports import AnswersSide

Open = Callable[[], Awaitable[Any]]


@pytest.fixture(params=["sqlite", "memory"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def open_file(
    tmp_path: Path,
) -> AsyncIterator[Callable[[str], Awaitable[Database]]]:
    """Open a file by the name of its schema as often as asked; close all in the end."""
    opened: list[Database] = []

    async def open_file(schema: str) -> Database:
        opened.append(await Database.open(tmp_path / f"{schema}.db", schema))
        return opened[-1]

    yield open_file
    for database in opened:
        await database.close()


@pytest.fixture
def open_sessions(
    backend: str, open_file: Callable[[str], Awaitable[Database]]
) -> Callable[[], Awaitable[SessionStore]]:
    """Open the identity side anew on what is stored, as another process would."""
    kept = MemoryFile()

    async def open_sessions() -> SessionStore:
        if backend == "memory":
            return MemorySessions(kept)
        return SqliteSessions(await open_file("sessions"))

    return open_sessions


@pytest.fixture
def open_answers(
    backend: str, open_file: Callable[[str], Awaitable[Database]]
) -> Callable[[], Awaitable[AnswersSide]]:
    """Open the anonymous side and its outbox anew on what is stored."""
    mail, box = MemoryMail(), MemoryBox()

    async def open_answers() -> AnswersSide:
        if backend == "memory":
            return AnswersSide(
                MemoryBallots(mail, box),
                MemoryOutbox(mail),
                MemoryReviews(box.remarks, mail),
            )
        database = await open_file("answers")
        return AnswersSide(
            SqliteBallots(database), SqliteOutbox(database), SqliteReviews(database)
        )

    return open_answers


@pytest.fixture
async def archive(
    backend: str, open_file: Callable[[str], Awaitable[Database]]
) -> FlowArchive:
    if backend == "memory":
        return MemoryArchive()
    return SqliteArchive(await open_file("answers"))


@pytest.fixture
async def decisions(
    backend: str, open_file: Callable[[str], Awaitable[Database]]
) -> DecisionLog:
    if backend == "memory":
        return MemoryDecisions()
    return SqliteDecisions(await open_file("answers"))


@pytest.fixture
async def sessions(
    open_sessions: Callable[[], Awaitable[SessionStore]],
) -> SessionStore:
    """Give an identity side in the epoch `one`."""
    store = await open_sessions()
    await store.begin("one")
    return store


@pytest.fixture
async def answers(
    open_answers: Callable[[], Awaitable[AnswersSide]],
) -> AnswersSide:
    """Give an anonymous side in the epoch `one`."""
    side = await open_answers()
    await side.ballots.begin("one")
    return side
