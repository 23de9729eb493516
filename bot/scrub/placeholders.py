"""Write a text with placeholders for its personal data, and judge what is left."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from bot.remarks import Scrubbed, Withheld
from bot.scrub.pieces import COVER, Kind, Taken

FEWEST: Final = 3
"""Words that must be left beside the placeholders."""

_PLACEHOLDER: Final = re.compile("|".join(re.escape(kind.value) for kind in Kind))
_WORD: Final = re.compile(r"[^\W\d_]+")
# Scripts that write no blanks between words: there each letter counts.
_NO_BLANKS: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")


def replaced(text: str, pieces: Iterable[Taken]) -> tuple[str, int]:
    """Give a text with placeholders, and how many; names that touch become one."""
    parts: list[str] = []
    end = count = 0
    before: Kind | None = None
    for one in pieces:
        between = text[end : one.piece.start]
        is_same = before is Kind.NAME and one.piece.kind is Kind.NAME
        if not is_same or between.strip(" -"):
            parts += (between, one.piece.kind.value)
            count += 1
        before, end = one.piece.kind, one.piece.end
    return "".join((*parts, text[end:])), count


def covered(text: str) -> str:
    """Give a text with its placeholders covered, so that no layer takes them."""
    return _PLACEHOLDER.sub(lambda found: COVER * len(found[0]), text)


def kept(text: str, count: int, is_word: Callable[[str], bool]) -> Scrubbed | Withheld:
    """Keep a text, unless too little of it is left to be more than a name."""
    rest = _PLACEHOLDER.sub(" ", text)
    words = _WORD.findall(rest)
    left = len(words) + len(_NO_BLANKS.findall(rest))
    # Two words alone may be a name that no layer knows; `heel goed` is none.
    if not text:
        return Withheld.TOO_LITTLE
    if left < FEWEST and (count or not _are_words(words, is_word)):
        return Withheld.TOO_LITTLE
    return Scrubbed(text, count)


def _are_words(words: Sequence[str], is_word: Callable[[str], bool]) -> bool:
    return all(map(is_word, words))
