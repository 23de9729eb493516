"""The composition root: the one file that knows every concrete class and the clock."""

import asyncio
import secrets
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from bot.anonymity import (
    Door,
    KeyFolder,
    Published,
    Seeds,
    WeeklyOpening,
    new_nonce,
)
from bot.app.reading import Reads, open_unread
from bot.config import Config, Installation
from bot.core.weeks import iso_week
from bot.desk import StaffDesk
from bot.digest import Ledger
from bot.digest.build import build
from bot.digest.remarks import remark_messages
from bot.drafts import DraftFolder
from bot.errors import KeyFault, StorageError
from bot.messages import Catalogue, spoken
from bot.messages.issues import format_issue
from bot.remarks import Scrubber
from bot.reviewing import ReviewDesk, WithholdsAll
from bot.service import (
    Entry,
    Reading,
    Reception,
    Rehearsals,
    Stage,
    SurveyService,
)
from bot.shipped import shipped_flows
from storage import Stores, memory_stores, open_stores, try_exclusive
from storage.sqlite import private_folder

Clock = Callable[[], datetime]

LOCK: Final = "lock"
"""The file in the data folder that every writer takes in turn."""

_RUN_LOCK: Final = "run.lock"

_HOUR: Final = 3600
"""Seconds."""

DATABASES: Final = ("answers.db", "sessions.db")
"""The files in the data folder that name the keys they belong to."""


def now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class App:
    """One installation, put together and ready for events."""

    config: Config
    stores: Stores
    door: Door
    seeds: Seeds
    opening: WeeklyOpening
    service: SurveyService
    desk: StaffDesk
    reviewers: ReviewDesk
    reading: Reading
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
    installation: Installation, *, clock: Clock = now, reads: Reads = open_unread
) -> AsyncIterator[App]:
    """Put an installation together; an opening that was broken off is finished first.

    Args:
        reads: puts together what reads the words that people type.

    Raises:
        StorageError, KeyFault: its data or keys cannot be trusted or used.
    """
    await asyncio.to_thread(require_own_keys, installation)
    stores = await open_stores(installation.data)
    try:
        keys = KeyFolder(installation.keys)
        config, flows = installation.config, installation.flows
        async with reads(config) as reading:
            app = await _assembled(config, stores, keys, clock, flows, reading)
            await app.opening.recover(clock(), app.week)
            yield app
    finally:
        await stores.close()


@asynccontextmanager
async def open_in_memory(
    config: Config, *, clock: Clock = now, reads: Reads = open_unread
) -> AsyncIterator[App]:
    """Put together an installation that forgets everything when it is left."""
    with tempfile.TemporaryDirectory(prefix="polsslag-") as folder:
        keys = KeyFolder(Path(folder) / "keys")
        flows = shipped_flows()
        async with reads(config) as reading:
            yield await _assembled(config, memory_stores(), keys, clock, flows, reading)


async def _assembled(
    config: Config,
    stores: Stores,
    keys: KeyFolder,
    clock: Clock,
    flows: Path,
    reading: Reading,
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
        reviewers=config.reviewers,
    )
    stage = Stage(words, config.phone, config.round_table)
    service = SurveyService(
        door,
        Reception(door, archive, _entries(config), clock),
        stage,
        clock,
        languages=spoken("client"),
        reading=reading,
        staff=[
            f"telegram:{chat}"
            for chat in (*config.digest.chats, *config.remarks.reviewers)
        ],
    )
    rehearsals = Rehearsals(
        DraftFolder(flows, stores.archive),
        stage,
        clock,
        say=_voice(words, config.digest.language, "staff.desk.trial."),
        tell=lambda issue: format_issue(issue, words, config.digest.language),
        nonce=new_nonce,
        asks_remarks=reading.asks_remarks,
    )
    desk = StaffDesk(
        config.digest.chats,
        stores.outbox,
        stores.decisions,
        rehearsals,
        say=_voice(words, config.digest.language, "staff.desk."),
        week=lambda: iso_week(clock(), config.digest.zone),
        earlier=config.digest.earlier,
        remarks=partial(remark_messages, words=_voice(words, config.digest.language)),
    )
    reviewers = _reviewers(config, stores, words, clock, reading.scrubber)
    seeds = Seeds(stores.sessions, keys, stores.lock)
    return App(
        config,
        stores,
        door,
        seeds,
        opening,
        service,
        desk,
        reviewers,
        reading,
        words,
        clock,
    )


def _reviewers(
    config: Config,
    stores: Stores,
    words: Catalogue,
    clock: Clock,
    scrubber: Scrubber | None,
) -> ReviewDesk:
    """Put together what reviewers see; without a scrubber nothing can be rewritten."""
    return ReviewDesk(
        config.remarks.reviewers,
        stores.reviews,
        scrubber or WithholdsAll(),
        say=_voice(words, config.digest.language, "staff.review."),
        hour=lambda: int(clock().timestamp()) // _HOUR,
        pick=secrets.randbelow,
    )


def require_own_keys(installation: Installation) -> None:
    """Refuse keys without data: new data would destroy them, be they of other data.

    A first start that was broken off has its databases before its first key.

    Raises:
        KeyFault: there are keys, and no databases that could name them.
    """
    data, keys = installation.data, installation.keys
    if any((data / name).exists() for name in DATABASES):
        return
    if KeyFolder(keys).ids():
        raise KeyFault("keys-without-data", keys=str(keys), data=str(data))


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
