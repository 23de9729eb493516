"""What an ended session leaves: its ballots, and the row that stays behind.

Every occasion drops two ballots of one size in the end: one that says how it ended, and
one for the remark, nearly always empty. Nothing ties the two.
"""

from collections.abc import Iterator

from bot.anonymity.seal import ballot_of, pack_ballot, pack_remark, tombstone
from bot.ballots import RemarkBallot
from bot.core.remarking import asking
from bot.core.session import Session, Status


def ballots_of(session: Session) -> Iterator[tuple[str, bytes]]:
    """Give the ballots that this session is to drop now: their ids, and them packed."""
    if session.status is not Status.REMARKED:
        yield session.ballot, pack_ballot(ballot_of(session))
    if session.status is not Status.ANSWERED:
        remark = RemarkBallot(session.flow, session.remark)
        yield session.remark_ballot, pack_remark(remark)


def settled(session: Session) -> Session:
    """Give an ended session as it stays behind once those ballots are in the box."""
    if session.status is Status.ANSWERED:
        return asking(session)
    return tombstone(session)
