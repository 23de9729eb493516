"""Are there just the keys that the databases name: young, closed, and nowhere else?"""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.audit.evidence import Evidence, Key, keys_in, seeds_in
from bot.audit.finding import Result, found, note, ok
from bot.audit.traces import Hit, Trace, files_in, scan, traces_of_bytes

OLDEST: Final = 8
"""Days. There is an opening every seven; the eighth makes up for a missed night."""

_DAY: Final = 24 * 60 * 60
_OTHERS: Final = 0o077


def check_keys(evidence: Evidence) -> Iterator[Result]:
    """Say whether the keys are those of this week and of no other."""
    yield from _among_the_data(evidence)
    folder = evidence.key_folder
    if folder is None:
        yield note("keys-not-given")
        return
    named = {database.epoch for database in evidence.databases.values()} - {""}
    there = {key.epoch.id for key in evidence.keys}
    results = [
        *_access(folder),
        *(
            found("key-old", file=key.path.name, days=days)
            for key, days in _old(evidence)
        ),
        *(found("key-left", file=f"epoch-{e}.key") for e in sorted(there - named)),
        *(found("seed-left", file=path.name) for path in _outlived(evidence, named)),
        *(found("key-unnamed", file=path.name) for path in _others(folder, evidence)),
    ]
    yield from results or [ok("keys", count=len(there))]
    if evidence.seeds:
        yield note("seed-here", count=len(evidence.seeds))
    for epoch in sorted(named - there):
        yield note("key-missing", file=f"epoch-{epoch}.key")
    if len(named) > 1:
        yield note("opening-half")


def _among_the_data(evidence: Evidence) -> Iterator[Result]:
    """Look for keys where they must never be: as a file, and as bytes in any form."""
    places = [root for root in (evidence.folder, evidence.logs) if root]
    spread = [key.path for place in places for key in keys_in(place)]
    spread += [seed.path for place in places for seed in seeds_in(place)]
    for path in spread:
        yield found("key-among-data", path=path)
    hits = scan(places, list(_traces(evidence)))
    for hit in _first(hits):
        yield found("key-copied", path=hit.path, encoding=hit.encoding, key=hit.who)
    if evidence.keys and not hits and not spread:
        yield ok("key-nowhere")


def _traces(evidence: Evidence) -> Iterator[Trace]:
    for key in evidence.keys:
        for secret in key.secrets:
            yield from traces_of_bytes(secret, key.path.name)
    for seed in evidence.seeds:
        yield from traces_of_bytes(seed.secret, seed.path.name)


def _first(hits: list[Hit]) -> Iterator[Hit]:
    seen: set[tuple[Path, str]] = set()
    for hit in hits:
        if (hit.path, hit.who) not in seen:
            seen.add((hit.path, hit.who))
            yield hit


def _access(folder: Path) -> Iterator[Result]:
    for path in (folder, *files_in(folder)):
        if stat.S_IMODE(path.stat().st_mode) & _OTHERS:
            yield found("key-open", path=path)


def _old(evidence: Evidence) -> Iterator[tuple[Key, int]]:
    for key in evidence.keys:
        days = int((evidence.now - key.path.stat().st_mtime) / _DAY)
        if days > OLDEST:
            yield key, days


def _outlived(evidence: Evidence, named: set[str]) -> Iterator[Path]:
    """Find the seeds of weeks that are over, by their name or by their age."""
    made = {key.epoch.id: key.path.stat().st_mtime for key in evidence.keys}
    for seed in evidence.seeds:
        # A copy may be younger than what it is a copy of, and is not older by a day.
        age = made.get(seed.epoch or "", 0) - seed.path.stat().st_mtime
        if seed.epoch is not None and (seed.epoch not in named or age > _DAY):
            yield seed.path


def _others(folder: Path, evidence: Evidence) -> Iterator[Path]:
    """Find what is in the folder and is no key, or does not bear an epoch's name."""
    good = {key.path for key in evidence.keys if _is_named(key)}
    good |= {seed.path for seed in evidence.seeds if seed.epoch is not None}
    yield from (path for path in files_in(folder) if path not in good)


def _is_named(key: Key) -> bool:
    return key.path.name == f"epoch-{key.epoch.id}.key"
