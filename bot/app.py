"""The composition root: the one file that knows every concrete class and the clock."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from bot.anonymity import Door, KeyFolder, Published, WeeklyOpening, new_nonce, renew
from bot.config import Config, Installation
from bot.core.weeks import iso_week
from bot.desk import StaffDesk
from bot.digest import Ledger
from bot.digest.build import build
from bot.digest.export import History, Version
from bot.drafts import DraftFolder
from bot.errors import StorageError
from bot.messages import Catalogue, spoken
from bot.messages.issues import format_issue
from bot.outbox import Dispatch
from bot.schedule import Weekly, last_due
from bot.service import Entry, Reception, Rehearsals, Stage, SurveyService
from bot.shipped import shipped_flows
from storage import FileLock, Stores, memory_stores, open_stores, try_exclusive
from storage import backup as _backup
from storage.files import write_new as _write_new
from storage.notices import empty_box
from storage.sqlite import Condition, private_folder
from storage.sqlite import build as _build

Clock = Callable[[], datetime]

_LOCK: Final = "lock"
_RUN_LOCK: Final = "run.lock"


def now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class App:
    """One installation, put together and ready for events."""

    config: Config
    stores: Stores
    door: Door
    opening: WeeklyOpening
    service: SurveyService
    desk: StaffDesk
    words: Catalogue
    clock: Clock

    @property
    def week(self) -> str:
        """Give the ISO week it is now, where the digest is read."""
        return iso_week(self.clock(), self.config.digest.zone)

    async def ledger(self, week: str) -> Ledger:
        """Read all that a digest of this week may be made of."""
        archive, decisions = self.stores.archive, self.stores.decisions
        return Ledger(
            week=week,
            batches=await self.stores.ballots.batches(),
            phases=await self.stores.ballots.phases(),
            flows=await archive.definitions(),
            live=await archive.live(),
            baselines=await decisions.baselines(),
            deeds=await decisions.deeds(),
        )


@asynccontextmanager
async def open_app(
    installation: Installation, *, clock: Clock = now
) -> AsyncIterator[App]:
    """Put an installation together; an opening that was broken off is finished first.

    Raises:
        StorageError, KeyFault: its data or keys cannot be trusted or used.
    """
    stores = await open_stores(installation.data)
    try:
        keys = KeyFolder(installation.keys)
        config, flows = installation.config, installation.flows
        app = await _assembled(config, stores, keys, clock, flows)
        await app.opening.recover(clock(), app.week)
        yield app
    finally:
        await stores.close()


@dataclass(frozen=True, slots=True)
class Inventory:
    """What lies in the files of an installation; nothing of it is sealed.

    Args:
        epochs: what each side names, the sessions first; empty before the first.
        live: content hash by name of flow.
        last_opening: its ISO week.
    """

    files: tuple[Condition, ...]
    epochs: tuple[str, str]
    live: Mapping[str, str]
    last_opening: str | None
    pending: Sequence[Dispatch]
    unsettled: Sequence[Dispatch]


async def take_stock(installation: Installation) -> Inventory | None:
    """Look at what is stored, without a key and without taking up an opening.

    Gives None where nothing was stored yet; nothing is made then. Raises StorageError
    where the files cannot be trusted or used.
    """
    if not await asyncio.to_thread((installation.data / "answers.db").is_file):
        return None
    stores = await open_stores(installation.data)
    try:
        return Inventory(
            files=tuple([await file.condition() for file in stores.databases]),
            epochs=(await stores.sessions.epoch(), await stores.ballots.epoch()),
            live=await stores.archive.live(),
            last_opening=await stores.ballots.last_opening(),
            pending=await stores.outbox.pending(),
            unsettled=await stores.outbox.unsettled(),
        )
    finally:
        await stores.close()


@dataclass(frozen=True, slots=True)
class Kept:
    """How much of what was released a backup holds."""

    openings: int
    digests: int
    versions: int


async def back_up(installation: Installation, path: Path) -> Kept:
    """Write what was released to a new file. Needs no key; `run` may be at work.

    Raises StorageError where the files cannot be used or the new one not be written.
    """
    stores = await open_stores(installation.data)
    try:
        async with stores.lock:
            return _kept(await _backup.back_up(stores.databases[1], path))
    finally:
        await stores.close()


async def released(installation: Installation) -> History:
    """Read what was released. Takes no key and no sealed row; `run` may be at work.

    Raises StorageError where the files cannot be used.
    """
    stores = await open_stores(installation.data)
    try:
        # An opening between two of these would give half of it.
        async with stores.lock:
            return await _history(stores)
    finally:
        await stores.close()


async def _history(stores: Stores) -> History:
    archive, ballots, decisions = stores.archive, stores.ballots, stores.decisions
    flows = await archive.definitions()
    versions = [
        Version(flows[content_hash], number, week)
        for name in sorted({flow.flow for flow in flows.values()})
        for number, content_hash, week in await archive.versions(name)
    ]
    return History(
        await ballots.last_opening(),
        await ballots.batches(),
        versions,
        await archive.live(),
        await ballots.phases(),
        await decisions.baselines(),
        await decisions.deeds(),
    )


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all.

    Raises OSError or StorageError where it cannot be written.
    """
    _write_new(path, content)


