"""How occasions ended, over spans in which 20 people or more were asked."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.ballots import Batch, Outcome
from bot.core.flow import Origin
from bot.core.weeks import weeks_between
from bot.digest.export.answers import ORIGIN
from bot.digest.export.history import History
from bot.digest.export.table import Column, Kind, Reference, Table, week
from bot.digest.model import ENOUGH, WINDOW
from bot.digest.rates import DISPOSITIONS, RUN_UP, asked, by_letter

_KEY = ("vragenlijst", "herkomst", "week")

RUNNING_UP = "inloop"
WALKED_IN = "zelf_gekomen"
"""Why a span has no rates, as `docs/digest.md` explains."""


@dataclass(frozen=True, slots=True)
class Span:
    """Consecutive releases of one flow, of people who came in one way.

    Args:
        first: ISO week of the first release in it.
        week: ISO week of the last one.
        since: ISO week of the first release there ever was.
    """

    flow: str
    origin: Origin
    first: str
    week: str
    since: str
    outcomes: Mapping[Outcome, int]

    @property
    def unrated(self) -> str | None:
        """Say why there is no rate; None where there is one."""
        if self.origin is Origin.WALK_IN:
            return WALKED_IN
        # The window of a digest that tells the response begins no earlier.
        if weeks_between(self.since, self.first) <= RUN_UP - WINDOW:
            return RUNNING_UP
        return None


def spans(history: History) -> list[Span]:
    """Join releases until 20 people were asked; the last may be in none, and waits."""
    by_origin: dict[tuple[str, Origin], dict[str, Counter[Outcome]]] = {}
    for batch in sorted(history.batches, key=_place):
        name = history.flows[batch.cell.flow].flow
        weeks = by_origin.setdefault((name, batch.cell.origin), {})
        weeks.setdefault(batch.week, Counter()).update(batch.outcomes)
    return [
        span
        for (name, origin), weeks in sorted(by_origin.items())
        for span in _joined(name, origin, weeks)
    ]


def _place(batch: Batch) -> str:
    return batch.week


def _joined(
    name: str, origin: Origin, weeks: Mapping[str, Counter[Outcome]]
) -> Iterator[Span]:
    since, first = min(weeks), ""
    waiting = Counter[Outcome]()
    for at, outcomes in weeks.items():
        first = first or at
        waiting.update(outcomes)
        if asked(waiting) >= ENOUGH:
            counts = {d.outcome: waiting[d.outcome] for d in DISPOSITIONS}
            yield Span(name, origin, first, at, since, counts)
            first, waiting = "", Counter()


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
            for span in spans(history)
            for one in DISPOSITIONS
        ],
        (Reference(_KEY, "respons"),),
    )


RATES = ("rr1", "coop1", "con1")


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
                span.unrated,
            )
            for span in spans(history)
        ],
    )


def _rates(span: Span) -> Iterator[int | None]:
    letters = by_letter(span.outcomes)
    complete, refused, unknown = (letters[one] for one in ("I", "R", "UH"))
    for part, whole in (
        (complete, complete + refused + unknown),
        (complete, complete + refused),
        (complete + refused, complete + refused + unknown),
    ):
        is_told = span.unrated is None and whole >= ENOUGH
        yield from (part, whole) if is_told else (None, None)
