"""One measure's figure: what its released groups say, and how that may be said."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, assert_never

from bot.ballots import Batch
from bot.core.questions import Choice, Grade, Question
from bot.core.weeks import week_after, weeks_between
from bot.decisions import NewBaseline
from bot.digest.measures import (
    Group,
    Measure,
    began_anew,
    groups,
    pooled,
)
from bot.digest.model import (
    ENOUGH,
    TREND,
    WINDOW,
    ChoiceFigure,
    Figure,
    GradeFigure,
    Point,
    TooFew,
    Verdict,
)
from bot.digest.signals import GRADES, SHARES, Sample, Scale, judge
from bot.digest.statistics import interval, summary
from bot.grouping import Wordings

_NEVER: Final = ""
"""Comes before every week."""


def figure(
    measure: Measure,
    batches: Sequence[Batch],
    known: Wordings,
    week: str,
    baselines: Iterable[NewBaseline] = (),
) -> Figure:
    """Give the figure of a measure at the opening of `week`.

    Args:
        batches: those of its flow, none later than `week`.
        baselines: the new nulmetingen of its flow.
    """
    question = measure.question
    since = began_anew(measure, batches, known)
    found = groups(measure, batches, known)
    counts = pooled(found, week)
    if counts.total() < ENOUGH:
        return TooFew(question, since)
    after = last_decision(question.name, baselines, week)
    verdict = _verdict(question, [g for g in found if g.week > after], week)
    match question:
        case Grade():
            shown = _weeks_shown(measure, batches, week)
            trend = tuple(_trend(question, found, shown))
            now = trend[-1]
            return GradeFigure(
                question,
                counts.total(),
                now.mean,
                now.low,
                now.high,
                verdict,
                trend,
                since,
            )
        case Choice():
            positive = sum(counts[code] for code in question.positive)
            chosen = {code: counts[code] for code in question.codes}
            return ChoiceFigure(question, counts.total(), positive, verdict, chosen)
        case _:
            assert_never(question)


def last_decision(name: str, baselines: Iterable[NewBaseline], week: str) -> str:
    """Give the week of the last new nulmeting of a question; empty for none."""
    return max(
        (one.week for one in baselines if one.question == name and one.week <= week),
        default=_NEVER,
    )


def sample(question: Question, group: Group) -> Sample:
    """Give the answers of a group as numbers: grades, or 1 for the positive side."""
    numbers = _numbers(question)
    total = squares = 0
    for code, n in group.counts.items():
        total += numbers[code] * n
        squares += numbers[code] ** 2 * n
    return Sample(group.week, group.n, total, squares)


def _numbers(question: Question) -> Mapping[str, int]:
    match question:
        case Grade():
            return {code: int(code) for code in question.codes}
        case Choice():
            return {code: int(code in question.positive) for code in question.codes}
        case _:
            assert_never(question)


def scale_of(question: Question) -> Scale:
    """Say by which rules a question is judged."""
    return GRADES if isinstance(question, Grade) else SHARES


def _verdict(question: Question, found: Sequence[Group], week: str) -> Verdict:
    samples = [sample(question, group) for group in found]
    return judge(samples, scale_of(question), week)


def _weeks_shown(measure: Measure, batches: Sequence[Batch], week: str) -> list[str]:
    """List the weeks of the last half year in which this flow had new figures."""
    first = week_after(week, 1 - TREND)
    found = {batch.week for batch in batches if batch.cell.origin is measure.origin} | {
        week
    }
    return sorted(one for one in found if one >= first)


def _trend(
    question: Grade, found: Sequence[Group], weeks: Sequence[str]
) -> Iterable[Point]:
    oldest = week_after(weeks[0], 1 - WINDOW)
    recent = [group for group in found if group.week >= oldest]
    for week in weeks:
        counts: Counter[int] = Counter()
        for group in recent:
            if group.week <= week and weeks_between(group.week, week) < WINDOW:
                counts.update({int(code): n for code, n in group.counts.items()})
        if counts.total() >= ENOUGH:
            now = summary(counts)
            low, high = interval(now, question.lowest, question.highest)
            yield Point(week, now.mean, low, high)
