"""Who is behind each figure of an export, by what the people themselves told.

It is read from its files, as whoever gets hold of them reads it.
"""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.core.flow import Origin
from bot.core.questions.base import NOT_ASKED, OPT_OUT
from bot.digest.export import files
from tests.attacks.solver import People
from tests.attacks.town import SOZAWE
from tests.attacks.year import WORDINGS, Released, Year, _people
from tests.digest.examples import speaks

Row = dict[str, str]
OUTSIDE: Final = (OPT_OUT, NOT_ASKED)


@dataclass(slots=True)
class Exported:
    """What one export published, and of whom.

    Args:
        answers: the people behind every group, however few of them answered it.
        measures: by wording and origin, the people behind every one of its groups.
        unanimous: groups in which everybody answered alike.
    """

    answers: list[People] = field(default_factory=list)
    measures: dict[tuple[str, Origin], list[People]] = field(
        default_factory=lambda: defaultdict(list)
    )
    unanimous: int = 0


def exported(year: Year) -> Exported:
    """Export at the end of a year, and say who is behind each figure."""
    assert year.history is not None
    made = files(year.history, speaks("nl"))
    found = Exported()
    joins: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in _rows(made["antwoorden.csv"]):
        joins[row["meting"], row["herkomst"], row["week"]].append(row)
    for rows in joins.values():
        _note_join(rows, year, found)
    spans: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in _rows(made["uitkomsten.csv"]):
        spans[row["herkomst"], row["week"]].append(row)
    for rows in spans.values():
        run = _within(year.released, rows[0])
        ended = Counter(str(o.outcome) for one in run for o in one.occasions)
        told = {row["uitkomst"]: int(row["aantal"]) for row in rows}
        assert {outcome: n for outcome, n in told.items() if n} == ended
        found.answers.append(_people(run))
    return found


def _note_join(rows: Sequence[Row], year: Year, found: Exported) -> None:
    name, asked_so = rows[0]["vraag"], rows[0]["meting"]
    alike = [o for o in year.released if WORDINGS[o.batch.cell.flow][name] == asked_so]
    run = _within(alike, rows[0])
    place = SOZAWE.index(name)
    # The table must say what these people said, and of nobody else.
    said = Counter(o.codes[place] for one in run for o in one.occasions if o.codes)
    told = {row["code"]: int(row["aantal"]) for row in rows}
    assert {code: n for code, n in told.items() if n} == said
    people = frozenset[int]().union(*(one.on_scale(place) for one in run))
    assert {row["groep"] for row in rows} == {str(len(people))}
    found.measures[asked_so, Origin(rows[0]["herkomst"])].append(people)
    found.answers.append(_people(run))
    found.unanimous += sum(n > 0 for c, n in told.items() if c not in OUTSIDE) == 1


def _within(released: Sequence[Released], row: Row) -> list[Released]:
    return [
        one
        for one in released
        if one.batch.cell.origin == row["herkomst"]
        and row["eerste_week"] <= one.batch.week <= row["week"]
    ]


def _rows(content: bytes) -> list[Row]:
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";"))
