"""Names of persons out of a text: one file per layer, in the order that stands here."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final

from bot.scrub.names.initials import with_initials
from bot.scrub.names.introductions import introduced
from bot.scrub.names.lexicon import Lexicon, all_words
from bot.scrub.names.listed import listed
from bot.scrub.names.roles import beside_roles
from bot.scrub.names.roster import NOBODY, Roster, on_roster, roster_of
from bot.scrub.names.signoff import signed
from bot.scrub.names.titles import titled
from bot.scrub.names.unknown import beside_names, unknown
from bot.scrub.names.wordlist import key
from bot.scrub.names.words import Words
from bot.scrub.pieces import Layer, Piece

__all__ = ["NOBODY", "Roster", "is_word", "name_layers", "roster_of"]

_Finder = Callable[[Words], Iterable[Piece]]

_DRAWL: Final = re.compile(r"(.)\1{2,}")

_LAYERS: Final[tuple[tuple[str, _Finder], ...]] = (
    ("title", titled),
    ("introduction", introduced),
    ("role", beside_roles),
    ("sign-off", signed),
    ("initials", with_initials),
    ("listed", listed),
    ("unknown", unknown),
    ("joined", beside_names),
)


def name_layers(language: str | None, roster: Roster) -> list[tuple[str, Layer]]:
    """Give the layers for a text in this language, with a name for each."""
    finders: list[tuple[str, _Finder]] = [
        ("roster", partial(on_roster, roster=roster)),
        *_LAYERS,
    ]
    # Read here, so that the time it takes is not the first text's.
    known = all_words()
    return [(name, _layer(find, known, language)) for name, find in finders]


def is_word(word: str) -> bool:
    """Say whether a word is an ordinary one, of any language that is known here."""
    known, one = all_words(), key(word)
    return known.is_known(one) or (
        not known.is_name(one) and known.is_nearly_known(_without_drawl(one))
    )


def _without_drawl(word: str) -> str:
    """Write a word without the letters that somebody draws out: `jaaaa`, `toppp`."""
    return _DRAWL.sub(r"\1", word)


def _layer(find: _Finder, known: Lexicon, language: str | None) -> Layer:
    def layer(text: str) -> Iterator[Piece]:
        yield from find(Words(text, known, language))

    return layer
