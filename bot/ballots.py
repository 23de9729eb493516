"""The anonymous side's words: what a sealed ballot holds, and what comes of many.

Nothing here can name a person: every field's possible values were closed before the
person arrived.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from bot.core.flow import FlowDefinition, Origin, Phase
from bot.decisions import Deed, NewBaseline
from bot.outbox import WrittenDigest
from bot.remarks import Scrubbed, Withheld
from bot.reviews import KeptRemark, Lot

K: Final = 10
"""No figure is ever made of fewer people than this. A constant, not a setting."""

LOT: Final = 5
"""Remarks come out so many at a time, or more. A constant, not a setting."""

PATIENCE: Final = 13
"""For so many weeks a ballot waits for company; then it is destroyed."""

PHASE_BATCHES: Final = 3
"""No phase is told of that fewer batches told of: one busy week is no quarter."""


class Outcome(StrEnum):
    """How one occasion ended, after AAPOR's Standard Definitions."""

    NOT_DRAWN = "not_drawn"
    NOT_OPENED = "not_opened"
    NO_REPLY = "no_reply"
    REFUSED = "refused"
    WITHDREW = "withdrew"
    BROKE_OFF = "broke_off"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Cell:
    """What may be counted together: one published version, invited or walk-in."""

    flow: str
    """Content hash of the published version."""
    origin: Origin


@dataclass(frozen=True, slots=True)
class Ballot:
    """One ended occasion, as it lies in the sealed box.

    Args:
        codes: one code per question of the flow, in order; empty unless complete.
        missed: ISO week of the first opening that it, or one that waits with it, was
            too few for; None before there was one.
    """

    cell: Cell
    phase: Phase
    outcome: Outcome
    codes: tuple[str, ...] = ()
    missed: str | None = None


@dataclass(frozen=True, slots=True)
class RemarkBallot:
    """The remark of one ended occasion, or that there was none.

    Nothing ties it to the ballot with the answers of the same occasion.

    Args:
        flow: content hash of the published version.
        remark: None where nothing was said, or the person left it out.
        missed: ISO week of the first opening that it, or one that waits with it, was
            too few for; None before there was one.
    """

    flow: str
    remark: Scrubbed | Withheld | None = None
    missed: str | None = None


@dataclass(frozen=True, slots=True)
class SealedBallot:
    """A ballot nobody can read before the opening; `id` is random."""

    id: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """What one opening released of one cell: counts over K or more completes.

    Args:
        week: ISO week of the opening (`2026-W30`).
        counts: per question, per code, how many chose it.
        outcomes: how every occasion of the batch's span ended.
    """

    week: str
    cell: Cell
    counts: dict[str, dict[str, int]]
    outcomes: dict[Outcome, int]

    @property
    def completes(self) -> int:
        """Say how many people answered to the end."""
        return self.outcomes.get(Outcome.COMPLETE, 0)


@dataclass(slots=True)
class Sum:
    """Count, sum and sum of squares of one measure in one phase; no single value."""

    n: int = 0
    total: int = 0
    squares: int = 0
    batches: int = 0


@dataclass(slots=True)
class PhaseSums:
    """Per quarter and measure and phase, the sums so far. Lives sealed.

    Keys are (quarter, fingerprint of the measure, origin, phase).
    """

    sums: dict[tuple[str, str, str, str], Sum] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PhaseTotal:
    """What one phase gave in a quarter; ENOUGH people of three batches or more.

    Args:
        week: ISO week of the opening that released it.
        flow: content hash of a published version that asks the question so.
        question: its name in that version.
        since: first quarter of the answers (`2026-Q2`).
        until: last quarter of the answers.
        n: how many people answered.
        total: the sum of their grades, or how many chose the positive side.
        squares: the sum of the squares.
    """

    week: str
    flow: str
    question: str
    origin: Origin
    phase: Phase
    since: str
    until: str
    n: int
    total: int
    squares: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that a digest may be made of.

    Args:
        week: ISO week of the opening.
        last: ISO week of the opening before it; None for the first.
        batches: every batch ever released, those of this opening among them.
        phases: every figure by phase ever released, likewise.
        flows: by content hash, every version that is live or occurs in a batch.
        live: content hash by name of flow.
        baselines: every new nulmeting that somebody decided on.
        deeds: everything that was noted as done.
        remarks: by name of flow, what this opening publishes, in the order of chance.
        has_lot: whether this opening brought out remarks that are to be looked at.
    """

    week: str
    batches: Sequence[Batch]
    flows: Mapping[str, FlowDefinition]
    live: Mapping[str, str]
    last: str | None = None
    phases: Sequence[PhaseTotal] = ()
    baselines: Sequence[NewBaseline] = ()
    deeds: Sequence[Deed] = ()
    remarks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    has_lot: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """What lies in the anonymous side at an opening, the ballots still sealed."""

    ballots: tuple[SealedBallot, ...]
    phase_sums: bytes | None
    batches: tuple[Batch, ...]
    phases: tuple[PhaseTotal, ...] = ()
    last: str | None = None
    """ISO week of the opening before this one."""
    remarks: tuple[KeptRemark, ...] = ()
    """What waits for a reviewer, or for company."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What an opening leaves behind. Written in one transaction, or not at all."""

    week: str
    batches: tuple[Batch, ...]
    waiting: tuple[SealedBallot, ...]
    phase_sums: bytes
    digests: tuple[WrittenDigest, ...]
    recipients: tuple[str, ...]
    """Who gets the digests: one dispatch each in the outbox."""
    destroyed: int
    """Ballots that waited thirteen weeks for company and were destroyed.

    Fewer than K are not told: it says 0 then.
    """
    phases: tuple[PhaseTotal, ...] = ()
    reviewers: tuple[str, ...] = ()
    """Who is told that there are remarks to be looked at."""
    lots: tuple[Lot, ...] = ()
    remarks: tuple[KeptRemark, ...] = ()
    """All that waits for a reviewer or for company now. What is not in it is gone."""
    remarks_destroyed: int = 0
    """Remarks that waited too long; fewer than K are not told."""


class BallotStore(Protocol):
    """The anonymous side (`answers.db`).

    Every method that names an epoch raises `bot.errors.StaleEpoch` when the store is
    in another one; nothing has then been read or written.
    """

    async def epoch(self) -> str:
        """Say to which epoch's box key new ballots must be sealed."""
        ...

    async def begin(self, epoch: str) -> None:
        """Name the first epoch of a new, empty store. No effect on one that has one."""
        ...

    async def drop(self, epoch: str, ballots: Sequence[SealedBallot]) -> None:
        """Put ballots in the box; one whose id is there already is not put twice."""
        ...

    async def open_box(
        self, old: str, new: str, turn: Callable[[Box], Opening]
    ) -> None:
        """Replace the box by the opening that `turn` makes of it; name the new epoch.

        One transaction, in which `turn` is called once.
        """
        ...

    async def in_box(self) -> int:
        """Count the sealed ballots; whoever holds the file can do that as well."""
        ...

    async def last_opening(self) -> str | None:
        """Give the ISO week of the newest opening."""
        ...

    async def batches(self) -> list[Batch]:
        """Give every batch ever released, oldest first."""
        ...

    async def phases(self) -> list[PhaseTotal]:
        """Give every figure by phase ever released, oldest first."""
        ...

    async def vacuum(self) -> None:
        """Rewrite the file, so that nothing deleted remains in it."""
        ...
