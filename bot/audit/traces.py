"""Every way in which a person or a text may have been left in a file, and a search.

The search tells nothing apart: a trace of five bytes is found by chance once in 2^40
bytes that look random. `bot.audit.chance` says which hits that explains.
"""

import base64
import hashlib
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

SHORTEST: Final = 5
"""Bytes. Shorter traces are everywhere by chance: `bot.audit.pages` reads the whole
numbers of a database one by one instead."""

_DIGEST: Final = 12
"""So many bytes of a hash are looked for: enough, and a shortened one is found too."""
_BLOCK: Final = 1 << 20
_CHUNK: Final = 1 << 14

_HASHES: Final[tuple[tuple[str, Callable[[bytes], bytes]], ...]] = (
    ("md5", lambda text: hashlib.md5(text, usedforsecurity=False).digest()),
    ("sha1", lambda text: hashlib.sha1(text, usedforsecurity=False).digest()),
    ("sha256", lambda text: hashlib.sha256(text).digest()),
    ("sha512", lambda text: hashlib.sha512(text).digest()),
    ("blake2b-16", lambda text: hashlib.blake2b(text, digest_size=16).digest()),
    ("blake2b-32", lambda text: hashlib.blake2b(text, digest_size=32).digest()),
    ("blake2b-64", lambda text: hashlib.blake2b(text).digest()),
    ("blake2s-32", lambda text: hashlib.blake2s(text).digest()),
)


class Trace(NamedTuple):
    """What to look for.

    Args:
        who: whom or what it would betray.
        encoding: in which form it would stand there.
    """

    who: str
    encoding: str
    pattern: bytes


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """Where a trace was found.

    Args:
        offset: of its first byte; -1 where it is part of the file's own name.
    """

    path: Path
    offset: int
    who: str
    encoding: str


@dataclass(frozen=True, slots=True)
class People:
    """The traces of many people, made when they are asked for: they fill a memory."""

    numbers: Collection[int]

    def __iter__(self) -> Iterator[Trace]:
        """Give the traces of one person after the other."""
        for number in self.numbers:
            yield from traces_of(number)


def number_forms(number: int) -> Iterator[tuple[str, bytes]]:
    """Give a person's id in the forms that a program may hash: texts and numbers."""
    text = str(number)
    yield "text", text.encode()
    yield "subject", f"telegram:{text}".encode()
    for size in sorted({_bytes_of(number), max(8, _bytes_of(number))}):
        yield from _both_ends(number, size)


def traces_of(number: int, who: str = "") -> list[Trace]:
    """Give every trace that a person's id can leave, but those under SHORTEST bytes.

    Args:
        number: the id; of a group's the digits are looked for, without the sign.
        who: how a hit names the person; the id itself when nothing is said.
    """
    number = abs(number)
    return _unique(who or str(number), _encodings(number))


def traces_of_text(text: str, who: str = "") -> list[Trace]:
    """Give every trace that a text can leave, but those under SHORTEST bytes."""
    return _unique(who or text, _text_encodings("", text))


def traces_of_bytes(secret: bytes, who: str) -> list[Trace]:
    """Give every trace that a key can leave: itself, and printed."""
    return _unique(who, [("bytes", secret), *_printed("bytes", secret)])


def scan(roots: Path | Iterable[Path], traces: Iterable[Trace]) -> list[Hit]:
    """Look for all traces at once, in the files of these folders and in their names.

    Args:
        roots: files or folders; links are not followed.
        traces: gone through twice, so no iterator; `People` for a long list.

    Raises OSError for a file that cannot be read.
    """
    names = dict(_named_files([roots] if isinstance(roots, Path) else roots))
    all_names = b"\0".join(names.values())
    anchors: dict[int, set[int]] = {8: set(), 4: set()}
    hits: set[Hit] = set()
    for trace in traces:
        width, _, anchor = _anchor(trace.pattern)
        anchors[width].add(anchor)
        if trace.pattern in all_names:
            hits |= {
                Hit(path, -1, trace.who, trace.encoding)
                for path, name in names.items()
                if trace.pattern in name
            }
    seen: dict[tuple[int, int], list[tuple[Path, int]]] = defaultdict(list)
    for path in names:
        for width, anchor, position in _positions(path, anchors):
            seen[width, anchor].append((path, position))
    for trace in traces if seen else ():
        width, shift, anchor = _anchor(trace.pattern)
        for path, position in seen.get((width, anchor), ()):
            start = position - shift
            if start >= 0 and _stands_there(path, start, trace.pattern):
                hits.add(Hit(path, start, trace.who, trace.encoding))
    return sorted(hits)


def files_in(root: Path) -> list[Path]:
    """Give every file below a folder, or the file itself; links are not followed."""
    found = sorted(root.rglob("*")) if root.is_dir() else [root]
    return [path for path in found if path.is_file() and not path.is_symlink()]


