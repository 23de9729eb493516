"""What every keeper of sealed sessions does."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.core.session import IdentityRows, SealedRow, SessionStore, SessionWrite
from bot.errors import StaleEpoch, StorageError
from tests.contracts.ports import row, wrote

OpenSessions = Callable[[], Awaitable[SessionStore]]


async def rows(store: SessionStore) -> IdentityRows:
    """Give all rows, whatever the epoch."""
    return await store.rows(await store.epoch())


def tags(*numbers: int) -> list[bytes]:
    return [row(number).tag for number in numbers]


async def test_a_new_store_has_no_epoch(open_sessions: OpenSessions) -> None:
    store = await open_sessions()

    assert await store.epoch() == ""
    with pytest.raises(StaleEpoch):
        await store.rows("")


async def test_the_first_epoch_is_named_once(open_sessions: OpenSessions) -> None:
    store = await open_sessions()

    await store.begin("one")
    await store.begin("two")

    assert await store.epoch() == "one"


CALLS: dict[str, Callable[[SessionStore], Awaitable[Any]]] = {
    "load": lambda store: store.load("old", tags(1)),
    "invitation": lambda store: store.invitation("old", row(5).tag),
    "write": lambda store: store.write("old", [wrote(2, update=7)]),
    "invite": lambda store: store.invite("old", [row(6)]),
    "rows": lambda store: store.rows("old"),
    "retire": lambda store: store.retire("old", [row(5).tag]),
    "reseal": lambda store: store.reseal("old", "new", lambda all_rows: all_rows),
}


@pytest.mark.parametrize("name", CALLS)
async def test_with_the_keys_of_another_epoch_nothing_is_done(
    sessions: SessionStore, name: str
) -> None:
    await sessions.write("one", [wrote(1)])
    await sessions.invite("one", [row(5)])

    with pytest.raises(StaleEpoch) as stale:
        await CALLS[name](sessions)

    assert stale.value.current == "one"
    assert await rows(sessions) == IdentityRows((row(1),), (row(5),))
    assert await sessions.updates() == frozenset()


async def test_sessions_are_given_in_the_order_of_the_tags_asked_for(
    sessions: SessionStore,
) -> None:
    await sessions.write("one", [wrote(1), wrote(2)])

    found = await sessions.load("one", tags(2, 3, 1, 2))

    assert found == [row(2).sealed, None, row(1).sealed, row(2).sealed]


async def test_a_later_state_takes_the_place_of_the_earlier(
    sessions: SessionStore,
) -> None:
    await sessions.write("one", [wrote(1, mark=10), wrote(2)])
    stored = await sessions.write("one", [wrote(1, mark=11), wrote(1, mark=12)])

    assert stored == [True, True]
    assert await rows(sessions) == IdentityRows((row(1, mark=12), row(2)), ())


async def test_nothing_to_write_is_no_fault(sessions: SessionStore) -> None:
    await sessions.invite("one", [])
    await sessions.retire("one", [])

    assert await sessions.write("one", []) == []
    assert await rows(sessions) == IdentityRows((), ())


async def test_an_invitation_is_used_up_by_the_session_it_makes(
    sessions: SessionStore,
) -> None:
    await sessions.invite("one", [row(5), row(6)])

    stored = await sessions.write("one", [SessionWrite(row(1), redeems=row(5).tag)])

    assert stored == [True]
    assert await sessions.invitation("one", row(5).tag) is None
    assert await sessions.invitation("one", row(6).tag) == row(6).sealed
    assert await rows(sessions) == IdentityRows((row(1),), (row(6),))


async def test_an_invitation_serves_one_session_alone(sessions: SessionStore) -> None:
    await sessions.invite("one", [row(5)])
    code = row(5).tag

    together = await sessions.write(
        "one",
        [
            SessionWrite(row(1), redeems=code, updates=(1,)),
            SessionWrite(row(2), redeems=code, updates=(2,)),
            SessionWrite(row(3), updates=(3,)),
        ],
    )
    later = await sessions.write("one", [SessionWrite(row(4), code, (4,))])

    assert (together, later) == ([True, False, True], [False])
    assert await rows(sessions) == IdentityRows((row(1), row(3)), ())
    assert await sessions.updates() == {1, 3}


async def test_an_invitation_never_made_makes_no_session(
    sessions: SessionStore,
) -> None:
    assert await sessions.write("one", [SessionWrite(row(1), row(5).tag)]) == [False]
    assert await rows(sessions) == IdentityRows((), ())


async def test_an_invitation_can_be_used_up_without_a_session(
    sessions: SessionStore,
) -> None:
    await sessions.invite("one", [row(5)])

    assert await sessions.write("one", [SessionWrite(None, row(5).tag)]) == [True]
    assert await rows(sessions) == IdentityRows((), ())


async def test_an_invitation_that_is_there_already_refuses_all_of_them(
    sessions: SessionStore,
) -> None:
    await sessions.invite("one", [row(5)])

    with pytest.raises(StorageError) as fault:
        await sessions.invite("one", [row(4), row(5, mark=9)])
    with pytest.raises(StorageError):
        await sessions.invite("one", [row(7), row(7)])

    assert fault.value.code == "invitation-exists"
    assert await rows(sessions) == IdentityRows((), (row(5),))


async def test_invitations_are_retired_and_unknown_ones_passed_over(
    sessions: SessionStore,
) -> None:
    await sessions.invite("one", [row(5), row(6)])

    await sessions.retire("one", tags(5, 8))

    assert await rows(sessions) == IdentityRows((), (row(6),))


async def test_deliveries_are_remembered_with_or_without_a_session(
    sessions: SessionStore,
) -> None:
    await sessions.write("one", [wrote(1, update=5), SessionWrite(updates=(6, 7))])
    await sessions.write("one", [SessionWrite(updates=(6, 6))])

    assert await sessions.updates() == {5, 6, 7}


async def test_the_ten_thousand_and_first_delivery_pushes_out_the_first(
    sessions: SessionStore,
) -> None:
    await sessions.write("one", [SessionWrite(updates=tuple(range(1, 10_001)))])
    assert await sessions.updates() == frozenset(range(1, 10_001))

    await sessions.write("one", [SessionWrite(updates=(10_001,))])

    assert await sessions.updates() == frozenset(range(2, 10_002))


async def test_deliveries_are_forgotten_by_age_also_when_their_ids_jump_back(
    sessions: SessionStore,
) -> None:
    await sessions.write("one", [SessionWrite(updates=tuple(range(50_000, 60_000)))])

    await sessions.write(
        "one", [SessionWrite(updates=(3,)), SessionWrite(updates=(1,))]
    )
    # Known already: it does not grow younger, and pushes nothing out.
    await sessions.write("one", [SessionWrite(updates=(50_002,))])
    await sessions.write("one", [SessionWrite(updates=(2,))])

    assert await sessions.updates() == {1, 2, 3} | frozenset(range(50_003, 60_000))


async def test_more_deliveries_at_once_than_are_remembered(
    sessions: SessionStore,
) -> None:
    await sessions.write("one", [SessionWrite(updates=(1, 2, 3))])

    await sessions.write("one", [SessionWrite(updates=tuple(range(100, 25_100)))])

    assert await sessions.updates() == frozenset(range(15_100, 25_100))


async def test_rows_are_of_one_size(sessions: SessionStore) -> None:
    await sessions.write("one", [wrote(1)])
    await sessions.invite("one", [row(5, size=32)])

    with pytest.raises(StorageError) as longer:
        await sessions.write("one", [wrote(2), SessionWrite(row(3, size=128))])
    with pytest.raises(StorageError) as shorter:
        await sessions.invite("one", [row(6, size=16)])

    assert (longer.value.code, longer.value.facts) == (
        "rows-differ-in-size",
        {"table": "sessions"},
    )
    assert shorter.value.facts == {"table": "invitations"}
    assert await rows(sessions) == IdentityRows((row(1),), (row(5, size=32),))


async def test_resealing_replaces_every_row_and_names_the_new_epoch(
    sessions: SessionStore,
) -> None:
    await sessions.write("one", [wrote(1, update=8), wrote(2)])
    await sessions.invite("one", [row(5)])
    seen: list[IdentityRows] = []
    turned = IdentityRows((row(22, size=128), row(21, size=128)), (row(25),))

    def turn(all_rows: IdentityRows) -> IdentityRows:
        seen.append(all_rows)
        return turned

    await sessions.reseal("one", "two", turn)

    assert seen == [IdentityRows((row(1), row(2)), (row(5),))]
    assert await sessions.epoch() == "two"
    assert await sessions.rows("two") == IdentityRows(
        (row(21, size=128), row(22, size=128)), (row(25),)
    )
    assert await sessions.updates() == {8}


def _fails(_: IdentityRows) -> IdentityRows:
    raise ArithmeticError


@pytest.mark.parametrize(
    ("turn", "fault"),
    [
        (_fails, ArithmeticError),
        (lambda _: IdentityRows((row(1), row(2, size=32)), ()), StorageError),
        (lambda _: IdentityRows((row(1),), (row(5), row(5))), StorageError),
    ],
)
async def test_resealing_that_fails_leaves_everything_as_it_was(
    sessions: SessionStore,
    turn: Callable[[IdentityRows], IdentityRows],
    fault: type[Exception],
) -> None:
    await sessions.write("one", [wrote(1), wrote(2)])
    await sessions.invite("one", [row(5)])

    with pytest.raises(fault):
        await sessions.reseal("one", "two", turn)

    assert await sessions.epoch() == "one"
    assert await rows(sessions) == IdentityRows((row(1), row(2)), (row(5),))


async def test_what_was_stored_is_there_for_whoever_opens_it_next(
    open_sessions: OpenSessions,
) -> None:
    first = await open_sessions()
    await first.begin("one")
    await first.invite("one", [row(5), row(6)])
    await first.write("one", [SessionWrite(row(1), row(5).tag, (7,))])
    await first.vacuum()

    second = await open_sessions()

    assert await second.epoch() == "one"
    assert await second.rows("one") == IdentityRows((row(1),), (row(6),))
    assert await second.updates() == {7}


async def test_two_that_are_open_at_once_see_the_same(
    open_sessions: OpenSessions,
) -> None:
    first, second = await open_sessions(), await open_sessions()
    await first.begin("one")
    await second.write("one", [wrote(1)])
    await first.write("one", [wrote(2)])

    await second.reseal("one", "two", lambda all_rows: all_rows)

    with pytest.raises(StaleEpoch):
        await first.write("one", [wrote(3)])
    assert await first.load("two", tags(1, 2, 3)) == [
        row(1).sealed,
        row(2).sealed,
        None,
    ]


async def test_rows_come_in_an_order_that_says_nothing(sessions: SessionStore) -> None:
    await sessions.write("one", [wrote(3), wrote(1)])
    await sessions.write("one", [wrote(2)])
    await sessions.invite("one", [row(6), row(5)])

    assert await rows(sessions) == IdentityRows(
        tuple(sorted([row(1), row(2), row(3)], key=by_tag)), (row(5), row(6))
    )


def by_tag(one: SealedRow) -> bytes:
    return one.tag
