"""What passes between a chat and the service: what a person did, what to show.

A transport turns its own updates into `Input` and carries out `Output`; it decides
nothing. `subject` is the person in the transport's words (`telegram:1234`).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.core.effects import Effect

REHEARSAL: Final = "voorbeeld-"
"""What the buttons of a draft begin with; those of a survey begin with a nonce."""


class Word(StrEnum):
    """A command that can be given at any moment."""

    HELP = "help"
    PRIVACY = "privacy"
    STOP = "stop"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Opened:
    """Opened the chat (/start), with the payload of the link or an empty text.

    Args:
        payload: what came with it; anything at all, it can be typed by hand.
        language: the language the chat app itself is in, if it says so (`nl`).
        message: the transport's id of the message that said so, if it can be deleted.
    """

    payload: str
    language: str | None = None
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Tapped:
    """Tapped a button; `action` is what the button carried, perhaps forged.

    Args:
        message: the transport's id of the message that the button is on.
    """

    action: str
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Wrote:
    """Typed a text."""

    text: str
    language: str | None = None
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Commanded:
    """Gave one of the commands."""

    word: Word
    language: str | None = None
    message: int | None = None


@dataclass(frozen=True, slots=True)
class SentOther:
    """Sent what is not a text: a photo, a sticker, a voice message. Never read."""

    language: str | None = None
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """Blocked the bot or deleted the chat."""


Input = Opened | Tapped | Wrote | Commanded | SentOther | Left


@dataclass(frozen=True, slots=True)
class Key:
    """A button; `action` is 64 bytes at most and means nothing outside."""

    label: str
    action: str


@dataclass(frozen=True, slots=True)
class View:
    """A message: plain text and rows of buttons (`url` buttons are not used)."""

    text: str
    rows: tuple[tuple[Key, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Send:
    """Send a new message. Its id is told back through `SurveyService.shown`."""

    view: View


@dataclass(frozen=True, slots=True)
class Edit:
    """Make an earlier message say something else, without a sound.

    A message that is gone is sent anew when `or_send` (its id is told back then).
    """

    message: int
    view: View
    or_send: bool = False


@dataclass(frozen=True, slots=True)
class Delete:
    """Take a message away, the person's own or ours.

    Args:
        or_say: what to send where it cannot be taken away (its id is told back then);
            None where that does no harm.
    """

    message: int
    or_say: View | None = None


Output = Send | Edit | Delete


@dataclass(frozen=True, slots=True)
class Reply:
    """What to show to one person, in this order.

    Args:
        effects: what the engine decided, for records of conversations.
        token: give it to `SurveyService.shown` when the outputs are on the screen;
            None where nothing waits for that.
    """

    subject: str
    outputs: tuple[Output, ...] = ()
    effects: tuple[Effect, ...] = ()
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Played:
    """What a chat of the staff shows of a draft, in this order.

    Args:
        token: give it back when the outputs are on the screen; None where nothing
            waits for that.
    """

    outputs: tuple[Output, ...] = ()
    token: str | None = None
