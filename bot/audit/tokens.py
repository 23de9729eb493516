"""Can a stored name be made again from a list of people, with any key there is?"""

import base64
import binascii
import hashlib
import hmac
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from bot.anonymity.keys import Epoch
from bot.audit.evidence import Database, Evidence
from bot.audit.finding import Result, found, note, ok
from bot.audit.records import Value
from bot.audit.sealed import SEALED
from bot.audit.traces import files_in, number_forms

_SHORTEST, _LONGEST = 8, 64
_COMPARED: Final = 8
"""Bytes: a shortened name is found too, and chance makes none in 2^64."""
_KEYS: Final = 64
"""More would take hours; the report says so."""
_FEW: Final = 16
"""Rows: a key is kept once, or once for each of a few things."""
_FILE: Final = 4096
_SUBJECT: Final = "telegram:{}"

_KEYED: Final[tuple[tuple[str, Callable[[bytes, bytes], bytes]], ...]] = (
    ("HMAC-SHA256", lambda key, text: hmac.digest(key, text, "sha256")),
    ("HMAC-SHA512", lambda key, text: hmac.digest(key, text, "sha512")),
    ("HMAC-SHA1", lambda key, text: hmac.digest(key, text, "sha1")),
    ("HMAC-MD5", lambda key, text: hmac.digest(key, text, "md5")),
    ("BLAKE2b-16", lambda key, text: _blake(key, text, 16)),
    ("BLAKE2b-32", lambda key, text: _blake(key, text, 32)),
    ("SHA256(key+id)", lambda key, text: hashlib.sha256(key + text).digest()),
    ("SHA256(id+key)", lambda key, text: hashlib.sha256(text + key).digest()),
)
_OWN: Final[tuple[tuple[str, Callable[[Epoch, str], bytes]], ...]] = (
    ("tag", Epoch.tag),
    ("draw", Epoch.ticket),
    ("invitation", Epoch.invitation_tag),
)


def check_tokens(evidence: Evidence) -> Iterator[Result]:
    """Try every id on the list against every stored name, with every key found."""
    if not evidence.numbers:
        return
    stored = _stored(evidence.databases.values())
    matched = set(_of_this_week(evidence, stored))
    if evidence.before:
        stored |= _stored(evidence.before.databases.values())
    if matched:
        yield note("ceiling", people=len(matched))
    keys = list(dict.fromkeys(_possible_keys(evidence)))
    results = []
    made = _otherwise(evidence, stored, keys[:_KEYS])
    for made_by, places in sorted(made.items()):
        facts = {"how": made_by, "places": ", ".join(sorted(places))}
        results.append(found("name-made-again", **facts))
    yield from results or [
        ok("names", people=len(evidence.numbers), names=len(stored), keys=len(keys))
    ]
    if len(keys) > _KEYS:
        yield note("keys-many", tried=_KEYS, count=len(keys))


def stored_names(database: Database) -> Iterator[tuple[bytes, str]]:
    """Give every value that may stand for a person, with the column it stands in."""
    for table, rows in database.tables.items():
        for column in rows.columns:
            for value in rows.column(column):
                for token in _as_bytes(value):
                    if _SHORTEST <= len(token) <= _LONGEST:
                        yield token, f"{table}.{column}"


def _stored(databases: Iterable[Database]) -> dict[bytes, str]:
    return {
        token[:_COMPARED]: place
        for database in databases
        for token, place in stored_names(database)
    }


def _of_this_week(evidence: Evidence, stored: dict[bytes, str]) -> Iterator[int]:
    """Give who has a row under a key that is there: what nobody can rule out."""
    for key in evidence.keys:
        for number in evidence.numbers:
            subject = _SUBJECT.format(number)
            if key.epoch.tag(subject)[:_COMPARED] in stored:
                yield number


def _otherwise(
    evidence: Evidence, stored: dict[bytes, str], keys: list[bytes]
) -> dict[str, set[str]]:
    made: dict[str, set[str]] = defaultdict(set)
    at_hand = {secret for key in evidence.keys for secret in key.secrets}
    # A week key that was kept as something else than a key file.
    strays = [Epoch("", key, b"") for key in keys if key not in at_hand]
    for number in evidence.numbers:
        for form, text in number_forms(number):
            for key in keys:
                for name, make in _KEYED:
                    if place := stored.get(make(key, text)[:_COMPARED]):
                        made[f"{name}, {form}"].add(place)
        for epoch in strays:
            for name, own in _OWN:
                if place := stored.get(own(epoch, _SUBJECT.format(number))[:_COMPARED]):
                    made[f"BLAKE2b, {name}"].add(place)
    return made


def _possible_keys(evidence: Evidence) -> Iterator[bytes]:
    """Give what may be a key: of the key files, of small files, of small tables."""
    for key in evidence.keys:
        yield from key.secrets
    for root in evidence.roots:
        for path in files_in(root):
            if path.stat().st_size <= _FILE:
                content = path.read_bytes()
                yield from _keys_in(content)
                for word in content.split():
                    yield from _keys_in(word)
    for database in evidence.databases.values():
        for table, rows in database.tables.items():
            # The names of sealed rows are what is attacked; they are no keys.
            if len(rows.cells) <= _FEW and (database.name, table) not in SEALED:
                for cell in rows.cells:
                    for value in cell.values:
                        for content in _as_bytes(value):
                            yield from _keys_in(content)


def _keys_in(content: bytes) -> Iterator[bytes]:
    for text in (content, *_decoded(content)):
        if len(text) in (16, 20, 24, 32, 64):
            yield text


def _as_bytes(value: Value) -> Iterator[bytes]:
    if isinstance(value, bytes):
        yield value
    elif isinstance(value, str):
        text = value.encode("utf-8", "surrogatepass")
        yield text
        yield from _decoded(text)


def _decoded(text: bytes) -> Iterator[bytes]:
    if not text.isascii() or len(text) > 2 * _LONGEST:
        return
    for decode in (binascii.unhexlify, _base64):
        try:
            yield decode(text)
        except ValueError:
            continue


def _base64(text: bytes) -> bytes:
    text = text.translate(bytes.maketrans(b"-_", b"+/"))
    return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)


def _blake(key: bytes, text: bytes, size: int) -> bytes:
    return hashlib.blake2b(text, key=key[:64], digest_size=size).digest()
