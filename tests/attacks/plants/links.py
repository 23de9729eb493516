"""A survey that notes where people came from."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from bot.core.session import Session
from bot.service.admission import Admission, Reception

_admit = Reception.admit
_walk_in = Reception._walk_in


@contextmanager
def sources_noted() -> Iterator[None]:
    """Keep what the link carried, to know which poster works."""

    def note(raw: Any, payload: str) -> None:
        raw.execute("CREATE TABLE IF NOT EXISTS sources (payload TEXT)")
        raw.execute("INSERT INTO sources (payload) VALUES (?)", (payload,))

    async def admit(
        self: Reception, subject: str, payload: str, language: str, last: Session | None
    ) -> Admission:
        database = self._door._ballots._database  # type: ignore[attr-defined]  # the port hides it
        await database.run(lambda raw: note(raw, payload))
        return await _admit(self, subject, payload, language, last)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reception, "admit", admit)
        yield


@contextmanager
def doors_counted() -> Iterator[None]:
    """Count how many came in by each entry."""

    def note(raw: Any, name: str) -> None:
        raw.execute(
            "CREATE TABLE IF NOT EXISTS tally (door TEXT PRIMARY KEY, n INTEGER)"
        )
        raw.execute(
            """
            INSERT INTO tally (door, n)
            VALUES (?, 1)
            ON CONFLICT (door) DO UPDATE SET n = n + 1
            """,
            (name,),
        )

    async def walk_in(
        self: Reception, subject: str, name: str, language: str, last: Session | None
    ) -> Admission:
        database = self._door._ballots._database  # type: ignore[attr-defined]  # the port hides it
        await database.run(lambda raw: note(raw, name))
        return await _walk_in(self, subject, name, language, last)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reception, "_walk_in", walk_in)
        yield


@contextmanager
def greeted_by_case() -> Iterator[None]:
    """Take whoever comes with a case number in without a draw."""

    async def admit(
        self: Reception, subject: str, payload: str, language: str, last: Session | None
    ) -> Admission:
        if payload.startswith("zaak"):
            payload = "e_sozawe"
        return await _admit(self, subject, payload, language, last)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reception, "admit", admit)
        yield
