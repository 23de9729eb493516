"""The words beside which people write names, as `cues.txt` lists them by heading."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from bot.scrub.names.wordlist import key

Phrase = tuple[str, ...]
"""Keys of words that follow each other."""

_HEADINGS: Final = frozenset(
    {
        "title",
        "title after",
        "strong",
        "weak",
        "role",
        "before",
        "thanks",
        "after",
        "signoff",
        "saying",
        "name anyway",
        "joining",
        "and",
        "abbreviation",
        "kunya",
        "particle",
        "article",
        "definite",
        "house",
        "stop",
        "month and day",
        "papiamento",
        "tigrinya",
    }
)


class Cues:
    """Words and phrases under each heading, by their keys. Never changes."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Read them. Raises ValueError where a heading lacks, or is not known."""
        self._under: dict[str, frozenset[Phrase]] = {}
        heading, found = "", set[Phrase]()
        for line in lines:
            if line.startswith("["):
                heading, found = line.strip("[]"), set()
            elif line and not line.startswith("#"):
                found |= {tuple(map(key, one.split("_"))) for one in line.split()}
                self._under[heading] = frozenset(found)
        if self._under.keys() != _HEADINGS:
            raise ValueError("these are not the cues")
        self._longest = {
            name: max(map(len, phrases)) for name, phrases in self._under.items()
        }

    def has(self, heading: str, word: str) -> bool:
        """Say whether a word stands under a heading, by itself."""
        return (word,) in self._under[heading]

    def ends_at(self, heading: str, keys: list[str], end: int) -> int:
        """Give how many words before `end` are a phrase of the heading; 0 if none."""
        for length in range(min(self._longest[heading], end), 0, -1):
            if tuple(keys[end - length : end]) in self._under[heading]:
                return length
        return 0

    def words(self, heading: str) -> frozenset[str]:
        """Give the single words under a heading."""
        return frozenset(one for one, *more in self._under[heading] if not more)


def lines_of(name: str) -> list[str]:
    """Give the lines of a text that comes along. Raises OSError."""
    folder = files("bot.scrub") / "lists"
    return (folder / f"{name}.txt").read_text("utf-8").splitlines()


@cache
def cues() -> Cues:
    """Give the cues, read when first needed. Raises OSError or ValueError."""
    return Cues(lines_of("cues"))


def grouped(name: str) -> Mapping[str, frozenset[str]]:
    """Give the keys of a list of one's own, by what stands before each colon."""
    return {
        group: frozenset(
            part for word in words.split() for part in map(key, word.split("_"))
        )
        for group, _, words in (
            line.partition(":") for line in lines_of(name) if not line.startswith("#")
        )
        if group
    }
