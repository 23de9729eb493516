"""A survey that forgets who has answered, and a ballot that is new at every drop."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.anonymity import Door, new_id
from bot.core.session import Session, Status

_session = Door.session
_drop = Door._drop


@contextmanager
def no_tombstones() -> Iterator[None]:
    """Forget a session as soon as it has ended."""

    async def session(self: Door, subject: str) -> Session | None:
        found = await _session(self, subject)
        return None if found and found.status is Status.CLOSED else found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Door, "session", session)
        yield


@contextmanager
def new_ballot_every_time() -> Iterator[None]:
    """Give a ballot its id when it is dropped, and not when the session begins."""

    async def drop(self: Door, ballots: list[tuple[str, bytes]]) -> None:
        await _drop(self, [(new_id(), packed) for _, packed in ballots])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Door, "_drop", drop)
        yield
