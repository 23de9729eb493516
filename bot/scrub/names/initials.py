"""Names behind initials: `J. Hendriks`, `w.f. van den berg`."""

import re
from collections.abc import Iterator
from typing import Final

from bot.scrub.names.naming import extent, lead, piece
from bot.scrub.names.words import Words
from bot.scrub.pieces import Piece

_GAPS: Final = re.compile(r"\.? ?")


def with_initials(words: Words) -> Iterator[Piece]:
    """Find a family name with initials in front of it."""
    at = 0
    while at < len(words) - 1:
        first = at
        while first < len(words) - 1 and _is_initial(words, first, at):
            first += 1
        if first > at:
            is_dotted = words[at + 1].gap.startswith(".")
            family = lead(words, first)
            if family < len(words) and _is_family(words, family, is_dotted=is_dotted):
                yield piece(words, at, extent(words, family))
        at = max(first, at + 1)


def _is_initial(words: Words, at: int, begin: int) -> bool:
    word, behind = words[at], words[at + 1]
    if len(word.text) != 1 or not _GAPS.fullmatch(behind.gap):
        return False
    is_next = at == begin or _GAPS.fullmatch(word.gap) is not None
    return is_next and (behind.gap.startswith(".") or word.text.isupper())


def _is_family(words: Words, at: int, *, is_dotted: bool) -> bool:
    word, lexicon = words[at], words.lexicon
    if len(word.text) < 2 or lexicon.is_never_name(word.key):
        return False
    if word.is_capital and is_dotted:
        return True
    is_name = lexicon.is_name(word.key)
    if word.is_capital:
        return is_name and words.says_capitals
    return is_dotted and (is_name or not lexicon.is_known(word.key))
