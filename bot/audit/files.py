"""Which files there are, who can get at them, and what lies in no row."""

import contextlib
import json
import re
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.audit.evidence import Database, Evidence
from bot.audit.finding import Result, found, note, ok
from bot.audit.traces import files_in

_DATABASES: Final = ("sessions.db", "answers.db")
KNOWN: Final = frozenset({*_DATABASES, "lock", "run.lock", "heartbeat", "face.json"})
"""Every file that the bot keeps in its data folder."""

_LEFTOVER: Final = re.compile(r"-(wal|shm|journal)$")
_PRINTED: Final = re.compile(rb"[ -~]{16,}")
"""By chance there is one such run in seven million random bytes."""
_OTHERS: Final = 0o077
_PAUSE: Final = 1.0
_FACE: Final = re.compile(r"(?:[a-z]{2})?|menus")
"""Of each language, and of the menus of the staff's chats."""
_HASH: Final = re.compile(r"[0-9a-f]{64}")


def check_files(evidence: Evidence) -> Iterator[Result]:
    """Say which files are no part of it, cannot be read, or lie open to others."""
    folder, results = evidence.folder, []
    names = [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        # A link may lead to a copy elsewhere; it is not followed, and no part of it.
        if path.is_symlink() or not path.is_dir() or not any(path.iterdir())
    ]
    results += [found("file-missing", file=n) for n in _DATABASES if n not in names]
    results += [found("file-damaged", file=name) for name in evidence.damaged]
    for name in names:
        if _LEFTOVER.search(name):
            if _stays(folder / name):
                results.append(found("file-leftover", file=name))
        elif name not in KNOWN or (folder / name).is_symlink():
            results.append(found("file-unknown", file=name))
        elif not _is_as_written(folder / name):
            results.append(found("file-holds", file=name))
    yield from results or [ok("files", count=len(names))]
    yield from _open_to_others(folder)


def check_unused_space(evidence: Evidence) -> Iterator[Result]:
    """Say what deleted rows have left behind."""
    for database in evidence.databases.values():
        results = list(_left(database))
        pages = len(database.file.free_pages)
        yield from results or [ok("unused", file=database.name, pages=pages)]


def check_settings(evidence: Evidence) -> Iterator[Result]:
    """Say what a file tells of the settings it was written with."""
    for database in evidence.databases.values():
        file = database.file
        known = len(evidence.schemas.get(database.name, ()))
        results = []
        if file.is_wal:
            results.append(found("wal", file=database.name))
        if file.has_auto_vacuum:
            results.append(found("auto-vacuum", file=database.name))
        if file.has_words_in_its_head:
            results.append(found("header", file=database.name))
        if known and file.version > known:
            facts = {"found": file.version, "known": known}
            results.append(note("version", file=database.name, **facts))
        yield from results or [ok("settings", file=database.name)]


def _is_as_written(path: Path) -> bool:
    """Say whether a file beside the databases holds no more than the bot puts in it."""
    if path.name in _DATABASES:
        return True
    if path.name != "face.json":
        # What is known of the others is that they are there, and how old they are.
        return path.stat().st_size == 0
    try:
        faces = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError):
        return False
    return isinstance(faces, dict) and all(
        _FACE.fullmatch(face) and _HASH.fullmatch(str(mark))
        for face, mark in faces.items()
    )


def _stays(path: Path) -> bool:
    """Say whether a file is more than the journal of a write that is going on."""
    if path.name.endswith("-journal"):
        with contextlib.suppress(FileNotFoundError):
            before = path.stat()
            time.sleep(_PAUSE)
            after = path.stat()
            return (before.st_ino, before.st_ctime) == (after.st_ino, after.st_ctime)
        return False
    return True


def _open_to_others(folder: Path) -> Iterator[Result]:
    is_open = False
    for path in (folder, *files_in(folder)):
        if stat.S_IMODE(path.stat().st_mode) & _OTHERS:
            is_open = True
            yield found("open-to-others", path=path)
    if not is_open:
        yield ok("data-private")


def _left(database: Database) -> Iterator[Result]:
    living = _living(database)
    wiped = sum(
        len(remnant.content)
        for remnant in database.remnants
        if remnant.where in ("free page", "free block")
    )
    if wiped:
        yield found("not-wiped", file=database.name, bytes=wiped)
    readable = sum(
        len(text)
        for remnant in database.remnants
        for text in _PRINTED.findall(remnant.content)
        # When a page is split, a copy of a row that is still there stays in it.
        if text not in living
    )
    if readable:
        yield found("remnant", file=database.name, bytes=readable)


def _living(database: Database) -> bytes:
    """Give the file without what lies in no row."""
    content = bytearray(database.file.content)
    for remnant in database.remnants:
        start = (remnant.page - 1) * database.file.page_size + remnant.offset
        content[start : start + len(remnant.content)] = bytes(len(remnant.content))
    return bytes(content)
