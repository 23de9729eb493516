"""What the tests of the service share: a whole installation, and people who come."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from bot.app import App
from bot.ballots import Ballot
from bot.config import Installation
from tests.doubles.installation import (
    Clock,
    in_the_box,
    installation_in,
    opened,
    shipped_flows,
)
from tests.doubles.person import Person
from tests.doubles.places import quick_folder

ENTRIES = {
    "balie": {"flow": "sozawe", "phase": "intake", "one_in": 1},
    "kans": {"flow": "sozawe", "one_in": 2},
    "dicht": {"flow": "klantmanager"},
}
"""Everybody is asked, half of the people are, and nothing is live there."""

STAFF = -100_200


@pytest.fixture
def quick_path(tmp_path: Path) -> Iterator[Path]:
    with quick_folder(tmp_path) as folder:
        yield folder


@pytest.fixture
def installation(quick_path: Path) -> Installation:
    return installation_in(quick_path, ENTRIES, digest={"chats": [STAFF]})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def app(installation: Installation, clock: Clock) -> AsyncIterator[App]:
    async with opened(installation, clock, shipped_flows()["sozawe"]) as app:
        yield app


@pytest.fixture
def client(app: App) -> Person:
    return Person(app.service, "telegram:4711")


@pytest.fixture
def others(app: App) -> Callable[[int], list[Person]]:
    """Give so many people, none of whom is the client."""
    return lambda count: [
        Person(app.service, f"telegram:{10_000 + n}") for n in range(count)
    ]


@pytest.fixture
def text(app: App) -> Callable[..., str]:
    """Give what the bot says under a key, in Dutch unless told."""

    def text(key: str, language: str = "nl", **facts: object) -> str:
        facts = {"phone": app.config.phone, **facts}
        return app.words.text(f"client.{key}", language, **facts)

    return text


@pytest.fixture
def box(app: App, installation: Installation) -> "Box":
    return Box(app, installation)


class Box:
    """Looks into the box, which the bot itself cannot."""

    def __init__(self, app: App, installation: Installation) -> None:
        self._app = app
        self._installation = installation

    async def ballots(self) -> list[Ballot]:
        return await in_the_box(self._app, self._installation)

    async def outcomes(self) -> list[str]:
        return [str(ballot.outcome) for ballot in await self.ballots()]

    async def answers(self) -> list[tuple[str, ...]]:
        return [ballot.codes for ballot in await self.ballots()]
