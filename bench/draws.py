"""A million draws from made-up lists: does everybody have the same chance?

The seeds are fixed, so the table is the same everywhere. What is played is the draw of
`polsslag draw` itself.
"""

import hashlib
import math
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from statistics import NormalDist
from typing import Final

from bench.figures import grid
from bot.core.flow import Phase
from bot.core.sampling import Contact, draw

PHASES: Final = (Phase.FIRST_CONTACT, Phase.INTAKE, Phase.AFTER_AWARD)
_CHUNK: Final = 100
"""So few draws are not worth another process."""
_CHUNKS: Final = 100


@dataclass(frozen=True, slots=True)
class Frame:
    """A made-up list, and how often to draw from it.

    Args:
        sizes: how many contacts each phase has.
    """

    sizes: tuple[int, int, int]
    one_in: int
    draws: int

    @property
    def contacts(self) -> list[Contact]:
        """Write the list, its phases one by one through each other."""
        places = sorted(
            ((place + 0.5) / size, PHASES.index(phase), place, phase)
            for phase, size in zip(PHASES, self.sizes, strict=True)
            for place in range(size)
        )
        return [Contact(f"{phase}-{place}", phase) for _, _, place, phase in places]


FULL: Final = (
    Frame((13, 10, 7), 25, 1_000_000),
    Frame((160, 111, 62), 25, 10_000),
    Frame((2000, 1800, 1200), 25, 400),
)
QUICK: Final = (Frame((13, 10, 7), 25, 10_000), Frame((160, 111, 62), 25, 500))


@dataclass(slots=True)
class Tally:
    """What so many draws came to.

    Args:
        drawn: how often each contact was drawn.
        totals: how many of each phase were drawn, in all draws together.
        variance: of how often one contact of the phase is drawn, given the totals.
        off: draws in which a phase, or all together, were not n / one_in, rounded.
    """

    drawn: dict[Contact, int]
    totals: dict[Phase, int] = field(default_factory=lambda: dict.fromkeys(PHASES, 0))
    variance: dict[Phase, float] = field(
        default_factory=lambda: dict.fromkeys(PHASES, 0.0)
    )
    off: int = 0

    def add(self, other: "Tally") -> None:
        """Take in the draws of another."""
        for contact, count in other.drawn.items():
            self.drawn[contact] += count
        for phase in PHASES:
            self.totals[phase] += other.totals[phase]
            self.variance[phase] += other.variance[phase]
        self.off += other.off


def play(frame: Frame, numbers: Iterable[int]) -> Tally:
    """Draw so many times, each with a seed of its own."""
    contacts = frame.contacts
    tally = Tally(dict.fromkeys(contacts, 0))
    for number in numbers:
        seed = hashlib.sha256(f"{frame.sizes} {number}".encode()).digest()
        drawn = draw(contacts, frame.one_in, seed)
        sizes = [(phase.listed, phase.drawn) for phase in drawn.phases]
        sizes.append((len(contacts), len(drawn.contacts)))
        tally.off += not all(_is_rounded(n, m, frame.one_in) for n, m in sizes)
        for contact in drawn.contacts:
            tally.drawn[contact] += 1
        for phase in drawn.phases:
            n, m = phase.listed, phase.drawn
            tally.totals[phase.phase] += m
            tally.variance[phase.phase] += m * (n - m) / (n * (n - 1))
    return tally


def _is_rounded(listed: int, drawn: int, one_in: int) -> bool:
    return drawn in (listed // one_in, -(-listed // one_in))


@dataclass(frozen=True, slots=True)
class Row:
    """One phase of one list.

    Args:
        share: of its contacts that were drawn, on average over the draws.
        low, high: the least and the most often that one contact was drawn.
        far: how far these should lie from the mean by chance, about.
        surprise: how often a fair draw is more uneven over the places of the list.
    """

    phase: Phase
    listed: int
    share: float
    low: float
    high: float
    far: float
    square: float
    surprise: float


def rows(frame: Frame, tally: Tally) -> Iterator[Row]:
    """Sum up the draws by phase.

    Given how many of a phase were drawn, its places are alike, and the squares below
    add up to a chi-square with one degree of freedom less than there are places.
    """
    for phase, listed in zip(PHASES, frame.sizes, strict=True):
        counts = [n for contact, n in tally.drawn.items() if contact.phase is phase]
        mean = tally.totals[phase] / listed
        variance = tally.variance[phase]
        square = sum((count - mean) ** 2 for count in counts) / variance
        spread = math.sqrt(variance * (listed - 1) / listed)
        yield Row(
            phase,
            listed,
            share=mean / frame.draws,
            low=min(counts) / frame.draws,
            high=max(counts) / frame.draws,
            far=spread * NormalDist().inv_cdf(listed / (listed + 1)) / frame.draws,
            square=square,
            surprise=_above(square, listed - 1),
        )


def _above(square: float, degrees: int) -> float:
    """Give how often a chi-square is larger, after Wilson and Hilferty."""
    part = 2 / (9 * degrees)
    return 1 - NormalDist().cdf(((square / degrees) ** (1 / 3) - 1 + part) / part**0.5)


def table(frames: Iterable[Frame], say: Callable[[str], None]) -> str:
    """Draw from each list, often on all cores, and write what came of it."""
    lines: list[tuple[str, ...]] = [
        (
            "",
            "contacts",
            "draws",
            "not rounded",
            "share %",
            "least %",
            "most %",
            "by chance, about %",
            "chi-square",
            "p",
        )
    ]
    for frame in frames:
        say(f"Drawing {frame.draws:,} times from {sum(frame.sizes):,} contacts.")
        tally = Tally(dict.fromkeys(frame.contacts, 0))
        for part in _played(frame):
            tally.add(part)
        lines += [_cells(frame, tally, row) for row in rows(frame, tally)]
    return grid(lines)


def _played(frame: Frame) -> Iterator[Tally]:
    chunk = max(_CHUNK, frame.draws // _CHUNKS)
    starts = range(0, frame.draws, chunk)
    parts = [range(first, min(first + chunk, frame.draws)) for first in starts]
    if len(parts) == 1:
        yield play(frame, parts[0])
        return
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        yield from pool.map(play, [frame] * len(parts), parts)


def _cells(frame: Frame, tally: Tally, row: Row) -> tuple[str, ...]:
    low, high = row.share - row.far, row.share + row.far
    return (
        f"1 in {frame.one_in}, {row.phase}",
        f"{row.listed:,}",
        f"{frame.draws:,}",
        str(tally.off),
        *(f"{100 * share:.3f}" for share in (row.share, row.low, row.high)),
        f"{100 * low:.3f} to {100 * high:.3f}",
        f"{row.square:.1f} of {row.listed - 1}",
        f"{row.surprise:.2f}",
    )
