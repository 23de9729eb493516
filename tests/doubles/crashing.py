"""Kill a process at the n-th thing it does to the disk, for every n there is.

What counts is everything another process could see: every write, cut, removal and
folder that SQLite makes, and every file that our own code makes, syncs, renames or
removes. A program of its own, which forks: `python -m tests.doubles.crashing JOB`.
"""

import asyncio
import ctypes
import itertools
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Coroutine, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.app import App
from bot.app.reading import open_unread
from bot.commands.backing import adopt, restore
from bot.config import Installation
from bot.dialogue import Opened, Tapped
from storage.sqlite import Database
from tests.doubles.installation import Clock, installation_in, opened
from tests.doubles.reading import Reader

KILLED = 77
POINTS = "points.json"
"""Where the deed that was let be leaves the points it came by."""

_FIND = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_char_p)
_GET = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)
_SET = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)
_CALLS = {
    b"pwrite": (
        ctypes.c_ssize_t,
        ctypes.c_int,
        ctypes.c_void_p,
        *[ctypes.c_size_t] * 2,
    ),
    b"pwrite64": (
        ctypes.c_ssize_t,
        ctypes.c_int,
        ctypes.c_void_p,
        *[ctypes.c_size_t] * 2,
    ),
    b"write": (ctypes.c_ssize_t, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t),
    b"ftruncate": (ctypes.c_int, ctypes.c_int, ctypes.c_size_t),
    b"unlink": (ctypes.c_int, ctypes.c_char_p),
    b"openDirectory": (ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p),
}
"""What SQLite lets us step in front of; it opens a folder to sync it."""


UNCHANGING = {
    "openDirectory",
    "before os.fsync",
    "after os.rename",
    "after os.replace",
    "after os.unlink",
    "after os.mkdir",
}
"""After these comes nothing, before the next point, that another process could see."""


@dataclass
class Fuse:
    """Burns down by one at every point, and ends the process at the end."""

    left: int
    points: list[str]

    def burn(self, point: str) -> None:
        """Come by a point."""
        self.points.append(point)
        self.left -= 1
        if self.left == 0:
            os._exit(KILLED)


class Vfs(ctypes.Structure):
    """The part of `sqlite3_vfs` up to what gives and takes its system calls."""

    _fields_ = [
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        *((f"method_{n}", ctypes.c_void_p) for n in range(13)),
        ("set_call", _SET),
        ("get_call", _GET),
    ]


_kept: list[Any] = []
"""What C calls must not be collected."""


def hook_sqlite(fuse: Fuse) -> bool:
    """Come by a point before each system call of SQLite; False where it cannot be."""
    try:
        # Not every Python has it as a library of its own.
        import _sqlite3

        library = ctypes.CDLL(_sqlite3.__file__)
        find = _FIND(("sqlite3_vfs_find", library))
    except (ImportError, AttributeError, OSError):
        return False
    place = find(None)
    vfs = Vfs.from_address(place)
    for name, signature in _CALLS.items():
        original = vfs.get_call(place, name)
        if not original:
            continue
        kind = ctypes.CFUNCTYPE(*signature, use_errno=True)
        hooked = kind(_before(kind(original), fuse, name.decode()))
        _kept.append(hooked)
        vfs.set_call(place, name, ctypes.cast(hooked, ctypes.c_void_p))
    return True


def hook_python(fuse: Fuse) -> None:
    """Come by a point before and after what our own code does to files."""
    for name in ("open", "fsync", "rename", "replace", "unlink", "mkdir"):
        setattr(os, name, _around(getattr(os, name), fuse, f"os.{name}"))


def hook_statements(fuse: Fuse) -> None:
    """Come by a point at every statement, where SQLite's own calls are out of reach."""
    original = Database._call

    async def call(self: Database, function: Callable[..., Any]) -> Any:
        def traced(raw: Any) -> Any:
            raw.set_trace_callback(lambda _: fuse.burn("sql"))
            return function(raw)

        return await original(self, traced)

    Database._call = call  # type: ignore[method-assign]


def _before(function: Callable[..., Any], fuse: Fuse, point: str) -> Callable[..., Any]:
    def hooked(*args: Any) -> Any:
        fuse.burn(point)
        return function(*args)

    return hooked


def _around(function: Callable[..., Any], fuse: Fuse, point: str) -> Callable[..., Any]:
    def hooked(*args: Any, **options: Any) -> Any:
        fuse.burn(f"before {point}")
        result = function(*args, **options)
        fuse.burn(f"after {point}")
        return result

    return hooked


