"""The last deliveries that were settled, by number alone, so that none counts twice.

Membership, not "higher than the last": the numbers can jump back after a quiet week.
No time beside them: a number with a time would say when someone wrote.
"""

import sqlite3
from collections import OrderedDict
from collections.abc import Iterable
from typing import Final

REMEMBERED: Final = 10_000
"""How many are remembered; the schema holds the ring to it."""


def read_seen(raw: sqlite3.Connection) -> frozenset[int]:
    """Give the numbers that are remembered."""
    return frozenset(row[0] for row in raw.execute("SELECT update_id FROM seen"))


def note_seen(raw: sqlite3.Connection, updates: Iterable[int]) -> None:
    """Remember more numbers, each once, and forget the longest known for them."""
    fresh = [update for update in dict.fromkeys(updates) if not _is_seen(raw, update)]
    if not fresh:
        return
    start = raw.execute("SELECT slot FROM seen_next").fetchone()[0]
    raw.executemany(
        """
        INSERT INTO seen (slot, update_id)
        VALUES (?, ?)
        ON CONFLICT (slot) DO UPDATE SET update_id = excluded.update_id
        """,
        [((start + i) % REMEMBERED, update) for i, update in enumerate(fresh)],
    )
    raw.execute("UPDATE seen_next SET slot = ?", ((start + len(fresh)) % REMEMBERED,))


def remember(ring: "OrderedDict[int, None]", updates: Iterable[int]) -> None:
    """Do the same to a ring in memory, whose oldest number comes first."""
    for update in updates:
        ring.setdefault(update)
    while len(ring) > REMEMBERED:
        ring.popitem(last=False)


def _is_seen(raw: sqlite3.Connection, update: int) -> bool:
    query = "SELECT 1 FROM seen WHERE update_id = ?"
    return raw.execute(query, (update,)).fetchone() is not None
