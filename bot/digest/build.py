"""From all that was ever released to the digest of one opening.

What waits in the box has no way in here: a digest is a function of whole batches.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from bot.ballots import Batch, Ledger, Outcome
from bot.core.flow import FlowDefinition, Origin, fingerprint
from bot.core.weeks import month, month_before, quarter, weeks_between
from bot.decisions import NewBaseline
from bot.digest import measures
from bot.digest.chart import chart
from bot.digest.chart.phases import phase_chart
from bot.digest.figures import figure, last_decision
from bot.digest.measures import Measure
from bot.digest.model import Digest, Figure, Part, PhaseReport, Report, Restart, Silence
from bot.digest.monthly import deeds_of, is_due, monthly_text
from bot.digest.phases import phase_reports
from bot.digest.rates import RUN_UP, Rates, rates
from bot.digest.render import has_room, render
from bot.digest.voice import Voice, Words
from bot.grouping import Wordings, wordings
from bot.outbox import (
    HEADCOUNT,
    MONTHLY,
    PHASES,
    REVIEW,
    WEEKLY,
    WrittenDigest,
)
from bot.picture import Picture


def build(ledger: Ledger, words: Words) -> tuple[WrittenDigest, ...]:
    """Write all that one opening has to tell.

    Per live flow, by name: its weekly digest; its digest by phase, where this opening
    told of a quarter; its roll-up, where a month is over. Once a quarter the question
    to every chat how many people read along. And word to the reviewers, where remarks
    came out.

    Batches later than the opening are left out, so that the same week gives the same
    digest whenever it is asked for.

    Args:
        words: the message catalogue, bound to one language.
    """
    return (
        *_weekly(ledger, words),
        *_by_phase(ledger, words),
        *_monthly(ledger, words),
        *_headcount(ledger, words),
        *_review(ledger, words),
    )


def _weekly(ledger: Ledger, words: Words) -> Iterator[WrittenDigest]:
    for name, own in records(ledger):
        digest = own.at(ledger.week)
        text = render(digest, words)
        remarks = tuple(ledger.remarks.get(name, ()))
        has_news = isinstance(digest, Report) or bool(remarks)
        picture = drawn(digest, words) if has_room(text) else ""
        yield WrittenDigest(ledger.week, WEEKLY, name, text, has_news, picture, remarks)


def _by_phase(ledger: Ledger, words: Words) -> Iterator[WrittenDigest]:
    for name, report in phase_reports(ledger):
        text = render(report, words)
        picture = drawn(report, words) if has_room(text) else ""
        yield WrittenDigest(ledger.week, PHASES, name, text, True, picture)


def drawn(digest: Digest | PhaseReport, words: Words) -> str:
    """Draw what a digest says, as it is stored; empty where nothing can be drawn."""
    picture: Picture | None
    match digest:
        case Report():
            picture = chart(digest, Voice(words))
        case PhaseReport():
            picture = phase_chart(digest, Voice(words))
        case Silence():
            picture = None
        case _:
            assert_never(digest)
    return "" if picture is None else picture.to_json()


def _monthly(ledger: Ledger, words: Words) -> Iterator[WrittenDigest]:
    if not is_due(ledger):
        return
    deeds, during = deeds_of(ledger), month_before(month(ledger.week))
    for name, own in records(ledger):
        newest = own.newest(ledger.week)
        if newest is not None:
            text = monthly_text(own.flow, newest, deeds, during, words)
            yield WrittenDigest(ledger.week, MONTHLY, name, text, has_news=True)


def _headcount(ledger: Ledger, words: Words) -> Iterator[WrittenDigest]:
    if ledger.last is not None and quarter(ledger.last) != quarter(ledger.week):
        text = words("digest.headcount")
        yield WrittenDigest(ledger.week, HEADCOUNT, "", text, has_news=False)


def _review(ledger: Ledger, words: Words) -> Iterator[WrittenDigest]:
    if ledger.has_lot:
        text = words("digest.review")
        yield WrittenDigest(ledger.week, REVIEW, "", text, has_news=True)


@dataclass(frozen=True, slots=True)
class Record:
    """All that was ever released of one live flow, and what was decided on it."""

    flow: FlowDefinition
    batches: Sequence[Batch]
    known: Wordings
    is_titled: bool
    baselines: Sequence[NewBaseline] = ()

    def at(self, week: str) -> Digest:
        """Give the weekly digest of an opening."""
        released = [batch for batch in self.batches if batch.week <= week]
        return assemble(
            self.flow, released, self.known, week, self.is_titled, self.baselines
        )

    def newest(self, week: str) -> Report | None:
        """Give the newest weekly digest that had figures, up to an opening."""
        weeks = [batch.week for batch in self.batches if batch.week <= week]
        digest = self.at(max(weeks)) if weeks else None
        return digest if isinstance(digest, Report) else None


def records(ledger: Ledger) -> Iterator[tuple[str, Record]]:
    """Give the name and the record of each live flow."""
    known = wordings(ledger.flows)
    names = {content: flow.flow for content, flow in ledger.flows.items()}
    for name, content in sorted(ledger.live.items()):
        yield (
            name,
            Record(
                ledger.flows[content],
                [b for b in ledger.batches if names[b.cell.flow] == name],
                known,
                is_titled=len(ledger.live) > 1,
                baselines=[one for one in ledger.baselines if one.flow == name],
            ),
        )


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
    found: Rates | None = None
    # Nobody drew the walk-ins from a list, so there is no rate of response. Nor is
    # there one where the others of a mailing are not counted yet, perhaps never.
    is_known = weeks_between(first, week) >= RUN_UP and outcomes[Outcome.NOT_OPENED]
    if origin is Origin.INVITED and is_known:
        found = rates(outcomes)
    return Part(
        origin,
        outcomes[Outcome.COMPLETE],
        None if found is None else found.rr1.told,
        tuple(figures),
        None if found is None else found.con1.told,
        None if found is None else found.coop1.told,
    )
