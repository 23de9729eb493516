"""Opened ballots in, counts over ten or more people out. Pure, and holds no key.

A ballot whose values are not all known beforehand is destroyed, not counted: nothing
may pass here that could have been made up for one person.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Final

from bot.anonymity.seal import unpack_ballot
from bot.ballots import Ballot, Batch, Cell, K, Outcome, PhaseSums, Sum
from bot.core.flow import FlowDefinition, Phase, fingerprint
from bot.core.questions import Grade, Question
from bot.core.questions.base import NOT_ASKED, OPT_OUT
from bot.core.weeks import quarter, weeks_between

PATIENCE: Final = 13
"""For so many weeks a ballot waits for company; then it is destroyed."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of one box."""

    batches: list[Batch]
    waiting: list[Ballot]
    sums: PhaseSums
    destroyed: int


def count(
    packed: Iterable[bytes],
    sums: PhaseSums,
    week: str,
    flows: Mapping[str, FlowDefinition],
) -> Counted:
    """Count every cell that holds K completes or more; let the others wait.

    Args:
        packed: the ballots as they lay in the box, decrypted.
        sums: the phase sums up to the opening before this one.
        week: ISO week of this opening.
        flows: every published version, by content hash.
    """
    cells: dict[Cell, list[Ballot]] = defaultdict(list)
    destroyed = 0
    for ballot in map(_read, packed):
        if ballot is not None and _is_closed(ballot, flows):
            cells[ballot.cell].append(ballot)
        else:
            destroyed += 1
    batches: list[Batch] = []
    waiting: list[Ballot] = []
    sums = _recent(sums, quarter(week))
    for cell in sorted(cells, key=lambda cell: (cell.flow, cell.origin)):
        ballots = cells[cell]
        flow = flows[cell.flow]
        complete = [b for b in ballots if b.outcome is Outcome.COMPLETE]
        if len(complete) >= K:
            batches.append(_batch(week, cell, flow, ballots, complete))
            _add(sums, quarter(week), flow, cell, complete)
        else:
            kept = _waiting(ballots, week)
            destroyed += len(ballots) - len(kept)
            waiting += kept
    return Counted(batches, waiting, sums, destroyed)


def _waiting(ballots: Sequence[Ballot], week: str) -> list[Ballot]:
    """Give the ballots of a small cell as they go on waiting; none where too long.

    All bear the week of the one that waits longest, and go with it. Each with its own,
    a week in which one person came would name whose it is, to whoever has the keys.
    """
    since = min((b.missed for b in ballots if b.missed is not None), default=week)
    if weeks_between(since, week) >= PATIENCE:
        return []
    return [replace(ballot, missed=since) for ballot in ballots]


def _read(packed: bytes) -> Ballot | None:
    # Anyone who can write the file can seal nonsense to the box: it must not keep
    # the box from being opened.
    try:
        return unpack_ballot(packed)
    except (ValueError, RecursionError):
        return None


def _batch(
    week: str,
    cell: Cell,
    flow: FlowDefinition,
    ballots: Sequence[Ballot],
    complete: Sequence[Ballot],
) -> Batch:
    counts = {
        question.name: dict(sorted(Counter(b.codes[place] for b in complete).items()))
        for place, question in enumerate(flow.questions)
    }
    outcomes = dict(sorted(Counter(b.outcome for b in ballots).items()))
    return Batch(week, cell, counts, outcomes)


def _add(
    sums: PhaseSums,
    during: str,
    flow: FlowDefinition,
    cell: Cell,
    complete: Sequence[Ballot],
) -> None:
    for place, question in enumerate(flow.questions):
        measure = fingerprint(flow, question.name)
        by_phase: dict[Phase, list[int]] = defaultdict(list)
        for ballot in complete:
            code = ballot.codes[place]
            if ballot.phase is not Phase.UNKNOWN and code not in (OPT_OUT, NOT_ASKED):
                by_phase[ballot.phase].append(_number(question, code))
        for phase, numbers in by_phase.items():
            key = (during, measure, str(cell.origin), str(phase))
            one = sums.sums.setdefault(key, Sum())
            one.n += len(numbers)
            one.total += sum(numbers)
            one.squares += sum(number * number for number in numbers)
            one.batches += 1


def _number(question: Question, code: str) -> int:
    # On an agree scale only the side counts, as in the digest.
    if isinstance(question, Grade):
        return int(code)
    return int(code in question.positive)


def _recent(sums: PhaseSums, now: str) -> PhaseSums:
    # By the calendar, not by what there are sums of: a quarter in which nobody
    # answered must not keep an older one alive.
    kept = (now, _before(now))
    return PhaseSums(
        {key: deepcopy(one) for key, one in sums.sums.items() if key[0] in kept}
    )


def _before(during: str) -> str:
    year, number = int(during[:4]), int(during[-1])
    return f"{year}-Q{number - 1}" if number > 1 else f"{year - 1:04}-Q4"


def _is_closed(ballot: Ballot, flows: Mapping[str, FlowDefinition]) -> bool:
    flow = flows.get(ballot.cell.flow)
    if flow is None:
        return False
    if ballot.outcome is not Outcome.COMPLETE:
        return not ballot.codes
    return len(ballot.codes) == len(flow.questions) and all(
        code in _codes(question)
        for code, question in zip(ballot.codes, flow.questions, strict=True)
    )


def _codes(question: Question) -> Sequence[str]:
    opt_out = () if question.opt_out is None else (OPT_OUT,)
    not_asked = () if question.only_if is None else (NOT_ASKED,)
    return (*question.codes, *opt_out, *not_asked)
