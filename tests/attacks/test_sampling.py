"""Attack 11: the draw can be neither repeated, nor foreseen, nor worked out later."""

import hashlib
import hmac
import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.core.sampling import is_drawn
from tests.attacks.disk import Files, files_in
from tests.attacks.plants.keys import drawn_afresh, drawn_by_hash, kept_for_ever
from tests.attacks.table import Finding, Table
from tests.attacks.town import NO, YES, Town, new_ids, town_in
from tests.doubles.installation import Clock

PEOPLE = 120
CHANCE = 0.5
FAR = 5 * (0.25 / PEOPLE) ** 0.5
"""Five standard deviations of the share that agrees by chance."""

HALL = "e_hal"
Told = dict[int, str]


@dataclass(frozen=True, slots=True)
class Draws:
    """What everybody was told in two weeks, and the keys found after both.

    Args:
        again: people who were told otherwise when they came again in the same week.
    """

    first: Told
    second: Told
    again: int
    keys: Files

    @property
    def drawn(self) -> list[dict[int, bool]]:
        """Say of each week who was asked."""
        return [
            {number: text == YES for number, text in told.items()}
            for told in (self.first, self.second)
        ]


async def told(town: Town, number: int) -> str:
    """Give what somebody is told; whoever is asked declines."""
    person = await town.comes(number, entry=HALL)
    if YES not in person.buttons:
        return person.texts[-1]
    await person.taps(NO)
    return YES


async def two_draws(
    folder: Path,
    plant: AbstractContextManager[None] | None = None,
    *,
    comes_again: bool = False,
) -> Draws:
    """Have the same people come to the hall, week after week, with a restart."""
    people = new_ids(random.Random(11), PEOPLE)
    clock = Clock()
    with plant or nullcontext():
        async with town_in(folder, clock=lambda: clock) as town:
            first = {number: await told(town, number) for number in people}
            clock.turn(days=1)
            later = [first]
            if comes_again:
                later.append({number: await told(town, number) for number in people})
        async with town_in(folder, clock=lambda: clock) as town:
            if comes_again:
                later.append({number: await told(town, number) for number in people})
            await town.opens_the_box(days=6)
            second = {number: await told(town, number) for number in people}
            await town.opens_the_box()
            keys = files_in(folder / "keys")
    again = sum(
        # Whoever declined is told that it is over; whoever was not asked, the same.
        any(one[number] == YES for one in later[1:])
        or (first[number] != YES and any(one[number] != first[number] for one in later))
        for number in people
    )
    return Draws(first, second, again, keys)


def repeated(draws: Draws) -> Finding:
    """Come again, and see whether the draw changes."""
    return Finding(f"{draws.again} of {PEOPLE} draw anew", draws.again > 0)


def carried_over(draws: Draws) -> Finding:
    """Foretell the draw of a week from the one before."""
    first, second = draws.drawn
    share = sum(first[n] == second[n] for n in first) / len(first)
    return Finding(f"{share:.0%} the same", abs(share - CHANCE) > FAR)


def guesses(keys: Files) -> Iterator[Callable[[bytes], bytes]]:
    """Give every way to work out a ticket with what can be found."""
    for name in ("md5", "sha1", "sha256", "blake2b"):
        yield partial(by_hash, name)
    for content in keys.values():
        for key in (content[17:49], content[49:81]):
            yield partial(by_key, key)
            yield partial(hmac.digest, key, digest="sha256")


def by_hash(name: str, subject: bytes) -> bytes:
    return hashlib.new(name, subject).digest()


def by_key(key: bytes, subject: bytes) -> bytes:
    return hashlib.blake2b(subject, key=key, person=b"draw", digest_size=16).digest()


def worked_out(draws: Draws) -> Finding:
    """Say afterwards who was asked, with every key that is left."""
    best = 0.0
    for guess in guesses(draws.keys):
        for drawn in draws.drawn:
            right = sum(
                is_drawn(guess(f"telegram:{number}".encode())[:16], 2) == was
                for number, was in drawn.items()
            )
            best = max(best, right / len(drawn))
    return Finding(f"{best:.0%} right at best", best > CHANCE + FAR)


async def test_the_draw_is_stable_in_the_week_and_says_nothing_after_it(
    table: Table, quick_path: Path
) -> None:
    real = await two_draws(quick_path / "real", comes_again=True)
    afresh = await two_draws(quick_path / "afresh", drawn_afresh(), comes_again=True)
    by_hash = await two_draws(quick_path / "hash", drawn_by_hash())
    kept = await two_draws(quick_path / "kept", kept_for_ever())

    asked = sum(real.drawn[0].values())
    assert abs(asked / PEOPLE - CHANCE) < FAR
    table.hold(
        11,
        "again in the week, after a restart",
        "drawn afresh",
        repeated(real),
        repeated(afresh),
    )
    table.hold(
        11, "next week", "an unkeyed hash", carried_over(real), carried_over(by_hash)
    )
    for plant, naive in (("an unkeyed hash", by_hash), ("keys kept for ever", kept)):
        table.hold(
            11,
            "worked out afterwards",
            plant,
            worked_out(real),
            worked_out(naive),
        )
