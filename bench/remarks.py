"""How much personal data the scrubber finds in labelled remarks, and what it costs.

The remarks were written by hand before the rules, and dealt into two halves: the rules
were mended on the tuned half, and never on the untouched one. A fresh set was written
later, by somebody else, and no rule was changed after it was measured. An item counts
as found when every letter and digit of it is gone, whatever it was taken for. A piece
counts as right when it touches an item.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final

from bench.figures import grid
from bot.remarks import Scrubbed
from bot.scrub import explained
from bot.scrub.names.lexicon import all_words
from bot.scrub.normalise import normalised
from bot.scrub.worker import ScrubWorker
from tests.corpus.remarks.reading import KINDS, Labelled, Span, read_remarks

HALVES: Final = ("tuned", "untouched")
SETS: Final = (*HALVES, "fresh")
NAME: Final = "NAAM"
_CORPUS: Final = Path(__file__).parents[1] / "tests" / "corpus" / "remarks"
_PERCENT: Final = 100

BARS: Final = {
    "structured": ">= 97",
    "names": ">= 93",
    "precision": ">= 96",
    "clean altered": "<= 3",
    "median ms": "<= 5",
    "worst ms": "<= 1000",
}


@dataclass(slots=True)
class Tally:
    """What was found in some remarks.

    Args:
        items: marked items by type.
        found: those of which nothing is left.
        named: those that were taken for what they are.
        right: pieces taken that touch an item.
        wrong: pieces taken that touch none.
        clean: remarks without an item.
        altered: those of which something was taken, or nothing was kept.
        withheld: remarks with an item of which nothing was kept.
        seconds: how long each remark took.
    """

    items: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    right: int = 0
    wrong: int = 0
    clean: int = 0
    altered: int = 0
    withheld: int = 0
    seconds: list[float] = field(default_factory=list)

    def recall(self, kinds: Iterable[str]) -> float:
        """Give how many of a hundred items of these types are gone."""
        kinds = tuple(kinds)
        return _share(
            sum(self.found[kind] for kind in kinds),
            sum(self.items[kind] for kind in kinds),
        )

    @property
    def figures(self) -> dict[str, float]:
        """Give what the bars are about, by the same names."""
        return {
            "structured": self.recall(KINDS - {NAME}),
            "names": self.recall([NAME]),
            "precision": _share(self.right, self.right + self.wrong),
            "clean altered": _share(self.altered, self.clean),
            "median ms": median(self.seconds) * 1000,
            "worst ms": max(self.seconds) * 1000,
        }


def remarks(half: str) -> tuple[Labelled, ...]:
    """Read a half of the labelled remarks."""
    return read_remarks(_CORPUS / f"personal_{half}.txt")


def tally(labelled: Iterable[Labelled], *, knows_language: bool = True) -> Tally:
    """Scrub remarks and count what was found."""
    # Read now, so that the first remark does not take the time of it.
    all_words()
    found = Tally()
    for one in labelled:
        _count(found, one, one.lang if knows_language else None)
    return found


def _count(found: Tally, one: Labelled, language: str | None) -> None:
    # As it is looked at, so that places in it are places in what was taken.
    text, spans = _as_looked_at(one)
    began = time.perf_counter()
    said = explained(text, language)
    found.seconds.append(time.perf_counter() - began)
    pieces = [each.piece for each in said.taken]
    gone = {at for piece in pieces for at in range(piece.start, piece.end)}
    for span in spans:
        found.items[span.kind] += 1
        letters = [at for at in range(span.start, span.end) if text[at].isalnum()]
        found.found[span.kind] += gone.issuperset(letters)
        found.named[span.kind] += any(
            piece.kind.value == f"[{span.kind}]"
            and _touch(span, piece.start, piece.end)
            for piece in pieces
        )
    right = sum(any(_touch(s, p.start, p.end) for s in spans) for p in pieces)
    found.right += right
    found.wrong += len(pieces) - right
    is_kept = isinstance(said.result, Scrubbed)
    if spans:
        found.withheld += not is_kept
    else:
        found.clean += 1
        found.altered += bool(pieces) or not is_kept


def _as_looked_at(one: Labelled) -> tuple[str, list[Span]]:
    """Normalise the text of a remark part by part, so that its spans move along."""
    text, end = "", 0
    spans = []
    for span in one.spans:
        text += _normal(one.text[end : span.start])
        item = _normal(one.text[span.start : span.end])
        spans.append(Span(span.kind, len(text), len(text) + len(item)))
        text += item
        end = span.end
    return text + _normal(one.text[end:]), spans


def _normal(part: str) -> str:
    # Between marks, for its blanks at either end belong to the sentence.
    return normalised(f"|{part}|")[1:-1]


def _touch(span: Span, start: int, end: int) -> bool:
    return start < span.end and end > span.start


def _share(part: int, whole: int) -> float:
    return _PERCENT * part / whole if whole else 0.0


def table(halves: Sequence[str] = SETS) -> str:
    """Measure and write down both halves and the fresh set, side by side."""
    found = [tally(remarks(half)) for half in halves]
    guessed = [tally(remarks(half), knows_language=False) for half in halves]
    rows = [["Remarks: found, of a hundred", *halves, "bar"]]
    for kind in sorted(KINDS):
        cells = [
            f"{one.recall([kind]):.1f} of {one.items[kind]}"
            f" ({_share(one.named[kind], one.items[kind]):.0f} by name)"
            for one in found
        ]
        rows.append([f"  {kind}", *cells, ""])
    for name, bar in BARS.items():
        rows.append([name, *(f"{one.figures[name]:.1f}" for one in found), bar])
    for name in ("structured", "names", "precision", "clean altered"):
        cells = [f"{one.figures[name]:.1f}" for one in guessed]
        rows.append([f"{name}, language not given", *cells, BARS[name]])
    rows.append(["withheld, with data in them", *(str(o.withheld) for o in found), ""])
    memory = f"{asyncio.run(_memory()):.0f}"
    rows.append(["MiB of the worker", *(memory for _ in halves), "<= 200"])
    return grid(rows)


async def _memory() -> float:
    """Give the most memory that a worker takes, warm and after a remark."""
    async with ScrubWorker() as worker:
        await worker.scrub("mevrouw Verbeekstra heeft mij goed geholpen", "nl")
        status = await asyncio.to_thread(Path(f"/proc/{worker.pid}/status").read_text)
    [line] = [one for one in status.splitlines() if one.startswith("VmHWM")]
    return int(line.split()[1]) / 1024
