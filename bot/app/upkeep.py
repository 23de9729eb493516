"""Look at an installation from outside, back it up, bring it back, read it out."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.anonymity import KeyFolder, renew, require_lost
from bot.app import LOCK, Clock, alone, now, open_app
from bot.config import Config, Installation
from bot.core.flow import FlowDefinition
from bot.digest.export import History, Version, by_name
from bot.messages import Catalogue
from bot.outbox import Dispatch
from bot.reviews import ReviewCounts
from bot.schedule import Weekly, last_due
from storage import FileLock, Stores, open_stores
from storage import backup as _backup
from storage.files import write_new as _write_new
from storage.notices import empty_box
from storage.sqlite import Condition
from storage.sqlite import build as _build


@dataclass(frozen=True, slots=True)
class Inventory:
    """What lies in the files of an installation; nothing of it is sealed.

    Args:
        epochs: what each side names, the sessions first; empty before the first.
        live: content hash by name of flow.
        last_opening: its ISO week.
        published: every version by name of flow, oldest first, what is live last.
        review: how far the remarks have come.
    """

    files: tuple[Condition, ...]
    epochs: tuple[str, str]
    live: Mapping[str, str]
    last_opening: str | None
    pending: Sequence[Dispatch]
    unsettled: Sequence[Dispatch]
    published: Mapping[str, Sequence[FlowDefinition]] = field(default_factory=dict)
    review: ReviewCounts = field(default_factory=ReviewCounts)


async def take_stock(installation: Installation) -> Inventory | None:
    """Look at what is stored, without a key and without taking up an opening.

    Gives None where nothing was stored yet; nothing is made then. Raises StorageError
    where the files cannot be trusted or used.
    """
    if not await asyncio.to_thread((installation.data / "answers.db").is_file):
        return None
    stores = await open_stores(installation.data)
    try:
        live = await stores.archive.live()
        return Inventory(
            files=tuple([await file.condition() for file in stores.databases]),
            epochs=(await stores.sessions.epoch(), await stores.ballots.epoch()),
            live=live,
            last_opening=await stores.ballots.last_opening(),
            pending=await stores.outbox.pending(),
            unsettled=await stores.outbox.unsettled(),
            published=by_name(await _versions(stores), live),
            review=await stores.reviews.counts(),
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


async def review_counts(installation: Installation) -> ReviewCounts:
    """Say how far the remarks have come. Needs no key; `run` may be at work.

    Raises StorageError where the files cannot be used.
    """
    stores = await open_stores(installation.data)
    try:
        return await stores.reviews.counts()
    finally:
        await stores.close()


async def _history(stores: Stores) -> History:
    ballots, decisions = stores.ballots, stores.decisions
    return History(
        await ballots.last_opening(),
        await ballots.batches(),
        await _versions(stores),
        await stores.archive.live(),
        await ballots.phases(),
        await decisions.baselines(),
        await decisions.deeds(),
        await stores.reviews.published(),
    )


async def _versions(stores: Stores) -> list[Version]:
    """Give every version ever published, by name and number."""
    flows = await stores.archive.definitions()
    return [
        Version(flows[content_hash], number, week)
        for name in sorted({flow.flow for flow in flows.values()})
        for number, content_hash, week in await stores.archive.versions(name)
    ]


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
        async with FileLock(installation.data / LOCK):
            notice = _notice(installation.config, "restored", clock())
            kept = _kept(await _backup.restore(path, installation.data, *notice))
        # Makes the new keys, and destroys those of the disk that was lost.
        async with open_app(installation, clock=clock):
            return kept


async def require_lost_keys(installation: Installation) -> None:
    """Say whether there is anything to adopt, and change nothing.

    Raises:
        InputError: no key is gone.
        StorageError, KeyFault: the data or the keys cannot be used.
    """
    stores = await open_stores(installation.data)
    try:
        async with stores.lock:
            keys = KeyFolder(installation.keys)
            await require_lost(stores.sessions, stores.ballots, keys)
    finally:
        await stores.close()


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
