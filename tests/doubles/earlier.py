"""Sessions as the first versions packed them: fewer fields, in fewer bytes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import Any, Final

import pytest

from bot.anonymity import seal, widening
from bot.core.session import Session

NARROW: Final = 1024
NEW: Final = ("remark_ballot", "remark", "has_chosen", "was_offered")


def packed_before(session: Session) -> bytes:
    """Write a session as those versions did."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seal, "SESSION_SIZE", NARROW)
        names = [field.name for field in fields(Session) if field.name not in NEW]
        patch.setattr(seal, "_SESSION", tuple(names))
        return seal.pack_session(session)


@contextmanager
def packing_as_before() -> Iterator[None]:
    """Have every session packed so; what the new fields hold is lost with it."""
    unpack = seal.unpack_session

    def lacking(packed: bytes) -> Any:
        # Code of then had one ballot; this one cannot do without its second.
        session = unpack(packed)
        return widening.whole(session, lambda: session.ballot[::-1])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seal, "SESSION_SIZE", NARROW)
        patch.setattr(widening, "SESSION_SIZE", NARROW)
        patch.setattr("bot.anonymity.door.unpack_session", lacking)
        patch.setattr("bot.anonymity.due.unpack_session", lacking)
        names = [field.name for field in fields(Session) if field.name not in NEW]
        patch.setattr(seal, "_SESSION", tuple(names))
        yield
