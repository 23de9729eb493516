"""How long `run` takes to its first poll, and how much memory it needs at most.

The whole process, from its start: interpreter, imports, keys, files, tidying up.
"""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.figures import Figure
from bench.network import ME, YES
from bench.place import Place

_ROOT: Final = Path(__file__).parents[1]
_TOKEN: Final = "123456:BENCH"  # noqa: S105 - of a bot that does not exist
_PATIENCE: Final = 120.0
_QUIET: Final = 0.3


class BotApi:
    """As much of a Bot API over HTTP as a bot needs that nobody writes to."""

    def __init__(self) -> None:
        """Listen to nobody yet."""
        self.polled = asyncio.Event()
        self.base_url = ""

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Listen on a port of this machine for as long as the block lasts."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        self.base_url = f"http://127.0.0.1:{port}/bot"
        async with server:
            yield

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            while (method := await _request(reader)) != "getUpdates":
                body = json.dumps({"ok": True, "result": ME}).encode()
                _answer(writer, body if method == "getMe" else YES)
                await writer.drain()
            self.polled.set()
            # Nobody writes: the poll hangs until the bot goes.
            await reader.read()
        except (asyncio.IncompleteReadError, ConnectionResetError):
            # The bot has closed a connection that it no longer needs.
            pass
        finally:
            writer.close()


@dataclass(frozen=True, slots=True)
class _Start:
    seconds: float
    cpu: float
    mebibytes: float
    with_worker: float


async def measure(place: Place, rounds: int) -> list[Figure]:
    """Start `run` again and again; once before, so that the files are in memory."""
    api = BotApi()
    async with api.open():
        place.reach(api.base_url)
        await _start(place, api)
        starts = [await _start(place, api) for _ in range(rounds)]

    def figure(what: str, values: list[float]) -> Figure:
        return Figure(what, place.sessions, tuple(values))

    return [
        figure("run: seconds to the first poll", [s.seconds for s in starts]),
        figure("run: seconds of CPU until it is idle", [s.cpu for s in starts]),
        figure("run: peak memory, MiB", [s.mebibytes for s in starts]),
        figure("run and its worker: peak memory, MiB", [s.with_worker for s in starts]),
    ]


async def _start(place: Place, api: BotApi) -> _Start:
    api.polled.clear()
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "run", "--config", str(place.config)),
        cwd=_ROOT,
        env={**os.environ, "TELEGRAM_BOT_TOKEN": _TOKEN},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(_PATIENCE):
            await api.polled.wait()
            seconds = time.perf_counter() - began
            cpu = await _idle(process.pid)
        own = _peak(process.pid)
        of_worker = sum(map(_peak, _children(process.pid)))
        return _Start(seconds, cpu, own, own + of_worker)
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def _idle(pid: int) -> float:
    """Wait until the process has nothing to do; give what it has used by then."""
    used = _cpu(pid)
    while True:
        await asyncio.sleep(_QUIET)
        before, used = used, _cpu(pid)
        if used - before < _QUIET / 10:
            return used


def _stat(pid: int) -> list[str]:
    # After the name, which may hold anything, in brackets.
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _children(pid: int) -> Iterator[int]:
    for folder in Path("/proc").glob("[0-9]*"):
        child = int(folder.name)
        # Processes of others end meanwhile.
        with suppress(FileNotFoundError, ProcessLookupError):
            if int(_stat(child)[1]) == pid:
                yield child


def _cpu(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    [line] = [one for one in status.splitlines() if one.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


async def _request(reader: asyncio.StreamReader) -> str:
    """Read a request to its end and give the method that it calls."""
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines if line)
    await reader.readexactly(int(headers.get("content-length", "0")))
    return first.split()[1].rsplit("/", 1)[1].partition("?")[0]


def _answer(writer: asyncio.StreamWriter, body: bytes) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
