"""Weeks in which people write remarks, and all that somebody could have copied."""

import csv
import io
import random
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.app import upkeep
from bot.ballots import SealedBallot
from bot.commands.backing import back_up
from bot.config import Installation
from bot.digest.export import files
from bot.reviews import Decision, Place
from tests.attacks.disk import Files, files_in, tables
from tests.attacks.town import SOZAWE, Town, new_ids, opinion, town_in
from tests.digest.examples import speaks
from tests.doubles.remarks import drop_remarks, sealed_remarks

REVIEWERS: Final = -1005
WRITERS: Final = 30
"""In the first week; in the second there is one."""

DAYS: Final = 3
A_DAY: Final = WRITERS // DAYS

LONG: Final = 10**6
"""An hour that does not come."""


@dataclass(frozen=True, slots=True)
class Written:
    """What people wrote, and what lay on the disk.

    Args:
        texts: in the order in which they were written; the last in the second week.
        copies: the data folder, from each day, around the openings and decisions.
        before: how many of them are from before the second opening.
        keys: those that there are a minute after it.
        orders: every order in which the texts can be found anywhere, by its name.
    """

    texts: tuple[str, ...]
    copies: tuple[Files, ...]
    before: int
    keys: Files
    orders: dict[str, list[str]]


async def remarks_in(
    folder: Path,
    plant: AbstractContextManager[None] | None = None,
    *,
    has_twins: bool = False,
) -> Written:
    """Let people answer and write for two weeks; review, publish, export, back up.

    Args:
        has_twins: whether the two ballots of a person get names that differ in a bit.
    """
    dice = random.Random(7)
    texts = [
        f"Opmerking {number:x}: het kon beter." for number in new_ids(dice, 1 + WRITERS)
    ]
    copies: list[Files] = []
    with plant or nullcontext():
        async with town_in(folder, remarks={"reviewers": [REVIEWERS]}) as town:
            for day in range(DAYS):
                for text in texts[day * A_DAY : (day + 1) * A_DAY]:
                    await _writes(town, text, dice, has_twins)
                copies.append(town.data)
                town.clock.turn(days=1)
            await town.opens_the_box(days=4)
            copies.append(town.data)
            orders = _waiting_orders(town.data)
            await _writes(town, texts[-1], dice, has_twins)
            copies.append(town.data)
            await _review(town, dice, copies)
            await town.opens_the_box()
            before = len(copies)
            copies.append(town.data)
            orders |= await _published_orders(town, folder)
            return Written(tuple(texts), tuple(copies), before, town.keys, orders)


async def _writes(town: Town, text: str, dice: random.Random, is_twin: bool) -> None:
    known = await _names(town)
    await town.comes(new_ids(dice, 1)[0], opinion(dice))
    if not is_twin:
        await drop_remarks(town.app, SOZAWE, [text])
        return
    [ballot] = sealed_remarks(town.app, SOZAWE, [text])
    own = min(await _names(town) - known)
    epoch = await town.app.stores.ballots.epoch()
    twin = SealedBallot(twin_of(own), ballot.sealed)
    await town.app.stores.ballots.drop(epoch, [twin])


def twin_of(name: bytes) -> bytes:
    """Give the name that differs in the last bit."""
    return name[:-1] + bytes([name[-1] ^ 1])


async def _names(town: Town) -> set[bytes]:
    query = "SELECT id FROM ballots"
    [_, answers] = town.app.stores.databases
    return {
        name for (name,) in await answers.read(lambda r: r.execute(query).fetchall())
    }


async def _review(town: Town, dice: random.Random, copies: list[Files]) -> None:
    """Look at all, and copy the folder around the first decisions."""
    reviews = town.app.stores.reviews
    for message in range(1, 1 + WRITERS):
        place = Place(REVIEWERS, message)
        if await reviews.put_on_screen(place, LONG, dice.randrange) is None:
            return
        if message < 4:
            copies.append(town.data)
        await reviews.decide(place, Decision.SHOW)
        if message < 4:
            copies.append(town.data)
        await reviews.gone(place)


def _waiting_orders(data: Files) -> dict[str, list[str]]:
    rows = tables(data)["answers.db:remarks"]
    return {
        "rows": [row["text"] for row in rows],
        "names": [row["text"] for row in sorted(rows, key=lambda row: row["id"])],
    }


async def _published_orders(town: Town, folder: Path) -> dict[str, list[str]]:
    stores = town.app.stores
    week = await stores.ballots.last_opening()
    assert week is not None
    place = town_place(town, folder)
    out = folder / "backup" / "backup.db"
    out.parent.mkdir()
    await back_up(place, out)
    made = files(await upkeep.released(place), speaks("nl"))["opmerkingen.csv"]
    exported = csv.DictReader(
        io.StringIO(made.decode("utf-8-sig"), newline=""), delimiter=";"
    )
    kept = tables(files_in(out.parent))["backup.db:published"]
    return {
        "published": [r["text"] for r in tables(town.data)["answers.db:published"]],
        "digest": list(await stores.outbox.remarks(week, SOZAWE.flow)),
        "export": [row["tekst"] for row in exported],
        "backup": [row["text"] for row in kept],
    }


def town_place(town: Town, folder: Path) -> Installation:
    """Give the installation of a town that is open."""
    return Installation(town.app.config, folder)
