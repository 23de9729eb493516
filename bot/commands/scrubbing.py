"""Try the scrubber on a text, as it would be on a remark; nothing of it is kept."""

import sys
from pathlib import Path

from bot.config import read_config, read_roster
from bot.errors import InputError
from bot.scrub import Explanation, explained, roster_of


def read_texts(*, by_line: bool) -> list[str]:
    """Read standard input: all of it is a remark, or each line that holds something.

    Raises InputError where it is no text in UTF-8.
    """
    try:
        text = sys.stdin.read()
    except UnicodeDecodeError:
        # Without its cause, which quotes the text.
        raise InputError("not-utf8", path="-") from None
    lines = text.splitlines() if by_line else [text]
    return [line for line in lines if line.strip()]


def names_of_staff(config: Path | None, usual: Path) -> tuple[str, ...]:
    """Give the roster that a configuration names; the usual one may be missing.

    Raises ConfigError and FlowError where it cannot be used.
    """
    if config is None and not usual.exists():
        return ()
    return read_roster(read_config(config or usual))


def try_scrub(
    texts: list[str], language: str | None, names: tuple[str, ...]
) -> list[Explanation]:
    """Scrub each text, and say what was found in it."""
    roster = roster_of(names)
    return [explained(text, language, roster) for text in texts]
