"""Look words up in long lists that take little memory: one text and its first letters.

A list is sorted and each word written as what it shares with the one before it. Reads
the lists that come along, and nothing else.
"""

import gzip
import io
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

_PREFIX: Final = 3
_SHARED: Final = 25
_FIRST: Final = ord("a")
# What no decomposition turns into the letter that people type for it.
_LIKE: Final = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "’": "'", "`": "'"}
)


@cache
def _bare(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))


def key(word: str) -> str:
    """Give what a word is looked up by: small, without accents."""
    low = word.lower().translate(_LIKE)
    return low if low.isascii() else "".join(map(_bare, low))


class WordList:
    """Words to look up by their key; never changes."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take words that are keys already, sorted by their letters."""
        self._starts: dict[str, tuple[int, int]] = {}
        text = bytearray(b"\n")
        first, begin = "", 0
        for word in words:
            if word[:_PREFIX] != first:
                self._starts[first] = (begin, len(text))
                first, begin = word[:_PREFIX], len(text) - 1
            text += f"{word}\n".encode()
        self._starts[first] = (begin, len(text))
        self._text = bytes(text)

    def __contains__(self, word: str) -> bool:
        begin, end = self._starts.get(word[:_PREFIX], (0, 0))
        return begin < end and self._text.find(f"\n{word}\n".encode(), begin, end) >= 0

    def __len__(self) -> int:
        return self._text.count(b"\n") - 1


def written(keys: Iterable[str]) -> bytes:
    """Write a list down; the same words always give the same bytes."""
    lines, before = [], ""
    for word in sorted(keys):
        shared = 0
        for one, other in zip(word[:_SHARED], before, strict=False):
            if one != other:
                break
            shared += 1
        lines.append(chr(_FIRST + shared) + word[shared:])
        before = word
    return "\n".join(lines).encode()


def read(content: bytes) -> WordList:
    """Read what `written` wrote. Raises ValueError where it is damaged."""

    def words() -> Iterable[str]:
        before = ""
        for raw in io.BytesIO(content):
            line = raw.decode().rstrip("\n")
            shared = ord(line[:1] or " ") - _FIRST
            if not 0 <= shared <= len(before):
                raise ValueError("this is no list of words")
            before = before[:shared] + line[1:]
            yield before

    return WordList(words())


def load(name: str) -> WordList:
    """Read one of the lists that come along. Raises OSError or ValueError."""
    packed = (files("bot.scrub") / "lists" / f"{name}.gz").read_bytes()
    return read(gzip.decompress(packed))
