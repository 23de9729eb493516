"""What the staff decided and did, in `answers.db`; kept for good, as figures are."""

import sqlite3
from dataclasses import astuple

from bot.decisions import Deed, NewBaseline
from storage.sqlite import Database


class SqliteDecisions:
    """The port `DecisionLog` on `answers.db`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def set_baseline(self, decision: NewBaseline) -> None:
        """Remember a new nulmeting; in the same week the last reason stands."""
        await self._database.run(
            lambda raw: raw.execute(
                """
                INSERT INTO baselines (week, flow, question, reason)
                VALUES (?, ?, ?, ?)
                ON CONFLICT (week, flow, question)
                DO UPDATE SET reason = excluded.reason
                """,
                astuple(decision),
            )
        )

    async def baselines(self) -> list[NewBaseline]:
        """Give every new nulmeting, oldest first."""
        return await self._database.read(_baselines)

    async def note(self, deed: Deed) -> None:
        """Remember what was done; the same words in the same week are one deed."""
        await self._database.run(
            lambda raw: raw.execute(
                """
                INSERT INTO deeds (week, text)
                VALUES (?, ?)
                ON CONFLICT (week, text) DO NOTHING
                """,
                astuple(deed),
            )
        )

    async def take_back(self, deed: Deed) -> bool:
        """Forget a deed that should not have been noted; say whether it was there."""
        return await self._database.run(
            lambda raw: (
                raw.execute(
                    "DELETE FROM deeds WHERE week = ? AND text = ?", astuple(deed)
                ).rowcount
                > 0
            )
        )

    async def deeds(self) -> list[Deed]:
        """Give everything that was done, oldest first."""
        return await self._database.read(_deeds)


def _baselines(raw: sqlite3.Connection) -> list[NewBaseline]:
    rows = raw.execute(
        """
        SELECT week, flow, question, reason
        FROM baselines
        ORDER BY week, flow, question
        """
    )
    return [NewBaseline(*row) for row in rows]


def _deeds(raw: sqlite3.Connection) -> list[Deed]:
    rows = raw.execute("SELECT week, text FROM deeds ORDER BY week, text")
    return [Deed(*row) for row in rows]


class MemoryDecisions:
    """The port `DecisionLog` in memory, for tests and for `try`."""

    def __init__(self) -> None:
        self._baselines: dict[tuple[str, str, str], NewBaseline] = {}
        self._deeds: set[Deed] = set()

    async def set_baseline(self, decision: NewBaseline) -> None:
        """Remember a new nulmeting; in the same week the last reason stands."""
        where = (decision.week, decision.flow, decision.question)
        self._baselines[where] = decision

    async def baselines(self) -> list[NewBaseline]:
        """Give every new nulmeting, oldest first."""
        return [one for _, one in sorted(self._baselines.items())]

    async def note(self, deed: Deed) -> None:
        """Remember what was done; the same words in the same week are one deed."""
        self._deeds.add(deed)

    async def take_back(self, deed: Deed) -> bool:
        """Forget a deed that should not have been noted; say whether it was there."""
        was_there = deed in self._deeds
        self._deeds.discard(deed)
        return was_there

    async def deeds(self) -> list[Deed]:
        """Give everything that was done, oldest first."""
        return sorted(self._deeds, key=lambda deed: (deed.week, deed.text))
