"""Names behind who somebody is, or what they do: `mijn zoon X`, `klantmanager X`."""

from collections.abc import Iterator

from bot.scrub.names.naming import Place, extent, is_named, lead, piece
from bot.scrub.names.words import Words
from bot.scrub.pieces import Piece


def beside_roles(words: Words) -> Iterator[Piece]:
    """Find names behind a relative or an official."""
    for at in range(1, len(words)):
        if not words.is_after("role", at):
            continue
        if "," in words[at].gap and not words[at].is_capital:
            continue
        first = lead(words, at)
        if is_named(words, first, Place.BESIDE):
            yield piece(words, at, extent(words, first))
