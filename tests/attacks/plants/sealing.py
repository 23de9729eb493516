"""A seal that is none, and rows that differ in length."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from bot.anonymity import leaving, seal
from bot.anonymity.keys import Epoch
from bot.core.session import Session
from storage import ballots, sessions

_BEFORE, _AFTER = bytes(24), bytes(16)


@contextmanager
def sealed_by_nothing() -> Iterator[None]:
    """Store sessions as they are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Epoch, "seal", lambda self, plain: _BEFORE + plain + _AFTER)
        patch.setattr(Epoch, "unseal", lambda self, sealed: sealed[24:-16])
        yield


@contextmanager
def not_padded() -> Iterator[None]:
    """Seal everything in as many bytes as it has."""

    def pad(plain: Any, size: int) -> bytes:
        body = seal._json(plain)
        return len(body).to_bytes(4, "big") + body

    def any_size(table: str, sizes: object) -> None:
        """Take rows of every size."""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seal, "_pad", pad)
        for module in (sessions, ballots):
            patch.setattr(module, "require_one_size", any_size)
        yield


@contextmanager
def answers_in_tombstones() -> Iterator[None]:
    """Leave the answers in an ended session, in as many bytes as they have."""

    def tombstone(session: Session) -> Session:
        return replace(seal.tombstone(session), answers=session.answers)

    with not_padded(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(leaving, "tombstone", tombstone)
        yield
