"""What a person, or time, can do to a session. A closed set."""

from dataclasses import dataclass
from datetime import datetime

from bot.remarks import Scrubbed, Withheld


@dataclass(frozen=True, slots=True)
class Accepted:
    """Said yes to taking part."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Declined:
    """Said no to taking part."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """Tapped a choice (`raw` is its code) or typed something (`raw` is the text).

    Args:
        question: what was on the screen; empty for words typed at the introduction.
    """

    at: datetime
    question: str
    raw: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """Chose the opt-out of the question."""

    at: datetime
    question: str


@dataclass(frozen=True, slots=True)
class WentBack:
    """Wants to see the question before this one again."""

    at: datetime


@dataclass(frozen=True, slots=True)
class ChoseLanguage:
    """Wants to go on in another language of the flow."""

    at: datetime
    language: str


@dataclass(frozen=True, slots=True)
class Remarked:
    """Typed a remark; this is what may be kept of it."""

    at: datetime
    said: Scrubbed | Withheld


@dataclass(frozen=True, slots=True)
class KeptRemark:
    """Saw the remark as it would be kept, and wants that."""

    at: datetime


@dataclass(frozen=True, slots=True)
class ChangedRemark:
    """Wants to put the remark otherwise."""

    at: datetime


@dataclass(frozen=True, slots=True)
class LeftRemark:
    """Wants no remark kept."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Stopped:
    """Stops, and takes back every answer that is not in the box."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Expired:
    """The session's time is over."""

    at: datetime


Event = (
    Accepted
    | Declined
    | Answered
    | Skipped
    | WentBack
    | ChoseLanguage
    | Remarked
    | KeptRemark
    | ChangedRemark
    | LeftRemark
    | Stopped
    | Expired
)
