"""The reviewers' side of remarks in `answers.db`, each decision one transaction.

Nothing of a client is here but the text that was scrubbed; nothing of a reviewer but
the chat, which stands in the configuration.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import astuple, replace
from typing import assert_never

from bot.reviews import (
    Decision,
    Place,
    PublishedRemark,
    ReviewCounts,
    Rewritten,
)
from storage.memory import MemoryMail, MemoryRemarks
from storage.remarks import all_published, forget_shown
from storage.sqlite import Database


class SqliteReviews:
    """The port `ReviewStore` on `answers.db`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def is_empty(self) -> bool:
        """Say whether no remark waits for a reviewer."""
        return not await self._database.read(_unshown_first)

    async def put_on_screen(
        self, place: Place, until: int, pick: Callable[[int], int]
    ) -> str | None:
        """Choose a remark that this message is to show, and note that it does."""

        def change(raw: sqlite3.Connection) -> str | None:
            found = _unshown_first(raw)
            if not found:
                return None
            free = [row for row in found if not row[2]] or found
            name, text, _ = free[pick(len(free))]
            _note(raw, place, until, name)
            return text

        return await self._database.run(change)

    async def shown_at(self, place: Place) -> str | None:
        """Give the text that this message shows; None where nobody waits for it."""
        found = await self._database.read(lambda raw: _shown_at(raw, place))
        return None if found is None else found[1]

    async def decide(self, place: Place, decision: Decision | Rewritten) -> bool:
        """Carry out what was decided about the remark that this message shows."""

        def change(raw: sqlite3.Connection) -> bool:
            found = _shown_at(raw, place)
            if found is None:
                return False
            _carry_out(raw, found[0], decision)
            is_named = decision is Decision.NAMED
            raw.execute(
                """
                INSERT INTO review (one, decided, named)
                VALUES (1, 1, :named)
                ON CONFLICT (one) DO UPDATE
                SET decided = decided + 1, named = named + :named
                """,
                {"named": int(is_named)},
            )
            forget_shown(raw)
            return True

        return await self._database.run(change)

    async def note(self, place: Place) -> None:
        """Note a message that is to be taken away as soon as can be."""
        await self._database.run(lambda raw: _note(raw, place, 0, None))

    async def due(self, hour: int) -> list[Place]:
        """Give the messages that should be gone, be it because of the hour."""
        return await self._database.read(
            lambda raw: _places(raw, "remark IS NULL OR until <= ?", hour)
        )

    async def messages(self, chat: int) -> list[Place]:
        """Give all messages of a chat that are not taken away yet."""
        return await self._database.read(lambda raw: _places(raw, "chat = ?", chat))

    async def gone(self, place: Place) -> None:
        """Forget a message that is gone, or that nobody can take away any more."""
        await self._database.run(
            lambda raw: raw.execute(
                "DELETE FROM review_messages WHERE chat = ? AND message = ?",
                astuple(place),
            )
        )

    async def counts(self) -> ReviewCounts:
        """Say how far the remarks have come."""
        return await self._database.read(_counts)

    async def published(self) -> list[PublishedRemark]:
        """Give every remark ever published, oldest first."""
        return await self._database.read(all_published)


def _unshown_first(raw: sqlite3.Connection) -> list[tuple[bytes, str, int]]:
    """Give (id, text, on a screen) of each that nobody has decided about, by id."""
    return raw.execute(
        """
        SELECT id, text, id IN (
            SELECT remark FROM review_messages WHERE remark IS NOT NULL
        )
        FROM remarks
        WHERE approved = 0
        ORDER BY id
        """
    ).fetchall()


def _note(
    raw: sqlite3.Connection, place: Place, until: int, remark: bytes | None
) -> None:
    raw.execute(
        """
        INSERT INTO review_messages (chat, message, until, remark)
        VALUES (?, ?, ?, ?)
        ON CONFLICT (chat, message)
        DO UPDATE SET until = excluded.until, remark = excluded.remark
        """,
        (*astuple(place), until, remark),
    )


def _shown_at(raw: sqlite3.Connection, place: Place) -> tuple[bytes, str] | None:
    found: tuple[bytes, str] | None = raw.execute(
        """
        SELECT id, text
        FROM remarks
        JOIN review_messages ON remark = id
        WHERE chat = ? AND message = ? AND approved = 0
        """,
        astuple(place),
    ).fetchone()
    return found


def _carry_out(
    raw: sqlite3.Connection, name: bytes, decision: Decision | Rewritten
) -> None:
    match decision:
        case Decision.SHOW:
            raw.execute("UPDATE remarks SET approved = 1 WHERE id = ?", (name,))
        case Decision.LEAVE_OUT | Decision.NAMED:
            raw.execute("DELETE FROM remarks WHERE id = ?", (name,))
        case Rewritten(text=text):
            raw.execute(
                "UPDATE remarks SET text = ?, approved = 1 WHERE id = ?", (text, name)
            )
        case _:
            assert_never(decision)


