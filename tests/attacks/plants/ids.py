"""Ids that count up, and rows that are put down as they came."""

import itertools
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from bot.anonymity import opening
from bot.service import admission
from storage import ballots


@contextmanager
def counted_ids() -> Iterator[None]:
    """Give every ballot the next number, as ULIDs and AUTOINCREMENT do."""
    numbers = itertools.count(1)

    def token_bytes(size: int) -> bytes:
        return next(numbers).to_bytes(size, "big")

    def new_id() -> str:
        return token_bytes(16).hex()

    def as_they_are(rows: Sequence[Any]) -> list[Any]:
        return list(rows)

    counting = SimpleNamespace(**{**vars(secrets), "token_bytes": token_bytes})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(admission, "new_id", new_id)
        patch.setattr(opening, "secrets", counting)
        patch.setattr(ballots, "shuffled", as_they_are)
        yield
