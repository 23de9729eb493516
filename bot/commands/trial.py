"""Try a flow in the terminal: the same conversation, no token, no network, no trace."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

SUBJECT: Final = "console:1"
ENTRY: Final = "try"


@dataclass(frozen=True, slots=True)
class Trial:
    """Which draft is tried, from which folder, in which language.

    Args:
        record: where to write the conversation as a golden file, if anywhere.
    """

    folder: Path
    flow: str
    language: str
    phone: str
    record: Path | None = None
