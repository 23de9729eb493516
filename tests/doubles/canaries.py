"""Find a person's number or words in any bytes, in whatever form they are there."""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

_HASHES = ("md5", "sha1", "sha256", "blake2b", "blake2s")
_LONG_ENOUGH = 8
"""Bytes of a hash: a name that was made of it need not hold all."""


def forms_of_text(text: str) -> Iterator[tuple[str, bytes]]:
    """Give the forms that words can take, each with its name."""
    plain = text.encode()
    yield "text", plain
    yield "utf-16-le", text.encode("utf-16-le")
    yield "utf-16-be", text.encode("utf-16-be")
    yield "hex", plain.hex().encode()
    yield "HEX", plain.hex().upper().encode()
    yield from _base64("base64", plain)


def forms_of_number(number: int) -> Iterator[tuple[str, bytes]]:
    """Give the forms that a person's number can take, each with its name."""
    text = str(number)
    yield from forms_of_text(text)
    integers = {
        f"{order} endian {size}": number.to_bytes(size, order)
        for order in ("big", "little")
        for size in (5, 6, 8)
    }
    yield from integers.items()
    yield "varint", _varint(number)
    yield "hex of the number", f"{number:x}".encode()
    for name in ("big endian 8", "little endian 8"):
        yield from _base64(f"base64 of {name}", integers[name])
    hashed = integers | {"text": text.encode(), "subject": f"telegram:{text}".encode()}
    for what, content in hashed.items():
        for kind in _HASHES:
            digest = hashlib.new(kind, content).digest()[:_LONG_ENOUGH]
            yield f"{kind} of {what}", digest
            yield f"{kind} of {what}, hex", digest.hex().encode()


def found(
    contents: Iterable[tuple[str, bytes]], forms: Iterable[tuple[str, bytes]]
) -> list[tuple[str, str]]:
    """Say in what and in which form something was found."""
    forms = list(forms)
    return [
        (where, form)
        for where, content in contents
        for form, needle in forms
        if needle in content
    ]


def files_in(*folders: Path) -> list[tuple[str, bytes]]:
    """Read every file below the folders."""
    return [
        (str(path.relative_to(folder)), path.read_bytes())
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]


def _varint(number: int) -> bytes:
    groups = []
    while number:
        number, group = divmod(number, 128)
        groups.append(group | (128 if number else 0))
    return bytes(groups)


def _base64(name: str, plain: bytes) -> Iterator[tuple[str, bytes]]:
    """Give what of a text's base64 does not hang on what stands around it."""
    for offset in range(3):
        encoded = base64.b64encode(bytes(offset) + plain)
        first = -(-8 * offset // 6)
        last = 8 * (offset + len(plain)) // 6
        yield f"{name} at {offset}", encoded[first:last]
