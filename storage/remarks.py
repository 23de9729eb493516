"""What an opening leaves of remarks in `answers.db`: lots, what waits, what is told.

It sees no ballot: a remark comes here only with others, under a name that chance gave.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import astuple

from bot.outbox import WrittenDigest
from bot.reviews import KeptRemark, Lot, PublishedRemark
from storage.sealed import shuffled


def waiting_remarks(raw: sqlite3.Connection) -> tuple[KeptRemark, ...]:
    """Give what waits for a reviewer or for company, by name."""
    rows = raw.execute("SELECT id, flow, week, text, approved FROM remarks ORDER BY id")
    return tuple(
        KeptRemark(name, flow, week, text, bool(approved))
        for name, flow, week, text, approved in rows
    )


def replace_remarks(raw: sqlite3.Connection, waiting: Sequence[KeptRemark]) -> None:
    """Put in the place of all that waited what waits now, in a random order.

    A message that shows one of the others has nothing to be decided about any more.
    """
    raw.execute("DELETE FROM remarks")
    raw.executemany(
        """
        INSERT INTO remarks (id, flow, week, text, approved)
        VALUES (?, ?, ?, ?, ?)
        """,
        [astuple(remark) for remark in shuffled(waiting)],
    )
    forget_shown(raw)


def forget_shown(raw: sqlite3.Connection) -> None:
    """Let messages show nothing of which nobody waits for a decision."""
    raw.execute(
        """
        UPDATE review_messages
        SET remark = NULL
        WHERE remark NOT IN (SELECT id FROM remarks WHERE approved = 0)
        """
    )


def release_lots(raw: sqlite3.Connection, lots: Sequence[Lot]) -> None:
    """Store how many remarks came out together."""
    raw.executemany(
        """
        INSERT INTO lots (week, flow, texts, withheld)
        VALUES (?, ?, ?, ?)
        """,
        [astuple(lot) for lot in lots],
    )


def publish_remarks(raw: sqlite3.Connection, digests: Sequence[WrittenDigest]) -> None:
    """Store what the digests publish, in the order that chance gave it."""
    raw.executemany(
        """
        INSERT INTO published (week, flow, place, text)
        VALUES (?, ?, ?, ?)
        """,
        [
            (digest.week, digest.flow, place, text)
            for digest in digests
            for place, text in enumerate(digest.remarks, start=1)
        ],
    )


def published_with(raw: sqlite3.Connection, week: str, flow: str) -> tuple[str, ...]:
    """Give the remarks that went with a flow's weekly digest."""
    rows = raw.execute(
        """
        SELECT text
        FROM published
        WHERE week = ? AND flow = ?
        ORDER BY place
        """,
        (week, flow),
    )
    return tuple(text for (text,) in rows)


def all_published(raw: sqlite3.Connection) -> list[PublishedRemark]:
    """Give every remark ever published, oldest first."""
    rows = raw.execute(
        """
        SELECT week, flow, place, text
        FROM published
        JOIN openings USING (week)
        ORDER BY number, flow, place
        """
    )
    return [PublishedRemark(*row) for row in rows]
