"""The digest by phase of one flow, from the sums that one opening told."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from bot.ballots import Ledger, PhaseTotal
from bot.core.flow import FlowDefinition, Phase
from bot.core.questions import Grade, Question
from bot.digest.model import PhaseComparison, PhaseFigure, PhaseReport
from bot.digest.statistics import (
    GRADE_SD,
    SHARE_SD,
    Summary,
    difference,
    holm,
    interval,
    totals,
)


def phase_reports(ledger: Ledger) -> Iterator[tuple[str, PhaseReport]]:
    """Give the name and the report of each flow that this opening told phases of."""
    for name, content in sorted(ledger.live.items()):
        told = [
            one
            for one in ledger.phases
            if one.week == ledger.week and one.flow == content
        ]
        if told:
            flow = ledger.flows[content]
            yield name, compare(flow, told, is_titled=len(ledger.live) > 1)


def compare(
    flow: FlowDefinition, told: Sequence[PhaseTotal], is_titled: bool
) -> PhaseReport:
    """Set the phases of each question beside each other.

    All pairs of all questions are tested together: a message with four questions must
    not find a false difference four times as often.
    """
    questions = [
        (question, found)
        for question in flow.questions
        if (found := [one for one in told if one.question == question.name])
    ]
    sums = {
        (question.name, one.phase): totals(one.n, one.total, one.squares)
        for question, found in questions
        for one in found
    }
    pairs = [
        (question, *_by_mean(question, pair, sums))
        for question, found in questions
        for pair in combinations([one.phase for one in found], 2)
    ]
    chances = [
        difference(
            sums[question.name, low], sums[question.name, high], _usual(question)
        )
        for question, low, high in pairs
    ]
    differing = [
        pair for pair, passes in zip(pairs, holm(chances), strict=True) if passes
    ]
    return PhaseReport(
        week=told[0].week,
        title=flow.title if is_titled else None,
        name=flow.title,
        since=min(one.since for one in told),
        until=max(one.until for one in told),
        comparisons=tuple(
            PhaseComparison(
                question,
                found[0].origin,
                tuple(_figures(question, flow, found)),
                tuple((low, high) for of, low, high in differing if of is question),
            )
            for question, found in questions
        ),
    )


def _by_mean(
    question: Question,
    pair: tuple[Phase, Phase],
    sums: dict[tuple[str, Phase], Summary],
) -> tuple[Phase, Phase]:
    one, other = pair
    is_turned = sums[question.name, one].mean > sums[question.name, other].mean
    return (other, one) if is_turned else (one, other)


def _figures(
    question: Question, flow: FlowDefinition, found: Sequence[PhaseTotal]
) -> Iterator[PhaseFigure]:
    by_phase = {one.phase: one for one in found}
    for phase in flow.phases:
        if phase in by_phase:
            yield phase_figure(question, by_phase[phase])


def phase_figure(question: Question, one: PhaseTotal) -> PhaseFigure:
    """Give what one phase gave to a question, with the range around the mean."""
    found = totals(one.n, one.total, one.squares)
    if isinstance(question, Grade):
        low, high = interval(found, question.lowest, question.highest)
        return PhaseFigure(one.phase, one.n, found.mean, low, high)
    low, high = interval(found, 0, 1, SHARE_SD)
    return PhaseFigure(one.phase, one.n, found.mean, low, high, one.total)


def _usual(question: Question) -> float:
    return GRADE_SD if isinstance(question, Grade) else SHARE_SD
