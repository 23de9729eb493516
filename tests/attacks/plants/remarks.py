"""Remarks kept as a careless hand would: in their order, alone, or beside answers."""

import contextlib
import itertools
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from bot.anonymity import WeeklyOpening, lots, opening
from bot.anonymity.seal import unpack_ballot, unpack_remark
from bot.ballots import Box, Opening
from bot.remarks import Scrubbed
from bot.reviews import KeptRemark
from storage import ballots, sqlite
from storage import remarks as stored
from tests.attacks.remarks import twin_of
from tests.doubles import remarks as written


def _as_it_is(rows: Sequence[Any]) -> list[Any]:
    return list(rows)


@contextmanager
def in_their_order() -> Iterator[None]:
    """Name remarks by the next number, and mix none."""
    numbers = itertools.count(1)

    def token_bytes(size: int) -> bytes:
        return next(numbers).to_bytes(size, "big")

    counting = SimpleNamespace(**{**vars(secrets), "token_bytes": token_bytes})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "secrets", counting)
        patch.setattr(written, "secrets", counting)
        patch.setattr(opening, "_mixed", _as_it_is)
        patch.setattr(stored, "shuffled", _as_it_is)
        yield


@contextmanager
def released_alone() -> Iterator[None]:
    """Bring a remark out as soon as there is one."""
    known: Callable[[str], tuple[str, ...]] = vars(sqlite)["scripts"]

    def loose(schema: str) -> tuple[str, ...]:
        return tuple(s.replace(" CHECK (texts >= 5)", "") for s in known(schema))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lots, "LOT", 1)
        patch.setattr(sqlite, "scripts", loose)
        yield


@contextmanager
def with_origin_and_phase() -> Iterator[None]:
    """Keep with a remark how its writer came, and in which phase; few walk in."""
    replace_remarks: Callable[..., None] = vars(ballots)["replace_remarks"]

    def replacing(raw: Any, waiting: Sequence[KeptRemark]) -> None:
        replace_remarks(raw, waiting)
        columns = {row[1] for row in raw.execute("PRAGMA table_info(remarks)")}
        for column in {"origin", "phase"} - columns:
            raw.execute(f"ALTER TABLE remarks ADD COLUMN {column} TEXT")
        few = [remark.id for remark in waiting[:2]]
        raw.execute("UPDATE remarks SET origin = 'invited', phase = 'intake'")
        raw.executemany(
            "UPDATE remarks SET origin = 'walk_in', phase = 'after_award' WHERE id = ?",
            [(name,) for name in few],
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ballots, "replace_remarks", replacing)
        yield


@contextmanager
def joined_to_answers() -> Iterator[None]:
    """Lay each remark beside the codes of the ballot that came with it."""
    kept: list[tuple[str, str]] = []
    open_box, write = WeeklyOpening._open_box, ballots._open

    def opening_box(self: WeeklyOpening, box: Box, old: str, *more: Any) -> Opening:
        secret = self._keys.box_secret(old)
        packed = {one.id: secret.decrypt(one.sealed) for one in box.ballots}
        for name, one in packed.items():
            # What is no remark, or the twin of another one, tells of nobody's grades.
            with contextlib.suppress(ValueError):
                remark = unpack_remark(one).remark
                codes = unpack_ballot(packed.get(twin_of(name), b"")).codes
                if isinstance(remark, Scrubbed):
                    kept.append((" ".join(codes), remark.text))
        return open_box(self, box, old, *more)

    def writing(raw: Any, opened: Opening) -> None:
        write(raw, opened)
        raw.execute("CREATE TABLE IF NOT EXISTS said (codes TEXT, text TEXT)")
        raw.executemany("INSERT INTO said (codes, text) VALUES (?, ?)", kept)
        kept.clear()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WeeklyOpening, "_open_box", opening_box)
        patch.setattr(ballots, "_open", writing)
        yield
