"""Read sealed sessions, and say which of them time or a crash has left to be done."""

from collections.abc import Sequence
from datetime import datetime

from bot.anonymity.keys import Epoch
from bot.anonymity.seal import unpack_session
from bot.core.engine import expire
from bot.core.session import SealedRow, Session, Status


def opened(epoch: Epoch, sealed: bytes) -> Session:
    """Read a session back."""
    return unpack_session(epoch.unseal(sealed))


def unfinished(epoch: Epoch, rows: Sequence[SealedRow], now: datetime) -> list[str]:
    """Name everybody whose chat is not as it should be."""
    sessions = (opened(epoch, row.sealed) for row in rows)
    return [session.subject for session in sessions if _is_unfinished(session, now)]


def ended(epoch: Epoch, rows: Sequence[SealedRow], now: datetime) -> list[Session]:
    """Give every session whose ballot should be in the box."""
    sessions = (opened(epoch, row.sealed) for row in rows)
    return [
        session if session.status.awaits_ballot else expire(session).session
        for session in sessions
        if session.status.awaits_ballot
        or (session.status.is_open and session.expires_at <= now)
    ]


def _is_unfinished(session: Session, now: datetime) -> bool:
    is_over = session.expires_at <= now
    if session.status is Status.CLOSED:
        # What can no longer be changed in the chat is left as it is.
        return not session.is_shown and not is_over
    return not session.is_shown or is_over
