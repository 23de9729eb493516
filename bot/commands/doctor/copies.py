"""Copies that outlive the week: images that take the keys along, and stray copies."""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from bot.app.upkeep import held_by
from bot.commands.doctor.finding import Finding, fault, mind, ok
from bot.config import Installation

_ENOUGH: Final = 5000
"""So many files are looked at; an installation has some dozens."""

_DATABASE: Final = b"SQLite format 3\0"


def check_images(installation: Installation) -> Iterator[Finding]:
    """Remind of images and snapshots, which nobody can see from inside the machine."""
    try:
        disks = {path.stat().st_dev for path in (installation.data, installation.keys)}
    except OSError:
        # Said elsewhere: there is nothing to copy yet.
        return
    say = mind if len(disks) == 1 else ok
    name = "keys-in-image" if len(disks) == 1 else "keys-apart"
    yield say(name, path=installation.keys.resolve())


def check_copies(installation: Installation) -> Iterator[Finding]:
    """Name copies in the folder of the installation that a backup must not be."""
    ours = {path.resolve() for path in (installation.data, installation.keys)}
    for path in islice(_files(installation.folder, ours), _ENOUGH):
        if path.name.startswith("epoch-") and path.suffix == ".key":
            yield fault("key-copied", path=path)
        elif _is_database(path):
            yield from _judged(path)


def check_backup(path: Path | None) -> Iterator[Finding]:
    """Say whether a file that somebody keeps may be kept; None for none."""
    if path is None:
        return
    if not _is_database(path):
        yield fault("no-backup", path=path)
        return
    found = list(_judged(path))
    yield from found or [ok("backup", path=path)]


def _judged(path: Path) -> Iterator[Finding]:
    more = held_by(path)
    if more is None:
        yield fault("no-backup", path=path)
    elif more:
        yield fault("backup-holds-more", path=path, tables=", ".join(sorted(more)))


def _files(folder: Path, passed_over: set[Path]) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        here = Path(where)
        folders[:] = [f for f in folders if (here / f).resolve() not in passed_over]
        yield from (here / name for name in sorted(names))


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_DATABASE)) == _DATABASE
    except OSError:
        return False
