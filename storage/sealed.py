"""What holds for both files: one epoch at a time; rows of one size, in no order."""

import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from bot.errors import StaleEpoch, StorageError

T = TypeVar("T")

NO_EPOCH: Final = ""
"""What a new, empty store says of its epoch. Never an epoch's name."""


def read_epoch(connection: sqlite3.Connection) -> str:
    """Give the epoch that a database is in."""
    row = connection.execute("SELECT epoch FROM epoch").fetchone()
    return NO_EPOCH if row is None else str(row[0])


def set_epoch(connection: sqlite3.Connection, epoch: str) -> None:
    """Name the epoch that a database is in from now on."""
    connection.execute(
        """
        INSERT INTO epoch (one, epoch)
        VALUES (1, ?)
        ON CONFLICT (one) DO UPDATE SET epoch = excluded.epoch
        """,
        (epoch,),
    )


def begin_epoch(connection: sqlite3.Connection, epoch: str) -> None:
    """Name the first epoch. No effect on a database that has one."""
    connection.execute(
        """
        INSERT INTO epoch (one, epoch)
        VALUES (1, ?)
        ON CONFLICT (one) DO NOTHING
        """,
        (epoch,),
    )


def require_epoch(current: str, wanted: str) -> None:
    """Refuse whoever works with the keys of another epoch.

    Raises:
        StaleEpoch: the store is in another epoch, or in none yet.
    """
    if current == NO_EPOCH or current != wanted:
        raise StaleEpoch(current)


def require_one_size(table: str, sizes: Iterable[int]) -> None:
    """Refuse rows of which one could be told from another by its length.

    Args:
        table: where they were to go, for the message.
        sizes: length in bytes of each row, old and new.

    Raises:
        StorageError: they differ.
    """
    if len(set(sizes)) > 1:
        raise StorageError("rows-differ-in-size", table=table)


def shuffled(rows: Sequence[T]) -> list[T]:
    """Give the rows in another order, at random.

    Inside a page, cells lie in the order in which they came; a shuffle in one
    transaction is what removes it. Chance is the operating system's, as for keys, and
    nothing depends on it: so it needs no argument.
    """
    order = list(rows)
    secrets.SystemRandom().shuffle(order)
    return order
