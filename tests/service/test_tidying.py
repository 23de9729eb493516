"""What time has ended is tidied for many people at once."""

from collections.abc import Callable, Sequence

import pytest

from bot.app import App
from bot.core.session import SessionWrite
from tests.doubles.installation import Clock
from tests.doubles.person import Person
from tests.service.conftest import Box

PEOPLE = 120


async def test_many_chats_are_tidied_in_a_few_commits(
    app: App,
    others: Callable[[int], list[Person]],
    box: Box,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people = others(PEOPLE)
    for person in people:
        await person.opens("e_balie")
    clock.turn(hours=40)
    write, groups = app.stores.sessions.write, []

    async def counted(epoch: str, writes: Sequence[SessionWrite]) -> list[bool]:
        groups.append(len(writes))
        return await write(epoch, writes)

    monkeypatch.setattr(app.stores.sessions, "write", counted)

    replies = await app.service.tidy()

    # The ended sessions and then their tombstones, a hundred at a time.
    assert groups == [100, 100, 20, 20]
    assert {reply.subject for reply in replies} == {one.subject for one in people}
    assert await box.outcomes() == ["no_reply"] * PEOPLE
