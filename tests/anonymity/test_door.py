"""Sessions go in and out sealed; each ended one leaves one ballot and a tombstone."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.anonymity import Door, Invitation, KeyFolder, WeeklyOpening, new_id, new_nonce
from bot.anonymity.leaving import ballots_of, settled
from bot.anonymity.opening import Published
from bot.anonymity.seal import (
    ballot_of,
    tombstone,
    unpack_ballot,
    unpack_remark,
)
from bot.ballots import RemarkBallot, SealedBallot
from bot.core.flow import Origin, Phase
from bot.core.session import Session, Status
from bot.errors import KeyFault, StaleEpoch
from bot.remarks import Scrubbed, Withheld
from storage import Stores, memory_stores
from tests.core.examples import FLOW, NOON, begun, later

SUBJECT = begun().subject
CODE = "BCDFGHJK"


@pytest.fixture
def stores() -> Stores:
    return memory_stores()


@pytest.fixture
def keys(quick_path: Path) -> KeyFolder:
    return KeyFolder(quick_path / "keys")


@pytest.fixture
async def door(stores: Stores, keys: KeyFolder) -> Door:
    return await another(stores, keys)


async def another(stores: Stores, keys: KeyFolder) -> Door:
    """Give a door as another process would have it."""
    door = Door(stores.sessions, stores.ballots, keys, stores.lock)
    await door.start()
    return door


def opening_of(door: Door, stores: Stores, keys: KeyFolder) -> WeeklyOpening:
    async def published() -> Published:
        return Published({FLOW.content_hash: FLOW}, {FLOW.flow: FLOW.content_hash})

    return WeeklyOpening(
        door,
        stores.sessions,
        stores.ballots,
        keys,
        stores.lock,
        published=published,
        write_digests=lambda *_: (),
    )


@pytest.fixture
def opening(door: Door, stores: Stores, keys: KeyFolder) -> WeeklyOpening:
    return opening_of(door, stores, keys)


def a_session(**changes: object) -> Session:
    fresh = {"ballot": new_id(), "remark_ballot": new_id(), "nonce": new_nonce()}
    fields = fresh | changes
    return replace(begun(), **fields)  # type: ignore[arg-type]


def box(stores: Stores) -> dict[bytes, bytes]:
    ballots = stores.ballots._box.ballots  # type: ignore[union-attr]
    return dict(ballots)


async def test_nobody_is_known_at_first(door: Door) -> None:
    assert await door.session(SUBJECT) is None
    assert await door.invitation(CODE) is None
    assert await door.unfinished(NOON) == []
    assert not door.has_seen(7)


async def test_an_open_session_comes_back_as_it_went_in(
    door: Door, stores: Stores, keys: KeyFolder
) -> None:
    session = a_session()

    assert await door.save(session, update=7)

    assert await door.session(SUBJECT) == session
    assert await (await another(stores, keys)).session(SUBJECT) == session
    assert door.has_seen(7)
    assert (await another(stores, keys)).has_seen(7)
    assert box(stores) == {}


WITHOUT_REMARK = [
    status
    for status in Status
    if status.awaits_ballot and status not in (Status.ANSWERED, Status.REMARKED)
]


def ids(*names: str) -> set[bytes]:
    return {bytes.fromhex(name) for name in names}


@pytest.mark.parametrize("status", WITHOUT_REMARK)
async def test_an_ended_session_leaves_two_ballots_and_a_tombstone(
    door: Door,
    stores: Stores,
    keys: KeyFolder,
    monkeypatch: pytest.MonkeyPatch,
    status: Status,
) -> None:
    session = a_session(status=status)
    dropped = []
    drop = stores.ballots.drop

    async def counted(epoch: str, ballots: Sequence[SealedBallot]) -> None:
        dropped.append(len(ballots))
        await drop(epoch, ballots)

    monkeypatch.setattr(stores.ballots, "drop", counted)
    await door.save(session)
    with pytest.raises(StaleEpoch):
        await door.save(session)

    assert await door.session(SUBJECT) == tombstone(session)
    # Together, in one transaction.
    assert dropped == [2]
    assert set(box(stores)) == ids(session.ballot, session.remark_ballot)
    secret = keys.box_secret(await stores.ballots.epoch())
    packed = {
        name.hex(): secret.decrypt(sealed) for name, sealed in box(stores).items()
    }
    assert unpack_ballot(packed[session.ballot]) == ballot_of(session)
    remark = unpack_remark(packed[session.remark_ballot])
    assert remark == RemarkBallot(session.flow)


def answered(**changes: object) -> Session:
    return a_session(
        status=Status.ANSWERED,
        answers=(("counter", "7"), ("agreed", "agree")),
        messages=(4, 5),
        **changes,
    )


async def test_who_has_answered_is_asked_for_a_remark_and_has_no_answers_left(
    door: Door, stores: Stores
) -> None:
    session = answered()

    await door.save(session)

    going_on = await door.session(SUBJECT)
    assert going_on == replace(
        session,
        ballot="",
        origin=Origin.WALK_IN,
        phase=Phase.UNKNOWN,
        status=Status.REMARKING,
        answers=(),
    )
    assert set(box(stores)) == ids(session.ballot)
    for back in (session, replace(session, status=Status.ASKING)):
        with pytest.raises(StaleEpoch):
            await door.save(back)
    assert await door.save(going_on)


@pytest.mark.parametrize(
    "remark", [None, Scrubbed("te druk", 1), Withheld.TOO_LITTLE, Withheld.IN_DOUBT]
)
async def test_a_remark_leaves_a_ballot_of_its_own(
    door: Door, stores: Stores, keys: KeyFolder, remark: Scrubbed | Withheld | None
) -> None:
    await door.save(answered())
    going_on = await door.session(SUBJECT)
    assert going_on
    [first] = box(stores)
    ended = replace(going_on, status=Status.REMARKED, remark=remark)

    await door.save(ended)
    for back in (ended, going_on):
        with pytest.raises(StaleEpoch):
            await door.save(back)

    assert await door.session(SUBJECT) == tombstone(ended)
    assert set(box(stores)) == {first} | ids(ended.remark_ballot)
    sealed = box(stores)[bytes.fromhex(ended.remark_ballot)]
    packed = keys.box_secret(await stores.ballots.epoch()).decrypt(sealed)
    # How much was taken out goes no further than the person who saw it.
    kept = replace(remark, replaced=0) if isinstance(remark, Scrubbed) else remark
    assert unpack_remark(packed) == RemarkBallot(ended.flow, kept)


@pytest.mark.parametrize(
    "is_dropped", [False, True], ids=["before the ballot", "after it"]
)
async def test_an_answer_that_was_lost_half_way_is_dropped_once_and_goes_on(
    door: Door, stores: Stores, monkeypatch: pytest.MonkeyPatch, is_dropped: bool
) -> None:
    session = answered()

    async def crashes(ended: Sequence[Session]) -> None:
        if is_dropped:
            await door._drop([one for each in ended for one in ballots_of(each)])

    with monkeypatch.context() as patch:
        patch.setattr(door, "_bury", crashes)
        await door.save(session)
    for _ in range(2):
        async with stores.lock:
            await door.settle(NOON)

    assert await door.session(SUBJECT) == settled(session)
    assert set(box(stores)) == ids(session.ballot)


async def test_an_answer_found_too_late_is_not_asked_for_a_remark(
    door: Door, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = answered()

    async def crashes(*_: object) -> None:
        """End before the ballot is in the box."""

    with monkeypatch.context() as patch:
        patch.setattr(door, "_bury", crashes)
        await door.save(session)
    async with stores.lock:
        await door.settle(later(hours=40))

    assert await door.session(SUBJECT) == tombstone(session)
    assert set(box(stores)) == ids(session.ballot, session.remark_ballot)


async def test_a_remark_nobody_decides_on_is_not_kept(
    door: Door, stores: Stores, keys: KeyFolder
) -> None:
    await door.save(answered())
    going_on = await door.session(SUBJECT)
    assert going_on
    await door.save(replace(going_on, remark=Scrubbed("te druk")))

    async with stores.lock:
        await door.settle(later(hours=40))

    assert await door.session(SUBJECT) == tombstone(going_on)
    sealed = box(stores)[bytes.fromhex(going_on.remark_ballot)]
    packed = keys.box_secret(await stores.ballots.epoch()).decrypt(sealed)
    assert unpack_remark(packed) == RemarkBallot(going_on.flow)


async def test_everything_in_the_stores_is_of_one_size(
    door: Door, stores: Stores
) -> None:
    for number, status in enumerate(Status):
        await door.save(a_session(subject=f"telegram:{number}", status=status))

    sessions = stores.sessions._file.sessions  # type: ignore[union-attr]
    assert len(sessions) == len(Status)
    assert len({len(sealed) for sealed in sessions.values()}) == 1
    assert len({len(sealed) for sealed in box(stores).values()}) == 1


async def test_changes_of_one_moment_are_stored_together(
    door: Door, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = []
    write = stores.sessions.write

    async def counted(epoch: str, writes: list[object]) -> list[bool]:
        sizes.append(len(writes))
        return await write(epoch, writes)  # type: ignore[arg-type]

    monkeypatch.setattr(stores.sessions, "write", counted)
    people = [a_session(subject=f"telegram:{n}") for n in range(50)]
    assert all(await asyncio.gather(*(door.save(one) for one in people)))

    assert sizes == [50]


async def test_only_the_last_ten_thousand_deliveries_are_remembered(
    door: Door,
) -> None:
    session = a_session()
    await asyncio.gather(*(door.save(session, update=n) for n in range(10_010)))

    assert not door.has_seen(9)
    assert door.has_seen(10)
    assert door.has_seen(10_009)


async def test_another_process_is_followed_into_its_epoch(
    door: Door, stores: Stores, keys: KeyFolder
) -> None:
    session = a_session()
    await door.save(session)
    await door.invite([Invitation(CODE, "f", Phase.INTAKE, later(weeks=3), new_id())])
    other = await another(stores, keys)
    draw = door.ticket(SUBJECT)

    await opening_of(other, stores, keys).open(NOON, "2026-W10")

    assert await door.session(SUBJECT) == session
    assert door.ticket(SUBJECT) != draw
    await opening_of(other, stores, keys).open(NOON, "2026-W11")
    assert await door.invitation(CODE) is not None
    await opening_of(other, stores, keys).open(NOON, "2026-W12")
    assert await door.unfinished(NOON) == [SUBJECT]


async def test_what_was_decided_before_an_opening_elsewhere_is_decided_again(
    door: Door, stores: Stores, keys: KeyFolder
) -> None:
    session = a_session()
    await door.save(session)
    other = await another(stores, keys)
    await opening_of(other, stores, keys).open(NOON, "2026-W10")

    with pytest.raises(StaleEpoch):
        await door.save(session)

    assert await door.save(session)
    assert await other.session(SUBJECT) == session


async def test_a_ballot_goes_into_the_box_as_it_is_now(
    door: Door, stores: Stores, keys: KeyFolder
) -> None:
    # Broken off: the identity side is in the new epoch, the box in the old one.
    old, new = await stores.sessions.epoch(), keys.make()
    await stores.sessions.reseal(old, new, lambda rows: rows)
    await door.reload()
    assert await door.is_between_epochs()

    await door.save(a_session(status=Status.DECLINED, subject="telegram:1"))
    # Another process finishes; this one has the old box still.
    other = await another(stores, keys)
    await opening_of(other, stores, keys).recover(NOON, "2026-W10")
    await door.save(a_session(status=Status.DECLINED, subject="telegram:2"))

    # Of the first, how it ended waits; that nothing was remarked need not.
    assert len(box(stores)) == 1 + 2
    epoch = await stores.ballots.epoch()
    assert epoch == new
    for sealed in box(stores).values():
        assert keys.box_secret(epoch).decrypt(sealed)


async def test_settling_ends_what_has_expired_and_drops_what_was_lost(
    door: Door, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    expired = a_session(subject="telegram:1", status=Status.ASKING)
    fresh = a_session(subject="telegram:2", expires_at=later(hours=50))
    lost = a_session(subject="telegram:3", status=Status.COMPLETE)
    await door.save(expired)
    await door.save(fresh)

    async def crashes(*_: object) -> None:
        """End before the ballot is in the box."""

    with monkeypatch.context() as patch:
        patch.setattr(door, "_bury", crashes)
        await door.save(lost)

    for _ in range(2):
        async with stores.lock:
            await door.settle(later(hours=40))

    assert set(box(stores)) == ids(
        *(session.ballot for session in (expired, lost)),
        *(session.remark_ballot for session in (expired, lost)),
    )
    stati = [await door.session(f"telegram:{n}") for n in (1, 2, 3)]
    assert stati == [
        tombstone(replace(expired, is_shown=False)),
        fresh,
        tombstone(lost),
    ]


async def test_settling_drops_a_ballot_for_an_invitation_that_nobody_opened(
    door: Door, stores: Stores
) -> None:
    late = Invitation(CODE, "f" * 32, Phase.INTAKE, NOON, new_id())
    fresh = Invitation("CDFGHJKM", "f" * 32, Phase.INTAKE, later(days=1), new_id())
    await door.invite([late, fresh])

    async with stores.lock:
        await door.settle(NOON)

    assert list(box(stores)) == [bytes.fromhex(late.ballot)]
    assert await door.invitation(late.code) is None
    assert await door.invitation(fresh.code) == fresh


async def test_many_are_settled_in_several_groups(door: Door, stores: Stores) -> None:
    people = [a_session(subject=f"telegram:{n}") for n in range(1001)]
    await asyncio.gather(*(door.save(one) for one in people))

    async with stores.lock:
        await door.settle(later(hours=40))

    assert len(box(stores)) == 2 * 1001
    assert await door.unfinished(later(hours=40)) != []


async def test_what_was_settled_is_not_brought_back_to_life(
    door: Door, stores: Stores
) -> None:
    read = a_session(status=Status.ASKING)
    await door.save(read)
    async with stores.lock:
        await door.settle(later(hours=40))

    for back in (read, replace(read, status=Status.COMPLETE)):
        with pytest.raises(StaleEpoch):
            await door.save(back)

    assert await door.session(SUBJECT) == tombstone(read)
    assert await door.save(tombstone(read))


async def test_who_gave_up_waiting_does_not_bring_an_end_back_to_life(
    door: Door, stores: Stores, opening: WeeklyOpening
) -> None:
    asked = a_session(status=Status.ASKING, expires_at=later(hours=90))
    await door.save(asked)

    async with stores.lock:
        # Waits so long that the transport gives up; meanwhile another tap comes, and
        # the opening gets in between the two.
        ends = asyncio.create_task(door.save(replace(asked, status=Status.COMPLETE)))
        await turns()
        ends.cancel()
        opens = asyncio.create_task(opening.open(NOON, "2026-W10"))
        await turns()
        taps = asyncio.create_task(door.save(asked))
        await turns()
    with pytest.raises(StaleEpoch):
        await taps

    assert await opens
    assert await door.session(SUBJECT) == tombstone(asked)


async def turns() -> None:
    """Let whoever can go on go on."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_who_used_an_invitation_is_told_from_who_came_second(door: Door) -> None:
    await door.invite([Invitation(CODE, "f", Phase.INTAKE, later(weeks=3), new_id())])

    first = a_session(subject="telegram:1")
    second = a_session(subject="telegram:2")
    assert await door.save(first, redeems=CODE, update=1)
    assert not await door.save(second, redeems=CODE, update=2)

    assert await door.session("telegram:2") is None
    assert await door.invitation(CODE) is None


