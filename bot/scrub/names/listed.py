"""Names that are on the lists, wherever they stand: given names, and `van Dam`."""

from collections.abc import Iterator

from bot.scrub.names.naming import Place, extent, is_named, lead, piece
from bot.scrub.names.words import Words
from bot.scrub.pieces import Piece


def listed(words: Words) -> Iterator[Piece]:
    """Find given names; one that is a word too needs a capital or a place of names."""
    at = 0
    while at < len(words):
        end = at + 1
        word = words[at]
        if words.lexicon.is_given(word.key) and is_named(words, at, _place(words, at)):
            end = extent(words, at)
            has_kunya = words.adjoins(at) and words.is_after("kunya", at)
            yield piece(words, at - has_kunya, end)
        elif _is_full(words, at):
            end = extent(words, at)
            yield piece(words, at, end)
        elif (family := lead(words, at)) > at and _is_family(words, at, family):
            end = family + 1
            yield piece(words, at, end)
        at = end


def _place(words: Words, at: int) -> Place:
    is_beside = words.is_after("before", at) or (
        words.is_before("after", at) and words[at].starts
    )
    return Place.BESIDE if is_beside else Place.ANYWHERE


def _is_full(words: Words, at: int) -> bool:
    """Say whether a sentence begins with two names, with a capital each: `Lu Wang`."""
    behind = at + 1
    if not words.adjoins(behind) or at in words.idle or behind in words.idle:
        return False
    both = (words[at], words[behind])
    return (
        words[at].starts
        and words[at].is_capital
        and words.capital_counts(behind)
        and all(words.lexicon.is_name(one.key) for one in both)
    )


def _is_family(words: Words, at: int, family: int) -> bool:
    """Say whether `van Dam` is somebody: with a capital, and something to do or say."""
    acts = words.is_before("after", family)
    is_beside = words[at].starts or words.is_after("before", at)
    return (
        acts
        and is_beside
        and words.capital_counts(family)
        and words.lexicon.is_family(words[family].key)
    )
