"""What is made of typed words that are no answer: what may be kept, needed, or spoken.

Nothing here is stored or logged, and nothing that fails lets raw words through.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.core.flow import FlowDefinition
from bot.core.session import Session
from bot.guesses import Guess, Guesser
from bot.needs import Need
from bot.remarks import Scrubbed, Scrubber, Withheld

_PATIENCE: Final = 2.0
"""Seconds that reading a text may take; a scrubber gives up after one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that reads what people type.

    Args:
        asks_remarks: whether remarks are asked now; that takes a sound scrubber and
            somebody to look them through.
        scrubber: None withholds every remark.
        needs: says what somebody who typed this needs.
        guesser: None never offers another language.
    """

    asks_remarks: Callable[[], bool]
    scrubber: Scrubber | None
    needs: Callable[[str], Need | None]
    guesser: Guesser | None

    async def scrubbed(self, text: str, language: str | None) -> Scrubbed | Withheld:
        """Give what may be kept of a text; on any fault or delay, nothing."""
        if self.scrubber is None:
            return Withheld.IN_DOUBT
        try:
            async with asyncio.timeout(_PATIENCE):
                return await self.scrubber.scrub(text, language)
        except Exception:
            return Withheld.IN_DOUBT

    async def guessed(
        self, text: str, flow: FlowDefinition, session: Session, app: str | None
    ) -> Guess:
        """Guess the language of a text; offer one of the flow, and that once.

        Args:
            app: the language that the chat app is in, if it says so.
        """
        if self.guesser is None:
            return Guess()
        try:
            async with asyncio.timeout(_PATIENCE):
                guess = await self.guesser.guess(
                    text,
                    configured=flow.languages,
                    chosen=session.language if session.has_chosen else None,
                    app_language=app,
                )
        except Exception:
            return Guess()
        is_news = guess.offer in flow.languages and guess.offer != session.language
        is_first = is_news and not session.was_offered
        return guess if is_first else Guess(guess.language)
