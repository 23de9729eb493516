"""Figures that a careful hand would not keep: running tallies, and whole answers."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest

from bot.anonymity import Door, opening
from bot.anonymity.counting import Counted, count
from bot.anonymity.seal import pack_ballot, unpack_ballot
from bot.ballots import Ballot, Batch, Cell, Opening, PhaseSums
from bot.core.flow import FlowDefinition
from bot.core.session import Session, Status
from storage import ballots

_bury = Door._bury


@contextmanager
def tallied(key: Callable[[Session], str]) -> Iterator[None]:
    """Count whoever finishes, at once and for ever, by something of theirs."""

    async def bury(self: Door, ended: Sequence[Session]) -> None:
        names = [key(one) for one in ended if one.status is Status.COMPLETE]
        await self._ballots._database.run(lambda raw: note(raw, names))  # type: ignore[attr-defined]  # the port hides it
        await _bury(self, ended)

    def note(raw: Any, names: Sequence[str]) -> None:
        raw.execute(
            "CREATE TABLE IF NOT EXISTS tally (name TEXT PRIMARY KEY, n INTEGER)"
        )
        raw.executemany(
            """
            INSERT INTO tally (name, n)
            VALUES (?, 1)
            ON CONFLICT (name) DO UPDATE SET n = n + 1
            """,
            [(name,) for name in names],
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Door, "_bury", bury)
        yield


def answers_in(packed: Iterable[bytes]) -> list[Ballot]:
    """Read what lay in a box, but for the remarks."""
    found = []
    for one in packed:
        with contextlib.suppress(ValueError):
            found.append(unpack_ballot(one))
    return found


@contextmanager
def whole_answers_kept() -> Iterator[None]:
    """Keep, beside the counts, one row for every person who was counted."""
    kept: list[tuple[str, ...]] = []
    write = ballots._open

    def counting(
        packed: Iterable[bytes],
        sums: PhaseSums,
        week: str,
        flows: Mapping[str, FlowDefinition],
        released: Sequence[Batch],
    ) -> Counted:
        packed = list(packed)
        kept.extend(ballot.codes for ballot in answers_in(packed))
        return count(packed, sums, week, flows, released)

    def writing(raw: Any, opened: Opening) -> None:
        write(raw, opened)
        raw.execute("CREATE TABLE IF NOT EXISTS responses (codes TEXT)")
        rows = [(" ".join(codes),) for codes in kept if codes]
        raw.executemany("INSERT INTO responses (codes) VALUES (?)", rows)
        kept.clear()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "count", counting)
        patch.setattr(ballots, "_open", writing)
        yield


@contextmanager
def one_cell_per_flow() -> Iterator[None]:
    """Count all versions of a flow together, as the one that is live."""

    def counting(
        packed: Iterable[bytes],
        sums: PhaseSums,
        week: str,
        flows: Mapping[str, FlowDefinition],
        released: Sequence[Batch],
    ) -> Counted:
        newest = {flow.flow: name for name, flow in flows.items()}
        ballots = answers_in(packed)
        moved = [
            Ballot(
                Cell(newest[flows[b.cell.flow].flow], b.cell.origin),
                b.phase,
                b.outcome,
                b.codes,
                b.missed,
            )
            for b in ballots
        ]
        return count([pack_ballot(b) for b in moved], sums, week, flows, released)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "count", counting)
        yield


@contextmanager
def released_from(fewest: int) -> Iterator[None]:
    """Release a batch of so many people, instead of ten or more."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.anonymity.counting.K", fewest)
        yield


@contextmanager
def not_joined() -> Iterator[None]:
    """Give a figure of each batch, however few of it answered the question."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.grouping.K", 1)
        yield


def by_language(session: Session) -> str:
    """Give the language somebody answered in."""
    return session.language


def by_hour(session: Session) -> str:
    """Give the hour at which somebody came."""
    moment: datetime = session.expires_at
    return f"{moment:%Y-%m-%d %H}"