async def restore(
    installation: Installation, path: Path, *, clock: Clock = now
) -> Kept:
    """Make the data of a new installation out of a backup; the staff are told.

    Raises StorageError where there are data already, or that is no backup.
    """
    with alone(installation):
        async with FileLock(installation.data / _LOCK):
            notice = _notice(installation.config, "restored", clock())
            kept = _kept(await _backup.restore(path, installation.data, *notice))
        # Makes the new keys, and destroys those of the disk that was lost.
        async with open_app(installation, clock=clock):
            return kept


async def adopt(installation: Installation, *, clock: Clock = now) -> None:
    """Go on with data whose keys are gone: what is sealed goes, the staff are told.

    Raises:
        InputError: no key is gone.
        StorageError, KeyFault: the data or the keys cannot be used.
    """
    with alone(installation):
        stores = await open_stores(installation.data)
        try:
            answers = stores.databases[1]
            week, text, readers = _notice(installation.config, "adopted", clock())
            await renew(
                stores.sessions,
                stores.ballots,
                KeyFolder(installation.keys),
                stores.lock,
                partial(empty_box, answers, week=week, notice=text, recipients=readers),
            )
        finally:
            await stores.close()


def held_by(path: Path) -> frozenset[str] | None:
    """Name the tables in a file that no backup may hold; None for no database."""
    tables = _backup.tables_of(path)
    return None if tables is None else tables - _backup.TABLES


def _kept(history: _backup.History) -> Kept:
    sizes = (len(history[table]) for table in ("openings", "digests", "flows"))
    return Kept(*sizes)


def _notice(config: Config, name: str, at: datetime) -> tuple[str, str, list[str]]:
    """Give the week that counts as opened, the words, and who is to read them."""
    when = config.digest
    # That week may have been opened before the disk was lost, and must not be again.
    week = last_due(at, Weekly(when.isoweekday, when.time, when.zone))
    text = Catalogue.load().text(f"staff.notice.{name}", when.language)
    return week, text, config.recipients


def sqlite_build() -> tuple[str, str]:
    """Give the version of the SQLite that all of this rests on, and its sources."""
    return _build()


@asynccontextmanager
async def open_in_memory(config: Config, *, clock: Clock = now) -> AsyncIterator[App]:
    """Put together an installation that forgets everything when it is left."""
    with tempfile.TemporaryDirectory(prefix="polsslag-") as folder:
        keys = KeyFolder(Path(folder) / "keys")
        flows = shipped_flows()
        yield await _assembled(config, memory_stores(), keys, clock, flows)


async def _assembled(
    config: Config, stores: Stores, keys: KeyFolder, clock: Clock, flows: Path
) -> App:
    words = await asyncio.to_thread(Catalogue.load)
    archive = stores.archive
    door = Door(stores.sessions, stores.ballots, keys, stores.lock)
    await door.start()

    async def published() -> Published:
        return Published(
            await archive.definitions(),
            await archive.live(),
            await stores.decisions.baselines(),
            await stores.decisions.deeds(),
        )

    opening = WeeklyOpening(
        door,
        stores.sessions,
        stores.ballots,
        keys,
        stores.lock,
        published=published,
        write_digests=partial(build, words=_voice(words, config.digest.language)),
        recipients=config.recipients,
    )
    stage = Stage(words, config.phone)
    service = SurveyService(
        door,
        Reception(door, archive, _entries(config), clock),
        stage,
        clock,
        languages=spoken("client"),
        staff=[f"telegram:{chat}" for chat in config.digest.chats],
    )
    rehearsals = Rehearsals(
        DraftFolder(flows),
        stage,
        clock,
        say=_voice(words, config.digest.language, "staff.desk.trial."),
        tell=lambda issue: format_issue(issue, words, config.digest.language),
        nonce=new_nonce,
    )
    desk = StaffDesk(
        config.digest.chats,
        stores.outbox,
        stores.decisions,
        rehearsals,
        say=_voice(words, config.digest.language, "staff.desk."),
        week=lambda: iso_week(clock(), config.digest.zone),
        earlier=config.digest.earlier,
    )
    return App(config, stores, door, opening, service, desk, words, clock)


def alone(installation: Installation) -> AbstractContextManager[None]:
    """Be the only `run` on this installation. Raises StorageError when there is one."""
    private_folder(installation.data)
    return try_exclusive(installation.data / _RUN_LOCK)


def is_running(installation: Installation) -> bool:
    """Say whether a `run` is at work on this installation; makes nothing."""
    path = installation.data / _RUN_LOCK
    try:
        with try_exclusive(path) if path.is_file() else nullcontext():
            return False
    except StorageError as error:
        return error.code == "already-running"


def _entries(config: Config) -> dict[str, Entry]:
    return {
        name: Entry(entry.flow, entry.phase, entry.one_in)
        for name, entry in config.entries.items()
    }


def _voice(words: Catalogue, language: str, before: str = "") -> Callable[..., str]:
    def say(key: str, /, **facts: object) -> str:
        return words.text(f"{before}{key}", language, **facts)

    return say
