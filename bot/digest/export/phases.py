"""The figures by phase, as the quarterly digest told them."""

from bot.ballots import PhaseTotal
from bot.core.flow import Phase, fingerprint
from bot.core.questions import Grade
from bot.digest.export.answers import MEASURE, OF_MEASURE, ORIGIN
from bot.digest.export.history import History
from bot.digest.export.table import QUARTER, Column, Kind, Row, Table, week
from bot.digest.model import ENOUGH
from bot.digest.statistics import SHARE_SD, interval, totals


def phases(history: History) -> Table:
    """Give a row for each phase of each question in each span of quarters."""
    return Table(
        "fasen",
        (
            Column("vragenlijst"),
            Column("vraag"),
            MEASURE,
            ORIGIN,
            Column("fase", choices=tuple(str(phase) for phase in Phase)),
            Column("eerste_kwartaal", pattern=QUARTER),
            Column("laatste_kwartaal", pattern=QUARTER),
            week(),
            Column("n", Kind.INTEGER, least=ENOUGH),
            *(Column(name, Kind.NUMBER) for name in ("gemiddelde", "laag", "hoog")),
            Column("positief", Kind.INTEGER, needed=False, least=0),
        ),
        ("meting", "herkomst", "fase", "week"),
        [_row(figure, history) for figure in history.phases],
        (OF_MEASURE,),
    )


def _row(figure: PhaseTotal, history: History) -> Row:
    flow = history.flows[figure.flow]
    return (
        flow.flow,
        figure.question,
        fingerprint(flow, figure.question),
        str(figure.origin),
        str(figure.phase),
        figure.since,
        figure.until,
        figure.week,
        figure.n,
        *_said(figure, history),
    )


def _said(figure: PhaseTotal, history: History) -> Row:
    question = history.flows[figure.flow].question(figure.question)
    found = totals(figure.n, figure.total, figure.squares)
    if isinstance(question, Grade):
        low, high = interval(found, question.lowest, question.highest)
        return (float(found.mean), low, high, None)
    low, high = interval(found, 0, 1, SHARE_SD)
    return (float(found.mean), low, high, figure.total)
