"""A town whose clients use the real program, in one process and at a made-up hour."""

import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bot.anonymity import Invitation, OpeningReport, new_id
from bot.app import App
from bot.config import Installation
from bot.core.codes import make
from bot.core.flow import FlowDefinition, Phase
from tests.attacks.disk import Files, files_in
from tests.doubles.installation import (
    DOORS,
    Clock,
    installation_in,
    opened,
    shipped_flows,
)
from tests.doubles.person import Person

MONDAY: Final = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""After the opening of week 2 of 2026."""

FLOWS: Final = shipped_flows()
SOZAWE: Final = FLOWS["sozawe"]
YES: Final = "Ja, ik doe mee"
NO: Final = "Nee, liever niet"
STOP: Final = "Stoppen"
GRADES: Final = tuple(str(number) for number in range(1, 11))
AGREES: Final = ("Helemaal oneens", "Oneens", "Eens", "Helemaal eens")
NO_CONTACT: Final = "Geen contact gehad"

SAMPLED: Final = {**DOORS, "hal": {"flow": "sozawe", "one_in": 2}}
"""The doors of every town; at `hal` chance asks one in two."""


def new_ids(dice: random.Random, many: int) -> list[int]:
    """Make up so many ids of Telegram accounts, as long as they can be (52 bits).

    Long enough never to occur by chance between random bytes.
    """
    return dice.sample(range(2**51, 2**52), many)


def opinion(dice: random.Random) -> tuple[str, ...]:
    """Make up what somebody taps to answer `sozawe` to the end."""
    return (
        YES,
        dice.choice(GRADES),
        NO_CONTACT if dice.random() < 0.3 else dice.choice(GRADES),
        dice.choice(AGREES),
        dice.choice(AGREES),
    )


@dataclass
class Town:
    """One installation and its clients.

    Args:
        came: who came, in the order of their coming.
        codes: of the invitations that were drawn.
    """

    folder: Path
    app: App
    clock: Clock
    dice: random.Random
    came: list[int] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    async def comes(
        self, number: int, labels: Sequence[str] = (), entry: str = "e_sozawe"
    ) -> Person:
        """Have somebody come in and tap these buttons, as far as they are there."""
        person = Person(self.app.service, f"telegram:{number}")
        self.came.append(number)
        await person.opens(entry)
        for label in labels:
            if label not in person.buttons:
                break
            await person.taps(label)
        return person

    async def answer(self, numbers: Sequence[int], entry: str = "e_sozawe") -> None:
        """Have all of these answer to the end."""
        for number in numbers:
            await self.comes(number, opinion(self.dice), entry)

    async def invite(self, many: int, flow: FlowDefinition = SOZAWE) -> list[str]:
        """Draw so many contacts; give the codes of their invitations."""
        until = self.clock() + timedelta(days=30)
        codes = [make(self.dice.randbytes(16)) for _ in range(many)]
        await self.app.door.invite(
            [
                Invitation(code, flow.content_hash, Phase.INTAKE, until, new_id())
                for code in codes
            ]
        )
        self.codes += codes
        return codes

    async def opens_the_box(self, **later: float) -> OpeningReport | None:
        """Let time go by, and do the weekly opening; a minute later it is over."""
        self.clock.turn(**(later or {"days": 7}))
        report = await self.app.opening.open(self.clock(), self.app.week)
        self.clock.turn(minutes=1)
        return report

    @property
    def data(self) -> Files:
        """Copy the data folder as it is now."""
        return files_in(self.folder / "data")

    @property
    def keys(self) -> Files:
        """Copy the folder of keys as it is now."""
        return files_in(self.folder / "keys")


def installation(folder: Path, **more: Any) -> Installation:
    """Give the installation of a town."""
    settings: dict[str, Any] = {"digest": {"chats": [-1001]}, **more}
    return installation_in(folder, **{"entries": SAMPLED, **settings})


@asynccontextmanager
async def town_in(
    folder: Path,
    *flows: FlowDefinition,
    seed: int = 1,
    clock: Callable[[], Clock] = lambda: Clock(MONDAY),
    **settings: Any,
) -> AsyncIterator[Town]:
    """Open a town, with these flows live; `sozawe` where none is named."""
    turned = clock()
    place = installation(folder, **settings)
    async with opened(place, turned, *(flows or (SOZAWE,))) as app:
        yield Town(folder, app, turned, random.Random(seed))
