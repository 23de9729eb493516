"""Sums per phase: gathered sealed, told once a quarter, of whole groups or not at all.

A phase cuts across the groups of ten that the weekly figures are made of. So a quarter
is made of whole groups, and what its phases leave over is nobody or ten people again:
whatever is subtracted from whatever, no smaller group comes of it.

Only those who were invited are in it: the phase comes with the invitation.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from functools import partial
from typing import Final

from bot.ballots import (
    PHASE_BATCHES,
    Ballot,
    Batch,
    K,
    PhaseSums,
    PhaseTotal,
    Sum,
)
from bot.core.flow import FlowDefinition, Origin, Phase, fingerprint
from bot.core.questions import Grade, Question
from bot.core.questions.base import NOT_ASKED, OPT_OUT
from bot.core.weeks import quarter
from bot.grouping import Grouped, Wordings, grouped, wordings

OPEN: Final = ""
"""Stands for the quarter of answers whose group is not complete yet."""

ENOUGH: Final = 20
"""No phase is told of with fewer people than this."""

_INVITED: Final = str(Origin.INVITED)
_NO_ANSWER: Final = (OPT_OUT, NOT_ASKED)


def groups_of(
    batches: Sequence[Batch], flows: Mapping[str, FlowDefinition]
) -> dict[str, Grouped]:
    """Follow the groups of every measure of the invited, by fingerprint."""
    known = wordings(flows)
    names = {
        measure: name for content in flows for name, measure in known[content].items()
    }
    return {
        measure: grouped(name, measure, Origin.INVITED, batches, known)
        for measure, name in names.items()
    }


def gather(
    sums: PhaseSums,
    week: str,
    flows: Mapping[str, FlowDefinition],
    released: Sequence[Batch],
    counted: Iterable[tuple[Batch, Sequence[Ballot]]],
) -> PhaseSums:
    """Add what an opening counted; drop what is older than two quarters.

    Args:
        sums: those of the opening before this one.
        released: every batch released before this opening.
        counted: each batch of this opening, with its complete ballots.
    """
    now = quarter(week)
    groups = groups_of(released, flows)
    kept = PhaseSums(
        {
            key: deepcopy(one)
            for key, one in sums.sums.items()
            if _quarter_of(key, groups) in (now, _before(now))
        }
    )
    batches = list(released)
    for batch, ballots in counted:
        batches.append(batch)
        if batch.cell.origin is Origin.INVITED:
            _add(kept, flows[batch.cell.flow], ballots)
    groups = groups_of(batches, flows)
    for key in [key for key in kept.sums if key[0] == OPEN]:
        closed = groups[key[1]].closed
        if closed and closed[-1][0] == week:
            _merge(kept.sums.setdefault((now, *key[1:]), Sum()), kept.sums.pop(key))
    return kept


def _quarter_of(
    key: tuple[str, str, str, str], groups: Mapping[str, Grouped]
) -> str | None:
    """Say of which quarter a sum is; one of an open group, when that was opened.

    By the calendar, not by what there are sums of: a quarter in which nobody answered
    must not keep an older one alive.
    """
    if key[0] != OPEN:
        return key[0]
    since = groups[key[1]].since if key[1] in groups else None
    return None if since is None else quarter(since)


def _add(sums: PhaseSums, flow: FlowDefinition, complete: Sequence[Ballot]) -> None:
    for place, question in enumerate(flow.questions):
        measure = fingerprint(flow, question.name)
        by_phase: dict[Phase, list[int]] = defaultdict(list)
        for ballot in complete:
            code = ballot.codes[place]
            if ballot.phase is not Phase.UNKNOWN and code not in _NO_ANSWER:
                by_phase[ballot.phase].append(_number(question, code))
        for phase, numbers in by_phase.items():
            one = Sum(
                n=len(numbers),
                total=sum(numbers),
                squares=sum(number * number for number in numbers),
                batches=1,
            )
            key = (OPEN, measure, _INVITED, str(phase))
            _merge(sums.sums.setdefault(key, Sum()), one)


def _merge(into: Sum, other: Sum) -> None:
    into.n += other.n
    into.total += other.total
    into.squares += other.squares
    into.batches += other.batches


def _number(question: Question, code: str) -> int:
    # On an agree scale only the side counts, as in the digest.
    if isinstance(question, Grade):
        return int(code)
    return int(code in question.positive)


def _before(during: str) -> str:
    year, number = int(during[:4]), int(during[-1])
    return f"{year}-Q{number - 1}" if number > 1 else f"{year - 1:04}-Q4"


def release(
    sums: PhaseSums,
    week: str,
    flows: Mapping[str, FlowDefinition],
    live: Mapping[str, str],
    batches: Sequence[Batch],
) -> tuple[tuple[PhaseTotal, ...], PhaseSums]:
    """Tell of the quarters that are over, and destroy the sums that were told.

    Per question all phases of its flow, or none: the last quarter where that is
    enough, else the last two together, else nothing, and it waits another quarter.

    How many were asked a question with `only_if` is a count of answers to the question
    that decides about it. So it is told only beside that one, of just the same batches:
    subtracting would give a phase of the weeks in which the two differ.

    Args:
        sums: those of the opening before this one.
        week: ISO week of this opening.
        batches: every batch released before this opening.
    """
    now = quarter(week)
    groups = groups_of(batches, flows)
    invited = [batch for batch in batches if batch.cell.origin is Origin.INVITED]
    behind = partial(_behind, invited, wordings(flows), groups)
    told: list[PhaseTotal] = []
    left = dict(sums.sums)
    for _, content in sorted(live.items()):
        flow = flows[content]
        phases = [phase for phase in flow.phases if phase is not Phase.UNKNOWN]
        told_of: dict[str, list[Batch]] = {}
        for question in flow.questions:
            name, measure = question.name, fingerprint(flow, question.name)
            past = sorted({q for q, of, *_ in left if of == measure and OPEN < q < now})
            spans = (past[-count:] for count in range(1, 1 + len(past)))
            closed = groups[measure].closed if measure in groups else []
            for span in spans:
                people = sum(n for when, n in closed if quarter(when) in span)
                made = _told(left, measure, span, phases, people)
                of = behind(name, measure, span)
                decides = question.only_if and question.only_if.question
                if not made or (decides and told_of.get(decides) != of):
                    continue
                told_of[name] = of
                figure = partial(PhaseTotal, week, content, name, Origin.INVITED)
                told += [
                    figure(phase, span[0], span[-1], one.n, one.total, one.squares)
                    for phase, one in made.items()
                ]
                left = {
                    key: one
                    for key, one in left.items()
                    if key[1] != measure or key[0] not in past
                }
                break
    return tuple(told), PhaseSums(left)


def _behind(
    batches: Sequence[Batch],
    known: Wordings,
    groups: Mapping[str, Grouped],
    name: str,
    measure: str,
    span: Sequence[str],
) -> list[Batch]:
    """Give the batches that the groups of a span are made of."""
    closed = groups[measure].closed if measure in groups else ()
    ends = [week for week, _ in closed if quarter(week) <= span[-1]]
    before = [week for week in ends if quarter(week) < span[0]]
    first, last = max(before, default=""), max(ends, default="")
    return [
        batch
        for batch in batches
        if first < batch.week <= last and known.of(batch, name) == measure
    ]


def _told(
    sums: Mapping[tuple[str, str, str, str], Sum],
    measure: str,
    span: Sequence[str],
    phases: Sequence[Phase],
    people: int,
) -> dict[Phase, Sum]:
    """Give the sum of every phase over a span; nothing where any gate is shut."""
    made: dict[Phase, Sum] = {}
    for phase in phases:
        made[phase] = Sum()
        for during in span:
            one = sums.get((during, measure, _INVITED, str(phase)))
            if one is not None:
                _merge(made[phase], one)
    # Those of no phase, or of sums that were lost: they must not be few either.
    others = people - sum(one.n for one in made.values())
    is_open = (
        len(phases) > 1
        and all(
            one.n >= ENOUGH and one.batches >= PHASE_BATCHES for one in made.values()
        )
        and (others == 0 or others >= K)
    )
    return made if is_open else {}
