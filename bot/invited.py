"""Whoever was drawn, and the words that invite them. Values alone: no file, no clock.

Only the mailing may see these: a reference beside a code tells whose invitation it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from bot.core.codes import spaced
from bot.core.flow import Phase
from bot.core.questions.base import SOURCE
from bot.core.sampling import Contact

INVITATION: Final = "i_"
"""Stands before the code in what a link of an invitation carries."""


class Words(Protocol):
    """The message catalogue, as far as an invitation needs it."""

    def text(self, key: str, language: str, /, **facts: object) -> str:
        """Give the text of this key, its blanks filled in."""
        ...


@dataclass(frozen=True, slots=True)
class Invited:
    """One contact who was drawn.

    Args:
        reference: what the mailing knows them by.
        language: code of the language to write to them in.
        link: opens the chat with the bot, and carries the code.
        code: as it is printed: two groups of four letters.
    """

    reference: str
    phase: Phase
    language: str
    link: str
    code: str


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What all invitations of a draw have in common.

    Args:
        bot: the bot's name, without @.
        phone: the number for who has no Telegram, or a question.
        until: the day on which the codes stop working, and all of this is deleted.
    """

    bot: str
    phone: str
    until: date

    @property
    def day(self) -> str:
        """Write the day as every language here reads it."""
        return f"{self.until.day}-{self.until.month}-{self.until.year}"


def link(bot: str, payload: str) -> str:
    """Give the link that opens the chat with the bot and says this."""
    return f"https://t.me/{bot}?start={payload}"


def invited(
    contacts: Iterable[Contact],
    codes: Iterable[str],
    bot: str,
    languages: Iterable[str],
) -> list[Invited]:
    """Give each contact their code; in Dutch where the survey lacks their language."""
    known = frozenset(languages)
    return [
        Invited(
            contact.reference,
            contact.phase,
            contact.language if contact.language in known else SOURCE,
            link(bot, INVITATION + code),
            spaced(code),
        )
        for contact, code in zip(contacts, codes, strict=True)
    ]


def text_message(one: Invited, head: Letterhead, words: Words) -> str:
    """Write the text message to one of them."""
    return _text("sms", one, head, words)


def letter(one: Invited, head: Letterhead, words: Words) -> str:
    """Write the letter to one of them."""
    return _text("letter", one, head, words)


def _text(name: str, one: Invited, head: Letterhead, words: Words) -> str:
    return words.text(
        f"client.invitation.{name}",
        one.language,
        link=one.link,
        code=one.code,
        bot=head.bot,
        phone=head.phone,
        until=head.day,
    )
