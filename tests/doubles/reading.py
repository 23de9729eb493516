"""What reads words in the tests: a scrubber and a guesser that do as they are told."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.config import Config
from bot.guesses import Guess
from bot.needs import needs_of
from bot.remarks import Scrubbed, Withheld
from bot.service import Reading


@dataclass
class Scrubbing:
    """Gives for a text what it was told to, and else the text as it is.

    Args:
        asked: every text that it was given, with the language it was said to be in.
    """

    told: dict[str, Scrubbed | Withheld | Exception] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    async def scrub(self, text: str, language: str | None) -> Scrubbed | Withheld:
        """Give what may be kept of it; a broken one raises."""
        self.asked.append((text, language))
        said = self.told.get(text, Scrubbed(text))
        if isinstance(said, Exception):
            raise said
        return said


@dataclass
class Guessing:
    """Guesses of a text what it was told to, and else nothing."""

    told: dict[str, Guess | Exception] = field(default_factory=dict)
    asked: list[tuple[str, str | None, str | None]] = field(default_factory=list)

    async def guess(
        self,
        text: str,
        *,
        configured: Sequence[str],
        chosen: str | None,
        app_language: str | None,
    ) -> Guess:
        """Say what it is likely written in; a broken one raises."""
        assert configured
        self.asked.append((text, chosen, app_language))
        said = self.told.get(text, Guess())
        if isinstance(said, Exception):
            raise said
        return said


@dataclass
class Reader:
    """Opens an installation in which remarks are asked, for as long as `asks`."""

    scrubbing: Scrubbing = field(default_factory=Scrubbing)
    guessing: Guessing = field(default_factory=Guessing)
    asks: bool = True

    @asynccontextmanager
    async def __call__(self, _: Config) -> AsyncIterator[Reading]:
        """Give what reads words there."""
        yield Reading(lambda: self.asks, self.scrubbing, needs_of, self.guessing)
