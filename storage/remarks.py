"""What an opening leaves of remarks in `answers.db`: lots, and what goes on waiting.

It sees no ballot: a remark comes here only with others, under a name that chance gave.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import astuple

from bot.reviews import KeptRemark, Lot
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
