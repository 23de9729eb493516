"""Where everything is kept: two files that share no key, no id and no transaction.

`sessions.db` knows who, sealed; `answers.db` knows what, counted. Nothing here can
read a sealed row.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from storage.archive import MemoryArchive, SqliteArchive
from storage.ballots import MemoryBallots, MemoryBox, SqliteBallots
from storage.decisions import MemoryDecisions, SqliteDecisions
from storage.lock import FileLock, try_exclusive
from storage.memory import MemoryMail
from storage.outbox import MemoryOutbox, SqliteOutbox
from storage.reviews import MemoryReviews, SqliteReviews
from storage.sessions import MemorySessions, SqliteSessions
from storage.sqlite import Database, private_folder

__all__ = ["FileLock", "Stores", "memory_stores", "open_stores", "try_exclusive"]


@dataclass(frozen=True, slots=True)
class Stores:
    """All stores of one installation, and the lock that writers share.

    Args:
        databases: the open files; none where everything is in memory.
    """

    sessions: SqliteSessions | MemorySessions
    ballots: SqliteBallots | MemoryBallots
    archive: SqliteArchive | MemoryArchive
    outbox: SqliteOutbox | MemoryOutbox
    decisions: SqliteDecisions | MemoryDecisions
    reviews: SqliteReviews | MemoryReviews
    lock: FileLock | asyncio.Lock
    databases: tuple[Database, ...] = ()

    async def close(self) -> None:
        """Finish what was begun and let go of the files. Twice does no harm."""
        for database in self.databases:
            await database.close()


async def open_stores(folder: Path) -> Stores:
    """Open the files in a folder, and make what is missing.

    Raises:
        StorageError: the folder or a file in it cannot be used or trusted.
    """
    private_folder(folder)
    sessions = await Database.open(folder / "sessions.db", "sessions")
    try:
        answers = await Database.open(folder / "answers.db", "answers")
    except BaseException:
        await sessions.close()
        raise
    return Stores(
        sessions=SqliteSessions(sessions),
        ballots=SqliteBallots(answers),
        archive=SqliteArchive(answers),
        outbox=SqliteOutbox(answers),
        decisions=SqliteDecisions(answers),
        reviews=SqliteReviews(answers),
        lock=FileLock(folder / "lock"),
        databases=(sessions, answers),
    )


def memory_stores() -> Stores:
    """Make stores that forget everything when the process ends."""
    mail, box = MemoryMail(), MemoryBox()
    return Stores(
        sessions=MemorySessions(),
        ballots=MemoryBallots(mail, box),
        archive=MemoryArchive(),
        outbox=MemoryOutbox(mail),
        decisions=MemoryDecisions(),
        reviews=MemoryReviews(box.remarks, mail),
        lock=asyncio.Lock(),
    )
