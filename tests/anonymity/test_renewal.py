"""Where the keys are gone, what they sealed is destroyed and everything begins anew."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.anonymity import Door, Invitation, KeyFolder, new_id, new_nonce, renew
from bot.core.flow import Phase
from bot.core.session import IdentityRows, Session, Status
from bot.errors import InputError, KeyFault
from storage import Stores, memory_stores
from tests.core.examples import begun, later

EmptyBox = Callable[[str], Awaitable[None]]


@pytest.fixture
def stores() -> Stores:
    return memory_stores()


@pytest.fixture
def keys(quick_path: Path) -> KeyFolder:
    return KeyFolder(quick_path / "keys")


@pytest.fixture
async def door(stores: Stores, keys: KeyFolder) -> Door:
    """Give an installation with one session, one ballot and one invitation."""
    door = Door(stores.sessions, stores.ballots, keys, stores.lock)
    await door.start()
    session = begun()
    await door.save(session)
    await door.invite(
        [Invitation("BCDFGHJK", session.flow, Phase.INTAKE, later(days=9), new_id())]
    )
    return door


@pytest.fixture
def empty_box(stores: Stores) -> EmptyBox:
    async def empty_box(epoch: str) -> None:
        box = stores.ballots._box  # type: ignore[union-attr]
        box.epoch, box.ballots, box.phase_sums = epoch, {}, None

    return empty_box


async def renewed(stores: Stores, keys: KeyFolder, empty_box: EmptyBox) -> None:
    await renew(stores.sessions, stores.ballots, keys, stores.lock, empty_box)


async def has_begun_anew(stores: Stores, keys: KeyFolder) -> bool:
    """Say whether both sides are empty, under keys that are there."""
    epoch = await stores.sessions.epoch()
    assert keys.ids() == {epoch}
    assert await stores.ballots.epoch() == epoch
    assert await stores.sessions.rows(epoch) == IdentityRows((), ())
    return True


async def test_without_keys_everything_begins_anew(
    door: Door, stores: Stores, keys: KeyFolder, empty_box: EmptyBox
) -> None:
    keys.destroy_all_but(frozenset())

    await renewed(stores, keys, empty_box)

    assert await has_begun_anew(stores, keys)
    again = Door(stores.sessions, stores.ballots, keys, stores.lock)
    await again.start()
    assert await again.session(begun().subject) is None


async def test_a_damaged_key_is_a_key_that_is_gone(
    door: Door, stores: Stores, keys: KeyFolder, empty_box: EmptyBox, quick_path: Path
) -> None:
    [path] = (quick_path / "keys").iterdir()
    path.write_bytes(b"damaged")

    await renewed(stores, keys, empty_box)

    assert await has_begun_anew(stores, keys)


async def test_where_no_key_is_gone_nothing_is_touched(
    door: Door, stores: Stores, keys: KeyFolder, empty_box: EmptyBox
) -> None:
    before = keys.ids()

    with pytest.raises(InputError) as fault:
        await renewed(stores, keys, empty_box)

    assert fault.value.code == "nothing-to-adopt"
    assert keys.ids() == before
    assert await door.session(begun().subject) == begun()


async def test_a_key_that_others_can_read_is_not_gone(
    door: Door, stores: Stores, keys: KeyFolder, empty_box: EmptyBox, quick_path: Path
) -> None:
    [path] = (quick_path / "keys").iterdir()
    path.chmod(0o644)

    with pytest.raises(KeyFault) as fault:
        await renewed(stores, keys, empty_box)

    assert fault.value.code == "key-readable-by-others"


async def test_what_stands_in_the_way_of_a_key_is_not_its_loss(
    door: Door, stores: Stores, keys: KeyFolder, empty_box: EmptyBox, quick_path: Path
) -> None:
    [path] = (quick_path / "keys").iterdir()
    path.unlink()
    path.mkdir(mode=0o700)

    with pytest.raises(KeyFault) as fault:
        await renewed(stores, keys, empty_box)

    assert fault.value.code == "keys-unusable"


async def test_a_renewal_that_was_broken_off_can_be_done_again(
    door: Door, stores: Stores, keys: KeyFolder, empty_box: EmptyBox
) -> None:
    keys.destroy_all_but(frozenset())

    async def crashes(_: str) -> None:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - it has no words
        await renewed(stores, keys, crashes)
    await renewed(stores, keys, empty_box)

    assert await has_begun_anew(stores, keys)


async def test_an_identity_side_that_is_new_begins_with_the_new_keys(
    stores: Stores, keys: KeyFolder, empty_box: EmptyBox
) -> None:
    await stores.ballots.begin("0" * 32)

    await renewed(stores, keys, empty_box)

    assert await has_begun_anew(stores, keys)


async def test_what_goes_on_after_a_renewal_goes_on_under_its_keys(
    door: Door, stores: Stores, keys: KeyFolder, empty_box: EmptyBox
) -> None:
    keys.destroy_all_but(frozenset())
    await renewed(stores, keys, empty_box)
    again = Door(stores.sessions, stores.ballots, keys, stores.lock)
    await again.start()

    await again.save(
        begun_with(Status.DECLINED),
    )

    box = stores.ballots._box  # type: ignore[union-attr]
    assert len(box.ballots) == 2


def begun_with(status: Status) -> Session:
    return replace(
        begun(),
        ballot=new_id(),
        remark_ballot=new_id(),
        nonce=new_nonce(),
        status=status,
    )
