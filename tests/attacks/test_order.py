"""Attack 2: no order on the disk is that of arrival, and no row tells who answered."""

import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from nacl.public import PrivateKey, SealedBox

from bot.anonymity.keys import Epoch
from bot.audit.order import Order, in_order
from bot.audit.pages import DatabaseFile
from bot.commands.publishing import publish
from tests.attacks.disk import Files, tables
from tests.attacks.plants.ids import counted_ids
from tests.attacks.plants.sealing import answers_in_tombstones, not_padded
from tests.attacks.plants.storage import numbered_rows
from tests.attacks.plants.tallies import answers_in
from tests.attacks.table import Finding, Table
from tests.attacks.town import GRADES, SOZAWE, YES, Town, new_ids, opinion, town_in
from tests.doubles.builds import name_of_unwiping, unwiping

FAR = 1e-6
"""Chance makes an order less often than this."""

FEW = 9
"""So many answer each version: too few for a batch, so that their ballots wait."""

VERSIONS = 6
WALKERS = 60

Plant = Callable[[], AbstractContextManager[None]]


def finding(orders: Sequence[Order]) -> Finding:
    """Give the strongest of these orders."""
    worst = min(orders, key=lambda order: order.p)
    return Finding(f"tau {worst.tau:+.2f} of {worst.n} rows", worst.p < FAR)


def laid(content: bytes, table: str) -> list[Sequence[object]]:
    """Give the rows in the order of their cells in the file."""
    return [cell.values for cell in DatabaseFile(content).laid(table)]


@dataclass(frozen=True, slots=True)
class Arrived:
    """One ballot that came: its version, and the grades by which it can be known."""

    flow: str
    grades: tuple[str, ...]


async def arrivals(town: Town, dice: random.Random) -> list[Arrived]:
    """Have few people answer each of some versions, no two alike."""
    pairs = dice.sample([(a, b) for a in GRADES for b in GRADES], VERSIONS * FEW)
    came = []
    for version in range(VERSIONS):
        title = {**SOZAWE.title, "nl": f"Versie {version}"}
        flow = SOZAWE.model_copy(update={"title": title})
        await publish(town.app, flow)
        for number in new_ids(dice, FEW):
            grades = pairs.pop()
            await town.comes(number, (YES, *grades, "Eens", "Eens"))
            came.append(Arrived(flow.content_hash, grades))
    return came


@dataclass(frozen=True, slots=True)
class Orders:
    """What the order says of the sessions that go on, and the ballots that wait."""

    sessions: Finding
    ballots: Finding


async def orders_in(folder: Path, plant: AbstractContextManager[None]) -> Orders:
    """Let people come one after the other, open the box, and compare every order."""
    dice = random.Random(2)
    with plant:
        async with town_in(folder) as town:
            came = await arrivals(town, dice)
            people = new_ids(dice, WALKERS)
            for number in people:
                await town.comes(number, (YES, "7"))
            await town.opens_the_box(hours=1)
            data, keys = town.data, town.keys
            rows = await town.app.stores.sessions.rows(town.app.door._epoch.id)
    [key] = keys.values()
    epoch = Epoch("", key[17:49], b"")
    tags = [epoch.tag(f"telegram:{number}") for number in people]
    cells = laid(data["sessions.db"], "sessions")
    stored = [
        [value for row in cells for value in row if value in tags],
        [row["tag"] for row in tables(data)["sessions.db:sessions"]],
        [row.tag for row in rows.sessions],
    ]
    return Orders(
        finding([in_order(tags, one) for one in stored]),
        finding(list(_ballot_orders(came, data, key[49:81]))),
    )


def _ballot_orders(came: list[Arrived], data: Files, secret: bytes) -> list[Order]:
    box = SealedBox(PrivateKey(secret))

    def known(sealed: object) -> list[Arrived]:
        assert isinstance(sealed, bytes)
        found = answers_in([box.decrypt(sealed)])
        return [Arrived(ballot.cell.flow, ballot.codes[:2]) for ballot in found]

    cells = laid(data["answers.db"], "ballots")
    rows = tables(data)["answers.db:ballots"]
    stored = [
        [a for row in cells for v in row if is_sealed(v) for a in known(v)],
        [one for row in rows for one in known(row["sealed"])],
    ]
    # The box is emptied version by version; within one it would be by arrival.
    by_version = sorted(came, key=lambda one: one.flow)
    found = [in_order(order, one) for order in (came, by_version) for one in stored]
    assert all(order.n == len(came) for order in found)
    return found


def is_sealed(value: object) -> bool:
    return isinstance(value, bytes) and len(value) > 100


