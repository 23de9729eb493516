"""How hard a Dutch text is to read: its sentences, their length, its rare words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

LONGEST_SENTENCE: Final = 15
SHORTEST_HARD_WORD: Final = 6
RARE: Final = 3.3
"""Zipf frequency: 3 is once in a million words, 6 is once in a thousand."""

_END: Final = re.compile(r"(?<=[.?!…])['’\"”»)]*\s+|\n+")
_WORD: Final = re.compile(r"[^\W_]+(?:[-'’.,:][^\W_]+)*")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
# "Doelmatig betekent: snel en goed." A text may use a rare word that it explains.
_MEANS: Final = re.compile(r"\W*([^\W\d_]+) betekent\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of words: how often Dutch uses them, and what staff say of them.

    Args:
        frequencies: the Zipf frequency by word, in small letters.
        own: words that clients know, however rare they are elsewhere.
        pairs: pairs that ask one thing: `rechten en plichten`.
    """

    frequencies: Mapping[str, float] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()

    def is_rare(self, word: str) -> bool:
        """Say whether few people use a word and nobody said that clients know it."""
        low = word.lower()
        return (
            len(word) >= SHORTEST_HARD_WORD
            and low not in self.own
            and self.frequencies.get(low, 0.0) < RARE
        )


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, and how many words it has."""

    text: str

    @property
    def length(self) -> int:
        """Count the words; a number is one too."""
        return len(_WORD.findall(self.text))

    @property
    def is_explanation(self) -> bool:
        """Say whether it tells what a word means."""
        return bool(_MEANS.match(self.text))


def sentences(text: str) -> Iterator[Sentence]:
    """Take a text apart into its sentences; a quoted one is one by itself."""
    for part in _END.split(text):
        if _WORD.search(part):
            yield Sentence(part.strip())


def rare_words(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """List the rare words of a text, once each; those that it explains are none."""
    explained = {
        found[1].lower()
        for sentence in sentences(text)
        if (found := _MEANS.match(sentence.text))
    }
    return tuple(
        dict.fromkeys(
            word
            for word in _LETTERS.findall(text)
            if lexicon.is_rare(word) and word.lower() not in explained
        )
    )
