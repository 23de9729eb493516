"""Seal sessions of an earlier version anew, in the bytes that this version takes."""

from collections.abc import Callable
from dataclasses import replace

from bot.anonymity.keys import Epoch
from bot.anonymity.seal import SESSION_SIZE, pack_session, unpack_session
from bot.core.session import IdentityRows, SealedRow, Session, Status


def are_of_one_size(epoch: Epoch, rows: IdentityRows) -> bool:
    """Say whether every session takes the bytes that this version takes."""
    size = len(epoch.seal(bytes(SESSION_SIZE)))
    return all(len(row.sealed) == size for row in rows.sessions)


def widened(
    epoch: Epoch, new_id: Callable[[], str], rows: IdentityRows
) -> IdentityRows:
    """Seal every session anew; one that has not ended gets what it lacks.

    Args:
        new_id: makes a random id of a ballot.
    """
    return replace(
        rows,
        sessions=tuple(_widened(epoch, new_id, row) for row in rows.sessions),
    )


def whole(session: Session, new_id: Callable[[], str]) -> Session:
    """Give a session the second ballot that its version did not know of."""
    if session.remark_ballot or session.status is Status.CLOSED:
        return session
    return replace(session, remark_ballot=new_id())


def _widened(epoch: Epoch, new_id: Callable[[], str], row: SealedRow) -> SealedRow:
    session = whole(unpack_session(epoch.unseal(row.sealed)), new_id)
    return SealedRow(row.tag, epoch.seal(pack_session(session)))