async def test_after_an_opening_no_order_is_that_of_arrival(
    table: Table, quick_path: Path
) -> None:
    system = quick_path / "system"
    real = await orders_in(system / "real", nullcontext())
    numbered = await orders_in(system / "numbered", numbered_rows())
    counted = await orders_in(system / "counted", counted_ids())
    other = quick_path / "other"
    unset = await orders_in(other / "real", unwiping())
    rows = await orders_in(other / "numbered", unwiping(numbered_rows()))
    ids = await orders_in(other / "counted", unwiping(counted_ids()))

    what = "cells, rows and export against arrival"
    for how, product, plant in (
        (f"sessions: {what}", real.sessions, numbered.sessions),
        (f"sessions: {what}, {name_of_unwiping()}", unset.sessions, rows.sessions),
    ):
        table.hold(2, how, "AUTOINCREMENT", product, plant)
    for how, product, plant in (
        (f"ballots: {what}", real.ballots, counted.ballots),
        (f"ballots: {what}, {name_of_unwiping()}", unset.ballots, ids.ballots),
    ):
        table.hold(2, how, "ids that count up", product, plant)


Features = Mapping[str, float]

VISITORS = 160
DAYS = 8


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody sees of one row who copies the data folder every day.

    Args:
        answered: the truth; False for whoever was not asked.
    """

    features: Features
    answered: bool


async def rows_seen(folder: Path, plant: Plant) -> tuple[list[Seen], list[Seen]]:
    """Give what daily copies show of every session, and of every ballot."""
    dice = random.Random(3)
    answered: dict[bytes, bool] = {}
    copies: list[Files] = []
    with plant():
        async with town_in(folder) as town:
            for _ in range(DAYS):
                for number in new_ids(dice, VISITORS // DAYS):
                    person = await town.comes(number, opinion(dice), "e_hal")
                    tag = town.app.door._epoch.tag(f"telegram:{number}")
                    answered[tag] = len(person.replies) > 1
                copies.append(town.data)
                # Hours, or the first would have expired before the last came.
                town.clock.turn(hours=3)
            [key] = town.keys.values()
    box = SealedBox(PrivateKey(key[49:81]))
    sessions = _seen(copies, "sessions.db", "sessions", "tag", answered.__getitem__)
    ballots = _seen(
        copies,
        "answers.db",
        "ballots",
        "id",
        lambda _: False,
        lambda sealed: any(one.codes for one in answers_in([box.decrypt(sealed)])),
    )
    return sessions, ballots


def _seen(
    copies: Sequence[Files],
    file: str,
    table: str,
    key: str,
    truth: Callable[[bytes], bool],
    inside: Callable[[bytes], bool] | None = None,
) -> list[Seen]:
    history: dict[bytes, list[bytes]] = {}
    first: dict[bytes, int] = {}
    new: list[int] = []
    for day, copy in enumerate(copies):
        rows = tables(copy)[f"{file}:{table}"]
        for row in rows:
            first.setdefault(row[key], day)
            history.setdefault(row[key], []).append(row["sealed"])
        new.append(sum(day == born for born in first.values()))
    order = [row[0] for row in laid(copies[-1][file], table)]
    sealed = {row[key]: row["sealed"] for row in rows}
    return [
        Seen(
            {
                "changes": len(set(versions)),
                "length": len(versions[-1]),
                "first day": first[name],
                "new that day": new[first[name]],
                "place in the file": order.index(name),
                "place by name": place,
                "first byte": versions[-1][0],
                "last byte": versions[-1][-1],
            },
            inside(sealed[name]) if inside else truth(name),
        )
        for place, (name, versions) in enumerate(sorted(history.items()))
    ]


def told_apart(seen: Sequence[Seen]) -> Finding:
    """Learn the best rule from half of the rows, and try it on the other half."""
    mixed = random.Random(4).sample(seen, len(seen))
    half = len(mixed) // 2
    learned, tried = mixed[:half], mixed[half:]
    rules = [
        (name, limit, above)
        for name in learned[0].features
        for limit in sorted({one.features[name] for one in learned})
        for above in (True, False)
    ]
    best = max(rules, key=lambda rule: right(rule, learned))
    share = right(best, tried) / len(tried)
    asked = sum(one.answered for one in tried) / len(tried)
    chance = max(asked, 1 - asked)
    far = chance + 5 * (0.25 / len(tried)) ** 0.5
    return Finding(f"{share:.0%} right of {len(tried)}", share > far)


def right(rule: tuple[str, float, bool], rows: Sequence[Seen]) -> int:
    name, limit, above = rule
    return sum(((one.features[name] > limit) == above) == one.answered for one in rows)


async def test_no_row_tells_who_answered_from_who_was_not_asked(
    table: Table, quick_path: Path
) -> None:
    sessions, ballots = await rows_seen(quick_path / "real", nullcontext)
    open_sessions, _ = await rows_seen(quick_path / "kept", answers_in_tombstones)
    _, open_ballots = await rows_seen(quick_path / "naive", not_padded)

    assert (len(sessions), len(ballots)) == (VISITORS, 2 * VISITORS)
    how = "who answered, by daily copies of"
    table.hold(
        2,
        f"{how} the sessions",
        "answers kept, not padded",
        told_apart(sessions),
        told_apart(open_sessions),
    )
    table.hold(
        2,
        f"{how} the ballots",
        "not padded",
        told_apart(ballots),
        told_apart(open_ballots),
    )