def _encodings(number: int) -> Iterator[tuple[str, bytes]]:
    yield from _text_encodings("text ", str(number))
    for name, form in number_forms(number):
        for hashed, make in _HASHES:
            digest = make(form)[:_DIGEST]
            yield f"{hashed} of {name}", digest
            yield f"{hashed} of {name} in hex", digest.hex().encode()
            yield f"{hashed} of {name} in HEX", digest.hex().upper().encode()
            # Twelve bytes are sixteen whole characters.
            yield from _both_alphabets(f"{hashed} of {name}", digest, 0)
    for size in sorted({_bytes_of(number), 5, 6, 8} - set(range(_bytes_of(number)))):
        for order, form in _both_ends(number, size):
            yield order, form
            yield from _printed(order, form)
    yield "hex", f"{number:x}".encode()
    yield "HEX", f"{number:X}".encode()
    yield "varint", _varint(number, low_first=True)
    yield "varint of sqlite", _varint(number, low_first=False)


def _both_ends(number: int, size: int) -> Iterator[tuple[str, bytes]]:
    yield f"big-endian-{size}", number.to_bytes(size, "big")
    yield f"little-endian-{size}", number.to_bytes(size, "little")


def _text_encodings(prefix: str, text: str) -> Iterator[tuple[str, bytes]]:
    plain = text.encode("utf-8", "surrogatepass")
    yield f"{prefix}utf-8", plain
    yield f"{prefix}utf-16-le", text.encode("utf-16-le", "surrogatepass")
    yield f"{prefix}utf-16-be", text.encode("utf-16-be", "surrogatepass")
    yield f"{prefix}json", "".join(map(_escaped, text)).encode()
    yield from _printed(f"{prefix}utf-8", plain)


def _printed(name: str, form: bytes) -> Iterator[tuple[str, bytes]]:
    yield f"{name} in hex", form.hex().encode()
    yield f"{name} in HEX", form.hex().upper().encode()
    for before in range(3):
        yield from _both_alphabets(name, form, before)


def _both_alphabets(name: str, form: bytes, before: int) -> Iterator[tuple[str, bytes]]:
    """Give what base64 makes of it behind so many other bytes, and nothing of those."""
    whole = base64.b64encode(bytes(before) + form)
    first, last = math.ceil(before * 8 / 6), (before + len(form)) * 8 // 6
    yield f"{name} in base64+{before}", whole[first:last]
    safe = whole[first:last].translate(bytes.maketrans(b"+/", b"-_"))
    yield f"{name} in base64url+{before}", safe


def _escaped(letter: str) -> str:
    units = letter.encode("utf-16-be", "surrogatepass")
    if letter.isascii():
        return letter
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))


def _varint(number: int, *, low_first: bool) -> bytes:
    groups = [number & 0x7F]
    while number := number >> 7:
        groups.append(number & 0x7F)
    if not low_first:
        groups.reverse()
    # All but the last say that another one follows.
    return bytes([*(group | 0x80 for group in groups[:-1]), groups[-1]])


def _bytes_of(number: int) -> int:
    return max(1, -(-number.bit_length() // 8))


def _unique(who: str, forms: Iterable[tuple[str, bytes]]) -> list[Trace]:
    found: dict[bytes, Trace] = {}
    for encoding, pattern in forms:
        if len(pattern) >= SHORTEST:
            found.setdefault(pattern, Trace(who, encoding, pattern))
    return list(found.values())


def _named_files(roots: Iterable[Path]) -> Iterator[tuple[Path, bytes]]:
    """Give every file with its name, as far as the name lies below a root."""
    for root in roots:
        for path in files_in(root):
            name = path.name if path == root else str(path.relative_to(root))
            yield path, name.encode("utf-8", "surrogateescape")


def _anchor(pattern: bytes) -> tuple[int, int, int]:
    """Give the piece to look for first: its width, its place, and itself as a number.

    Zeros at the front of a number are everywhere, so there the end is taken.
    """
    width = 8 if len(pattern) >= 8 else 4
    shift = 0 if pattern[0] else len(pattern) - width
    return width, shift, int.from_bytes(pattern[shift : shift + width], sys.byteorder)


def _positions(
    path: Path, anchors: dict[int, set[int]]
) -> Iterator[tuple[int, int, int]]:
    """Give (width, anchor, position) of every anchor in a file."""
    start, rest = 0, b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            text = memoryview(rest + block)
            for chunk in range(0, len(text), _CHUNK):
                for width, wanted in anchors.items():
                    piece = text[chunk : chunk + _CHUNK + width - 1]
                    for anchor, place in _windows(piece, width, wanted):
                        yield width, anchor, start + chunk + place
            # An anchor may lie on the edge of two blocks.
            rest = bytes(text[-7:])
            start += len(text) - len(rest)


def _windows(
    piece: memoryview, width: int, wanted: set[int]
) -> Iterator[tuple[int, int]]:
    for shift in range(width if wanted else 0):
        whole = max(0, (len(piece) - shift) // width * width)
        window = piece[shift : shift + whole]
        numbers = window.cast("Q") if width == 8 else window.cast("I")
        # Done in C, and the answer is nearly always that there is nothing.
        if not wanted.isdisjoint(numbers):
            for place, number in enumerate(numbers):
                if number in wanted:
                    yield number, shift + place * width


def _stands_there(path: Path, start: int, pattern: bytes) -> bool:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(len(pattern)) == pattern
