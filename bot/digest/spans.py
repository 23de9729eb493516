"""Consecutive releases of one survey, in which 20 people or more were asked.

Whatever is told of how occasions ended is a sum of whole spans: so the difference of
any two of them is one as well.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.ballots import Batch, Outcome
from bot.core.flow import FlowDefinition, Origin
from bot.core.weeks import weeks_between
from bot.digest.model import ENOUGH, WINDOW
from bot.digest.rates import DISPOSITIONS, RUN_UP, asked


@dataclass(frozen=True, slots=True)
class Span:
    """Consecutive releases of one flow, of people who came in one way.

    Args:
        flow: its name.
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
    def is_run_up(self) -> bool:
        """Say whether those who did not open an invitation are mostly unknown yet."""
        # The window of a digest that tells the response begins no earlier.
        return weeks_between(self.since, self.first) <= RUN_UP - WINDOW


def spans(
    batches: Sequence[Batch], flows: Mapping[str, FlowDefinition]
) -> tuple[Span, ...]:
    """Join releases until 20 people were asked; the last may be in none, and waits.

    Args:
        flows: by content hash, every version that occurs in a batch.
    """
    by_origin: dict[tuple[str, Origin], dict[str, Counter[Outcome]]] = {}
    for batch in sorted(batches, key=_place):
        name = flows[batch.cell.flow].flow
        weeks = by_origin.setdefault((name, batch.cell.origin), {})
        weeks.setdefault(batch.week, Counter()).update(batch.outcomes)
    return tuple(
        span
        for (name, origin), weeks in sorted(by_origin.items())
        for span in _joined(name, origin, weeks)
    )


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
