"""What a sheet says in one language: escaped for the page, with its direction."""

from dataclasses import dataclass
from html import escape
from typing import Final, Protocol, Self

from bot.core.questions.base import SOURCE
from bot.paper import direction

_NO_BREAK: Final = "\N{NO-BREAK SPACE}"


class Words(Protocol):
    """The message catalogue, as far as a sheet needs it."""

    def text(self, key: str, language: str, /, **facts: object) -> str:
        """Give the text of this key, its blanks filled in."""
        ...

    def languages(self, group: str) -> tuple[str, ...]:
        """Give the languages of a group of texts."""
        ...


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language of the clients. Everything it gives is HTML."""

    words: Words
    language: str

    @classmethod
    def of(cls, words: Words, language: str) -> Self:
        """Speak this language, or Dutch where we have no texts in it."""
        is_known = language in words.languages("client")
        return cls(words, language if is_known else SOURCE)

    def say(self, key: str, /, **facts: object) -> str:
        """Say a text of the client catalogue."""
        return escape(self.words.text(f"client.{key}", self.language, **facts))

    def paragraph(self, key: str, /, kind: str = "", **facts: object) -> str:
        """Say a text as a paragraph of its own."""
        known = f' class="{kind}"' if kind else ""
        return f"<p{known}>{self.say(key, **facts)}</p>"

    @property
    def marks(self) -> str:
        """Give the attributes of an element in this language."""
        side = direction(self.language)
        return f'lang="{escape(self.language)}" dir="{side}"'

    def called(self, key: str, phone: str, kind: str = "") -> str:
        """Say a paragraph with a telephone number, which no line breaks in two."""
        return self.paragraph(key, kind, phone=phone.replace(" ", _NO_BREAK))

    def municipality(self, name: str) -> str:
        """Name the municipality; in general where the configuration does not say."""
        # It is Dutch on every sheet, and keeps its own direction.
        return f"<bdi>{escape(name)}</bdi>" if name else self.say("letter.municipality")
