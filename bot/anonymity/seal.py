"""Turn a session into bytes of one size, and a finished one into a ballot.

What leaves this file about a person's answers is a `Ballot`: a cell, a phase, an
outcome and codes, each from a set that was closed before the person arrived.
"""

import json
import struct
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from bot.ballots import Ballot, Cell, Outcome, PhaseSums, RemarkBallot, Sum
from bot.core.flow import Origin, Phase
from bot.core.session import LIFETIME, Session, Status
from bot.core.weeks import week_after
from bot.remarks import Scrubbed, Withheld

SESSION_SIZE: Final = 3072
"""Room for a remark of 500 characters that its writer has not decided on yet."""
INVITATION_SIZE: Final = 256
BALLOT_SIZE: Final = 2304
"""Room for a remark of 500 characters, so that grades and remarks look alike."""
SUMS_STEP: Final = 16384

_STANDING: Final = struct.Struct(">B?q")
_STATUSES: Final = tuple(Status)
_SESSION: Final = tuple(field.name for field in fields(Session))
_EDITABLE: Final = timedelta(hours=48)
"""So long after it was sent a chat bot may change a message."""

_OUTCOMES: Final = {
    Status.NOT_DRAWN: Outcome.NOT_DRAWN,
    Status.EXPIRED: Outcome.NO_REPLY,
    Status.DECLINED: Outcome.REFUSED,
    Status.STOPPED: Outcome.WITHDREW,
    Status.BROKE_OFF: Outcome.BROKE_OFF,
    Status.COMPLETE: Outcome.COMPLETE,
    Status.ANSWERED: Outcome.COMPLETE,
}


@dataclass(frozen=True, slots=True)
class Invitation:
    """One drawn contact that has not opened its link yet; nothing of the contact.

    Args:
        code: the eight letters; the link carries the same.
        flow: content hash of the version that was live at the draw. It leads to the one
            that is live when it is opened.
        ballot: random id of the ballot it drops when nobody ever opens it.
    """

    code: str
    flow: str
    phase: Phase
    expires_at: datetime
    ballot: str


class Standing(NamedTuple):
    """How a session stands: what is needed to tell whether anything is to be done.

    Args:
        expires_at: in seconds since 1970.
    """

    status: Status
    is_shown: bool
    expires_at: int


def pack_session(session: Session) -> bytes:
    """Write a session in exactly SESSION_SIZE bytes.

    Where too many messages stand in the chat, the oldest are forgotten first.
    """
    # By hand: `asdict` copies every value in it, at each step of every person.
    plain = {name: getattr(session, name) for name in _SESSION}
    plain["expires_at"] = int(session.expires_at.timestamp())
    if isinstance(session.remark, Scrubbed):
        plain["remark"] = [session.remark.text, session.remark.replaced]
    tail = _STANDING.pack(
        _STATUSES.index(session.status), session.is_shown, plain["expires_at"]
    )
    while True:
        try:
            return _pad(plain, SESSION_SIZE - _STANDING.size) + tail
        except ValueError:
            if not plain["messages"]:
                raise
            plain["messages"] = plain["messages"][1:]


def unpack_session(packed: bytes) -> Session:
    """Read back what `pack_session` wrote, in this version or an earlier one."""
    plain = _unpad(packed)
    return Session(
        **plain
        | {
            "origin": Origin(plain["origin"]),
            "phase": Phase(plain["phase"]),
            "status": Status(plain["status"]),
            "expires_at": datetime.fromtimestamp(plain["expires_at"], UTC),
            "answers": tuple((name, code) for name, code in plain["answers"]),
            "messages": tuple(plain["messages"]),
            "remark": _remark(plain.get("remark")),
        }
    )


def _remark(plain: Any) -> Scrubbed | Withheld | None:
    if isinstance(plain, list):
        return Scrubbed(*plain)
    return None if plain is None else Withheld(plain)


def standing_of(packed: bytes) -> Standing:
    """Read of a packed session only how it stands: many are looked through at once."""
    status, is_shown, expires_at = _STANDING.unpack(packed[-_STANDING.size :])
    return Standing(_STATUSES[status], is_shown, expires_at)


def subject_of(packed: bytes) -> str:
    """Read of a packed session only whose it is."""
    return str(_unpad(packed)["subject"])


def pack_invitation(invitation: Invitation) -> bytes:
    """Write an invitation in exactly INVITATION_SIZE bytes."""
    plain = asdict(invitation) | {"expires_at": int(invitation.expires_at.timestamp())}
    return _pad(plain, INVITATION_SIZE)


def unpack_invitation(packed: bytes) -> Invitation:
    """Read back what `pack_invitation` wrote."""
    plain = _unpad(packed)
    return Invitation(
        **plain
        | {
            "phase": Phase(plain["phase"]),
            "expires_at": datetime.fromtimestamp(plain["expires_at"], UTC),
        }
    )


