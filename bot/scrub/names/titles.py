"""Names behind a title, in small letters too: `mevr jansen`. The title stays."""

from collections.abc import Iterator

from bot.scrub.names.naming import Place, extent, is_named, lead, piece
from bot.scrub.names.words import Words
from bot.scrub.pieces import Piece


def titled(words: Words) -> Iterator[Piece]:
    """Find names behind a title, or before one as in Turkish."""
    cues = words.lexicon.cues
    for at in range(1, len(words)):
        if not words.adjoins(at) or not cues.ends_at("title", words.keys, at):
            continue
        first = lead(words, at)
        if first < len(words) and _is_name(words, first, at):
            yield piece(words, at, extent(words, first))
        elif _is_initial(words, at):
            yield piece(words, at, at + 1)
    for at in range(1, len(words)):
        if words.adjoins(at) and cues.has("title after", words[at].key):
            first = at - 1
            if not _may_be(words, first):
                continue
            if first > 0 and words.adjoins(first) and _may_be(words, first - 1):
                first -= 1
            yield piece(words, first, at)


def _is_name(words: Words, first: int, at: int) -> bool:
    word, lexicon = words[first], words.lexicon
    if lexicon.cues.has("stop", word.key) and not (first > at and word.is_capital):
        return False
    if lexicon.is_never_name(word.key):
        return False
    if first > at:
        # `van de balie` is where somebody sits, `van den berg` is a name.
        is_capital = words.capital_counts(first)
        is_unknown = words.is_dutch and not lexicon.is_known(word.key)
        return is_capital or lexicon.is_name(word.key) or is_unknown
    return words.capital_counts(first) or is_named(words, first, Place.NAMED)


def _is_initial(words: Words, at: int) -> bool:
    """Say whether somebody is an initial and no more: `mevrouw T.`."""
    word = words[at]
    ends = words.text[word.end : word.end + 1]
    return len(word.text) == 1 and (
        ends == "." or (word.is_capital and words.says_capitals)
    )


def _may_be(words: Words, at: int) -> bool:
    word, lexicon = words[at], words.lexicon
    if lexicon.is_never_name(word.key):
        return False
    is_capital = word.is_capital and words.says_capitals
    return is_capital or lexicon.is_name(word.key)
