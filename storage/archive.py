"""The archive of published flows, in `answers.db`, by the hash of their content.

`run` serves what is archived and nothing else: a half-finished edit on disk reaches
nobody. What was published once is never deleted, because sessions pin it.
"""

import sqlite3

from bot.core.flow import FlowDefinition
from bot.errors import StorageError
from storage.sqlite import Database


class SqliteArchive:
    """The port `FlowArchive` on `answers.db`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # A content hash never means another content, so this can never be stale.
        self._read: dict[str, FlowDefinition] = {}

    async def publish(self, flow: FlowDefinition, week: str) -> int:
        """Archive the flow, make it live, and give its version number.

        The same content twice is one version; publishing it again makes it live again.
        """
        content_hash, text = flow.content_hash, flow.to_json()

        def change(raw: sqlite3.Connection) -> int:
            raw.execute(
                """
                INSERT INTO flows (hash, flow, number, week, definition)
                SELECT ?, ?, 1 + COALESCE(MAX(number), 0), ?, ?
                FROM flows
                WHERE flow = ?
                ON CONFLICT (hash) DO NOTHING
                """,
                (content_hash, flow.flow, week, text, flow.flow),
            )
            raw.execute(
                """
                INSERT INTO live (flow, hash)
                VALUES (?, ?)
                ON CONFLICT (flow) DO UPDATE SET hash = excluded.hash
                """,
                (flow.flow, content_hash),
            )
            query = "SELECT number FROM flows WHERE hash = ?"
            return int(raw.execute(query, (content_hash,)).fetchone()[0])

        return await self._database.run(change)

    async def withdraw(self, name: str) -> None:
        """Make no version of this flow live; what was archived stays."""
        await self._database.run(
            lambda raw: raw.execute("DELETE FROM live WHERE flow = ?", (name,))
        )

    async def live(self) -> dict[str, str]:
        """Give the content hash that is live, by name of flow."""
        return await self._database.read(
            lambda raw: dict(
                raw.execute("SELECT flow, hash FROM live ORDER BY flow").fetchall()
            )
        )

    async def definition(self, content_hash: str) -> FlowDefinition:
        """Give an archived version.

        Raises:
            KeyError: it was never published.
            StorageError: what was archived cannot be read any more.
        """
        if content_hash not in self._read:
            text = await self._database.read(lambda raw: _text(raw, content_hash))
            self._read[content_hash] = _parsed(content_hash, text)
        return self._read[content_hash]

    async def definitions(self) -> dict[str, FlowDefinition]:
        """Give every version ever published, by content hash.

        Raises:
            StorageError: what was archived cannot be read any more.
        """
        for content_hash, text in await self._database.read(_texts):
            if content_hash not in self._read:
                self._read[content_hash] = _parsed(content_hash, text)
        return dict(self._read)

    async def first_week(self) -> str | None:
        """Give the ISO week in which the first version of any flow went live."""
        query = "SELECT MIN(week) FROM flows"
        row = await self._database.read(lambda raw: raw.execute(query).fetchone())
        return None if row[0] is None else str(row[0])

    async def versions(self, name: str) -> list[tuple[int, str, str]]:
        """List (number, content hash, ISO week it went live first), oldest first."""
        return await self._database.read(
            lambda raw: raw.execute(
                """
                    SELECT number, hash, week
                    FROM flows
                    WHERE flow = ?
                    ORDER BY number
                    """,
                (name,),
            ).fetchall()
        )


def _text(raw: sqlite3.Connection, content_hash: str) -> str:
    query = "SELECT definition FROM flows WHERE hash = ?"
    row = raw.execute(query, (content_hash,)).fetchone()
    if row is None:
        raise KeyError(content_hash)
    return str(row[0])


def _texts(raw: sqlite3.Connection) -> list[tuple[str, str]]:
    return raw.execute("SELECT hash, definition FROM flows").fetchall()


def _parsed(content_hash: str, text: str) -> FlowDefinition:
    try:
        return FlowDefinition.from_json(text)
    except ValueError as error:
        raise StorageError("flow-damaged", flow=content_hash) from error


class MemoryArchive:
    """The port `FlowArchive` in memory, for tests and for `try`.

    It shares nothing with the other twins: no other port reads what it keeps.
    """

    def __init__(self) -> None:
        self._flows: dict[str, tuple[int, FlowDefinition, str]] = {}
        self._live: dict[str, str] = {}

    async def publish(self, flow: FlowDefinition, week: str) -> int:
        """Archive the flow, make it live, and give its version number."""
        number = len(await self.versions(flow.flow)) + 1
        self._flows.setdefault(flow.content_hash, (number, flow, week))
        self._live[flow.flow] = flow.content_hash
        return self._flows[flow.content_hash][0]

    async def withdraw(self, name: str) -> None:
        """Make no version of this flow live; what was archived stays."""
        self._live.pop(name, None)

    async def live(self) -> dict[str, str]:
        """Give the content hash that is live, by name of flow."""
        return dict(self._live)

    async def definition(self, content_hash: str) -> FlowDefinition:
        """Give an archived version. Raises KeyError for one never published."""
        return self._flows[content_hash][1]

    async def definitions(self) -> dict[str, FlowDefinition]:
        """Give every version ever published, by content hash."""
        return {name: flow for name, (_, flow, _) in self._flows.items()}

    async def first_week(self) -> str | None:
        """Give the ISO week in which the first version of any flow went live."""
        return min((week for _, _, week in self._flows.values()), default=None)

    async def versions(self, name: str) -> list[tuple[int, str, str]]:
        """List (number, content hash, ISO week it went live first), oldest first."""
        return [
            (number, content_hash, week)
            for content_hash, (number, flow, week) in self._flows.items()
            if flow.flow == name
        ]
