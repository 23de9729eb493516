"""Make the list of word frequencies: `python -m tools.word_frequencies WHEEL`.

It takes the small Dutch list out of a wheel of wordfreq 3.1.1, which is needed for
this and for nothing else (`pip download wordfreq==3.1.1 --no-deps` fetches it), and
keeps the words that the rule `hard-word` can meet: six letters or more. A line of the
result is a Zipf frequency and the words that have it. `bot/words/NOTICE.md` has its
licence.
"""

import argparse
import gzip
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from bot.core.reading import SHORTEST_HARD_WORD

SOURCE: Final = "wordfreq/data/small_nl.msgpack.gz"
RESULT: Final = Path(__file__).parents[1] / "bot" / "words" / "nl.txt.gz"
_CENTIBELS: Final = 100
_HIGHEST: Final = 9.0
"""On the scale of Zipf, a word that makes up a whole text."""


def words_of(packed: bytes) -> Iterator[tuple[float, list[str]]]:
    """Give each Zipf frequency of a list in wordfreq's format, with its words.

    The format is a header and then a list of words for each centibel below the top.
    """
    header, *levels = _Unpacker(gzip.decompress(packed)).value()
    if header != {"format": "cB", "version": 1}:
        raise ValueError(f"not a list of words: {header}")
    for level, words in enumerate(levels):
        yield _HIGHEST - level / _CENTIBELS, words


def written(levels: Iterator[tuple[float, list[str]]]) -> bytes:
    """Write the words that are long enough, the same bytes for the same words."""
    lines = []
    for zipf, words in levels:
        kept = [
            word
            for word in words
            if len(word) >= SHORTEST_HARD_WORD and word.isalpha() and word.islower()
        ]
        if kept:
            lines.append(f"{zipf:.2f} {' '.join(kept)}\n")
    return gzip.compress("".join(lines).encode(), mtime=0)


class _Unpacker:
    """As much of MessagePack as these lists are written in."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed
        self._place = 0

    def value(self) -> Any:
        """Read the next value."""
        kind = self._number(1)
        match kind >> 4:
            case 0x8:
                return {self.value(): self.value() for _ in range(kind & 0xF)}
            case 0x9:
                return [self.value() for _ in range(kind & 0xF)]
            case 0xA | 0xB:
                return self._text(kind & 0x1F)
            case small if small < 0x8:
                return kind
        match kind:
            case 0xD9:
                return self._text(self._number(1))
            case 0xDC:
                return [self.value() for _ in range(self._number(2))]
            case _:
                raise ValueError(f"not a list of words: {kind:#x}")

    def _number(self, size: int) -> int:
        return int.from_bytes(self._bytes(size))

    def _text(self, size: int) -> str:
        return self._bytes(size).decode()

    def _bytes(self, size: int) -> bytes:
        part = self._packed[self._place : self._place + size]
        self._place += size
        return part


def main(words: Sequence[str] | None = None) -> None:
    """Take the list out of the wheel that the command line names."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.word_frequencies", description=__doc__
    )
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--to", type=Path, default=RESULT)
    args = parser.parse_args(words)
    with zipfile.ZipFile(args.wheel) as wheel:
        args.to.write_bytes(written(words_of(wheel.read(SOURCE))))


if __name__ == "__main__":
    main()
