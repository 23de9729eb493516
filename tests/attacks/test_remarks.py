"""Attacks 2, 3, 4 and 7 on remarks: none leads to who wrote it, or to its grades."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from nacl.public import PrivateKey, SealedBox

from bot.anonymity.seal import unpack_remark
from bot.audit.order import in_order
from bot.ballots import LOT
from bot.remarks import Scrubbed
from tests.attacks.disk import Files, tables
from tests.attacks.plants.keys import kept_for_ever
from tests.attacks.plants.openings import each_with_its_week
from tests.attacks.plants.remarks import (
    in_their_order,
    joined_to_answers,
    released_alone,
    with_origin_and_phase,
)
from tests.attacks.remarks import A_DAY, DAYS, WRITERS, Written, remarks_in, twin_of
from tests.attacks.steps import differenced
from tests.attacks.table import Finding, Table
from tests.attacks.test_keys import taken_after
from tests.attacks.test_order import finding, laid
from tests.attacks.town import SOZAWE, Town, town_in
from tests.doubles.builds import name_of_unwiping, unwiping
from tests.doubles.remarks import drop_remarks

OWN = ("id", "place", "text", "approved")
"""What tells remarks apart of itself: random names, and what reviewers decided."""


def ordered(written: Written) -> Finding:
    """Compare the order of writing with every order in which the texts are found."""
    came = written.texts[:WRITERS]
    found = [in_order(came, order) for order in written.orders.values()]
    for copy in written.copies:
        for table in ("remarks", "published"):
            cells = laid(copy["answers.db"], table)
            lie = [value for row in cells for value in row if value in came]
            found += [in_order(came, lie)] if lie else []
    assert all(order.n == WRITERS for order in found)
    return finding(found)


def singled_out(written: Written) -> Finding:
    """Give the smallest group that a remark is in, by all that stands beside it."""
    smallest = WRITERS
    for copy in written.copies:
        for rows in tables(copy).values():
            groups = Counter(
                tuple((key, row[key]) for key in sorted(row.keys() - {*OWN}))
                for row in rows
                if any(value in written.texts for value in row.values())
            )
            smallest = min([smallest, *groups.values()])
    return Finding(f"smallest group {smallest}", smallest < LOT)


def named_alike(written: Written) -> Finding:
    """Count remarks and their ballots whose name leads to another ballot."""
    names = {row["id"] for row in _all(written.copies, "ballots")}
    remarks = {row["id"] for row in _all(written.copies, "remarks")}
    twins = sum(twin_of(name) in names for name in names) // 2
    alike = twins + len(remarks & names)
    return Finding(f"{alike} names alike", alike > 0)


def dated(written: Written) -> Finding:
    """Guess on which day a remark came, and so which ballots came with it.

    The box of each day tells how many came; the place of a remark, which of them.
    """
    days = {text: n // A_DAY for n, text in enumerate(written.texts[:WRITERS])}
    right = max(
        sum(days[text] == n // A_DAY for n, text in enumerate(guess))
        for order in written.orders.values()
        for guess in (order, order[::-1])
    )
    chance = 1 / DAYS
    far = chance + 5 * (chance * (1 - chance) / WRITERS) ** 0.5
    share = right / WRITERS
    return Finding(
        f"{share:.0%} right of {WRITERS}, {chance:.0%} by chance", share > far
    )


def _all(copies: Sequence[Files], table: str) -> list[dict[str, bytes]]:
    return [row for copy in copies for row in tables(copy)[f"answers.db:{table}"]]


async def test_a_remark_leads_to_no_grade_and_to_no_order_of_coming(
    table: Table, quick_path: Path
) -> None:
    real = await remarks_in(quick_path / "real")
    order = await remarks_in(quick_path / "order", in_their_order())
    alone = await remarks_in(quick_path / "alone", released_alone())
    phase = await remarks_in(quick_path / "phase", with_origin_and_phase())
    joint = await remarks_in(quick_path / "joint", joined_to_answers(), has_twins=True)
    assert set(real.texts[:WRITERS]) == set(real.orders["published"])

    how = "remarks: rows, cells, digest, export, backup against arrival"
    plant = "ids that count up, not mixed"
    table.hold(2, how, plant, ordered(real), ordered(order))
    how = "what stands beside a remark, in all copies"
    for plant, planted in (
        ("a row with the answers", joint),
        ("a remark released alone", alone),
        ("origin and phase kept with it", phase),
    ):
        table.hold(7, how, plant, singled_out(real), singled_out(planted))
    how = "names of remarks and of ballots, in all copies"
    table.hold(7, how, "two ballots named alike", named_alike(real), named_alike(joint))
    how = "the day of a remark, by its place and the box of each day"
    table.hold(7, how, "the order of the ballots", dated(real), dated(order))
    how = "remarks: daily, around openings and decisions"
    table.hold(
        3,
        how,
        "a remark released alone",
        differenced(real.copies),
        differenced(alone.copies),
    )


async def test_the_same_holds_where_nothing_is_wiped_by_itself(
    table: Table, quick_path: Path
) -> None:
    real = await remarks_in(quick_path / "real", unwiping(kept_nothing()))
    kept = await remarks_in(quick_path / "kept", unwiping(kept_for_ever()))
    order = await remarks_in(quick_path / "order", unwiping(in_their_order()))

    name = name_of_unwiping()
    how = f"remarks: rows, cells, digest, export, backup against arrival, {name}"
    plant = "ids that count up, not mixed"
    table.hold(2, how, plant, ordered(real), ordered(order))
    table.hold(
        4,
        f"copies with remarks, {name}",
        "keys kept for ever",
        taken_after(real.keys, real.copies[: real.before]),
        taken_after(kept.keys, kept.copies[: kept.before]),
    )


def kept_nothing() -> AbstractContextManager[None]:
    """Change no part of the program."""
    return nullcontext()


Plant = Callable[[], AbstractContextManager[None]]


async def waiting_by_week(folder: Path, plant: Plant) -> Finding:
    """Take disk and keys, knowing in which week each of a few people was there.

    A remark that waits can be read with the keys of now. Whose it is must not show.
    """
    texts = [f"Opmerking van week {week}: het kon beter." for week in range(LOT - 1)]
    random.Random(23).shuffle(texts)
    came: dict[str, str] = {}
    with plant():
        async with town_in(folder) as town:
            for text in texts:
                await drop_remarks(town.app, SOZAWE, [text])
                report = await town.opens_the_box()
                assert report is not None
                came[report.week] = text
            waiting = _opened(town)
    assert sorted(text for _, text in waiting) == sorted(texts)
    told = sum(
        [text for missed, text in waiting if missed == week] == [said]
        for week, said in came.items()
    )
    return Finding(f"{told} of {len(texts)} people", told > 0)


def _opened(town: Town) -> list[tuple[str | None, str]]:
    """Give (missed, text) of every remark in the box, opened with the key of now."""
    [key] = town.keys.values()
    box = SealedBox(PrivateKey(key[49:81]))
    found = []
    for row in tables(town.data)["answers.db:ballots"]:
        ballot = unpack_remark(box.decrypt(row["sealed"]))
        if isinstance(ballot.remark, Scrubbed):
            found.append((ballot.missed, ballot.remark.text))
    return found


async def test_a_remark_that_waits_does_not_tell_in_which_week_it_came(
    table: Table, quick_path: Path
) -> None:
    table.hold(
        4,
        "waiting remarks, by the week in which somebody was there",
        "each with its own week",
        await waiting_by_week(quick_path / "real", nullcontext),
        await waiting_by_week(quick_path / "naive", each_with_its_week),
    )
