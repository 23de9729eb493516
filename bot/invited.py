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
        phase: is printed nowhere.
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
class Mailing:
    """What all that is sent or printed of a draw has in common.

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


def typed_code(text: str) -> str:
    """Give what may be the code in what somebody typed: a pasted link ends in it."""
    _, _, ending = text.rpartition(f"start={INVITATION}")
    return ending


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


def text_message(one: Invited, mailing: Mailing, words: Words) -> str:
    """Write the text message to one of them."""
    facts = {"link": one.link, "code": one.code, "phone": mailing.phone}
    return words.text("client.invitation.sms", one.language, **facts)


def letter(one: Invited, mailing: Mailing, words: Words) -> str:
    """Write the letter to one of them: the words of the printed one, without its QR."""

    def say(key: str, **facts: object) -> str:
        return words.text(f"client.letter.{key}", one.language, **facts)

    day = in_words(mailing.last_day, words, one.language)
    return "\n\n".join(
        (
            say("title"),
            f"{say('why')} {say('chosen')}",
            say("free"),
            f"{say('link')}:\n{one.link}",
            f"{say('code')}:\n{one.code}",
            say("type", bot=f"@{mailing.bot}"),
            say("no_telegram", phone=mailing.phone),
            say("last_day", date=day),
            say("safe"),
            say("sender"),
            say("complaint", phone=mailing.phone),
        )
    )


def in_words(day: date, words: Words, language: str) -> str:
    """Write a day out, with the name of its month."""
    key = f"client.date.{day.month}"
    return words.text(key, language, day=day.day, year=day.year)
