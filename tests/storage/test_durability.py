"""A process that is killed leaves the old state or the new one, never a mixture."""

import asyncio
import random
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from bot.ballots import Box, Opening, SealedBallot
from bot.core.session import SessionWrite
from storage import open_stores
from tests.contracts.ports import ballot, opening, row, wrote

BEGIN = """
import asyncio, os, signal, sys
from pathlib import Path
from bot.core.session import SessionWrite
from storage import open_stores
from tests.contracts.ports import ballot, opening, row

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

async def main():
    stores = await open_stores(Path(sys.argv[1]))
"""
END = """
asyncio.run(main())
"""


def start(script: str, folder: Path) -> "subprocess.Popen[str]":
    """Start a process that works on the stores of a folder."""
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            BEGIN + textwrap.indent(textwrap.dedent(script), "    ") + END,
            str(folder),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )


def dies(script: str, folder: Path) -> None:
    """Run a script to the point where it kills itself."""
    with start(script, folder) as process:
        assert process.wait(60) == -signal.SIGKILL


async def prepare(folder: Path) -> None:
    stores = await open_stores(folder)
    await stores.sessions.begin("one")
    await stores.sessions.write("one", [wrote(tag, mark=1) for tag in range(50)])
    await stores.sessions.invite("one", [row(900)])
    await stores.ballots.begin("one")
    await stores.ballots.drop("one", [ballot(1), ballot(2)])
    await stores.close()


@pytest.mark.parametrize(
    "script",
    [
        # While the opening is being worked out.
        "await stores.sessions.reseal('one', 'two', die)",
        "await stores.ballots.open_box('one', 'two', die)",
        # After the rows have been written over, part of them in the file itself: a
        # cache of one page spills, so that only the journal can bring them back.
        """
        def spill(raw):
            raw.execute("PRAGMA cache_size = 1")
            raw.execute("DELETE FROM invitations")
            raw.execute("UPDATE sessions SET sealed = zeroblob(64)")
            raw.executemany(
                "INSERT INTO sessions (tag, sealed) VALUES (?, zeroblob(2000))",
                [(b"%d" % n,) for n in range(200)],
            )
            die()
        await stores.databases[0].run(spill)
        """,
        """
        def spill(raw):
            raw.execute("PRAGMA cache_size = 1")
            raw.execute("DELETE FROM ballots")
            raw.executemany(
                "INSERT INTO ballots (id, sealed) VALUES (?, zeroblob(2000))",
                [(b"%d" % n,) for n in range(200)],
            )
            raw.execute("UPDATE epoch SET epoch = 'two'")
            die()
        await stores.databases[1].run(spill)
        """,
    ],
)
async def test_a_death_inside_a_transaction_leaves_the_old_state(
    tmp_path: Path, script: str
) -> None:
    await prepare(tmp_path)

    await asyncio.to_thread(dies, script, tmp_path)

    stores = await open_stores(tmp_path)
    found = await stores.sessions.rows("one")
    assert found.sessions == tuple(row(tag, mark=1) for tag in range(50))
    assert found.invitations == (row(900),)
    assert await stores.ballots.epoch() == "one"
    assert await stores.ballots.last_opening() is None
    kept: list[SealedBallot] = []

    def turn(box: Box) -> Opening:
        kept.extend(box.ballots)
        return opening()

    await stores.ballots.open_box("one", "two", turn)
    assert kept == [ballot(1), ballot(2)]
    await stores.close()


@pytest.mark.parametrize(
    ("script", "epochs"),
    [
        (
            """
            await stores.sessions.reseal("one", "two", lambda rows: rows)
            die()
            """,
            ("two", "one"),
        ),
        (
            """
            await stores.ballots.open_box("one", "two", lambda _: opening())
            die()
            """,
            ("one", "two"),
        ),
    ],
)
async def test_a_death_after_a_transaction_leaves_the_new_state(
    tmp_path: Path, script: str, epochs: tuple[str, str]
) -> None:
    await prepare(tmp_path)

    await asyncio.to_thread(dies, script, tmp_path)

    stores = await open_stores(tmp_path)
    found = (await stores.sessions.epoch(), await stores.ballots.epoch())
    assert found == epochs
    await stores.close()


async def test_whatever_the_moment_of_death_a_group_is_stored_whole(
    tmp_path: Path,
) -> None:
    await prepare(tmp_path)
    writes_for_ever = """
    for mark in range(2, 10**9):
        writes = [
            SessionWrite(row(tag, mark), updates=(mark * 50 + tag,))
            for tag in range(50)
        ]
        await stores.sessions.write("one", writes)
        print(mark, flush=True)
    """
    for _ in range(8):
        with start(writes_for_ever, tmp_path) as process:
            assert process.stdout is not None
            process.stdout.readline()
            await asyncio.sleep(random.uniform(0, 0.05))
            process.kill()
            said = [int(line) for line in process.stdout.read().split()]

        stores = await open_stores(tmp_path)
        found = (await stores.sessions.rows("one")).sessions
        mark = int.from_bytes(found[1].sealed[:4], "big")
        assert found == tuple(row(tag, mark) for tag in range(50))
        assert mark * 50 + 49 in await stores.sessions.updates()
        # What was told to be durable was; at most one more had just become so.
        assert not said or mark - said[-1] in (0, 1)
        await stores.close()


async def test_two_processes_write_to_the_same_files_in_turn(tmp_path: Path) -> None:
    await prepare(tmp_path)
    writes = """
    for tag in range(1000, 1100):
        async with stores.lock:
            await stores.sessions.write("one", [SessionWrite(row(tag), updates=(tag,))])
    await stores.close()
    """

    with start(writes, tmp_path) as other:
        stores = await open_stores(tmp_path)
        for tag in range(2000, 2100):
            async with stores.lock:
                await stores.sessions.write(
                    "one", [SessionWrite(row(tag), updates=(tag,))]
                )
        assert await asyncio.to_thread(other.wait, 60) == 0

    assert await stores.sessions.updates() == {
        *range(1000, 1100),
        *range(2000, 2100),
    }
    assert len((await stores.sessions.rows("one")).sessions) == 250
    await stores.close()
