"""What is thought of the language of a text, and the port that thinks it.

It serves the conversation and the scrubber; it is stored nowhere and reaches no digest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Guess:
    """What a text is likely written in.

    Args:
        language: its code (`tr`), whether or not the survey is in it; None in doubt.
        offer: the language of the survey to offer a switch to; None to offer nothing.
    """

    language: str | None = None
    offer: str | None = None


class Guesser(Protocol):
    """Guesses the language of what people type."""

    async def guess(
        self,
        text: str,
        *,
        configured: Sequence[str],
        chosen: str | None,
        app_language: str | None,
    ) -> Guess:
        """Say what the text is likely written in. Never raises.

        Args:
            configured: the languages that the survey is in.
            chosen: the one that the person chose; None where nothing was chosen.
            app_language: the one that the chat app is in, if it says so.
        """
        ...
