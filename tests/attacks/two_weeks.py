"""Two weeks of a town, and all that somebody could have copied meanwhile."""

import random
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from tests.attacks.disk import Files
from tests.attacks.town import NO, STOP, YES, new_ids, opinion, town_in

PEOPLE = 24
"""In each week; in the second fewer finish than make a batch."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What lay on the disk.

    Args:
        older: the data folder, day by day, up to the moment before the last opening.
        old_keys: every key there ever was before it. No intruder has these.
        data, keys: one minute after it.
        ids: everybody who came.
    """

    older: tuple[Files, ...]
    old_keys: Files
    data: Files
    keys: Files
    ids: tuple[int, ...]


async def two_weeks_in(
    folder: Path, plant: AbstractContextManager[None] | None = None
) -> Evidence:
    """Let people of every kind come for two weeks, with two openings."""
    dice = random.Random(4)
    older: list[Files] = []
    old_keys: dict[str, bytes] = {}
    with plant or nullcontext():
        async with town_in(folder) as town:
            for finishing in (PEOPLE // 2, PEOPLE // 4):
                people = new_ids(dice, PEOPLE)
                days = [people[day::6] for day in range(6)]
                for day in days:
                    for number in day:
                        place = people.index(number)
                        if place < finishing:
                            await town.comes(number, opinion(dice))
                        else:
                            way = ((), (NO,), (YES, "7"), (YES, "7", STOP))[place % 4]
                            await town.comes(
                                number, way, ("e_sozawe", "e_hal")[place % 2]
                            )
                    town.clock.turn(days=1)
                    older.append(town.data)
                old_keys |= town.keys
                await town.opens_the_box(days=1)
            return Evidence(
                tuple(older), old_keys, town.data, town.keys, tuple(town.came)
            )