def _places(raw: sqlite3.Connection, where: str, value: int) -> list[Place]:
    rows = raw.execute(
        f"""
        SELECT chat, message
        FROM review_messages
        WHERE {where}
        ORDER BY chat, message
        """,  # noqa: S608 - our own words, never anybody else's
        (value,),
    )
    return [Place(*row) for row in rows]


def _counts(raw: sqlite3.Connection) -> ReviewCounts:
    def by_flow(table: str, where: str) -> dict[str, int]:
        query = f"SELECT flow, count(*) FROM {table} WHERE {where} GROUP BY flow"  # noqa: S608 - our own words
        return dict(raw.execute(query).fetchall())

    def total(column: str, table: str) -> int:
        query = f"SELECT COALESCE(SUM({column}), 0) FROM {table}"  # noqa: S608 - our own words
        found: int = raw.execute(query).fetchone()[0]
        return found

    return ReviewCounts(
        by_flow("remarks", "approved = 0"),
        by_flow("remarks", "approved = 1"),
        by_flow("published", "TRUE"),
        total("withheld", "lots"),
        total("remarks_destroyed", "openings"),
        total("decided", "review"),
        total("named", "review"),
    )


class MemoryReviews:
    """The port `ReviewStore` in memory, for tests and for `try`.

    Args:
        remarks: what it shares with the ballots, as the two share a file on disk.
        mail: likewise with the outbox.
    """

    def __init__(self, remarks: MemoryRemarks, mail: MemoryMail) -> None:
        self._remarks = remarks
        self._mail = mail

    async def is_empty(self) -> bool:
        """Say whether no remark waits for a reviewer."""
        return all(one.is_approved for one in self._remarks.waiting.values())

    async def put_on_screen(
        self, place: Place, until: int, pick: Callable[[int], int]
    ) -> str | None:
        """Choose a remark that this message is to show, and note that it does."""
        found = sorted(
            name for name, one in self._remarks.waiting.items() if not one.is_approved
        )
        if not found:
            return None
        shown = {name for _, name in self._remarks.screens.values()}
        free = [name for name in found if name not in shown] or found
        name = free[pick(len(free))]
        self._remarks.screens[place] = (until, name)
        return self._remarks.waiting[name].text

    async def shown_at(self, place: Place) -> str | None:
        """Give the text that this message shows; None where nobody waits for it."""
        _, name = self._remarks.screens.get(place, (0, None))
        return None if name is None else self._remarks.waiting[name].text

    async def decide(self, place: Place, decision: Decision | Rewritten) -> bool:
        """Carry out what was decided about the remark that this message shows."""
        waiting = self._remarks.waiting
        _, name = self._remarks.screens.get(place, (0, None))
        if name is None:
            return False
        match decision:
            case Decision.SHOW:
                waiting[name] = replace(waiting[name], is_approved=True)
            case Decision.LEAVE_OUT | Decision.NAMED:
                del waiting[name]
            case Rewritten(text=text):
                waiting[name] = replace(waiting[name], text=text, is_approved=True)
            case _:
                assert_never(decision)
        self._remarks.decided += 1
        self._remarks.named += decision is Decision.NAMED
        self._remarks.forget_shown()
        return True

    async def note(self, place: Place) -> None:
        """Note a message that is to be taken away as soon as can be."""
        self._remarks.screens[place] = (0, None)

    async def due(self, hour: int) -> list[Place]:
        """Give the messages that should be gone, be it because of the hour."""
        screens = self._remarks.screens.items()
        found = [p for p, (until, name) in screens if name is None or until <= hour]
        return sorted(found, key=astuple)

    async def messages(self, chat: int) -> list[Place]:
        """Give all messages of a chat that are not taken away yet."""
        found = [place for place in self._remarks.screens if place.chat == chat]
        return sorted(found, key=astuple)

    async def gone(self, place: Place) -> None:
        """Forget a message that is gone, or that nobody can take away any more."""
        self._remarks.screens.pop(place, None)

    async def counts(self) -> ReviewCounts:
        """Say how far the remarks have come."""
        waiting = self._remarks.waiting.values()
        return ReviewCounts(
            dict(Counter(one.flow for one in waiting if not one.is_approved)),
            dict(Counter(one.flow for one in waiting if one.is_approved)),
            dict(Counter(one.flow for one in await self.published())),
            sum(lot.withheld for lot in self._remarks.lots),
            self._remarks.destroyed,
            self._remarks.decided,
            self._remarks.named,
        )

    async def published(self) -> Sequence[PublishedRemark]:
        """Give every remark ever published, oldest first."""
        order = self._mail.openings.index
        digests = sorted(self._mail.digests, key=lambda d: (order(d.week), d.flow))
        return [
            PublishedRemark(digest.week, digest.flow, place, text)
            for digest in digests
            for place, text in enumerate(digest.remarks, start=1)
        ]
