"""What the sheets of a mailing are made of. Never holds what somebody answers."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.core.flow import Phase

_HALF: Final = 4
"""Letters of a code that are read in one breath."""


@dataclass(frozen=True, slots=True)
class Invited:
    """One person whom chance drew.

    Args:
        reference: whatever the mailing knows the person by.
        phase: is printed nowhere.
        language: in which the person is written to; Dutch where we have no texts in it.
        link: opens the chat and redeems the code.
        code: eight letters, for whoever has no camera, or telephones; a blank between
            them does no harm.
    """

    reference: str
    phase: Phase
    language: str
    link: str
    code: str


def in_groups(code: str) -> str:
    """Write a code as it is read from paper: two groups of four letters."""
    letters = code.replace(" ", "")
    return f"{letters[:_HALF]} {letters[_HALF:]}"


@dataclass(frozen=True, slots=True)
class Mailing:
    """What all sheets of a mailing have in common.

    Args:
        municipality: its name; empty where the configuration names none.
        phone: for questions, complaints and people without the chat app.
        bot: the name of the bot, without its @.
        last_day: the last whole day on which the invitations work.
        delete_by: the day on which whoever mails has destroyed the list.
    """

    municipality: str
    phone: str
    bot: str
    last_day: date
    delete_by: date
