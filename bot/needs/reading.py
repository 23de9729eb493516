"""Read what was typed as words that compare, however it was typed.

It forgets case, accents, joiners, the forms of Arabic letters, and how often a letter
was repeated. It knows no language.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from bot.core.questions.folding import fold

LONGEST: Final = 4096
"""What comes after so many characters is not looked at; a chat app sends no more."""

_LONGEST_WORD: Final = 40
"""A longer one is no word; its beginning stands for it."""

_PIECE: Final = 256
"""So many characters are folded at a time."""

_APOSTROPHES: Final = "'’‘`´ʼ"
_ENDS: Final = frozenset(".!?;\n…؟۔।")

# Letters that no normalisation takes apart.
_PLAIN: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it compares, and whether a sentence begins or ends with it."""

    text: str
    begins: bool = False
    ends: bool = False


def words_of(text: str) -> tuple[Word, ...]:
    """Give the words of the beginning of a text, in order."""
    found: list[tuple[str, bool]] = []
    letters: list[str] = []
    begins = True
    for character in chain(islice(_folded(text[:LONGEST]), LONGEST), "\n"):
        if character.isalnum():
            letters.append(character)
        elif character not in _APOSTROPHES:
            if letters:
                found.append((_squeezed(letters), begins))
                letters, begins = [], False
            begins = begins or character in _ENDS
    after = [*(begins for _, begins in found[1:]), True]
    return tuple(
        Word(word, begins, ends)
        for (word, begins), ends in zip(found, after, strict=False)
    )


def squeezed(text: str) -> str:
    """Write one word of a list as `words_of` writes it."""
    return _squeezed(list(filter(str.isalnum, _folded(text))))


def _folded(text: str) -> Iterator[str]:
    # These would be written out as three full stops, or taken for an accent.
    kept = text.replace("…", "\n").replace("´", "'")
    # One character may be folded into many, so no more is folded than is asked for.
    for start in range(0, len(kept), _PIECE):
        yield from fold(kept[start : start + _PIECE]).translate(_PLAIN)


def _squeezed(letters: Sequence[str]) -> str:
    """Write a repeated letter once; the digits of 112 stay."""
    kept = (
        letter
        for letter, before in zip(letters, ("", *letters), strict=False)
        if letter != before or letter.isdecimal()
    )
    return "".join(islice(kept, _LONGEST_WORD))
