"""Names of staff that the municipality lists itself, wherever they stand.

They are kept in memory only; nothing here writes or logs them.
"""

from collections.abc import Iterable, Iterator

from bot.scrub.names.naming import extent, piece
from bot.scrub.names.wordlist import key
from bot.scrub.names.words import Words
from bot.scrub.pieces import Piece

Roster = frozenset[tuple[str, ...]]
"""The keys of the words of each name."""

NOBODY: Roster = frozenset()
_SHORTEST = 3
_APART = str.maketrans(".,;", "   ")


def roster_of(names: Iterable[str]) -> Roster:
    """Give a roster of names; a full name counts in full and by each of its names.

    A list of an office may put the family name first: `Jansen, A.`.
    """
    found: set[tuple[str, ...]] = set()
    for name in names:
        parts = tuple(key(part) for part in name.translate(_APART).split())
        found |= {parts} if parts else set()
        halves = [half for part in parts for half in part.split("-")]
        found |= {(one,) for one in (*parts, *halves) if len(one) >= _SHORTEST}
    return frozenset(found)


def on_roster(words: Words, roster: Roster) -> Iterator[Piece]:
    """Find names of the roster, whole first; a word only where it looks meant."""
    longest = max(map(len, roster), default=0)
    for at in range(len(words)):
        for length in range(min(longest, len(words) - at), 0, -1):
            parts = tuple(words.keys[at : at + length])
            if parts in roster and (length > 1 or _is_telling(words, at)):
                end = max(at + length, extent(words, at + length - 1))
                yield piece(words, at, end)
                break


def _is_telling(words: Words, at: int) -> bool:
    one = words[at].key
    if words.lexicon.is_never_name(one) or words.lexicon.cues.has("particle", one):
        return False
    # Any capital will do, also where each word has one: these people are there.
    if words[at].is_capital or not words.lexicon.is_word(one):
        return True
    acts = words[at].starts and words.is_before("after", at)
    return acts or words.is_after("before", at) or words.is_after("thanks", at)
