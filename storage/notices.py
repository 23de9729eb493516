"""Word to the staff that what waited is gone, in the outbox with the digests."""

import sqlite3
from collections.abc import Sequence

from bot.outbox import NOTICE
from storage.outbox import newest_opening
from storage.sealed import set_epoch
from storage.sqlite import Database


async def empty_box(
    answers: Database, epoch: str, week: str, notice: str, recipients: Sequence[str]
) -> None:
    """Destroy the ballots and sums that nobody can read any more; say so.

    One transaction. What was released stays.

    Args:
        epoch: the one that the box is sealed to from now on.
        week: the last week in which there may have been an opening.
    """

    def change(raw: sqlite3.Connection) -> None:
        raw.execute("DELETE FROM ballots")
        raw.execute("DELETE FROM phase_sums")
        leave_word(raw, week, notice, recipients)
        set_epoch(raw, epoch)

    await answers.run(change)


def leave_word(
    raw: sqlite3.Connection, week: str, notice: str, recipients: Sequence[str]
) -> None:
    """Count a week as opened unless a later one was; tell the recipients.

    The same notice in the same week again is told again: it happened again.
    """
    last = newest_opening(raw)
    if last is None or last < week:
        raw.execute(
            """
            INSERT INTO openings (week, number, destroyed)
            SELECT ?, 1 + COALESCE(MAX(number), 0), 0
            FROM openings
            """,
            (week,),
        )
    newest = newest_opening(raw)
    raw.execute(
        """
        INSERT INTO digests (week, kind, flow, text, has_news)
        VALUES (?, ?, '', ?, 1)
        ON CONFLICT (week, kind, flow) DO UPDATE SET text = excluded.text
        """,
        (newest, NOTICE, notice),
    )
    raw.executemany(
        """
        INSERT INTO outbox (week, kind, flow, recipient, state)
        VALUES (?, ?, '', ?, 'pending')
        ON CONFLICT (week, kind, flow, recipient) DO UPDATE SET state = 'pending'
        """,
        [(newest, NOTICE, recipient) for recipient in dict.fromkeys(recipients)],
    )
