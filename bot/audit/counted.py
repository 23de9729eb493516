"""Is everything that can be read a count over ten people or more, and no row of one?"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from bot.audit.evidence import Database, Evidence
from bot.audit.finding import Result, found, ok
from bot.core.flow import FlowDefinition
from bot.core.questions.base import NOT_ASKED, OPT_OUT

K: Final = 10
"""The promise, written down once more: the program's own constant may have changed."""

_FEW: Final = 5

Group = tuple[str, str, str]


def check_counted(evidence: Evidence) -> Iterator[Result]:
    """Say whether every batch holds K people, and nothing but counts of them."""
    database = evidence.databases.get("answers.db")
    if database is None:
        return
    groups = batches(database)
    results = [
        *_small(database, groups),
        *_loose(database, groups),
        *_given_up(database),
        *_made_up(database),
        *_phases(database),
    ]
    least = min(groups.values(), default=0)
    yield from results or [ok("counted", batches=len(groups), least=least, k=K)]


def batches(database: Database) -> dict[Group, int]:
    """Give how many people answered every question in each batch."""
    groups = dict.fromkeys(_groups(database, "batches"), 0)
    for *group, outcome, n in database.rows(
        "outcomes", "week", "flow", "origin", "outcome", "n"
    ):
        if outcome == "complete" and isinstance(n, int):
            groups[_group(*group)] = n
    return groups


def _small(database: Database, groups: dict[Group, int]) -> Iterator[Result]:
    for (week, _, origin), size in sorted(groups.items()):
        if size < K:
            yield found("batch-small", week=week, origin=origin, n=size, k=K)
    sums: dict[tuple[Group, str], int] = defaultdict(int)
    for *group, question, _, n in database.rows(
        "counts", "week", "flow", "origin", "question", "code", "n"
    ):
        sums[_group(*group), str(question)] += n if isinstance(n, int) else 0
    for (of, question), answers in sorted(sums.items()):
        people = groups.get(of, answers)
        if answers != people:
            where = {"week": of[0], "question": question}
            yield found("batch-uneven", n=answers, people=people, **where)


def _loose(database: Database, groups: dict[Group, int]) -> Iterator[Result]:
    """Find counts that belong to no batch, and batches that belong to no opening."""
    weeks = {str(week) for (week,) in database.rows("openings", "week")}
    loose = {group for group in groups if group[0] not in weeks}
    released = {*_groups(database, "batches")}
    for table in ("counts", "outcomes"):
        loose |= {*_groups(database, table)} - released
    if loose:
        yield found("counts-loose", weeks=", ".join(sorted({g[0] for g in loose})))


def _given_up(database: Database) -> Iterator[Result]:
    for week, destroyed in database.rows("openings", "week", "destroyed"):
        if isinstance(destroyed, int) and 0 < destroyed < K:
            yield found("destroyed-few", week=week, n=destroyed, k=K)


def _phases(database: Database) -> Iterator[Result]:
    """Find a figure by phase of fewer people than any figure may be of."""
    for week, phase, n in database.rows("phase_figures", "week", "phase", "n"):
        if isinstance(n, int) and n < K:
            yield found("phase-small", week=week, phase=phase, n=n, k=K)


def _made_up(database: Database) -> Iterator[Result]:
    """Find words among the counts that no published flow has."""
    words: dict[str, set[tuple[str, str]]] = {}
    for content, definition in database.rows("flows", "hash", "definition"):
        try:
            flow = FlowDefinition.model_validate_json(str(definition))
        except ValueError:
            yield found("flow-unreadable", flow=content)
            continue
        words[str(content)] = {
            (question.name, code)
            for question in flow.questions
            for code in (*question.codes, OPT_OUT, NOT_ASKED)
        }
    strange = {
        f"{question!s}={code!s}"
        for flow_hash, question, code in database.rows(
            "counts", "flow", "question", "code"
        )
        if (question, code) not in words.get(str(flow_hash), ())
    }
    if strange:
        few = ", ".join(sorted(strange)[:_FEW])
        yield found("words-unknown", count=len(strange), words=few)


def _groups(database: Database, table: str) -> Iterator[Group]:
    for row in database.rows(table, "week", "flow", "origin"):
        yield _group(*row)


def _group(*values: object) -> Group:
    week, flow, origin = map(str, values)
    return week, flow, origin
