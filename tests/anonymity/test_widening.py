"""An installation of an earlier version goes on, and no row tells who is new."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from bot.anonymity import Door, Invitation, KeyFolder, new_id
from bot.anonymity.seal import SESSION_SIZE, tombstone, unpack_session
from bot.core.flow import Phase
from bot.core.session import SealedRow, Session, SessionWrite, Status
from storage import Stores, memory_stores
from tests.anonymity.examples import sessions
from tests.core.examples import begun, later
from tests.doubles.earlier import NARROW, packed_before

CODE = "BCDFGHJK"


def a_session(number: int, status: Status) -> Session:
    session = replace(
        begun(),
        subject=f"telegram:{number}",
        ballot=new_id(),
        remark_ballot="",
        status=status,
    )
    return tombstone(session) if status is Status.CLOSED else session


PEOPLE = [a_session(n, s) for n, s in enumerate((*Status, Status.ASKING))]


@pytest.fixture
def keys(quick_path: Path) -> KeyFolder:
    return KeyFolder(quick_path / "keys")


@pytest.fixture
async def stores(keys: KeyFolder) -> Stores:
    """Give what an earlier version has left: all of it in fewer bytes."""
    stores = memory_stores()
    door = Door(stores.sessions, stores.ballots, keys, stores.lock)
    await door.start()
    until = later(weeks=3)
    await door.invite([Invitation(CODE, "f", Phase.INTAKE, until, new_id())])
    epoch = keys.load(await stores.sessions.epoch())
    rows = [
        SealedRow(epoch.tag(one.subject), epoch.seal(packed_before(one)))
        for one in PEOPLE
    ]
    await stores.sessions.write(epoch.id, [SessionWrite(row) for row in rows])
    return stores


async def sealed(stores: Stores) -> dict[bytes, bytes]:
    rows = await stores.sessions.rows(await stores.sessions.epoch())
    return {row.tag: row.sealed for row in rows.sessions}


@given(sessions)
def test_what_an_earlier_version_packed_is_read(session: Session) -> None:
    old = replace(session, remark=None)
    packed = packed_before(old)

    assert len(packed) == NARROW
    assert unpack_session(packed) == replace(
        old, remark_ballot="", has_chosen=False, was_offered=False
    )


async def test_the_first_start_seals_all_rows_anew_in_one_size_and_the_same_epoch(
    stores: Stores, keys: KeyFolder
) -> None:
    epoch, before = await stores.sessions.epoch(), await sealed(stores)
    door = Door(stores.sessions, stores.ballots, keys, stores.lock)

    await door.start()

    after = await sealed(stores)
    assert await stores.sessions.epoch() == epoch
    assert before.keys() == after.keys()
    [narrow] = {len(one) for one in before.values()}
    [wide] = {len(one) for one in after.values()}
    assert wide - narrow == SESSION_SIZE - NARROW
    found = [await door.session(one.subject) for one in PEOPLE]
    ids = [one.remark_ballot for one in found if one and one.remark_ballot]
    assert len(set(ids)) == len(PEOPLE) - 1
    assert [one and replace(one, remark_ballot="") for one in found] == PEOPLE
    assert await door.invitation(CODE) is not None


async def test_the_second_start_leaves_them_alone(
    stores: Stores, keys: KeyFolder
) -> None:
    for _ in range(2):
        await Door(stores.sessions, stores.ballots, keys, stores.lock).start()
        first = await sealed(stores)
    await Door(stores.sessions, stores.ballots, keys, stores.lock).start()

    assert await sealed(stores) == first
