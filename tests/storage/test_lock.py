"""One writer at a time, within the process and among processes."""

import asyncio
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.errors import StorageError
from storage.lock import FileLock, try_exclusive

HOLD = """
import fcntl, sys
held = open(sys.argv[1], "a")
fcntl.flock(held, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_elsewhere(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Hold the lock in another process for as long as the block lasts."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        yield other
        other.kill()


def is_free(path: Path) -> bool:
    with path.open("a") as other:
        try:
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


async def until_free(path: Path) -> None:
    deadline = time.monotonic() + 10
    while not is_free(path):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.005)


async def test_the_file_is_held_for_as_long_as_the_block_lasts(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "lock")

    async with lock:
        assert not is_free(tmp_path / "lock")
    assert is_free(tmp_path / "lock")
    assert (tmp_path / "lock").stat().st_mode & 0o777 == 0o600


async def test_a_block_that_fails_lets_go(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "lock")

    with pytest.raises(ArithmeticError):
        async with lock:
            raise ArithmeticError
    async with lock:
        pass


@pytest.mark.parametrize("many", [1, 2])
async def test_tasks_take_their_turns(tmp_path: Path, many: int) -> None:
    locks = [FileLock(tmp_path / "lock") for _ in range(many)]
    inside: list[int] = []

    async def work(number: int) -> int:
        async with locks[number % many]:
            inside.append(number)
            await asyncio.sleep(0.001)
            seen = list(inside)
            inside.remove(number)
        return len(seen)

    assert await asyncio.gather(*map(work, range(20))) == [1] * 20


async def test_a_task_waits_for_another_process_and_the_loop_goes_on(
    tmp_path: Path,
) -> None:
    path = tmp_path / "lock"
    with held_elsewhere(path) as other:
        waiting = asyncio.create_task(FileLock(path).__aenter__())
        await asyncio.sleep(0.05)
        assert not waiting.done()

        os.kill(other.pid, signal.SIGKILL)
        await asyncio.wait_for(waiting, 10)


async def test_a_wait_that_is_given_up_keeps_nobody_out(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    lock = FileLock(path)
    with held_elsewhere(path):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(lock.__aenter__(), 0.05)
        assert not is_free(path)
    await until_free(path)

    async with asyncio.timeout(10), lock:
        assert not is_free(path)


async def test_a_wait_that_is_given_up_as_it_is_granted_keeps_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lock"
    loop = asyncio.get_running_loop()
    plain = loop.call_soon_threadsafe

    def grant_and_cancel(settle: object) -> None:
        assert callable(settle)

        def both() -> None:
            settle()
            waiting.cancel()

        plain(both)

    with held_elsewhere(path):
        waiting = asyncio.create_task(FileLock(path).__aenter__())
        await asyncio.sleep(0.05)
        monkeypatch.setattr(loop, "call_soon_threadsafe", grant_and_cancel)

    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(waiting, 10)
    monkeypatch.undo()
    await until_free(path)


def test_a_loop_that_ends_while_waiting_keeps_nobody_out(tmp_path: Path) -> None:
    path = tmp_path / "lock"

    async def give_up() -> None:
        waiting = asyncio.create_task(FileLock(path).__aenter__())
        await asyncio.sleep(0.05)
        waiting.cancel()

    with held_elsewhere(path):
        started = time.monotonic()
        asyncio.run(give_up())
        assert time.monotonic() - started < 5
    asyncio.run(until_free(path))


async def test_a_place_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "lock"
    lock = FileLock(path)

    for _ in range(2):
        with pytest.raises(StorageError) as fault:
            await lock.__aenter__()
        assert (fault.value.code, fault.value.facts) == (
            "folder-unusable",
            {"path": str(path)},
        )


def test_only_one_can_hold_a_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "run.lock"

    with try_exclusive(path):
        with pytest.raises(StorageError) as fault, try_exclusive(path):
            pass
        assert (fault.value.code, fault.value.facts) == (
            "already-running",
            {"path": str(path)},
        )
    with try_exclusive(path):
        pass


def test_whoever_dies_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "run.lock"
    with held_elsewhere(path), pytest.raises(StorageError), try_exclusive(path):
        pass

    with try_exclusive(path):
        pass
