"""Opened ballots in, counts over ten or more people out. Pure, and holds no key.

A ballot whose values are not all known beforehand is destroyed, not counted: nothing
may pass here that could have been made up for one person.
"""

import contextlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.anonymity.phases import gather
from bot.anonymity.seal import unpack_ballot, unpack_remark
from bot.ballots import (
    PATIENCE,
    Ballot,
    Batch,
    Cell,
    K,
    Outcome,
    PhaseSums,
    RemarkBallot,
)
from bot.core.flow import FlowDefinition
from bot.core.questions import Question
from bot.core.questions.base import NOT_ASKED, OPT_OUT
from bot.core.weeks import weeks_between


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of one box.

    Args:
        remarks: what lay in it of remarks, as it lay; nothing was done with them.
    """

    batches: list[Batch]
    waiting: list[Ballot]
    sums: PhaseSums
    destroyed: int
    remarks: list[RemarkBallot] = field(default_factory=list)


def count(
    packed: Iterable[bytes],
    sums: PhaseSums,
    week: str,
    flows: Mapping[str, FlowDefinition],
    released: Sequence[Batch] = (),
) -> Counted:
    """Count every cell that holds K completes or more; let the others wait.

    Remarks are parted from the answers here and go their own way.

    Args:
        packed: the ballots as they lay in the box, decrypted.
        sums: the phase sums up to the opening before this one.
        week: ISO week of this opening.
        flows: every published version, by content hash.
        released: every batch that was released before.
    """
    cells: dict[Cell, list[Ballot]] = defaultdict(list)
    remarks: list[RemarkBallot] = []
    destroyed = 0
    for ballot in map(_read, packed):
        if isinstance(ballot, RemarkBallot):
            remarks.append(ballot)
        elif ballot is not None and _is_closed(ballot, flows):
            cells[ballot.cell].append(ballot)
        else:
            destroyed += 1
    waiting: list[Ballot] = []
    counted: list[tuple[Batch, list[Ballot]]] = []
    for cell in sorted(cells, key=lambda cell: (cell.flow, cell.origin)):
        ballots = cells[cell]
        flow = flows[cell.flow]
        complete = [b for b in ballots if b.outcome is Outcome.COMPLETE]
        if len(complete) >= K:
            batch = _batch(week, cell, flow, ballots, complete)
            counted.append((batch, complete))
        else:
            kept = _waiting(ballots, week)
            destroyed += len(ballots) - len(kept)
            waiting += kept
    gathered = gather(sums, week, flows, released, counted)
    batches = [batch for batch, _ in counted]
    return Counted(batches, waiting, gathered, destroyed, remarks)


def _waiting(ballots: Sequence[Ballot], week: str) -> list[Ballot]:
    """Give the ballots of a small cell as they go on waiting; none where too long.

    All bear the week of the one that waits longest, and go with it. Each with its own,
    a week in which one person came would name whose it is, to whoever has the keys.
    """
    since = min((b.missed for b in ballots if b.missed is not None), default=week)
    if weeks_between(since, week) >= PATIENCE:
        return []
    return [replace(ballot, missed=since) for ballot in ballots]


def _read(packed: bytes) -> Ballot | RemarkBallot | None:
    # Anyone who can write the file can seal nonsense to the box: it must not keep
    # the box from being opened.
    with contextlib.suppress(ValueError, RecursionError):
        return unpack_ballot(packed)
    with contextlib.suppress(ValueError, RecursionError):
        return unpack_remark(packed)
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
