"""Make words fit the room there is: measured, wrapped, and cut as a last resort."""

import unicodedata
from collections.abc import Iterator, Sequence
from math import ceil
from typing import Final

from bot.digest.chart.widths import BOLD, EM, REGULAR, WIDEST

ELLIPSIS: Final = "…"


def width(words: str, size: int, is_bold: bool = False) -> int:
    """Say how wide some words are at a size; rather too much than too little."""
    widths = BOLD if is_bold else REGULAR
    return ceil(sum(widths.get(letter, WIDEST) for letter in words) * size / EM)


def plain(words: str) -> str:
    """Give the words on one line, without anything that has no width or shape."""
    shown = (
        letter
        for letter in " ".join(words.split())
        if not unicodedata.category(letter).startswith("C")
    )
    return "".join(shown)


def fitted(
    words: str, sizes: Sequence[int], room: int, lines: int = 1, is_bold: bool = False
) -> tuple[int, tuple[str, ...]]:
    """Give the first size at which the words fit in so many lines, and those lines.

    Where no size does, the words are cut at the last of them.
    """
    for size in sizes:
        found = tuple(wrapped(words, size, room, is_bold))
        if len(found) <= lines:
            return size, found
    *kept, last = found[:lines]
    return size, (*kept, cut(f"{last}{ELLIPSIS}", size, room, is_bold))


def wrapped(words: str, size: int, room: int, is_bold: bool = False) -> Iterator[str]:
    """Break words into lines, between two words wherever that is possible."""
    line = ""
    for word in words.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, size, is_bold) <= room:
            line = longer
            continue
        if line:
            yield line
        *full, line = _broken(word, size, room, is_bold)
        yield from full
    yield line


def _broken(word: str, size: int, room: int, is_bold: bool) -> Iterator[str]:
    part = ""
    for letter in word:
        if part and width(part + letter, size, is_bold) > room:
            yield part
            part = ""
        part += letter
    yield part


def cut(words: str, size: int, room: int, is_bold: bool = False) -> str:
    """Cut words that are too wide, and show that they were cut."""
    if width(words, size, is_bold) <= room:
        return words
    kept = words.removesuffix(ELLIPSIS)
    while kept and width(kept.rstrip() + ELLIPSIS, size, is_bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS
