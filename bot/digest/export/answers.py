"""How often each code was given, per measure and closed join; and the measures."""

from collections.abc import Iterator

from bot.ballots import K
from bot.core.flow import Origin
from bot.core.questions import Choice, Question
from bot.digest.export.history import History
from bot.digest.export.joins import Joins, measured
from bot.digest.export.table import Column, Kind, Reference, Row, Table, week
from bot.digest.measures import Measure

FINGERPRINT = r"[0-9a-f]{32}"
ORIGINS = tuple(str(origin) for origin in Origin)
MEASURE = Column("meting", pattern=FINGERPRINT)
ORIGIN = Column("herkomst", choices=ORIGINS)
OF_MEASURE = Reference(("meting",), "metingen")


def answers(history: History, joins: Joins) -> Table:
    """Give a row for each code of each closed join."""
    return Table(
        "antwoorden",
        (
            Column("vragenlijst"),
            Column("vraag"),
            MEASURE,
            ORIGIN,
            week("eerste_week"),
            week(),
            Column("code"),
            Column("aantal", Kind.INTEGER, least=0),
            Column("groep", Kind.INTEGER, least=K),
        ),
        ("meting", "herkomst", "week", "code"),
        [
            row
            for flow, measure in _measures(history)
            for origin in Origin
            for row in _rows(flow, measure, origin, joins)
        ],
        (OF_MEASURE,),
    )


def _rows(flow: str, measure: Measure, origin: Origin, joins: Joins) -> Iterator[Row]:
    own = Measure(measure.question, measure.fingerprint, origin)
    for join in joins.of(own):
        for code, n in (*join.counts.items(), *join.outside.items()):
            yield (
                flow,
                measure.question.name,
                measure.fingerprint,
                str(origin),
                join.first,
                join.week,
                code,
                n,
                join.n,
            )


def measures(history: History, joins: Joins) -> Table:
    """Give a row for each question in each wording that was ever published."""
    return Table(
        "metingen",
        (
            MEASURE,
            Column("vragenlijst"),
            Column("vraag"),
            Column("soort", choices=("grade", "choice")),
            Column("schaal"),
            Column("alleen_als", needed=False),
            week("eerste_week", needed=False),
            week("laatste_week", needed=False),
        ),
        ("meting",),
        [_measure(flow, measure, joins) for flow, measure in _measures(history)],
    )


def _measure(flow: str, measure: Measure, joins: Joins) -> Row:
    question = measure.question
    # Of closed joins alone: what still waits has no week yet.
    found = [
        join
        for origin in Origin
        for join in joins.of(Measure(question, measure.fingerprint, origin))
    ]
    return (
        measure.fingerprint,
        flow,
        question.name,
        question.type,
        _scale(question),
        _condition(question),
        min((join.first for join in found), default=None),
        max((join.week for join in found), default=None),
    )


def _measures(history: History) -> list[tuple[str, Measure]]:
    """List what was ever measured with its flow, in the order of publication."""
    found: dict[str, tuple[str, Measure]] = {}
    for version in sorted(history.versions, key=lambda v: (v.flow.flow, v.number)):
        for question in version.flow.questions:
            one = measured(version.flow, question.name, Origin.INVITED)
            found.setdefault(one.fingerprint, (version.flow.flow, one))
    return list(found.values())


def _scale(question: Question) -> str:
    if isinstance(question, Choice):
        return question.scale
    return f"{question.lowest}..{question.highest}"


def _condition(question: Question) -> str | None:
    """Write `only_if` as it stands in a survey file."""
    condition = question.only_if
    if condition is None:
        return None
    plain = condition.model_dump(by_alias=True, exclude_none=True)
    name = plain.pop("question")
    return ", ".join([name, *(f"{key.rstrip('_')} {n}" for key, n in plain.items())])
