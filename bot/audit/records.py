"""Read one record of SQLite's file format: the values of one row.

As described in "Database File Format" of the SQLite project, under Record Format.
"""

import struct
from typing import Final

Value = None | int | float | bytes | str

_INTEGERS: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_REAL: Final = 7
_ENCODINGS: Final = {1: "utf-8", 2: "utf-16-le", 3: "utf-16-be"}


class Damaged(Exception):
    """The file is not what it says it is."""


def varint(page: bytes, place: int) -> tuple[int, int]:
    """Read a number of SQLite's own form; give it and where the next thing begins."""
    number = 0
    for at, byte in enumerate(page[place : place + 8], start=place + 1):
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at
    if place + 8 >= len(page):
        raise Damaged
    # The ninth byte counts in full.
    return _signed(number << 8 | page[place + 8]), place + 9


def record(payload: bytes, encoding: int) -> tuple[Value, ...]:
    """Read the values of a row. Raises Damaged for what is no record."""
    length, place = varint(payload, 0)
    kinds = []
    while place < length:
        kind, place = varint(payload, place)
        kinds.append(kind)
    values = []
    place = length
    for kind in kinds:
        size = _size(kind)
        if kind < 0 or place + size > len(payload):
            raise Damaged
        values.append(_value(kind, payload[place : place + size], encoding))
        place += size
    return tuple(values)


def _size(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    return 8 if kind == _REAL else _INTEGERS.get(kind, 0)


def _value(kind: int, content: bytes, encoding: int) -> Value:
    if kind in _INTEGERS:
        return int.from_bytes(content, "big", signed=True)
    if kind == _REAL:
        return float(struct.unpack(">d", content)[0])
    if kind >= 12:
        text = _ENCODINGS.get(encoding, "utf-8")
        return content.decode(text, "replace") if kind % 2 else content
    return {8: 0, 9: 1}.get(kind)


def _signed(number: int) -> int:
    number &= (1 << 64) - 1
    return number - (1 << 64) if number >> 63 else number
