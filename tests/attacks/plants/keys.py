"""Keys that outlive their week, and names that can be made again."""

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.anonymity.keys import Epoch, KeyFolder

PEPPER = "pepper.key"


@contextmanager
def kept_for_ever() -> Iterator[None]:
    """Keep every week's keys, in case they are needed once more."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(KeyFolder, "destroy_all_but", lambda self, keep: None)
        yield


@contextmanager
def named_by_hmac(keys: Path) -> Iterator[None]:
    """Name a person's row by an HMAC of the id, with one key for all weeks."""
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    pepper = bytes(range(32))
    (keys / PEPPER).write_bytes(pepper)

    def tag(_: Epoch, subject: str) -> bytes:
        return hmac.digest(pepper, subject.encode(), "sha256")[:16]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Epoch, "tag", tag)
        yield


@contextmanager
def named_by_hash() -> Iterator[None]:
    """Name a person's row by an unsalted hash of the id."""

    def tag(_: Epoch, subject: str) -> bytes:
        number = subject.partition(":")[2]
        return hashlib.md5(number.encode(), usedforsecurity=False).digest()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Epoch, "tag", tag)
        yield


@contextmanager
def drawn_by_hash() -> Iterator[None]:
    """Draw by a hash of the id: the same person every week, for everybody to see."""

    def ticket(_: Epoch, subject: str) -> bytes:
        return hashlib.sha256(subject.encode()).digest()[:16]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Epoch, "ticket", ticket)
        yield


@contextmanager
def drawn_afresh() -> Iterator[None]:
    """Draw anew whenever somebody comes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Epoch, "ticket", lambda self, subject: secrets.token_bytes(16))
        yield
