"""Two copies of the same folder, laid side by side: what became readable between them.

Between two openings only ciphertext of one size may differ. An opening adds batches of
ten people or more, and changes nothing that was there.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from bot.ballots import K
from tests.attacks.disk import NUMBERS, SEALED, Files, tables
from tests.attacks.table import Finding

RELEASED: Final = ("openings", "batches", "counts", "outcomes", "digests", "outbox")
"""What an opening adds to."""


STAFF: Final = ("flows", "live")
"""What changes when the staff publishes a flow, whatever clients do."""


@dataclass(slots=True)
class Steps:
    """What was seen between copies.

    Args:
        wrong: tables that changed as they must not.
        smallest: people in the smallest batch that appeared.
        openings: how many appeared.
    """

    wrong: set[str] = field(default_factory=set)
    smallest: int = 10**6
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
    if steps.wrong:
        said += f", {', '.join(sorted(steps.wrong))} changed"
    return Finding(said, bool(steps.wrong) or steps.smallest < K)


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
    for name in (before.keys() | after.keys()) - set(SEALED):
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


def _rows(read: Tables, name: str) -> set[tuple[tuple[str, Any], ...]]:
    # How far a message to the staff has come is no matter of a client.
    return {
        tuple((key, value) for key, value in row.items() if key != "state")
        for row in read.get(name, ())
    }
