"""Two copies of the same folder, laid side by side: what became readable between them.

Between two openings only ciphertext of one size may differ. An opening adds batches of
ten people or more, and changes nothing that was there.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from bot.ballots import LOT, K
from tests.attacks.disk import NUMBERS, SEALED, Files, tables
from tests.attacks.table import Finding

RELEASED: Final = (
    "openings",
    "batches",
    "counts",
    "outcomes",
    "digests",
    "outbox",
    "lots",
    "published",
)
"""What an opening adds to."""


STAFF: Final = ("flows", "live", "review", "review_messages")
"""What changes when the staff publishes a flow or reviews, whatever clients do."""


@dataclass(slots=True)
class Steps:
    """What was seen between copies.

    Args:
        wrong: tables that changed as they must not.
        smallest: people in the smallest batch that appeared.
        lot: remarks in the smallest lot that appeared.
        openings: how many appeared.
    """

    wrong: set[str] = field(default_factory=set)
    smallest: int = 10**6
    lot: int = 10**6
    openings: int = 0


def differenced(copies: Sequence[Files]) -> Finding:
    """Difference each copy with the one before it."""
    steps = Steps()
    read = [_short(tables(copy)) for copy in copies]
    _compare_sizes(read, steps)
    for before, after in pairwise(read):
        _compare(before, after, steps)
    said = f"{len(copies)} copies"
    if steps.openings:
        least = "none" if steps.smallest == 10**6 else str(steps.smallest)
        said += f", smallest step {least}"
    if steps.lot < 10**6:
        said += f", smallest lot {steps.lot}"
    if steps.wrong:
        said += f", {', '.join(sorted(steps.wrong))} changed"
    is_small = steps.smallest < K or steps.lot < LOT
    return Finding(said, bool(steps.wrong) or is_small)


Tables = dict[str, list[dict[str, Any]]]


def _short(read: Tables) -> Tables:
    return {
        name.partition(":")[2]: rows
        for name, rows in read.items()
        if name.partition(":")[2] not in (*NUMBERS, *STAFF, "epoch")
    }


def _compare_sizes(read: Sequence[Tables], steps: Steps) -> None:
    sizes: dict[str, set[int]] = defaultdict(set)
    for copy in read:
        for name in SEALED:
            sizes[name] |= {len(row["sealed"]) for row in copy.get(name, ())}
    steps.wrong |= {
        f"size of {name}" for name, found in sizes.items() if len(found) > 1
    }


def _compare(before: Tables, after: Tables, steps: Steps) -> None:
    is_opened = before.get("openings") != after.get("openings")
    steps.openings += is_opened
    _compare_remarks(before, after, steps, is_opened=is_opened)
    for name in (before.keys() | after.keys()) - {*SEALED, "remarks"}:
        old, new = _rows(before, name), _rows(after, name)
        if old == new:
            continue
        if not is_opened or name not in RELEASED or not old <= new:
            steps.wrong.add(name)
    for row in _rows(after, "outcomes") - _rows(before, "outcomes"):
        values = dict(row)
        if values["outcome"] == "complete":
            steps.smallest = min(steps.smallest, values["n"])
    heads = _rows(after, "batches") - _rows(before, "batches")
    full = {
        (row["week"], row["flow"], row["origin"])
        for row in after.get("outcomes", ())
        if row["outcome"] == "complete"
    }
    if any((d["week"], d["flow"], d["origin"]) not in full for d in map(dict, heads)):
        steps.smallest = 0


def _compare_remarks(
    before: Tables, after: Tables, steps: Steps, *, is_opened: bool
) -> None:
    """Between openings reviewers take remarks away; an opening brings whole lots."""
    known = {row["id"] for row in before.get("remarks", ())}
    rows = after.get("remarks", ())
    new = Counter(row["flow"] for row in rows if row["id"] not in known)
    if new and not is_opened:
        steps.wrong.add("remarks")
    published = Counter(
        dict(row)["flow"]
        for row in _rows(after, "published") - _rows(before, "published")
    )
    steps.lot = min([steps.lot, *new.values(), *published.values()])


def _rows(read: Tables, name: str) -> set[tuple[tuple[str, Any], ...]]:
    # How far a message to the staff has come is no matter of a client.
    return {
        tuple((key, value) for key, value in row.items() if key != "state")
        for row in read.get(name, ())
    }
