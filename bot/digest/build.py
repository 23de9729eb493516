"""From all that was ever released to the digest of one opening.

What waits in the box has no way in here: a digest is a function of whole batches.
"""

from collections import Counter
from collections.abc import Sequence
from typing import assert_never

from bot.ballots import Batch, Ledger, Outcome
from bot.core.flow import FlowDefinition, Origin, fingerprint
from bot.core.questions import Choice, Grade
from bot.core.weeks import weeks_between
from bot.digest import measures
from bot.digest.measures import Measure, Wordings
from bot.digest.model import (
    ENOUGH,
    ChoiceFigure,
    Digest,
    Figure,
    GradeFigure,
    Part,
    Report,
    Silence,
    TooFew,
)
from bot.digest.rates import RUN_UP, response_rate_1
from bot.digest.render import render
from bot.digest.statistics import interval, summary
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
        digest = assemble(flows[content_hash], own, known, week, len(live) > 1)
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
) -> Digest:
    """Decide what the digest of one flow says; `batches` are this flow's alone."""
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
        figures = [_figure(measure, batches, known, week) for measure in asked_now]
        for measure in asked_now:
            if measures.is_new(measure, batches, known, week):
                changed.add(measure.question.name)
        first = min(b.week for b in batches if b.cell.origin is origin)
        parts.append(_part(origin, recent, figures, first, week))
    new = tuple(question for question in flow.questions if question.name in changed)
    return Report(week, title, tuple(parts), new)


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


def _figure(
    measure: Measure, batches: Sequence[Batch], known: Wordings, week: str
) -> Figure:
    question = measure.question
    counts = measures.pooled(measures.groups(measure, batches, known), week)
    if counts.total() < ENOUGH:
        return TooFew(question)
    match question:
        case Grade():
            found = summary({int(code): n for code, n in counts.items()})
            low, high = interval(found, question.lowest, question.highest)
            return GradeFigure(question, found.n, found.mean, low, high)
        case Choice():
            positive = sum(counts[o.code] for o in measures.positive_side(question))
            return ChoiceFigure(question, counts.total(), positive)
        case _:
            assert_never(question)
