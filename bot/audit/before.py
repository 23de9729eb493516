"""Two states of one folder: what changed, and what the keys of now can still open."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from nacl.exceptions import CryptoError

from bot.audit.chance import SURPRISING
from bot.audit.counted import K, batches
from bot.audit.evidence import Evidence, Key
from bot.audit.finding import Result, found, note, ok
from bot.audit.order import FEWEST, kendall
from bot.audit.sealed import SEALED
from bot.errors import KeyFault

_RELEASED: Final = (
    "openings",
    "batches",
    "counts",
    "outcomes",
    "digests",
    "lots",
    "published",
)
"""What is written once, by an opening, and never changed."""


def check_before(evidence: Evidence) -> Iterator[Result]:
    """Compare with an older state, where one was given."""
    before = evidence.before
    if before is None:
        yield note("before-not-given")
        return
    results = [
        *_released(before, evidence),
        *_resealed(before, evidence),
        *_names(before, evidence),
        *_opened(before, evidence),
    ]
    yield from results or [ok("before")]
    if not _turned(before, evidence):
        yield note("before-same-week")


def _turned(before: Evidence, after: Evidence) -> bool:
    """Say whether there was an opening in between."""
    return _epochs(before).isdisjoint(_epochs(after))


def _epochs(evidence: Evidence) -> set[str]:
    return {database.epoch for database in evidence.databases.values()}


def _released(before: Evidence, after: Evidence) -> Iterator[Result]:
    """Find what was released, changed, or taken back in too small a step."""
    old, new = before.databases.get("answers.db"), after.databases.get("answers.db")
    if old is None or new is None:
        return
    for table in _RELEASED:
        rows = old.tables.get(table), new.tables.get(table)
        if rows[0] is None or rows[1] is None:
            continue
        gone = {c.values for c in rows[0].cells} - {c.values for c in rows[1].cells}
        if gone:
            yield found("released-changed", table=table, rows=len(gone))
        if not _turned(before, after) and len(rows[0].cells) < len(rows[1].cells):
            yield found("released-between", table=table)
    groups = batches(old)
    for group, n in sorted(batches(new).items()):
        if (step := n - groups.get(group, 0)) and step < K:
            yield found("step-small", week=group[0], n=step, k=K)


def _resealed(before: Evidence, after: Evidence) -> Iterator[Result]:
    """Find sealed rows that outlived an opening, or differ in size from before."""
    for (file, table), columns in SEALED.items():
        old, new = (
            _rows(before, file, table, columns),
            _rows(after, file, table, columns),
        )
        if _turned(before, after):
            same = old.keys() & new.keys() if table != "phase_sums" else set()
            kept = {*old.values()} & {*new.values()}
            if same or kept:
                rows = max(len(same), len(kept))
                yield found("sealed-kept", file=file, table=table, rows=rows)
        sizes = {len(sealed) for rows in (old, new) for sealed in rows.values()}
        if len(sizes) > 1 and table != "phase_sums":
            yield found("sizes-before", file=file, table=table)


def _names(before: Evidence, after: Evidence) -> Iterator[Result]:
    """Find names that grow: by name, the newer rows then stand behind the older."""
    for (file, table), columns in SEALED.items():
        old, new = (
            _rows(before, file, table, columns),
            _rows(after, file, table, columns),
        )
        names = sorted(name for name in new if isinstance(name, bytes))
        if len(names) >= FEWEST:
            order = kendall(range(len(names)), [name not in old for name in names])
            if order.p < SURPRISING:
                yield found("names-grow", file=file, table=table)


def _opened(before: Evidence, after: Evidence) -> Iterator[Result]:
    """Try every key of now on every sealed row of before."""
    opened: Counter[str] = Counter()
    for (file, table), columns in SEALED.items():
        for sealed in _rows(before, file, table, columns).values():
            if any(opens(key, sealed) for key in after.keys):
                opened[table] += 1
    for table, rows in sorted(opened.items()):
        if _turned(before, after):
            yield found("old-opened", table=table, rows=rows)


def opens(key: Key, sealed: bytes) -> bool:
    """Say whether a key file opens a sealed row, with either of its two halves."""
    try:
        key.epoch.unseal(sealed)
    except KeyFault:
        try:
            key.box.decrypt(sealed)
        except (CryptoError, ValueError):
            return False
    return True


def _rows(
    evidence: Evidence, file: str, table: str, columns: tuple[str, str]
) -> Mapping[object, bytes]:
    database = evidence.databases.get(file)
    rows = database.rows(table, *columns) if database else []
    return {name: sealed for name, sealed in rows if isinstance(sealed, bytes)}
