"""Attack 4: whoever takes the keys after the opening opens nothing of before it."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from bot.anonymity.keys import Epoch
from bot.anonymity.seal import unpack_session
from bot.errors import KeyFault
from tests.attacks.disk import SEALED, Files, cells, tables
from tests.attacks.plants.keys import kept_for_ever
from tests.attacks.plants.openings import each_with_its_week
from tests.attacks.plants.sealing import answers_in_tombstones
from tests.attacks.plants.tallies import answers_in
from tests.attacks.table import Finding, Table
from tests.attacks.town import (
    GRADES,
    NO,
    STOP,
    YES,
    new_ids,
    opinion,
    town_in,
)
from tests.attacks.two_weeks import two_weeks_in
from tests.doubles.builds import name_of_unwiping, unwiping

Try = Callable[[bytes], object]
Plant = Callable[[], AbstractContextManager[None]]


def tries(keys: Files) -> Iterable[Try]:
    """Give every way to open a sealed value with what lies in the files of keys."""
    for content in keys.values():
        week_key, secret = content[17:49], content[49:81]
        if len(secret) == 32:
            yield Epoch("", week_key, b"").unseal
            yield SealedBox(PrivateKey(secret)).decrypt


def opens(one: Try, sealed: bytes) -> bool:
    try:
        one(sealed)
    except (CryptoError, KeyFault):
        return False
    return True


def taken_after(keys: Files, older: Iterable[Files]) -> Finding:
    """Try every key on every sealed value of every older copy."""
    sealed = {
        (cell.table, cell.value)
        for files in older
        for cell in cells(files)
        if cell.table in SEALED and cell.column == "sealed"
    }
    assert sealed
    ways = list(tries(keys))
    assert ways
    opened = sum(any(opens(way, value) for way in ways) for _, value in sealed)
    return Finding(f"{opened} of {len(sealed)} rows open", opened > 0)


async def test_keys_taken_a_minute_after_the_opening_open_nothing_older(
    table: Table, quick_path: Path
) -> None:
    real = await two_weeks_in(quick_path / "real")
    naive = await two_weeks_in(quick_path / "naive", kept_for_ever())
    unset = await two_weeks_in(quick_path / "unset", unwiping())
    kept = await two_weeks_in(quick_path / "kept", unwiping(kept_for_ever()))

    for how, product, plant in (
        ("daily copies", real, naive),
        (f"daily copies, {name_of_unwiping()}", unset, kept),
    ):
        # With the keys of their time all rows open: the attack knows how.
        every = taken_after(product.old_keys, product.older)
        first, last = every.says.split()[0:3:2]
        assert first == last
        table.hold(
            4,
            how,
            "keys kept for ever",
            taken_after(product.keys, product.older),
            taken_after(plant.keys, plant.older),
        )


FEW = 6
"""Too few for a batch, one a week: their ballots wait."""


async def known_by_their_week(folder: Path, plant: Plant) -> Finding:
    """Take disk and keys, knowing in which week each of a few people was there.

    A ballot that waits can be read with the keys of now. Whose it is must not show.
    """
    dice = random.Random(21)
    came: dict[str, str] = {}
    grades = dice.sample(GRADES, FEW)
    with plant():
        async with town_in(folder) as town:
            for number, grade in zip(new_ids(dice, FEW), grades, strict=True):
                await town.comes(number, (YES, grade, "7", "Eens", "Eens"))
                report = await town.opens_the_box()
                assert report is not None
                came[report.week] = grade
            [key] = town.keys.values()
            rows = tables(town.data)["answers.db:ballots"]
    box = SealedBox(PrivateKey(key[49:81]))
    ballots = answers_in(box.decrypt(row["sealed"]) for row in rows)
    assert sorted(b.codes[0] for b in ballots) == sorted(grades)
    told = sum(
        [ballot.codes[0] for ballot in ballots if ballot.missed == week] == [grade]
        for week, grade in came.items()
    )
    return Finding(f"{told} of {FEW} people", told > 0)


async def test_a_ballot_that_waits_does_not_tell_in_which_week_it_came(
    table: Table, quick_path: Path
) -> None:
    table.hold(
        4,
        "waiting ballots, by the week in which somebody was there",
        "each with its own week",
        await known_by_their_week(quick_path / "real", nullcontext),
        await known_by_their_week(quick_path / "naive", each_with_its_week),
    )


async def tombstones_in(folder: Path, plant: Plant) -> Finding:
    """Unseal with the key of this week what those whose turn is over have left."""
    dice = random.Random(22)
    left: dict[str, set[str]] = defaultdict(set)
    with plant():
        async with town_in(folder) as town:
            ended = {}
            for place, number in enumerate(new_ids(dice, 60)):
                way = (opinion(dice), (NO,), (YES, "7", STOP), ())[place % 4]
                entry = "e_hal" if place % 4 == 3 else "e_sozawe"
                person = await town.comes(number, way, entry)
                is_over = place % 4 < 3 or YES not in person.buttons
                ended[f"telegram:{number}"] = str(place % 4) if is_over else ""
            epoch = town.app.door._epoch
            for row in tables(town.data)["sessions.db:sessions"]:
                session = unpack_session(epoch.unseal(row["sealed"]))
                unnamed = repr(replace(session, subject=""))
                left[ended[session.subject]].add(unnamed)
    left.pop("")
    assert len(left) == 4
    seen = set.union(*left.values())
    return Finding(f"{len(seen)} kinds of tombstones", len(seen) > 1)


async def test_the_key_of_this_week_does_not_tell_who_answered(
    table: Table, quick_path: Path
) -> None:
    table.hold(
        2,
        "who answered, by tombstones unsealed this week",
        "answers kept",
        await tombstones_in(quick_path / "real", nullcontext),
        await tombstones_in(quick_path / "naive", answers_in_tombstones),
    )
