"""The ports as the contracts name them, and rows to fill them with."""

from dataclasses import dataclass
from typing import Final

from bot.ballots import (
    BallotStore,
    Batch,
    Cell,
    Opening,
    Outcome,
    PhaseTotal,
    SealedBallot,
)
from bot.core.flow import FlowDefinition, Origin, Phase
from bot.core.session import SealedRow, SessionWrite
from bot.outbox import Outbox, WrittenDigest
from bot.reviews import KeptRemark, ReviewStore

SIZE: Final = 64


@dataclass(frozen=True, slots=True)
class AnswersSide:
    """The two ports that one opening writes to."""

    ballots: BallotStore
    outbox: Outbox
    reviews: ReviewStore


def sealed(mark: int, size: int = SIZE) -> bytes:
    """Make a blob that stands for a sealed row."""
    return mark.to_bytes(4, "big") * (size // 4)


def row(tag: int, mark: int = 0, size: int = SIZE) -> SealedRow:
    return SealedRow(tag.to_bytes(16, "big"), sealed(mark or tag, size))


def wrote(tag: int, mark: int = 0, *, update: int | None = None) -> SessionWrite:
    return SessionWrite(row(tag, mark), updates=() if update is None else (update,))


def ballot(name: int, mark: int = 0, size: int = SIZE) -> SealedBallot:
    return SealedBallot(name.to_bytes(16, "big"), sealed(mark or name, size))


def batch(week: str, flow: str = "a" * 32, origin: Origin = Origin.INVITED) -> Batch:
    return Batch(
        week,
        Cell(flow, origin),
        {"counter": {"7": 6, "8": 5}, "next_step": {"agree": 11, "opt_out": 0}},
        {Outcome.COMPLETE: 11, Outcome.NO_REPLY: 20},
    )


def remark(name: int, flow: str = "sozawe", week: str = "2026-W30") -> KeptRemark:
    return KeptRemark(name.to_bytes(16, "big"), flow, week, f"Opmerking {name}.")


def digest(week: str, flow: str = "sozawe", *, has_news: bool = True) -> WrittenDigest:
    return WrittenDigest(week, "weekly", flow, f"Weekbericht {flow} {week}", has_news)


def opening(week: str = "2026-W30", **changes: object) -> Opening:
    """Make an opening of one batch, one waiting ballot, one digest, two recipients."""
    parts: dict[str, object] = {
        "batches": (batch(week),),
        "waiting": (ballot(99),),
        "phase_sums": b"sums",
        "digests": (digest(week),),
        "recipients": ("-1", "-2"),
        "destroyed": 0,
    }
    return Opening(week, **{**parts, **changes})  # type: ignore[arg-type]


def phase_figures(week: str) -> tuple[PhaseTotal, ...]:
    """Make the figures of two phases, as one opening releases them."""
    return tuple(
        PhaseTotal(
            week,
            "a" * 32,
            "counter",
            Origin.INVITED,
            phase,
            since="2026-Q1",
            until="2026-Q2",
            n=25 + place,
            total=180,
            squares=1400,
        )
        for place, phase in enumerate((Phase.AFTER_AWARD, Phase.INTAKE))
    )


def flow(name: str = "sozawe", title: str = "Contact") -> FlowDefinition:
    """Make a small flow that is whole."""
    grade = {
        "type": "grade",
        "theme": ["bejegening"],
        "short": {"nl": "Balie"},
        "label": {"nl": "Welk cijfer?"},
        "lowest": 1,
        "highest": 10,
        "lowest_label": {"nl": "slecht"},
        "highest_label": {"nl": "goed"},
    }
    text = {"nl": "Tekst"}
    return FlowDefinition.model_validate(
        {
            "flow": name,
            "title": {"nl": title},
            "languages": ["nl"],
            "phases": ["intake"],
            "intro": {"text": text, "accept": text, "decline": text},
            "questions": [{**grade, "name": f"grade_{n}"} for n in range(3)],
        }
    )
