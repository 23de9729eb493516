"""Names at the end: behind `groetjes`, or alone on the last line."""

from collections.abc import Iterator

from bot.scrub.names.naming import Place, extent, is_named, lead, piece
from bot.scrub.names.words import Words
from bot.scrub.pieces import Piece

_MOST = 5
"""Words of the last line, where it is a name."""


def signed(words: Words) -> Iterator[Piece]:
    """Find names that a remark is signed with."""
    cues = words.lexicon.cues
    for at in range(1, len(words)):
        if not cues.ends_at("signoff", words.keys, at):
            continue
        first = at + (words[at].key in ("van", "from", "de", "von", "od", "від"))
        first = lead(words, first)
        if is_named(words, first, Place.NAMED):
            yield piece(words, first, extent(words, first))
    yield from _last_line(words)


def _last_line(words: Words) -> Iterator[Piece]:
    """Find a name of capitals that has the last line, or sentence, to itself."""
    first = len(words)
    while first > 0 and len(words) - first < _MOST:
        first -= 1
        if words[first].starts:
            break
    if first == 0 or not 1 < len(words) - first + 1 <= _MOST:
        return
    line = [words[at] for at in range(first, len(words))]
    lexicon = words.lexicon
    if not line or not line[0].starts or not words.says_capitals:
        return
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
