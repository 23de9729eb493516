"""Remarks out of the box in lots of five or more, and to the digest in such lots. Pure.

A remark leaves here with the name of its flow and a week, and nothing else: who said it
and what grades came with it are in no place that it goes through.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from bot.ballots import LOT, K, RemarkBallot
from bot.core.flow import FlowDefinition
from bot.core.weeks import weeks_between
from bot.remarks import Scrubbed, Withheld
from bot.reviews import PATIENCE, KeptRemark, Lot


@dataclass(frozen=True, slots=True)
class Lots:
    """What came of the remarks in one box.

    Args:
        lots: how large each is.
        texts: by name of flow, in the order in which they lay in the box.
        waiting: too few, each as it goes on waiting.
        destroyed: of a flow nobody knows, too long, or waiting for too long.
    """

    lots: list[Lot] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    waiting: list[RemarkBallot] = field(default_factory=list)
    destroyed: int = 0


@dataclass(frozen=True, slots=True)
class Cleared:
    """What becomes of the remarks that came out before.

    Args:
        texts: what is published now, by name of flow.
        waiting: what goes on waiting.
        destroyed: what waited for too long.
    """

    texts: dict[str, list[str]]
    waiting: list[KeptRemark]
    destroyed: int


def bring_out(
    ballots: Sequence[RemarkBallot], week: str, flows: Mapping[str, FlowDefinition]
) -> Lots:
    """Bring out the remarks of each flow that has LOT of them; let the others wait.

    All versions of a flow are taken together, and invited people with walk-ins: they
    hold no remark of which the version or the way would tell more than the flow does.

    Args:
        week: ISO week of this opening.
        flows: every published version, by content hash.
    """
    by_name: dict[str, list[RemarkBallot]] = defaultdict(list)
    destroyed = 0
    for ballot in ballots:
        if not _is_closed(ballot, flows):
            destroyed += 1
        elif ballot.remark is not None:
            by_name[flows[ballot.flow].flow].append(ballot)
    found = Lots()
    for name, own in sorted(by_name.items()):
        texts = [b.remark.text for b in own if isinstance(b.remark, Scrubbed)]
        withheld = len(own) - len(texts)
        if len(texts) >= LOT:
            told = withheld if withheld >= K else 0
            found.lots.append(Lot(week, name, len(texts), told))
            found.texts[name] = texts
        else:
            kept = _waiting(own, week, flows)
            destroyed += len(own) - len(kept)
            found.waiting.extend(kept)
    return replace(found, destroyed=destroyed)


def clear(kept: Sequence[KeptRemark], week: str, live: Collection[str]) -> Cleared:
    """Publish what reviewers approved, of each live flow that has LOT of it.

    What waits for thirteen weeks, for a reviewer or for company, is destroyed.

    Args:
        week: ISO week of this opening.
        live: the names of the flows that have a digest.
    """
    approved: dict[str, list[str]] = defaultdict(list)
    for remark in kept:
        if remark.is_approved and remark.flow in live:
            approved[remark.flow].append(remark.text)
    texts = {name: own for name, own in approved.items() if len(own) >= LOT}
    others = [one for one in kept if not (one.is_approved and one.flow in texts)]
    waiting = [one for one in others if weeks_between(one.week, week) < PATIENCE]
    return Cleared(texts, waiting, len(others) - len(waiting))


def _is_closed(ballot: RemarkBallot, flows: Mapping[str, FlowDefinition]) -> bool:
    flow = flows.get(ballot.flow)
    if flow is None:
        return False
    match ballot.remark:
        case Scrubbed(text=text):
            return flow.remark is not None and 0 < len(text) <= flow.remark.max_length
        case Withheld():
            return flow.remark is not None
        case None:
            return True
        case _:
            assert_never(ballot.remark)


def _waiting(
    ballots: Sequence[RemarkBallot], week: str, flows: Mapping[str, FlowDefinition]
) -> list[RemarkBallot]:
    """Give remarks as they go on waiting, alike but for their text; none if too long.

    All bear the week of the one that waits longest, and one version: each with its own,
    a week in which one person came would name whose it is, to whoever has the keys.
    """
    since = min((b.missed for b in ballots if b.missed is not None), default=week)
    if weeks_between(since, week) >= PATIENCE:
        return []
    roomiest = max(
        {b.flow for b in ballots}, key=lambda name: (_room(flows[name]), name)
    )
    return [replace(b, flow=roomiest, missed=since) for b in ballots]


def _room(flow: FlowDefinition) -> int:
    return 0 if flow.remark is None else flow.remark.max_length
