"""Take the sealed rows of the identity side over into the next epoch; forget the rest.

What is not sealed anew here can be read by nobody once the old key is destroyed.
"""

from datetime import datetime

from bot.anonymity.keys import Epoch
from bot.anonymity.seal import (
    Standing,
    standing_of,
    subject_of,
    unpack_invitation,
)
from bot.core.session import IdentityRows, SealedRow, Status


def turn_rows(
    old: Epoch, new: Epoch, now: datetime, rows: IdentityRows
) -> IdentityRows:
    """Seal all that goes on for the new epoch; the tombstones of the week go.

    One whose closing text is not on the screen yet stays, if the chat can be tidied
    still: until the opening after this one.
    """
    sessions = (old.unseal(row.sealed) for row in rows.sessions)
    invitations = (old.unseal(row.sealed) for row in rows.invitations)
    return IdentityRows(
        sessions=tuple(
            SealedRow(new.tag(subject_of(packed)), new.seal(packed))
            for packed in sessions
            if _goes_on(standing_of(packed), now)
        ),
        invitations=tuple(
            SealedRow(
                new.invitation_tag(unpack_invitation(packed).code), new.seal(packed)
            )
            for packed in invitations
        ),
    )


def _goes_on(standing: Standing, now: datetime) -> bool:
    can_be_tidied = not standing.is_shown and standing.expires_at > now.timestamp()
    return standing.status is not Status.CLOSED or can_be_tidied
