"""Words that no list knows: with a capital in a sentence, or where names stand.

In small letters only Dutch is known well enough to say that a word is unknown.
"""

from collections.abc import Iterator

from bot.scrub.names.naming import Place, extent, is_named, piece
from bot.scrub.names.words import Words
from bot.scrub.pieces import COVER, Piece

_SHORTEST = 3


def unknown(words: Words) -> Iterator[Piece]:
    """Find words that are likely names, for they are nothing else."""
    at = 0
    while at < len(words):
        end = at + 1
        if len(words[at].text) >= _SHORTEST and _is_name(words, at):
            end = extent(words, at)
            yield piece(words, at, end)
        at = end


def _is_name(words: Words, at: int) -> bool:
    if words.capital_counts(at):
        return is_named(words, at, Place.ANYWHERE)
    if words.is_after("before", at) or words.is_after("thanks", at):
        return is_named(words, at, Place.BESIDE)
    begins = words[at].starts or words.is_after("joining", at)
    if begins and words.is_before("after", at):
        return is_named(words, at, Place.BESIDE)
    return False


def beside_names(words: Words) -> Iterator[Piece]:
    """Find a name that `en` or a comma joins to one that is taken already."""
    for at in range(len(words)):
        if not _joins_taken(words, at):
            continue
        if is_named(words, at, Place.BESIDE):
            yield piece(words, at, extent(words, at))


def _joins_taken(words: Words, at: int) -> bool:
    gap = words[at].gap
    if gap.startswith(COVER) and gap.endswith((", ", " & ")):
        return words[at].is_capital
    return (
        at > 0
        and gap == " "
        and words.lexicon.cues.has("and", words[at - 1].key)
        and words[at - 1].gap.endswith(f"{COVER} ")
    )
