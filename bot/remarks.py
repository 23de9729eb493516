"""What a remark may be once it is kept: a text that was scrubbed, or withheld.

`Scrubbed` is made by `bot.scrub`, and read back from under a seal by `bot.anonymity`.
Nobody else makes one: what a person typed is never kept as it was typed.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """A remark without the personal data that was found in it.

    Args:
        text: as it may be kept; placeholders such as `[NAAM]` stand in it.
        replaced: how many pieces of it were replaced by a placeholder.
    """

    text: str
    replaced: int = 0


class Withheld(StrEnum):
    """Why nothing of a remark is kept; each has a sentence in the message catalogue."""

    TOO_LITTLE = "too_little"
    """Fewer than three words are left beside the placeholders."""
    IN_DOUBT = "in_doubt"
    """A fault, a missing list, too much time, or a pattern still in what was left."""


class Scrubber(Protocol):
    """Takes personal data out of what people type."""

    async def scrub(self, text: str, language: str | None) -> Scrubbed | Withheld:
        """Give what may be kept of it. Never raises, and gives nothing back raw.

        Args:
            language: what the text is likely written in (`nl`); None where unknown.
        """
        ...
