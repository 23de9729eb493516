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


@dataclass(frozen=True, slots=True)
class Submit:
    """The session is over: its one ballot may be sealed from it now."""


@dataclass(frozen=True, slots=True)
class End:
    """Show the one neutral closing text, the same for every ending."""


Effect = AskIntro | Ask | AskAgain | Note | Submit | End
