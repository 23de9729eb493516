"""The figures by phase, as the quarterly digest told them."""

from bot.ballots import PhaseTotal
from bot.core.flow import Phase, fingerprint
from bot.digest.export.answers import MEASURE, OF_MEASURE, ORIGIN
from bot.digest.export.history import History
from bot.digest.export.table import QUARTER, Column, Kind, Row, Table, week
from bot.digest.model import ENOUGH
from bot.digest.phases import phase_figure


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
    told = phase_figure(flow.question(figure.question), figure)
    return (
        flow.flow,
        figure.question,
        fingerprint(flow, figure.question),
        str(figure.origin),
        str(figure.phase),
        figure.since,
        figure.until,
        figure.week,
        told.n,
        float(told.mean),
        told.low,
        told.high,
        told.positive,
    )
