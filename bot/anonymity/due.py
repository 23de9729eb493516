"""Look through sealed sessions for what time or a crash has left to be done."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.anonymity.keys import Epoch
from bot.anonymity.seal import Standing, standing_of, subject_of, unpack_session
from bot.core.engine import expire
from bot.core.session import SealedRow, Session, Status


def unfinished(epoch: Epoch, rows: Sequence[SealedRow], now: datetime) -> list[str]:
    """Name everybody whose chat is not as it should be."""
    return [
        subject_of(packed)
        for packed, standing in _looked_through(epoch, rows)
        if _is_unfinished(standing, now)
    ]


def ended(epoch: Epoch, rows: Sequence[SealedRow], now: datetime) -> list[Session]:
    """Give every session of which a ballot should be in the box."""
    sessions = (
        unpack_session(packed)
        for packed, standing in _looked_through(epoch, rows)
        if standing.status.awaits_ballot
        or (standing.status.is_open and _is_over(standing, now))
    )
    return [_ended(session, now) for session in sessions]


def _ended(session: Session, now: datetime) -> Session:
    if session.status is Status.ANSWERED and session.expires_at <= now:
        # Too late to be asked for a remark: there is none.
        return replace(session, status=Status.COMPLETE)
    return expire(session).session


def _looked_through(
    epoch: Epoch, rows: Sequence[SealedRow]
) -> Iterator[tuple[bytes, Standing]]:
    for row in rows:
        packed = epoch.unseal(row.sealed)
        yield packed, standing_of(packed)


def _is_unfinished(standing: Standing, now: datetime) -> bool:
    if standing.status is Status.CLOSED:
        # What can no longer be changed in the chat is left as it is.
        return not standing.is_shown and not _is_over(standing, now)
    return not standing.is_shown or _is_over(standing, now)


def _is_over(standing: Standing, now: datetime) -> bool:
    return standing.expires_at <= now.timestamp()
