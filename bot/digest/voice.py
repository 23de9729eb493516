"""The words of one language, and how numbers and names are said in it."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Final, Protocol

from bot.core.flow import Origin
from bot.core.questions.base import Label, in_language
from bot.core.weeks import week_number

LONGEST_NAMES: Final = (None, 36, 27, 18, 12, 8)
"""How long a name may be in the brief forms, in UTF-16 units; the longest that fits."""

_ELLIPSIS: Final = "…"


class Words(Protocol):
    """The message catalogue, bound to one language."""

    def __call__(self, key: str, /, **facts: object) -> str:
        """Give the text of a key, its blanks filled in."""
        ...


@dataclass(frozen=True, slots=True)
class Voice:
    """Says things: in full, gathered, or in brief.

    Args:
        is_gathered: what walk-ins said stands under one heading, instead of being named
            so in every line.
        is_brief: what can be said shorter is; only what is gathered is brief.
        longest: names are cut to so many UTF-16 units; None leaves them whole.
    """

    words: Words
    is_gathered: bool = False
    is_brief: bool = False
    longest: int | None = None

    def say(self, key: str, /, **facts: object) -> str:
        """Give a text of the digest's own catalogue."""
        return self.words(f"digest.{key}", **facts)

    def say_of(self, origin: Origin, key: str, /, **facts: object) -> str:
        """Give the text that says of whom it speaks."""
        whose = Origin.INVITED if self.is_gathered else origin
        return self.say(f"{key}.{whose}", **facts)

    def name(self, label: Label) -> str:
        """Give a name that a flow's author wrote, in the catalogue's language."""
        return self.fit(in_language(label, self.say("language")))

    def fit(self, text: str) -> str:
        """Cut a text of someone else's where names are cut."""
        return text if self.longest is None else shortened(text, self.longest)

    def week(self, week: str) -> int:
        """Name a week as people say it: by its number within the year."""
        return week_number(week)

    def number(self, value: Fraction | float) -> str:
        """Write a number that is not negative with one decimal, halves upward."""
        tenths = floor(Fraction(value) * 10 + Fraction(1, 2))
        return f"{tenths // 10}{self.say('decimal_mark')}{tenths % 10}"


def fitting(say: Callable[[Voice], str], words: Words, room: int) -> Voice:
    """Give the fullest voice in which a text has room; the briefest where none has.

    Args:
        say: gives the text in a voice.
        room: how many UTF-16 units it may have.
    """
    voices = [
        Voice(words),
        Voice(words, is_gathered=True),
        *(Voice(words, True, True, longest) for longest in LONGEST_NAMES),
    ]
    return next((one for one in voices if units(say(one)) <= room), voices[-1])


def units(text: str) -> int:
    """Measure a text as Telegram does: in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def shortened(text: str, limit: int) -> str:
    """Cut a text that is too long, and show that it was cut."""
    if units(text) <= limit:
        return text
    while units(text) >= limit:
        text = text[:-1]
    return text.rstrip() + _ELLIPSIS
