"""Names of whoever writes: `mijn naam is`, `ik heet`, `ik ben`, in every language."""

from collections.abc import Iterator

from bot.scrub.names.naming import Place, extent, is_named, lead, piece
from bot.scrub.names.words import Words
from bot.scrub.pieces import Piece


def introduced(words: Words) -> Iterator[Piece]:
    """Find names behind words with which people say who they are."""
    for at in range(1, len(words)):
        is_strong = words.is_after("strong", at)
        if not is_strong and not words.is_after("weak", at):
            continue
        first = lead(words, at)
        place = Place.NAMED if is_strong else Place.BESIDE
        if first < len(words) and _is_name(words, first, place):
            yield piece(words, at, extent(words, first))


def _is_name(words: Words, first: int, place: Place) -> bool:
    if not is_named(words, first, place):
        return False
    if place == Place.NAMED:
        return not words.lexicon.cues.has("stop", words[first].key)
    # Behind `ik ben` an unknown word is more likely a slip of the finger than a name.
    return words.lexicon.is_name(words[first].key) or words.capital_counts(first)
