"""The figures by phase, as the quarterly digest told them."""

from fractions import Fraction

from bot.ballots import PhaseFigure
from bot.core.flow import Phase, fingerprint
from bot.core.questions import Grade
from bot.digest.export.answers import MEASURE, OF_MEASURE, ORIGIN
from bot.digest.export.history import History
from bot.digest.export.table import QUARTER, Column, Kind, Row, Table, week
from bot.digest.model import ENOUGH
from bot.digest.statistics import Summary, interval


def phases(history: History) -> Table:
    """Give a row for each phase of each question in each span of quarters."""
    grade = Column("gemiddelde", Kind.NUMBER, needed=False)
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
            grade,
            Column("laag", Kind.NUMBER, needed=False),
            Column("hoog", Kind.NUMBER, needed=False),
            Column("positief", Kind.INTEGER, needed=False, least=0),
        ),
        ("meting", "herkomst", "fase", "week"),
        [_row(figure, history) for figure in history.phases],
        (OF_MEASURE,),
    )


def _row(figure: PhaseFigure, history: History) -> Row:
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


def _said(figure: PhaseFigure, history: History) -> Row:
    question = history.flows[figure.flow].question(figure.question)
    if not isinstance(question, Grade):
        return (None, None, None, figure.total)
    mean = Fraction(figure.total, figure.n)
    spread = figure.squares - Fraction(figure.total**2, figure.n)
    found = Summary(figure.n, mean, spread / (figure.n - 1))
    low, high = interval(found, question.lowest, question.highest)
    return (float(mean), low, high, None)
