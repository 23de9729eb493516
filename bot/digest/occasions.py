"""How the occasions of each survey ended so far, and the rates that may be told.

It must never tell more than whole spans do, nor a rate before its time.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, assert_never

from bot.ballots import PATIENCE, Batch, K, Outcome
from bot.core.flow import FlowDefinition, Origin
from bot.core.weeks import weeks_between
from bot.digest import measures
from bot.digest.rates import DISPOSITIONS, RUN_UP, Rates, asked, rates
from bot.digest.spans import Span, spans

COMPANY: Final = K
"""An occasion is counted together with so many completes or more."""

WAITS: Final = PATIENCE
"""For so many weeks it waits for them; then it is destroyed uncounted."""


class Period(StrEnum):
    """Over what is counted."""

    WHOLE = "whole"
    """Since the first release."""
    WINDOW = "window"
    """As in the digest: the last 13 weeks."""


class Untold(StrEnum):
    """Why there are no rates."""

    WALKED_IN = "walked_in"
    """Nobody drew them from a list."""
    TOO_FEW = "too_few"
    TOO_EARLY = "too_early"
    """Those who did not open their invitation are not known yet."""
    UNOPENED_UNKNOWN = "unopened_unknown"
    """All who are counted opened their invitation. The others wait, or were given up.

    An invitation that nobody opened is counted with ten completes or never. After a
    single mailing those may not come; then all that is known is who did take part.
    """


@dataclass(frozen=True, slots=True)
class Occasions:
    """How occasions of one survey ended, of people who came in one way.

    Args:
        first: ISO week of the first release that is counted; empty for none.
        last: ISO week of the last one.
        outcomes: every outcome, in the order of the way through a survey; of nobody
            where there is no whole span.
        rates: None where `untold` says why.
        weeks: how many weeks it takes until the rates can be told; 0 for none.
    """

    flow: str
    origin: Origin
    period: Period
    first: str
    last: str
    outcomes: Mapping[Outcome, int]
    rates: Rates | None
    untold: Untold | None
    weeks: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """Give the counts, in the order in which they are told.

        Of people who were invited those add up to `drawn`: who was drawn, and of whom
        it is known how that ended. Of those who walked in it is `asked`: whom chance
        chose. `refused` holds those who stopped and had everything erased.
        """
        of = self.outcomes
        told = asked(of)
        rest = {
            "no_reply": of[Outcome.NO_REPLY],
            "refused": of[Outcome.REFUSED] + of[Outcome.WITHDREW],
            "broke_off": of[Outcome.BROKE_OFF],
            "complete": of[Outcome.COMPLETE],
        }
        match self.origin:
            case Origin.INVITED:
                unopened = of[Outcome.NOT_OPENED]
                opened = {"not_opened": unopened, "opened": told - unopened}
                return {"drawn": told, **opened, **rest}
            case Origin.WALK_IN:
                return {"not_drawn": of[Outcome.NOT_DRAWN], "asked": told, **rest}
            case _:
                assert_never(self.origin)


def occasions(
    batches: Sequence[Batch],
    flows: Mapping[str, FlowDefinition],
    live: Mapping[str, str],
    at: str,
) -> list[Occasions]:
    """Give them for every survey that is live or of which something was released.

    Args:
        flows: by content hash, every version that occurs in a batch.
        live: content hash by name of flow.
        at: ISO week of the newest opening.
    """
    since: dict[tuple[str, Origin], str] = {(name, Origin.INVITED): "" for name in live}
    for batch in batches:
        key = flows[batch.cell.flow].flow, batch.cell.origin
        since[key] = min(since.get(key) or batch.week, batch.week)
    found = spans(batches, flows)
    return [
        _counted(key, period, since[key], own, at)
        for key in sorted(since)
        for period, own in _periods([s for s in found if (s.flow, s.origin) == key], at)
    ]


def _periods(own: Sequence[Span], at: str) -> Iterator[tuple[Period, list[Span]]]:
    yield Period.WHOLE, list(own)
    yield Period.WINDOW, [one for one in own if measures.in_window(one.week, at)]


def _counted(
    key: tuple[str, Origin], period: Period, since: str, own: Sequence[Span], at: str
) -> Occasions:
    flow, origin = key
    counts = Counter[Outcome]()
    for span in own:
        counts.update(span.outcomes)
    outcomes = {one.outcome: counts[one.outcome] for one in DISPOSITIONS}
    age = weeks_between(since, at) if since else 0
    untold = _untold(origin, own, age, outcomes[Outcome.NOT_OPENED])
    return Occasions(
        flow,
        origin,
        period,
        own[0].first if own else "",
        own[-1].week if own else "",
        outcomes,
        None if untold else rates(outcomes),
        untold,
        RUN_UP - age if untold is Untold.TOO_EARLY else 0,
    )


def _untold(
    origin: Origin, own: Sequence[Span], age: int, unopened: int
) -> Untold | None:
    if origin is Origin.WALK_IN:
        return Untold.WALKED_IN
    if not own:
        return Untold.TOO_FEW
    if age < RUN_UP:
        return Untold.TOO_EARLY
    return None if unopened else Untold.UNOPENED_UNKNOWN