@pytest.mark.parametrize(
    ("changes", "at", "is_unfinished"),
    [
        ({}, NOON, True),
        ({"is_shown": True}, NOON, False),
        ({"is_shown": True}, later(hours=40), True),
        ({"status": Status.DECLINED}, NOON, True),
        ({"status": Status.DECLINED, "is_shown": True}, NOON, False),
        ({"status": Status.DECLINED}, later(hours=100), False),
    ],
)
async def test_unfinished_is_what_is_not_shown_or_has_expired(
    door: Door, changes: dict[str, object], at: datetime, is_unfinished: bool
) -> None:
    await door.save(a_session(**changes))

    assert await door.unfinished(at) == ([SUBJECT] if is_unfinished else [])


async def test_an_end_whose_ballot_is_missing_is_unfinished(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def crashes(*_: object) -> None:
        """End before the ballot is in the box."""

    monkeypatch.setattr(door, "_bury", crashes)
    await door.save(a_session(status=Status.COMPLETE, is_shown=True))

    assert await door.unfinished(later(hours=41)) == [SUBJECT]


async def test_a_start_that_crashed_between_the_two_sides_is_taken_up(
    stores: Stores, keys: KeyFolder
) -> None:
    epoch = keys.make()
    await stores.sessions.begin(epoch)

    await another(stores, keys)

    assert await stores.ballots.epoch() == epoch
    assert keys.ids() == {epoch}


async def test_without_its_keys_an_installation_does_not_start(
    door: Door, stores: Stores, keys: KeyFolder
) -> None:
    keys.destroy_all_but(frozenset())

    with pytest.raises(KeyFault) as fault:
        await another(stores, keys)

    assert fault.value.code == "key-missing"
    # Nor are new ones made in silence: what is stored could never be read again.
    assert keys.ids() == frozenset()


async def test_keys_that_others_can_read_keep_an_installation_from_starting(
    door: Door, stores: Stores, keys: KeyFolder, quick_path: Path
) -> None:
    (quick_path / "keys").chmod(0o755)

    with pytest.raises(KeyFault):
        await another(stores, keys)


async def test_keys_destroyed_while_they_were_read_are_looked_up_again(
    door: Door, stores: Stores, keys: KeyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = await stores.sessions.epoch()
    await opening_of(await another(stores, keys), stores, keys).open(NOON, "2026-W10")
    told = iter([old])
    epoch = stores.sessions.epoch

    async def late() -> str:
        return next(told, None) or await epoch()

    monkeypatch.setattr(stores.sessions, "epoch", late)
    await door.reload()

    assert await door.session(SUBJECT) is None


def test_ids_and_nonces_are_made_of_chance_alone() -> None:
    assert len({new_id() for _ in range(1000)}) == 1000
    assert {len(new_id()) for _ in range(100)} == {32}
    assert {len(new_nonce()) for _ in range(100)} == {12}


async def test_nothing_of_a_group_is_lost_when_one_opening_comes_between(
    door: Door, stores: Stores, keys: KeyFolder, opening: WeeklyOpening
) -> None:
    people = [a_session(subject=f"telegram:{n}") for n in range(20)]

    saved = asyncio.gather(*(door.save(one) for one in people))
    opened = opening.open(NOON, "2026-W10")
    stored, report = await asyncio.gather(saved, opened)

    assert all(stored)
    assert report
    assert [await door.session(one.subject) for one in people] == people


async def test_a_damaged_ballot_is_destroyed_and_the_box_opened(
    door: Door, stores: Stores, opening: WeeklyOpening
) -> None:
    await door.save(a_session(status=Status.DECLINED))
    sealed, _ = box(stores).values()
    epoch = await stores.ballots.epoch()
    await stores.ballots.drop(epoch, [SealedBallot(bytes(16), bytes(len(sealed)))])

    report = await opening.open(NOON, "2026-W10")

    assert report
    assert len(box(stores)) == 1


async def test_what_waits_lies_in_the_order_of_names_made_of_chance(
    door: Door, stores: Stores, opening: WeeklyOpening
) -> None:
    for number in range(20):
        await door.save(a_session(subject=f"telegram:{number}", status=Status.DECLINED))

    await opening.open(NOON, "2026-W10")

    assert list(box(stores)) == sorted(box(stores))


async def test_time_is_told_no_finer_than_needed() -> None:
    ended = tombstone(a_session(expires_at=NOON + timedelta(hours=40)))

    assert ended.expires_at == NOON.replace(hour=0) + timedelta(days=3)
