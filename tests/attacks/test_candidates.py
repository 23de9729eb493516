"""Attack 5: a list of 6,000 candidates, hashed with every key that can be found."""

import hashlib
import hmac
import random
from collections.abc import Iterator
from pathlib import Path

from tests.attacks.disk import Files, cells
from tests.attacks.plants.keys import named_by_hash, named_by_hmac
from tests.attacks.table import Finding, Table
from tests.attacks.town import new_ids
from tests.attacks.two_weeks import Evidence, two_weeks_in

CANDIDATES = 6_000
DIGESTS = ("md5", "sha1", "sha256", "sha512", "blake2b", "blake2s")
USES = (b"", b"tag", b"draw", b"invitation", b"seal")


def secrets_in(keys: Files) -> list[bytes]:
    """Give every piece of a file of keys that may serve as a key."""
    pieces = {b""}
    for content in keys.values():
        pieces |= {content, content.strip(), content[17:49], content[49:81]}
    return sorted(piece for piece in pieces if len(piece) in (0, 16, 32, 64, 89))


def forms(number: int) -> list[bytes]:
    """Give the ways in which a program may write an id before it hashes it."""
    return [
        f"telegram:{number}".encode(),
        str(number).encode(),
        number.to_bytes(8, "big"),
        number.to_bytes(8, "little"),
    ]


def tokens(number: int, keys: list[bytes]) -> Iterator[bytes]:
    """Give every name that one of the usual ways makes of an id."""
    for form in forms(number):
        for key in keys:
            for name in DIGESTS:
                yield hashlib.new(name, key + form).digest()
            if not key:
                yield hashlib.blake2b(form, digest_size=16).digest()
                continue
            yield hmac.digest(key, form, "sha256")
            yield hmac.digest(key, form, "sha1")
            if len(key) <= 64:
                for use in USES:
                    yield hashlib.blake2b(
                        form, key=key, person=use, digest_size=16
                    ).digest()


def stored(copies: list[Files]) -> set[bytes]:
    """Give the first bytes of every stored value, in hexadecimal too."""
    found = set()
    for files in copies:
        for cell in cells(files):
            if isinstance(cell.value, bytes):
                found.add(cell.value[:12])
            elif isinstance(cell.value, str) and len(cell.value) >= 24:
                try:
                    found.add(bytes.fromhex(cell.value[:24]))
                except ValueError:
                    continue
    return found


def brute_force(keys: Files, copies: list[Files], candidates: list[int]) -> Finding:
    """Count who of the candidates is found by a name they must have."""
    known, secrets = stored(copies), secrets_in(keys)
    hits = sum(
        any(token[:12] in known for token in tokens(number, secrets))
        for number in candidates
    )
    return Finding(f"{hits} of {len(candidates):,} candidates", hits > 0)


def all_candidates(evidence: Evidence) -> list[int]:
    others = new_ids(random.Random(5), CANDIDATES - len(evidence.ids))
    return [*evidence.ids, *others]


async def test_no_candidate_is_found_in_last_week_or_before(
    table: Table, quick_path: Path
) -> None:
    real = await two_weeks_in(quick_path / "real")
    keys = quick_path / "hmac" / "keys"
    by_hmac = await two_weeks_in(quick_path / "hmac", named_by_hmac(keys))
    by_hash = await two_weeks_in(quick_path / "hash", named_by_hash())

    # Whoever has the keys of the very week finds its people: the attack knows how.
    assert brute_force(real.old_keys, [real.older[-1]], list(real.ids)).leaks
    found = brute_force(real.keys, [*real.older, real.data], all_candidates(real))
    for plant, naive in (
        ("an HMAC with a kept key", by_hmac),
        ("an unsalted hash", by_hash),
    ):
        copies = [*naive.older, naive.data]
        caught = brute_force(naive.keys, copies, list(naive.ids))
        table.hold(5, "every key found, every older copy", plant, found, caught)
