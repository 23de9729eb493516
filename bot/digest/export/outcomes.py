"""How occasions ended, over spans in which 20 people or more were asked."""

from collections.abc import Iterator
from dataclasses import fields

from bot.core.flow import Origin
from bot.digest.export.answers import ORIGIN
from bot.digest.export.history import History
from bot.digest.export.table import Column, Kind, Reference, Table, week
from bot.digest.model import ENOUGH
from bot.digest.rates import DISPOSITIONS, Rates, asked, rates
from bot.digest.spans import Span, spans

_KEY = ("vragenlijst", "herkomst", "week")

RUNNING_UP = "inloop"
WALKED_IN = "zelf_gekomen"
"""Why a span has no rates, as `docs/digest.md` explains."""


def unrated(span: Span) -> str | None:
    """Say why a span has no rate; None where it has one."""
    if span.origin is Origin.WALK_IN:
        return WALKED_IN
    return RUNNING_UP if span.is_run_up else None


def outcomes(history: History) -> Table:
    """Give a row for each outcome of each span."""
    return Table(
        "uitkomsten",
        (
            Column("vragenlijst"),
            ORIGIN,
            week("eerste_week"),
            week(),
            Column("uitkomst", choices=tuple(str(d.outcome) for d in DISPOSITIONS)),
            Column("aapor_code", needed=False, pattern=r"AAPOR [1-4]\.\d+"),
            Column("aapor_groep", needed=False, choices=("I", "R", "UH")),
            Column("aantal", Kind.INTEGER, least=0),
        ),
        (*_KEY, "uitkomst"),
        [
            (
                span.flow,
                str(span.origin),
                span.first,
                span.week,
                str(one.outcome),
                # A bare 2.111 is a number with thousands to a Dutch spreadsheet.
                f"AAPOR {one.code}" if one.code else None,
                one.group or None,
                span.outcomes[one.outcome],
            )
            for span in spans(history.batches, history.flows)
            for one in DISPOSITIONS
        ],
        (Reference(_KEY, "respons"),),
    )


RATES = tuple(field.name for field in fields(Rates))


def response(history: History) -> Table:
    """Give a row for each span: what its rates are made of."""
    return Table(
        "respons",
        (
            Column("vragenlijst"),
            ORIGIN,
            week("eerste_week"),
            week(),
            Column("gevraagd", Kind.INTEGER, least=ENOUGH),
            *(
                Column(f"{rate}_{part}", Kind.INTEGER, needed=False, least=least)
                for rate in RATES
                for part, least in (("teller", 0), ("noemer", ENOUGH))
            ),
            Column("geen_respons", needed=False, choices=(RUNNING_UP, WALKED_IN)),
        ),
        _KEY,
        [
            (
                span.flow,
                str(span.origin),
                span.first,
                span.week,
                asked(span.outcomes),
                *_rates(span),
                unrated(span),
            )
            for span in spans(history.batches, history.flows)
        ],
    )


def _rates(span: Span) -> Iterator[int | None]:
    found = rates(span.outcomes)
    for one in (found.rr1, found.coop1, found.con1):
        is_told = unrated(span) is None and one.told is not None
        yield from (one.part, one.whole) if is_told else (None, None)