async def _open_box(app: App, _: dict[str, Any]) -> None:
    await app.opening.open(app.clock(), app.week)


async def _tap(app: App, what: dict[str, Any]) -> None:
    event = Tapped(what["action"], what["message"])
    await app.service.handle(what["subject"], event, what["update"])


async def _come(app: App, what: dict[str, Any]) -> None:
    event = Opened(what["payload"], "nl")
    await app.service.handle(what["subject"], event, what["update"])


async def _nothing(_: App, __: dict[str, Any]) -> None:
    pass


DEEDS: dict[str, Callable[[App, dict[str, Any]], Coroutine[Any, Any, None]]] = {
    "open the box": _open_box,
    "tap": _tap,
    "come": _come,
    "start": _nothing,
}


async def _restore(folder: Installation, clock: Clock, what: dict[str, Any]) -> None:
    await restore(folder, Path(what["backup"]), clock=clock)


async def _adopt(folder: Installation, clock: Clock, _: dict[str, Any]) -> None:
    await adopt(folder, clock=clock)


WAYS_BACK = {"restore": _restore, "adopt": _adopt}
"""Deeds on an installation that cannot be opened before them."""


def _do(folder: Path, job: dict[str, Any], light: Callable[[], None]) -> None:
    async def act() -> None:
        installation = installation_in(folder, **job["config"])
        clock = Clock()
        clock.turn(hours=job["hours"])
        if go_back := WAYS_BACK.get(job["deed"]):
            light()
            await go_back(installation, clock, job["what"])
            return
        if job["deed"] == "start":
            light()
        reads = Reader() if job.get("remarks") else open_unread
        async with opened(installation, clock, reads=reads) as app:
            if job["deed"] != "start":
                light()
            await DEEDS[job["deed"]](app, job["what"])

    asyncio.run(act())


def _child(do: Callable[[], None]) -> int:
    """Do something in a process of its own; give its number."""
    child = os.fork()
    if child:
        return child
    try:
        do()
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


def _status(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _burnt(folder: Path, job: dict[str, Any], at: int) -> int:
    """Begin the deed in a process that ends at this point; give its number."""
    fuse = Fuse(at, [])

    def light() -> None:
        hook_python(fuse)
        if not hook_sqlite(fuse):
            hook_statements(fuse)

    def do() -> None:
        _do(folder, job, light)
        (folder / POINTS).write_text(json.dumps(fuse.points))

    return _child(do)


def _shot(folder: Path, job: dict[str, Any], seconds: float) -> int:
    """Do the deed in a process that is killed so long after it began."""
    has_begun, begins = os.pipe()
    child = _child(lambda: _do(folder, job, lambda: os.close(begins)))
    os.close(begins)
    os.read(has_begun, 1)
    os.close(has_begun)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return _status(child)


def _chosen(points: list[str], each_write: int) -> Iterator[int]:
    """Leave out most writes: they are many, and nearly all lie between two others.

    Then leave out as well where a death finds the disk as the one before did.
    """
    writes, is_changed = 0, True
    for at, point in enumerate(points, start=1):
        writes += "write" in point
        if each_write == 1:
            yield at
            continue
        if is_changed and ("write" not in point or writes % each_write == 0):
            yield at
            is_changed = False
        is_changed |= point not in UNCHANGING


def main() -> int:
    """Do the deed once to see which points there are; then end it at each of them."""
    job = json.loads(Path(sys.argv[1]).read_text())
    template, work = Path(job["template"]), Path(job["work"])

    def fresh(name: str) -> Path:
        return shutil.copytree(template, work / name)

    whole = fresh("whole")
    statuses = {_status(_burnt(whole, job, -1))}
    points = json.loads((whole / POINTS).read_text())
    # Two by two: most of their time is waiting.
    chosen = () if job["only_whole"] else _chosen(points, job["each_write"])
    for pair in _pairs(chosen):
        children = [_burnt(fresh(f"{at:04}"), job, at) for at in pair]
        statuses |= {_status(child) for child in children}
    for number, seconds in enumerate(job["shots"]):
        statuses.add(_shot(fresh(f"shot-{number}"), job, seconds))
    return int(not statuses <= {0, KILLED, -signal.SIGKILL})


def _pairs(numbers: Iterable[int]) -> Iterator[tuple[int, ...]]:
    rest = iter(numbers)
    while pair := tuple(itertools.islice(rest, 2)):
        yield pair


if __name__ == "__main__":
    sys.exit(main())
