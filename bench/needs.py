"""How often the word lists answer rightly, on comments that were labelled by hand.

A comment that asks for two things counts with the one that is answered first. The
untouched half is for measuring only; no phrase may be mended after what it shows.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bench.figures import grid
from bot.needs import Need, needs_of
from tests.corpus.remarks.labelled import HALVES, Half, Labelled, needs_lines

LANGUAGES: Final = ("nl", "en", "ar", "tr")

_ALL: Final = "all"
_HEAD: Final = ("help texts", "", "asked", "rightly", "missed", "%", "wrongly")


@dataclass(frozen=True, slots=True)
class Shown:
    """How one help text was shown to the comments of one language.

    Args:
        asked: how many comments needed it.
        rightly: to how many of them it was shown.
        wrongly: to how many others.
    """

    asked: int
    rightly: int
    wrongly: int

    def __add__(self, other: "Shown") -> "Shown":
        """Count both."""
        return Shown(
            self.asked + other.asked,
            self.rightly + other.rightly,
            self.wrongly + other.wrongly,
        )

    @property
    def share(self) -> float:
        """Give the part of those who needed it who were shown it."""
        return self.rightly / self.asked if self.asked else 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """What was shown to one half.

    Args:
        shown: by need and language.
        ordinary: how many comments needed nothing.
        disturbed: to how many of those something was shown.
    """

    shown: dict[tuple[Need, str], Shown]
    ordinary: int
    disturbed: int

    def of(self, need: Need) -> Shown:
        """Count one help text, in all languages together."""
        each = (self.shown[need, language] for language in LANGUAGES)
        return sum(each, Shown(0, 0, 0))


def found_in(lines: Iterable[Labelled]) -> Found:
    """Try the word lists on labelled comments."""
    asked, rightly, wrongly = (Counter[tuple[Need, str]]() for _ in range(3))
    ordinary = disturbed = 0
    for line in lines:
        shown = needs_of(line.text)
        if shown is not None and shown not in line.needs:
            wrongly[shown, line.lang] += 1
        first = next((need for need in Need if need in line.needs), None)
        if first is None:
            ordinary += 1
            disturbed += shown is not None
        else:
            asked[first, line.lang] += 1
            rightly[first, line.lang] += shown is first
    cells = ((need, language) for need in Need for language in LANGUAGES)
    return Found(
        {cell: Shown(asked[cell], rightly[cell], wrongly[cell]) for cell in cells},
        ordinary,
        disturbed,
    )


def table() -> str:
    """Try them on both halves, and write what was found."""
    return "\n\n".join(map(of_half, HALVES))


def of_half(half: Half) -> str:
    """Write what was found in one half."""
    found = found_in(needs_lines(half))
    share = 100 * found.disturbed / found.ordinary
    return (
        f"The {half} half\n{grid([_HEAD, *_rows(found)])}\n"
        f"Ordinary comments that got a help text: {found.disturbed} of "
        f"{found.ordinary} ({share:.1f} %)"
    )


def _rows(found: Found) -> Iterator[tuple[str, ...]]:
    for need in Need:
        for language in LANGUAGES:
            yield _row("", language, found.shown[need, language])
        yield _row(need, _ALL, found.of(need))


def _row(what: str, language: str, shown: Shown) -> tuple[str, ...]:
    numbers = (shown.asked, shown.rightly, shown.asked - shown.rightly)
    return (
        what,
        language,
        *map(str, numbers),
        f"{100 * shown.share:.0f}",
        str(shown.wrongly),
    )
