"""Attacks 5, 9 and 11 on a draw: who was asked, who answered, once the week is over.

The intruder has a list of 6,000 contacts, the protocol of the draw, a backup, all that
lies on the disk, and of the mailing even which code went to whom.
"""

import csv
import hashlib
import hmac
import random
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from nacl.public import PrivateKey, SealedBox

from bot.anonymity.keys import Epoch
from bot.commands.backing import back_up
from bot.commands.drawing import draw_invitations
from bot.core.protocol import Protocol
from bot.core.sampling import Contact, draw
from bot.frame import read_list
from tests.attacks.disk import Files, cells, files_in, tables
from tests.attacks.plants.draws import draws_remembered
from tests.attacks.table import Finding, Table
from tests.attacks.test_candidates import DIGESTS, secrets_in, stored
from tests.attacks.town import NO, installation, new_ids, opinion, town_in

CANDIDATES = 6_000
ONE_IN = 25
DRAWN = CANDIDATES // ONE_IN
BY_CHANCE = DRAWN * DRAWN / CANDIDATES
FAR = 5 * BY_CHANCE**0.5
"""Five standard deviations of how many a blind guess gets right."""
COME = 12
"""So many of those invited come; every other one answers. Too few for a batch."""

FRAME = "reference;phase\n" + "".join(
    f"Z2026-{number:06};{('first_contact', 'intake', 'after_award')[number % 3]}\n"
    for number in range(CANDIDATES)
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the intruder has.

    Args:
        root: all that is left of the installation, with the backup and the protocol.
        older: the data folder as it was just before the opening.
        keys: one minute after it.
        week: the keys of before it. No intruder has these.
        mailing: by reference, the code; the table was deleted, and copied before.
        came: codes of those who came.
    """

    root: Path
    older: Files
    data: Files
    keys: Files
    week: Files
    frame: list[Contact]
    protocol: Protocol
    mailing: dict[str, str]
    came: frozenset[str]


async def drawn_in(
    folder: Path, plant: AbstractContextManager[None] | None = None
) -> Evidence:
    """Draw from a list, let some of those invited come, and open the box."""
    root, post = folder / "root", folder / "post"
    post.mkdir(parents=True)
    (post / "list.csv").write_text(FRAME)
    dice = random.Random(25)
    with plant or nullcontext():
        async with town_in(root, telegram={"bot": "polsslag_bot"}) as town:
            done = await draw_invitations(
                town.app, post / "list.csv", "sozawe", post / "links.csv"
            )
            with done.out.open(encoding="utf-8-sig", newline="") as file:
                mailing = {
                    row["reference"]: row["code"].replace(" ", "")
                    for row in csv.DictReader(file, delimiter=";")
                }
            came = frozenset(dice.sample(sorted(mailing.values()), COME))
            people = new_ids(dice, COME)
            for place, (number, code) in enumerate(
                zip(people, sorted(came), strict=True)
            ):
                labels = (NO,) if place % 2 else opinion(dice)
                await town.comes(number, labels, f"i_{code}")
            town.clock.turn(days=6)
            older, week = town.data, town.keys
            await town.opens_the_box(days=1)
            await back_up(installation(root), root / "backup.db")
            done.protocol.rename(root / "protocol.json")
            protocol = Protocol.from_json((root / "protocol.json").read_text())
            frame = read_list(post / "list.csv")
            return Evidence(
                root,
                older,
                town.data,
                town.keys,
                week,
                frame,
                protocol,
                mailing,
                came,
            )


def seeds_in(files: Files) -> Iterator[bytes]:
    """Give every 32 bytes that may have been a seed, as they are or in hexadecimal."""
    for content in files.values():
        yield from (content[17:49], content[49:81])
        for digits in re.findall(rb"[0-9a-f]{64}", content):
            yield bytes.fromhex(digits.decode())


def drawn_again(evidence: Evidence, keys: Files) -> Finding:
    """Make the draw again from list and protocol with all that may be its seed."""
    right = 0
    for seed in seeds_in({**keys, "protocol": evidence.protocol.to_json().encode()}):
        if len(seed) == 32:
            guess = draw(evidence.frame, ONE_IN, seed, "sozawe").contacts
            right = max(right, sum(c.reference in evidence.mailing for c in guess))
    return Finding(
        f"{right} of {DRAWN} named, {BY_CHANCE:.0f} by chance", right > BY_CHANCE + FAR
    )


def forms(reference: str, secrets: list[bytes]) -> Iterator[bytes]:
    """Give what a program may have kept of a reference."""
    form = reference.encode()
    for key in secrets:
        yield from (hashlib.new(name, key + form).digest() for name in DIGESTS)
        yield from (hmac.digest(key, form, name) for name in ("sha256", "sha1"))
        if key:
            yield hashlib.blake2b(form, key=key[:64], digest_size=16).digest()
            yield hmac.digest(key, b"contact " + form, "sha256")


def named(evidence: Evidence) -> Finding:
    """Look for all candidates in every file, by every name that can be made of them."""
    secrets = [key for key in secrets_in(evidence.keys) if len(key) in (0, 32)]
    known = stored([evidence.older, evidence.data])
    known |= {bytes.fromhex(ticket)[:12] for ticket in evidence.protocol.tickets}
    made = sum(
        any(form[:12] in known for form in forms(contact.reference, secrets))
        for contact in evidence.frame
    )
    found = len(
        {
            reference
            for content in files_in(evidence.root).values()
            for reference in re.findall(rb"Z2026-[0-9]{6}", content)
        }
    )
    hits = max(made, found)
    return Finding(f"{hits} of {CANDIDATES:,} candidates", hits > 0)


def tokens_of(code: str) -> set[bytes]:
    """Give the names that may be made of a code without a key."""
    form = code.encode()
    made = {hashlib.new(name, form).digest()[:12] for name in DIGESTS}
    return made | {hashlib.blake2b(form, digest_size=16).digest()[:12]}


def unsealed(evidence: Evidence, keys: Files) -> Iterator[bytes]:
    """Open what waits, with the keys given."""
    boxes = [
        SealedBox(PrivateKey(content[49:81]))
        for content in keys.values()
        if len(content) == 89
    ]
    for name, rows in tables(evidence.data).items():
        if name.endswith(":ballots"):
            yield from (boxes[0].decrypt(row["sealed"]) for row in rows)


def answered(evidence: Evidence) -> Finding:
    """Say whose ballot is whose, from the codes of the mailing."""
    known = {
        cell.value[:12]
        for files in (evidence.older, evidence.data)
        for cell in cells(files)
        if isinstance(cell.value, bytes) and cell.table == "ballots"
    }
    plain = b"".join(unsealed(evidence, evidence.keys))
    hits = sum(
        bool(tokens_of(code) & known) or code.encode() in plain
        for code in evidence.mailing.values()
    )
    return Finding(f"{hits} of {COME} who came", hits > 0)


def are_found_again(evidence: Evidence) -> bool:
    """Show that the names of unused invitations can be made, with the keys of now."""
    week_key = next(c for c in evidence.keys.values() if len(c) == 89)[17:49]
    epoch = Epoch("", week_key, b"")
    tags = {
        cell.value
        for cell in cells(evidence.data)
        if (cell.table, cell.column) == ("invitations", "tag")
    }
    unused = set(evidence.mailing.values()) - evidence.came
    return tags == {epoch.invitation_tag(code) for code in unused}


async def test_a_draw_tells_nobody_who_was_asked_and_no_ballot_whose_it_is(
    table: Table, quick_path: Path
) -> None:
    real = await drawn_in(quick_path / "real")
    data = quick_path / "naive" / "root" / "data"
    naive = await drawn_in(quick_path / "naive", draws_remembered(data))

    # With the seed of the very week the attack finds them all: it knows how. And what
    # is said in the promise is so: an unused code can be told from a used one.
    assert drawn_again(real, real.week).leaks
    assert are_found_again(real)
    table.hold(
        11,
        "who was asked: list, protocol, every key found",
        "the seed kept",
        drawn_again(real, real.keys),
        drawn_again(naive, naive.keys),
    )
    table.hold(
        5,
        "who was asked: a list of 6,000 in all that is kept",
        "references stored",
        named(real),
        named(naive),
    )
    table.hold(
        9,
        "who answered: the codes of the mailing",
        "the token kept in the ballot",
        answered(real),
        answered(naive),
    )
