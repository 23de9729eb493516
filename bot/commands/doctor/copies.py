"""Copies that outlive the week: images that take the keys along, and stray copies."""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from bot.anonymity import KeyFolder
from bot.app import DATABASES
from bot.app.upkeep import held_by
from bot.commands.doctor.finding import Finding, fault, mind, ok, refused
from bot.config import Installation
from bot.errors import InputError

_ENOUGH: Final = 5000
"""So many files are looked at; an installation has some dozens."""

_DATABASE: Final = b"SQLite format 3\0"
_SEED: Final = b"polsslag seed 1"


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
    """Name copies in the folder of the installation that a backup must not be.

    Where the configured folder is empty, what lies elsewhere may be no copy but the
    only one, and the configuration wrong: then nobody is told to delete it.
    """
    data, keys = installation.data, installation.keys
    has_data = any((data / name).exists() for name in DATABASES)
    has_keys = bool(KeyFolder(keys).ids())
    for path in islice(_files(installation.folder, {data, keys}), _ENOUGH):
        if path.name.startswith("epoch-") and path.suffix == ".key":
            if has_keys:
                yield fault("key-copied", path=path)
            else:
                yield fault("keys-elsewhere", path=path, folder=keys)
        elif path.name in DATABASES and not has_data:
            yield fault("data-elsewhere", path=path, folder=data)
        elif _begins(path, _SEED):
            yield fault("seed-copied", path=path)
        elif _begins(path, _DATABASE):
            yield from _judged(path)


def check_backup(path: Path | None) -> Iterator[Finding]:
    """Say whether a file that somebody keeps may be kept; None for none."""
    if path is None:
        return
    if not path.is_file():
        yield refused(InputError("no-such-file", path=str(path)))
        return
    if not _begins(path, _DATABASE):
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


def _files(folder: Path, ours: set[Path]) -> Iterator[Path]:
    passed_over = {path.resolve() for path in ours}
    for where, folders, names in os.walk(folder):
        here = Path(where)
        folders[:] = [f for f in folders if (here / f).resolve() not in passed_over]
        yield from (here / name for name in sorted(names))


def _begins(path: Path, mark: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(mark)) == mark
    except OSError:
        return False
