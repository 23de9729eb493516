"""How often the language of a comment is told, on the comments labelled by hand.

Rules were written with the tuned half at hand; the untouched half says how good they
are. `python -m bench.languages` reads the tables once and prints what that took.
"""

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.apart import apart
from bench.figures import Figure, grid
from bot.guesses import Guess
from bot.language import Detecting, Hints, detecting, guess, warm
from tests.corpus.remarks.labelled import HALVES, MIXED, Half, Labelled, language_lines

SHIPPED: Final = ("nl", "en", "ar", "tr")
_MORE: Final = "pl uk ru fa ti am es de fr so"
WIDE: Final = (*SHIPPED, *_MORE.split())
SURVEYS: Final = {"nl en ar tr": SHIPPED, f"{len(WIDE)} languages": WIDE}
CHOICES: Final[dict[str, Callable[[str], str | None]]] = {
    "its own": lambda own: own,
    "nothing": lambda _: None,
    "Dutch": lambda _: "nl",
}
"""What the writer of a comment chose; its own only where the survey is in it."""

LENGTHS: Final = ("1", "2-4", "5-7", "8+")
_SHORT: Final = {1: "1", 4: "2-4", 7: "5-7"}
_BESIDES: Final = frozenset(("ar", "fa", "uk", "ru", "ti", "am", "ckb"))
"""What is written in letters other than Latin, but for those who type Latin ones."""

OFFERED, LATIN, OTHERS, NONE = (
    "in its own letters",
    "in Latin letters",
    "not of the survey",
    "no table, or mixed",
)
KINDS: Final = (OFFERED, LATIN, OTHERS, NONE)
"""Those in a language of the survey, twice; in another that can be told; the rest."""


@dataclass(frozen=True, slots=True)
class Told:
    """A comment, and what was said of it."""

    line: Labelled
    kind: str
    guess: Guess

    @property
    def length(self) -> str:
        """Name the group of length that it belongs to."""
        lengths = (name for most, name in _SHORT.items() if self.line.words <= most)
        return next(lengths, "8+")

    @property
    def verdict(self) -> str:
        """Say whether the label is right; where none can be, none is right."""
        if self.guess.language is None:
            return "right" if self.kind == NONE else "undecided"
        return "right" if self.guess.language == self.line.lang else "wrong"

    @property
    def offer(self) -> str:
        """Say whether an offer was made, and a right one."""
        if self.guess.offer is None:
            return ""
        return "right" if self.guess.offer == self.line.lang else "wrong"


def tell(
    half: Half, survey: Sequence[str], chose: Callable[[str], str | None]
) -> tuple[Told, ...]:
    """Guess every comment of a half, as the conversation would."""
    told = []
    for line in language_lines(half):
        chosen = chose(line.lang)
        hints = Hints(tuple(survey), chosen if chosen in survey else None)
        told.append(Told(line, kind_of(line, survey), guess(line.text, hints)))
    return tuple(told)


def kind_of(line: Labelled, survey: Sequence[str]) -> str:
    """Name the kind that a comment is of, for a survey in these languages."""
    is_known = detecting([line.lang])[line.lang] != Detecting.CHOICE
    is_latin = line.lang in _BESIDES and line.text.isascii()
    if line.lang == MIXED or not is_known or (is_latin and line.lang not in survey):
        return NONE
    if line.lang in survey:
        return LATIN if is_latin else OFFERED
    return OTHERS


def share_right(told: Iterable[Told], kind: str, length: str) -> float:
    """Give the per cent of the comments of a kind and a length with the right label."""
    own = [one.verdict for one in told if (one.kind, one.length) == (kind, length)]
    return 100 * own.count("right") / len(own)


def wrong_offers(told: Iterable[Told]) -> list[tuple[str, str, str | None]]:
    """Give the wrong offers, as (kind, text, language that was offered)."""
    return [(t.kind, t.line.text, t.guess.offer) for t in told if t.offer == "wrong"]


def tables() -> str:
    """Print, of both halves: labels by length, labels by language, and offers."""
    return "\n\n".join(grid(list(rows)) for half in HALVES for rows in _tables(half))


def _tables(half: Half) -> Iterator[Iterator[tuple[str, ...]]]:
    yield _by_length(half)
    yield _by_language(half)
    yield _offers(half)


def _by_length(half: Half) -> Iterator[tuple[str, ...]]:
    yield (f"{half}: right / undecided / wrong", *(f"{n} words" for n in LENGTHS))
    for survey, languages in SURVEYS.items():
        for choice, chose in CHOICES.items():
            told = tell(half, languages, chose)
            yield (f"survey in {survey}; chosen: {choice}", *[""] * len(LENGTHS))
            for kind in KINDS:
                cells = (
                    _cell(t for t in told if (t.kind, t.length) == (kind, length))
                    for length in LENGTHS
                )
                yield (f"  {kind}", *cells)


def _by_language(half: Half) -> Iterator[tuple[str, ...]]:
    yield (f"{half}: right / undecided / wrong", *SURVEYS)
    own = CHOICES["its own"]
    told = [tell(half, survey, own) for survey in SURVEYS.values()]
    for language in dict.fromkeys(t.line.lang for t in told[0]):
        cells = (_cell(t for t in one if t.line.lang == language) for one in told)
        yield (f"  {language}", *cells)


def _offers(half: Half) -> Iterator[tuple[str, ...]]:
    yield (f"{half}: offers", "due", "right", *(f"wrong: {kind}" for kind in KINDS))
    for survey, languages in SURVEYS.items():
        for choice, chose in CHOICES.items():
            told = tell(half, languages, chose)
            due = sum(
                t.line.lang in languages
                and t.line.lang != chose(t.line.lang)
                and t.line.words > 2
                for t in told
            )
            wrong = Counter(t.kind for t in told if t.offer == "wrong")
            right = sum(t.offer == "right" for t in told)
            numbers = (due, right, *(wrong[kind] for kind in KINDS))
            yield (f"  survey in {survey}; chosen: {choice}", *map(str, numbers))


def _cell(told: Iterable[Told]) -> str:
    found = Counter(one.verdict for one in told)
    if not found:
        return "-"
    percent = 100 * found["right"] / found.total()
    return f"{percent:.1f} % ({found['right']}/{found['undecided']}/{found['wrong']})"


async def measure(rounds: int) -> list[Figure]:
    """Time the guesses, and read the tables again and again in new processes."""
    found = [await _round() for _ in range(rounds)]
    whats = (
        "language: seconds to read the tables",
        "language: MiB that they take",
        "language: milliseconds a comment, once they are read",
        "language: milliseconds for the longest of remarks",
    )
    return [
        Figure(what, None, values)
        for what, values in zip(whats, zip(*found, strict=True), strict=True)
    ]


async def _round() -> tuple[float, ...]:
    return tuple(await apart("bench.languages"))


def main() -> None:
    """Measure once, and print the numbers."""
    lines = language_lines("tuned")
    hints = Hints(WIDE)
    held = _held()
    seconds = _seconds(warm)
    mebibytes = _held() - held
    each = _seconds(lambda: [guess(line.text, hints) for line in lines])
    long = " ".join(line.text for line in lines if line.lang == "nl")[:500]
    longest = _seconds(lambda: guess(long, hints))
    print(json.dumps([seconds, mebibytes, 1e3 * each / len(lines), 1e3 * longest]))


def _held() -> float:
    """Give the memory of this process, in MiB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
