"""All stores of one installation, opened together."""

import stat
import threading
from pathlib import Path

import pytest

from bot.core.flow import FlowArchive
from bot.errors import StorageError
from bot.outbox import Outbox
from storage import Stores, memory_stores, open_stores
from tests.contracts.ports import digest, flow, opening, wrote


async def fill(stores: Stores) -> None:
    """Use every store once, under the lock."""
    async with stores.lock:
        await stores.sessions.begin("one")
        await stores.sessions.write("one", [wrote(1)])
        await stores.ballots.begin("one")
        await stores.archive.publish(flow(), "2026-W30")
        await stores.ballots.open_box("one", "two", lambda _: opening())


async def check(stores: Stores) -> None:
    outbox: Outbox = stores.outbox
    archive: FlowArchive = stores.archive
    assert len((await stores.sessions.rows("one")).sessions) == 1
    assert await stores.ballots.last_opening() == "2026-W30"
    assert await outbox.latest() == [digest("2026-W30")]
    assert await archive.live() == {"sozawe": flow().content_hash}


async def test_stores_in_memory_work_together() -> None:
    stores = memory_stores()

    await fill(stores)

    await check(stores)
    await stores.close()


async def test_stores_on_disk_work_together_and_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    first = await open_stores(folder)
    await fill(first)
    await first.close()
    await first.close()

    second = await open_stores(folder)
    await check(second)
    await second.close()

    assert sorted(path.name for path in folder.iterdir()) == [
        "answers.db",
        "lock",
        "sessions.db",
    ]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_one_file_that_cannot_be_opened_closes_the_other(tmp_path: Path) -> None:
    (tmp_path / "answers.db").write_bytes(b"no database" * 1000)
    before = set(threading.enumerate())

    with pytest.raises(StorageError):
        await open_stores(tmp_path)

    # A thread that is not told to stop would keep the process from ending.
    for thread in set(threading.enumerate()) - before:
        thread.join(10)
        assert not thread.is_alive()


async def test_the_archive_is_read_back_from_the_file(tmp_path: Path) -> None:
    first = await open_stores(tmp_path)
    await first.archive.publish(flow(), "2026-W30")
    await first.archive.publish(flow(title="Anders"), "2026-W31")
    await first.close()

    second = await open_stores(tmp_path)
    expected = {one.content_hash: one for one in (flow(), flow(title="Anders"))}
    assert await second.archive.definition(flow().content_hash) == flow()
    assert await second.archive.definitions() == expected
    await second.close()


async def test_an_archived_flow_that_cannot_be_read_is_said_to_be_damaged(
    stores: Stores,
) -> None:
    await stores.archive.publish(flow(), "2026-W30")
    await stores.databases[1].run(
        lambda raw: raw.execute("UPDATE flows SET definition = '{}'")
    )

    with pytest.raises(StorageError) as fault:
        await stores.archive.definition(flow().content_hash)

    assert (fault.value.code, fault.value.facts) == (
        "flow-damaged",
        {"flow": flow().content_hash},
    )
