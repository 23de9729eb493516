"""What is known of a word: whether it is a name, a word, or both. It never guesses.

Read once, when it is first needed; a list that is missing or damaged is an exception,
and then no text is let through.
"""

import re
from collections.abc import Iterator
from functools import cache
from string import ascii_lowercase
from threading import Lock
from typing import Final

from bot.scrub.names.cues import Cues, cues, grouped
from bot.scrub.names.wordlist import WordList, load

_GIVEN: Final = ("deduce.given", "faker.given")
_FAMILY: Final = ("deduce.family", "faker.family")
_WORDS: Final = ("opentaal", "wordfreq", "stopwordsiso")
_SHORTEST_PART: Final = 4
_LINKS: Final = ("", "s", "en", "e")
_SHORTEST_SLIP: Final = 7
"""Letters; a shorter word is near too many others."""
_SHORTEST_COMMON_SLIP: Final = 4
"""Letters of what may be one of the few most common words, misspelt."""
_SHORT_TAIL: Final = 3
_LONG_HEAD: Final = 6
_NAME_TAILS: Final = frozenset(
    ["man", "ink", "ing", "sma", "ker", "mar", "van", "den", "der"]
)
"""What many families are called behind a word: `Winkelman`."""
_ENDING: Final = re.compile(
    r"(?:hei[dt]|heden|lij?ks?|lijke|ingen|tjes?|baar|aties?|teit|ment|schap|loos)$"
)
_AMBIGUOUS: Final = "both"


class Lexicon:
    """What the lists say of a word, by its key."""

    def __init__(self) -> None:
        """Read every list. Raises OSError or ValueError where one is not right."""
        self._given = [load(name) for name in _GIVEN]
        self._family = [load(name) for name in _FAMILY]
        self._words = [load(name) for name in _WORDS]
        if not all(len(one) for one in (*self._given, *self._family, *self._words)):
            raise ValueError("a list is empty")
        own = grouped("names")
        self._own_names = frozenset().union(*own.values())
        words = grouped("words")
        self._both = words[_AMBIGUOUS]
        self._never = frozenset().union(
            *(group for name, group in words.items() if name != _AMBIGUOUS)
        )
        self.cues: Cues = cues()
        # Dutch has these as words that nobody types; people type the names.
        self._anyway = self.cues.words("name anyway")
        self._function = frozenset().union(
            *(
                self.cues.words(heading)
                for heading in ("stop", "article", "month and day", "papiamento")
            ),
            self.cues.words("tigrinya"),
            self.cues.words("role"),
            self.cues.words("title"),
            self.cues.words("title after"),
        )

    def is_never_name(self, word: str) -> bool:
        """Say whether a word is of an office, a place, a calendar, or small talk."""
        return (
            word in self._never or word in self._function
        ) and word not in self._anyway

    def is_given(self, word: str) -> bool:
        """Say whether people are called so by their given name."""
        if self.is_never_name(word):
            return False
        return word in self._own_names or _in(self._given, word)

    def is_family(self, word: str) -> bool:
        """Say whether families are called so."""
        if self.is_never_name(word):
            return False
        if word in self._own_names or _in(self._family, word):
            return True
        parts = word.split("-")
        return len(parts) > 1 and any(len(p) > 3 and self.is_name(p) for p in parts)

    def is_name(self, word: str) -> bool:
        """Say whether people are called so, by whatever name."""
        return self.is_given(word) or self.is_family(word)

    def is_word(self, word: str) -> bool:
        """Say whether it is an ordinary word of some language, on the lists."""
        if word in self._anyway:
            return False
        if word in self._own_names and word not in self._never:
            # Whoever wrote the list of names says there which of them are words too.
            return word in self._both
        return (
            word in self._both
            or word in self._never
            or word in self._function
            or _in(self._words, word)
        )

    def is_known(self, word: str) -> bool:
        """Say whether it is a word, or made of words as Dutch makes them."""
        if self.is_word(word):
            return True
        if word in self._anyway:
            return False
        if "-" in word or "'" in word:
            parts = [part for part in word.replace("'", "-").split("-") if part]
            return all(len(part) == 1 or self.is_word(part) for part in parts)
        return self._is_compound(word)

    def is_nearly_known(self, word: str) -> bool:
        """Say whether it is a word, or is likely one with a slip of the finger."""
        if self.is_known(word):
            return True
        if not word.isascii() or len(word) < _SHORTEST_COMMON_SLIP:
            return False
        if len(word) < _SHORTEST_SLIP:
            return any(one in self._words[2] for one in _without_slip(word)) or (
                # `krijgn`: what people leave out most often.
                len(word) == _SHORTEST_SLIP - 1
                and any(f"{word[:n]}e{word[n:]}" in self._words[0] for n in range(1, 6))
            )
        return _ENDING.search(word) is not None or any(
            one in self._words[0] or self._is_pair(one) for one in _without_slip(word)
        )

    def is_dutch(self, word: str) -> bool:
        """Say whether it is a Dutch word."""
        return word in self._words[0] or word in self._never

    def _is_compound(self, word: str) -> bool:
        """Say whether a word is two Dutch words, or three, of which each is known."""
        if not word.isascii():
            return False
        if self._is_pair(word):
            return True
        return any(
            self._is_pair(word[place:]) and self._is_head(word[:place])
            for place in range(_SHORTEST_PART, len(word) - 2 * _SHORTEST_PART + 1)
        )

    def _is_pair(self, word: str) -> bool:
        if any(
            word[place:] in self._words[0] and self._is_head(word[:place])
            for place in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        ):
            return True
        head, tail = word[:-_SHORT_TAIL], word[-_SHORT_TAIL:]
        return (
            len(head) >= _LONG_HEAD
            and tail not in _NAME_TAILS
            and tail in self._words[0]
            and self._is_head(head)
        )

    def _is_head(self, head: str) -> bool:
        return any(
            head.endswith(link) and head[: len(head) - len(link)] in self._words[0]
            for link in _LINKS
        )


def _without_slip(word: str) -> Iterator[str]:
    """Give what a word may have been with a letter more, less, or two exchanged."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
        for letter in ascii_lowercase:
            yield word[:at] + letter + word[at:]
            yield word[:at] + letter + word[at + 1 :]


def _in(lists: list[WordList], word: str) -> bool:
    return any(word in one for one in lists)


_READING: Final = Lock()


@cache
def _read() -> Lexicon:
    return Lexicon()


def all_words() -> Lexicon:
    """Give the lexicon, read when first needed. Raises OSError or ValueError."""
    # Else each of several threads would read it, and hold up the others meanwhile.
    with _READING:
        return _read()
