"""Tell what was found from what chance finds: in the end, a short trace is anywhere."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.audit.traces import Hit, People, Trace, files_in, scan

SURPRISING: Final = 1e-6
"""What chance brings about more often than this is no finding."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of people.

    Args:
        hits: what chance does not explain.
        by_chance: how many others there were.
    """

    hits: Sequence[Hit]
    by_chance: int


def expected(traces: Iterable[Trace], size: int) -> float:
    """Give how many hits there would be in so many bytes that are all random."""
    return sum(float(size) * 256.0 ** -len(trace.pattern) for trace in traces)


def at_least(count: int, mean: float) -> float:
    """Give how often chance makes at least so many of what comes `mean` times."""
    if not count:
        return 1.0
    if not mean:
        return 0.0
    total, step = 0.0, count
    term = math.exp(-mean + count * math.log(mean) - math.lgamma(count + 1))
    while step <= mean or term > total * 1e-12:
        total += term
        step += 1
        term *= mean / step
    return min(1.0, total)


def neighbour(number: int) -> int:
    """Give another number with as many digits, which nobody has a reason to keep."""
    digits = len(str(number))
    step = 7 * int(10.0 ** max(0, digits - 3)) + 3
    return number - step if len(str(number + step)) > digits else number + step


def beyond_chance(
    roots: Sequence[Path], numbers: Collection[int], hits: Sequence[Hit]
) -> Verdict:
    """Keep the hits that neither random bytes nor the files' own digits explain.

    Two measures, for each encoding: what so many bytes at random would hold, and what
    the same search finds of as many other numbers, which nobody has a reason to keep.
    The second sees it when a file is full of digits, or of zeros.

    Args:
        numbers: the people's ids that were looked for.
        hits: what the search for them found.
    """
    if not hits:
        return Verdict((), 0)
    size = sum(path.stat().st_size for root in roots for path in files_in(root))
    others = {neighbour(number) for number in numbers}.difference(numbers)
    by_encoding = Counter(hit.encoding for hit in hits)
    found = Counter(hit.encoding for hit in scan(roots, People(others)))
    means: dict[str, float] = defaultdict(float)
    for trace in People(numbers):
        if trace.encoding in by_encoding:
            means[trace.encoding] += float(size) * 256.0 ** -len(trace.pattern)
    explained = {
        encoding
        for encoding, count in by_encoding.items()
        if at_least(count, means[encoding] + found[encoding]) > SURPRISING
    }
    kept = [hit for hit in hits if hit.encoding not in explained]
    return Verdict(kept, len(hits) - len(kept))
