"""Who may write: one lock on a file that `run` and every writing command share.

The kernel lets go of it when its holder dies, however that happens.
"""

import asyncio
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import StorageError

# Elsewhere nothing is stored; but the program has to start, to check a survey.
if sys.platform != "win32":
    import fcntl


class FileLock:
    """Waits its turn, within this process and among all processes of the machine.

    Not re-entrant: a task that holds it and asks for it again waits for ever.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = asyncio.Lock()
        self._descriptor = -1

    async def __aenter__(self) -> None:
        await self._turn.acquire()
        try:
            self._descriptor = await self._grasp()
        except BaseException:
            self._turn.release()
            raise

    async def __aexit__(self, *_: object) -> None:
        # Closing lets go of the lock: this is the only descriptor of that opening.
        os.close(self._descriptor)
        self._turn.release()

    async def _grasp(self) -> int:
        descriptor = _open(self._path)
        if _is_free(descriptor):
            return descriptor
        await _wait(descriptor)
        return descriptor


@contextmanager
def try_exclusive(path: Path) -> Iterator[None]:
    """Hold a file alone for as long as the block lasts, such as the life of `run`.

    Raises:
        StorageError: another process holds it.
    """
    descriptor = _open(path)
    try:
        if not _is_free(descriptor):
            raise StorageError("already-running", path=str(path))
        yield
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StorageError("folder-unusable", path=str(path)) from error


def _is_free(descriptor: int) -> bool:
    """Take the lock if nobody holds it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


async def _wait(descriptor: int) -> None:
    """Wait for the lock on a thread of its own; close the descriptor if given up.

    The kernel cannot be asked to stop waiting, so a task that is cancelled leaves the
    thread to it: whatever it then gets, it lets go of at once. It is a daemon, because
    a thread of the pool would keep the process from ending.
    """
    loop = asyncio.get_running_loop()
    granted: asyncio.Future[None] = loop.create_future()

    def settle() -> None:
        if granted.done():
            os.close(descriptor)
        else:
            granted.set_result(None)

    def grasp() -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            loop.call_soon_threadsafe(settle)
        except RuntimeError:
            # The loop is closed: nobody waits any more.
            os.close(descriptor)

    threading.Thread(target=grasp, name="lock", daemon=True).start()
    try:
        await granted
    except asyncio.CancelledError:
        # Granted and cancelled in the same turn of the loop: settle will not close it.
        if not granted.cancelled():
            os.close(descriptor)
        raise
