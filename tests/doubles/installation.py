"""An installation in a folder of its own, with a clock that a test can turn."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.anonymity import KeyFolder
from bot.anonymity.seal import unpack_ballot, unpack_remark
from bot.app import App, open_app
from bot.app.reading import Reads, open_unread
from bot.ballots import Ballot, RemarkBallot
from bot.commands.publishing import publish
from bot.config import Config, Installation
from bot.core.flow import FlowDefinition
from bot.flowfiles import load_folder

SHIPPED = Path(__file__).resolve().parents[2] / "flows"
WEDNESDAY = datetime(2026, 7, 22, 9, 30, tzinfo=UTC)
"""In week 30 of 2026."""

DOORS = {
    flow: {"flow": flow, "phase": "intake", "one_in": 1}
    for flow in ("sozawe", "telefoon", "klantmanager", "journey")
}
"""An entry to each shipped flow, through which everybody is asked."""


@dataclass
class Clock:
    """A clock that stands still until it is turned."""

    now: datetime = WEDNESDAY

    def __call__(self) -> datetime:
        """Read the clock."""
        return self.now

    def turn(self, **how_much: float) -> None:
        """Turn it, on or back."""
        self.now += timedelta(**how_much)


def installation_in(
    folder: Path, entries: Mapping[str, Any] = DOORS, **more: Any
) -> Installation:
    """Give an installation whose data and keys lie in this folder."""
    plain: dict[str, Any] = {"phone": "14 023", "entries": entries, **more}
    return Installation(Config.model_validate(plain), folder)


def shipped_flows() -> dict[str, FlowDefinition]:
    """Give the flows that come with the bot."""
    return {name: loaded.flow for name, loaded in load_folder(SHIPPED).items()}


@asynccontextmanager
async def opened(
    installation: Installation,
    clock: Clock,
    *flows: FlowDefinition,
    reads: Reads = open_unread,
) -> AsyncIterator[App]:
    """Open an installation, with these flows live."""
    async with open_app(installation, clock=clock, reads=reads) as app:
        for flow in flows:
            await publish(app, flow)
        yield app


async def in_the_box(app: App, installation: Installation) -> list[Ballot]:
    """Open every ballot that lies in the box, as only the weekly opening may."""
    packed = await _unsealed(app, installation)
    ballots = [unpack_ballot(one) for one in packed if not _is_remark(one)]
    return sorted(ballots, key=repr)


async def remarks_in_the_box(
    app: App, installation: Installation
) -> list[RemarkBallot]:
    """Open every ballot for a remark, with a text or without."""
    packed = await _unsealed(app, installation)
    remarks = [unpack_remark(one) for one in packed if _is_remark(one)]
    return sorted(remarks, key=repr)


async def _unsealed(app: App, installation: Installation) -> list[bytes]:
    secret = KeyFolder(installation.keys).box_secret(await app.stores.ballots.epoch())
    [_, answers] = app.stores.databases
    rows = await answers.read(
        lambda raw: raw.execute("SELECT sealed FROM ballots").fetchall()
    )
    return [secret.decrypt(sealed) for (sealed,) in rows]


def _is_remark(packed: bytes) -> bool:
    try:
        unpack_remark(packed)
    except ValueError:
        return False
    return True
