"""A text as words with what is known of each: how it is written, and where it stands.

The layers of names read this; it takes nothing itself.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from bot.scrub.names.lexicon import Lexicon
from bot.scrub.names.wordlist import key
from bot.scrub.pieces import COVER

_WORD: Final = re.compile(
    r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u0670\u200c]|['’`-](?=[^\W\d_]))*"
)
_ENDINGS: Final = 5
"""Letters of an ending behind an apostrophe, as in `Ayşe'nin` or `Sandra's`."""
_STOPS: Final = re.compile(r"[.!?…:;\n؟።|•]")
_CLOSE: Final = (" ", "-", " - ", ". ", ".", " '", " ’", " `")
_MANY: Final = 0.6
_FEW: Final = 4
_CASELESS: Final = re.compile(r"[\u0590-\u08ff\u1200-\u139f]")
# Languages that write every noun with a capital: there it says nothing.
_CAPITAL_NOUNS: Final = ("de", "lb")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text.

    Args:
        start: where its first letter is.
        end: where its last letter has ended, without an ending behind an apostrophe.
        gap: what stands between it and the word before.
        starts: whether a sentence begins with it.
    """

    text: str
    start: int
    end: int
    key: str
    gap: str
    starts: bool

    @property
    def is_capital(self) -> bool:
        """Say whether it begins with a capital."""
        return self.text[:1].isupper()


@dataclass(frozen=True)
class Words:
    """The words of a text, in order, and what they say together."""

    text: str
    lexicon: Lexicon
    language: str | None = None
    words: tuple[Word, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", tuple(_words_of(self.text, self.lexicon)))

    def __len__(self) -> int:
        return len(self.words)

    def __getitem__(self, place: int) -> Word:
        return self.words[place]

    @cached_property
    def keys(self) -> list[str]:
        """Give the key of each word."""
        return [word.key for word in self.words]

    @cached_property
    def idle(self) -> frozenset[int]:
        """Give which words are part of a saying, as in `jan en alleman`."""
        found: set[int] = set()
        for end in range(1, len(self.words) + 1):
            length = self.lexicon.cues.ends_at("saying", self.keys, end)
            found |= set(range(end - length, end))
        return frozenset(found)

    @cached_property
    def says_capitals(self) -> bool:
        """Say whether capitals mean something: not where all or none of it has them."""
        cased = [w for w in self.words if w.text.upper() != w.text.lower()]
        if self.language in _CAPITAL_NOUNS:
            return False
        high = [w for w in cased if w.is_capital]
        shouted = [w for w in cased if w.text.isupper() and len(w.text) > 1]
        if len(cased) >= _FEW and len(high) > _MANY * len(cased):
            return False
        return len(shouted) <= max(_MANY * len(cased), 1) or len(cased) < _FEW

    @cached_property
    def is_dutch(self) -> bool:
        """Say whether it is likely Dutch, by its words more than by what was said."""
        long = [one for one in self.keys if len(one) > 1]
        dutch = sum(map(self.lexicon.is_dutch, long))
        if self.language not in (None, "nl"):
            return len(long) >= _FEW and dutch > 0.8 * len(long)
        return dutch >= 0.5 * len(long) or self.language == "nl"

    def adjoins(self, place: int) -> bool:
        """Say whether there is such a word, right behind the one before it."""
        return 0 < place < len(self.words) and self.words[place].gap in _CLOSE

    def is_after(self, heading: str, place: int) -> bool:
        """Say whether a cue of the heading stands right before a word."""
        if place == 0 or not set(self.words[place].gap) <= set(" :,-"):
            return False
        return self.lexicon.cues.ends_at(heading, self.keys, place) > 0

    def is_before(self, heading: str, place: int) -> bool:
        """Say whether a cue of the heading stands right behind a word."""
        if place + 1 >= len(self.words) or self.words[place + 1].gap != " ":
            return False
        return self.lexicon.cues.has(heading, self.keys[place + 1])

    def capital_counts(self, place: int) -> bool:
        """Say whether a word has a capital that its place does not ask for."""
        word = self.words[place]
        return word.is_capital and not word.starts and self.says_capitals

    def has_case(self, place: int) -> bool:
        """Say whether the script of a word has capitals."""
        return not _CASELESS.search(self.words[place].text)


def _words_of(text: str, lexicon: Lexicon) -> list[Word]:
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        whole, start, stop = match[0], match.start(), match.end()
        gap = text[end:start]
        stem, mark, ending = whole.replace("’", "'").replace("`", "'").partition("'")
        if mark and len(stem) > 2 and len(ending) <= _ENDINGS and ending.islower():
            stop = start + len(stem)
            whole = stem
        _, cover, tail = gap.rpartition(COVER)
        starts = _STOPS.search(tail) is not None or not (found or cover)
        if found and gap.startswith("."):
            # Behind `dhr.` or an initial no sentence ends.
            short = found[-1].key
            is_short = len(short) == 1 or lexicon.cues.has("abbreviation", short)
            starts = starts and not is_short
        found.append(Word(whole, start, stop, key(whole), gap, starts))
        end = match.end()
    return found
