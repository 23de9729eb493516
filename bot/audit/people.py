"""Can any of these people be found in any file, in any form?"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Final

from bot.audit.chance import beyond_chance
from bot.audit.evidence import Evidence
from bot.audit.finding import Result, found, note, ok
from bot.audit.traces import People, files_in, scan

_RUN: Final = 100


def check_people(evidence: Evidence) -> Iterator[Result]:
    """Look for every id on the list: in every byte, and among all whole numbers."""
    numbers = frozenset(evidence.numbers)
    if not numbers:
        yield note("ids-not-given")
        return
    is_found = False
    for table, column, file, count in _as_numbers(evidence, numbers):
        is_found = True
        facts = {"table": table, "column": column, "file": file, "people": count}
        yield found("id-in-column", **facts)
    verdict = beyond_chance(
        evidence.roots, numbers, scan(evidence.roots, People(numbers))
    )
    by_file: dict[tuple[object, str], set[str]] = defaultdict(set)
    for hit in verdict.hits:
        by_file[hit.path, hit.encoding].add(hit.who)
    for (path, encoding), who in sorted(by_file.items(), key=str):
        is_found = True
        yield found("id-in-file", path=path, encoding=encoding, people=len(who))
    if not is_found:
        files = sum(len(files_in(root)) for root in evidence.roots)
        yield ok("ids-nowhere", people=len(numbers), files=files)
    if verdict.by_chance:
        yield note("ids-by-chance", hits=verdict.by_chance)


def _are_a_run(values: Collection[int]) -> bool:
    """Say whether these numbers leave hardly one out, as those of deliveries do.

    Then every number in between is among them, whosever it may be.
    """
    return len(values) > _RUN and max(values) - min(values) < 2 * len(values)


def _as_numbers(
    evidence: Evidence, numbers: frozenset[int]
) -> Iterator[tuple[str, str, str, int]]:
    """Give (table, column, file, how many people) where a column holds an id.

    A whole number takes as little room as it needs, so the bytes alone may be too few
    to be told from chance.
    """
    for name, database in evidence.databases.items():
        for table, rows in database.tables.items():
            for column in rows.columns:
                values = {v for v in rows.column(column) if isinstance(v, int)}
                people = numbers & values
                if people and not _are_a_run(values):
                    yield table, column, name, len(people)
