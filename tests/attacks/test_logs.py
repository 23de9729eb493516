"""Attack 8: the log tells neither who, nor what, nor how many."""

import asyncio
import contextlib
import random
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.audit.traces import Trace, scan, traces_of, traces_of_text
from tests.attacks.launch import (
    BOOM,
    LATER,
    TEMPORARY,
    TOKEN,
    Job,
    Launched,
    place_in,
)
from tests.attacks.phones import PATIENCE, answers, settled
from tests.attacks.table import Finding, Table
from tests.attacks.town import new_ids
from tests.doubles.botapi import BotApi
from tests.doubles.clients import Client
from tests.doubles.faults import NotOk, Page

COMPLETES = 15
OPENED = b"week opened"
CANARY = "Mevrouw Kanarie-Vink, Zaaknummer ZK-2026-0041873"


async def logged(folder: Path, job: Job, people: int) -> bytes:
    """Give the log of a week with so many people, without the opening's line."""
    async with BotApi(TOKEN) as api:
        group = api.group()
        place = await place_in(
            folder, api.base_url, Job(str(folder / "clock"), job.level, job.plants)
        )
        async with place.running():
            for day in range(7):
                # On three days: a chat lets a bot write only so fast.
                todays = range(people)[day::3] if day < 3 else ()
                clients = [api.client(5_000_000_001 + number) for number in todays]
                await asyncio.gather(*(answers(client) for client in clients))
                await place.goes_on(24)
            await group.until(lambda: bool(group.screen), PATIENCE)
    lines = place.log.read_bytes().splitlines()
    kept = [line for line in lines if OPENED not in line]
    assert people == 0 or job.plants or len(kept) == len(lines) - 1
    return b"\n".join(kept)


async def told_apart(folder: Path, job: Job, people: int = COMPLETES) -> Finding:
    """Compare the log of a busy week with that of an idle one, byte by byte."""
    busy, idle = await asyncio.gather(
        logged(folder / "busy", job, people), logged(folder / "idle", job, 0)
    )
    same = "the same" if busy == idle else "not the same"
    return Finding(f"{len(busy)} and {len(idle)} bytes, {same}", busy != idle)


@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("level", "plant"),
    [("INFO", "everything logged"), ("DEBUG", "work logged at DEBUG")],
)
async def test_a_busy_week_logs_what_an_idle_week_logs(
    table: Table, quick_path: Path, level: str, plant: str
) -> None:
    real, naive = await asyncio.gather(
        told_apart(quick_path / "real", Job(level=level)),
        told_apart(quick_path / "naive", Job(level=level, plants=[plant]), 2),
    )
    how = f"{COMPLETES} completes or none, {level}"
    table.hold(8, how, plant, real, naive)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep a database to oneself."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("BEGIN EXCLUSIVE")
        yield
        raw.execute("ROLLBACK")


@contextmanager
def disk_full(process: asyncio.subprocess.Process, folder: Path) -> Iterator[None]:
    """Let the process write no file longer than it is."""
    longest = max(path.stat().st_size for path in folder.iterdir())
    before = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (longest, before[1]))
    yield
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, before)


async def every_fault(api: BotApi, place: Launched, numbers: list[int]) -> None:
    """Have everything go wrong, each time for somebody who can be recognised."""
    people = iter(api.client(number, name=CANARY) for number in numbers)
    data = place.installation.data

    async def does(text: str) -> Client:
        client = next(people)
        number = await client.writes(text)
        await settled(api, number)
        return client

    async with place.running() as process:
        await does(f"{CANARY} {BOOM}")
        await does(f"{CANARY} {LATER}")
        client = next(people)
        body = {"from": client._user(), "text": CANARY, "chat": CANARY}
        api.updates.put_raw({"update_id": 90_000, "message": body}, 90_000)
        api.updates.put_raw({"message": body}, 90_001)
        api.fail("getUpdates", Page(), NotOk())
        api.fail("sendMessage", Page(), NotOk())
        await does("/start e_sozawe_door")
        with locked(data / "sessions.db"):
            await does("/start e_sozawe_door")
        with disk_full(process, data):
            for _ in range(3):
                await does("/start e_sozawe_door")
        await does(CANARY)
        api.updates.confirm(90_002)


async def betrayed(folder: Path, plants: list[str]) -> tuple[Finding, str]:
    """Look for people, texts and the token in all that is left of the faults."""
    numbers = new_ids(random.Random(8), 9)
    async with BotApi(TOKEN, must_answer=False) as api:
        job = Job(level="INFO" if plants else "EVERYTHING", plants=plants, fails=True)
        place = await place_in(folder, api.base_url, job)
        await every_fault(api, place, numbers)
    traces: list[Trace] = [trace for n in numbers for trace in traces_of(n)]
    words = [CANARY, "Kanarie-Vink", "ZK-2026-0041873", TOKEN, TOKEN.split(":")[1]]
    traces += [trace for word in words for trace in traces_of_text(word)]
    roots = ("data", "keys", TEMPORARY, place.log.name)
    hits = scan([folder / name for name in roots], traces)
    log = place.log.read_text()
    return Finding(f"{len(hits)} traces", bool(hits)), log


@pytest.mark.timeout(400)
async def test_no_fault_betrays_a_person_a_text_or_the_token(
    table: Table, quick_path: Path
) -> None:
    (real, log), (naive, _) = await asyncio.gather(
        betrayed(quick_path / "real", []),
        betrayed(quick_path / "naive", ["everything logged"]),
    )

    # Each fault did happen, and is told by its kind and place alone.
    for sign in (
        "kind=builtins.ValueError",
        "kind=bot.errors.StorageError",
        "kind=builtins.TypeError",
        "kind=asyncio:builtins.ValueError",
    ):
        assert sign in log, log
    table.hold(8, "every kind of fault, all levels", "all logged", real, naive)