def tombstone(session: Session) -> Session:
    """Forget everything but whose chat is to be tidied, and until which day it can be.

    Alike for every ending.
    """
    if session.status is Status.CLOSED:
        return session
    return replace(
        session,
        ballot="",
        nonce="",
        flow="",
        origin=Origin.WALK_IN,
        phase=Phase.UNKNOWN,
        expires_at=_end_of_day(session.expires_at - LIFETIME + _EDITABLE),
        status=Status.CLOSED,
        at=None,
        answers=(),
        misread=0,
        remark_ballot="",
        remark=None,
        has_chosen=False,
        was_offered=False,
    )


def _end_of_day(moment: datetime) -> datetime:
    # A day, not a moment: that would tell when somebody came.
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1)


def ballot_of(session: Session) -> Ballot:
    """Take from an ended session what may be counted, and nothing else of it."""
    outcome = _OUTCOMES[session.status]
    codes = tuple(code for _, code in session.answers)
    return Ballot(
        cell=Cell(session.flow, session.origin),
        phase=session.phase,
        outcome=outcome,
        codes=codes if outcome is Outcome.COMPLETE else (),
    )


def ballot_of_unopened(invitation: Invitation) -> Ballot:
    """Say of an invitation that expired that nobody opened it."""
    cell = Cell(invitation.flow, Origin.INVITED)
    return Ballot(cell, invitation.phase, Outcome.NOT_OPENED)


def pack_ballot(ballot: Ballot) -> bytes:
    """Write a ballot in exactly BALLOT_SIZE bytes."""
    plain = asdict(ballot) | {"v": 1}
    return _pad(plain, BALLOT_SIZE)


def unpack_ballot(packed: bytes) -> Ballot:
    """Read back what `pack_ballot` wrote. Raises ValueError for anything else."""
    match _unpad(packed):
        case {
            "v": 1,
            "cell": {"flow": str(flow), "origin": origin},
            "phase": phase,
            "outcome": outcome,
            "codes": [*codes],
            "missed": None | str() as missed,
        } if all(isinstance(code, str) for code in codes):
            if missed is not None and week_after(missed, 0) != missed:
                raise ValueError("not a week")
            cell = Cell(flow, Origin(origin))
            return Ballot(cell, Phase(phase), Outcome(outcome), tuple(codes), missed)
        case _:
            raise ValueError("not a ballot")


def pack_remark(ballot: RemarkBallot) -> bytes:
    """Write a remark, or that there is none, in exactly BALLOT_SIZE bytes."""
    said = ballot.remark
    plain = {
        "v": 1,
        "flow": ballot.flow,
        "text": said.text if isinstance(said, Scrubbed) else None,
        "withheld": said if isinstance(said, Withheld) else None,
        "missed": ballot.missed,
    }
    return _pad(plain, BALLOT_SIZE)


def unpack_remark(packed: bytes) -> RemarkBallot:
    """Read back what `pack_remark` wrote. Raises ValueError for anything else."""
    match _unpad(packed):
        case {
            "v": 1,
            "flow": str(flow),
            "text": None | str() as text,
            "withheld": None | str() as withheld,
            "missed": None | str() as missed,
        } if text is None or withheld is None:
            if missed is not None and week_after(missed, 0) != missed:
                raise ValueError("not a week")
            if text is not None:
                return RemarkBallot(flow, Scrubbed(text), missed)
            return RemarkBallot(flow, Withheld(withheld) if withheld else None, missed)
        case _:
            raise ValueError("not a remark")


def pack_sums(sums: PhaseSums) -> bytes:
    """Write the phase sums, padded so that their number does not show."""
    rows = [[*key, *asdict(value).values()] for key, value in sorted(sums.sums.items())]
    length = len(_json(rows)) + 2 * _PREFIX
    return _pad(rows, -(-length // SUMS_STEP) * SUMS_STEP)


def unpack_sums(packed: bytes) -> PhaseSums:
    """Read back what `pack_sums` wrote."""
    return PhaseSums({tuple(row[:4]): Sum(*row[4:]) for row in _unpad(packed)})


_PREFIX: Final = 4


def _json(plain: Any) -> bytes:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def _pad(plain: Any, size: int) -> bytes:
    body = _json(plain)
    if len(body) + _PREFIX > size:
        raise ValueError("does not fit")
    return (len(body).to_bytes(_PREFIX, "big") + body).ljust(size, b"\0")


def _unpad(packed: bytes) -> Any:
    length = int.from_bytes(packed[:_PREFIX], "big")
    return json.loads(packed[_PREFIX : _PREFIX + length])
