"""Names at the end: behind `groetjes`, or alone on the last line."""

from collections.abc import Iterator
from typing import Final

from bot.scrub.names.naming import Place, extent, is_named, lead, piece
from bot.scrub.names.words import Words
from bot.scrub.pieces import COVER, Piece

_MOST: Final = 5
"""Words of the last line, where it is a name."""
_FROM: Final = frozenset(["van", "from", "de", "von", "od", "від"])


def signed(words: Words) -> Iterator[Piece]:
    """Find names that a remark is signed with."""
    cues = words.lexicon.cues
    for at in range(1, len(words)):
        if not cues.ends_at("signoff", words.keys, at):
            continue
        first = at + (words[at].key in _FROM)
        named = lead(words, first)
        if named < len(words) and _is_signature(words, named):
            yield piece(words, first, _end_of_signature(words, named))
    yield from _last_line(words)


def _is_signature(words: Words, at: int) -> bool:
    word, lexicon = words[at], words.lexicon
    if COVER in word.gap or lexicon.is_never_name(word.key):
        return False
    return is_named(words, at, Place.NAMED) or (
        word.is_capital and not lexicon.cues.has("stop", word.key)
    )


def _end_of_signature(words: Words, at: int) -> int:
    """Give where a signature ends: with its line, if that is short and the last."""
    end = extent(words, at)
    rest = range(end, len(words))
    is_last = all("\n" not in words[one].gap for one in rest)
    if is_last and len(words) - at <= _MOST - 2 and not words.has_case(at):
        return len(words)
    return end


def _last_line(words: Words) -> Iterator[Piece]:
    """Find a name of capitals that has the last line, or sentence, to itself."""
    first = max((at for at in range(len(words)) if words[at].starts), default=0)
    line = [words[at] for at in range(first, len(words))]
    if first == 0 or len(line) > _MOST or not words.says_capitals:
        return
    lexicon = words.lexicon
    particles = [lexicon.cues.has("particle", word.key) for word in line]
    if not all(w.is_capital or p for w, p in zip(line, particles, strict=True)):
        return
    named = [w for w, p in zip(line, particles, strict=True) if not p]
    is_name = any(
        lexicon.is_name(w.key) or not lexicon.is_known(w.key)
        for w in named
        if len(w.text) > 1
    )
    if is_name and not any(lexicon.is_never_name(w.key) for w in named):
        yield piece(words, first, len(words))
