"""What the engine wants shown or done. A closed set; the engine itself does nothing."""

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why a question is shown again; each has a sentence in the message catalogue."""

    NOT_UNDERSTOOD = "not_understood"
    USE_BUTTONS = "use_buttons"
    WHOLE_GRADES = "whole_grades"


@dataclass(frozen=True, slots=True)
class AskIntro:
    """Show the introduction with its yes and its no."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Show the question of this name."""

    question: str


@dataclass(frozen=True, slots=True)
class AskAgain:
    """Show one sentence that says why, then the same question (None: the intro)."""

    question: str | None
    why: Why


@dataclass(frozen=True, slots=True)
class Note:
    """Show on the answered question which choice was made."""

    question: str
    code: str


class Unkept(StrEnum):
    """Why a remark is asked again; each has a sentence in the message catalogue."""

    TOO_LITTLE = "too_little"
    IN_DOUBT = "in_doubt"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class AskRemark:
    """Show the open question, with the way past it."""


@dataclass(frozen=True, slots=True)
class AskRemarkAgain:
    """Show one sentence that says why nothing is kept, then the open question."""

    why: Unkept


@dataclass(frozen=True, slots=True)
class ShowRemark:
    """Show the remark as it would be kept, and ask whether it may be.

    Args:
        replaced: how many pieces of it were taken out.
    """

    text: str
    replaced: int


@dataclass(frozen=True, slots=True)
class Submit:
    """It is known how the occasion ended: that ballot may be sealed now."""


@dataclass(frozen=True, slots=True)
class SubmitRemark:
    """It is known what becomes of the remark: its ballot may be sealed now."""


@dataclass(frozen=True, slots=True)
class End:
    """Show the one neutral closing text, the same for every ending."""


Effect = (
    AskIntro
    | Ask
    | AskAgain
    | Note
    | AskRemark
    | AskRemarkAgain
    | ShowRemark
    | Submit
    | SubmitRemark
    | End
)
