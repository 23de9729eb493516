"""From all that was ever released to the digest of one opening.

What waits in the box has no way in here: a digest is a function of whole batches.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.ballots import Batch, Ledger, Outcome
from bot.core.flow import FlowDefinition, Origin, fingerprint
from bot.core.weeks import weeks_between
from bot.decisions import NewBaseline
from bot.digest import measures
from bot.digest.figures import figure, last_decision
from bot.digest.measures import Measure, Wordings
from bot.digest.model import Digest, Figure, Part, Report, Restart, Silence
from bot.digest.rates import RUN_UP, response_rate_1
from bot.digest.render import render
from bot.digest.voice import Words
from bot.outbox import WEEKLY, WrittenDigest


def build(ledger: Ledger, words: Words) -> tuple[WrittenDigest, ...]:
    """Write the digests of one opening: one for each live flow, by name.

    Batches later than the opening are left out, so that the same week gives the same
    digest whenever it is asked for.

    Args:
        words: the message catalogue, bound to one language.
    """
    batches, flows, live = ledger.batches, ledger.flows, ledger.live
    week = ledger.week
    known = measures.wordings(flows)
    written = []
    for name, content_hash in sorted(live.items()):
        own = [b for b in batches if b.week <= week and flows[b.cell.flow].flow == name]
        baselines = [one for one in ledger.baselines if one.flow == name]
        digest = assemble(
            flows[content_hash], own, known, week, len(live) > 1, baselines
        )
        text = render(digest, words)
        has_news = isinstance(digest, Report)
        written.append(WrittenDigest(week, WEEKLY, name, text, has_news))
    return tuple(written)


def assemble(
    flow: FlowDefinition,
    batches: Sequence[Batch],
    known: Wordings,
    week: str,
    is_titled: bool,
    baselines: Sequence[NewBaseline] = (),
) -> Digest:
    """Decide what the digest of one flow says; all that is given is this flow's."""
    title = flow.title if is_titled else None
    if not any(batch.week == week for batch in batches):
        return Silence(week, title, has_figures=bool(batches))
    parts: list[Part] = []
    changed: set[str] = set()
    for origin in Origin:
        recent = [
            batch
            for batch in batches
            if batch.cell.origin is origin and measures.in_window(batch.week, week)
        ]
        if not recent:
            continue
        asked_now = [
            Measure(question, fingerprint(flow, question.name), origin)
            for question in flow.questions
        ]
        figures = [
            figure(measure, batches, known, week, baselines) for measure in asked_now
        ]
        for measure in asked_now:
            if measures.is_new(measure, batches, known, week):
                changed.add(measure.question.name)
        first = min(b.week for b in batches if b.cell.origin is origin)
        parts.append(_part(origin, recent, figures, first, week))
    new = tuple(question for question in flow.questions if question.name in changed)
    restarts = tuple(_restarts(flow, baselines, week))
    return Report(week, title, tuple(parts), new, flow.title, restarts)


def _restarts(
    flow: FlowDefinition, baselines: Sequence[NewBaseline], week: str
) -> Iterator[Restart]:
    """Give the last new nulmeting of each question, for as long as a window."""
    for question in flow.questions:
        last = last_decision(question.name, baselines, week)
        for one in baselines:
            if (one.question, one.week) == (question.name, last) and (
                measures.in_window(last, week)
            ):
                yield Restart(question, one.week, one.reason)


def _part(
    origin: Origin,
    recent: Sequence[Batch],
    figures: Sequence[Figure],
    first: str,
    week: str,
) -> Part:
    outcomes: Counter[Outcome] = Counter()
    for batch in recent:
        outcomes.update(batch.outcomes)
    response = None
    # Nobody drew the walk-ins from a list, so there is no rate of response.
    if origin is Origin.INVITED and weeks_between(first, week) >= RUN_UP:
        response = response_rate_1(outcomes)
    return Part(origin, outcomes[Outcome.COMPLETE], response, tuple(figures))
