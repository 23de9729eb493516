"""Who can get at the data and the keys, and what the disk under the keys forgets."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.commands.doctor.finding import Finding, fault, mind, ok
from bot.config import Installation

_KEEPS: Final = {
    # Nothing is written in place: what is overwritten stays until it is cleaned up.
    "btrfs",
    "zfs",
    "bcachefs",
    "nilfs2",
    "f2fs",
    "overlay",
    # And here nobody knows what the other side keeps.
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "9p",
    "fuse.sshfs",
}
_MOUNTS: Final = Path("/proc/self/mountinfo")


def check_folders(installation: Installation) -> Iterator[Finding]:
    """Say whether data and keys are ours alone."""
    yield _private("data", installation.data)
    yield _private("keys", installation.keys)


def check_disk(installation: Installation, mounts: Path = _MOUNTS) -> Iterator[Finding]:
    """Say where a destroyed key may live on in the disk below."""
    try:
        kind = _filesystem(installation.keys.resolve(), mounts.read_text())
    except OSError:
        return
    if kind in _KEEPS:
        yield mind("disk-remembers", path=installation.keys, kind=kind)


def _private(name: str, folder: Path) -> Finding:
    try:
        found = [folder, *sorted(folder.iterdir())]
        states = [(path, path.stat()) for path in found]
    except FileNotFoundError:
        return mind(f"{name}-missing", path=folder)
    except OSError:
        return fault("folder-closed", path=folder)
    for path, state in states:
        if state.st_uid != os.geteuid():
            # What `doctor` may do as root says nothing of what the bot may do.
            return mind("folder-of-another", path=path)
        if stat.S_IMODE(state.st_mode) & 0o077:
            return fault("folder-open", path=path, folder=folder)
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return fault("folder-closed", path=folder)
    return ok(f"{name}-private", path=folder)


def _filesystem(folder: Path, mounts: str) -> str:
    """Give the kind of filesystem that a folder lies on, after proc(5)."""
    kinds = {}
    for line in mounts.splitlines():
        where, _, what = line.partition(" - ")
        # A space in a path is written as \040.
        point = where.split()[4].replace("\\040", " ")
        kinds[Path(point)] = what.split()[0]
    above = [folder, *folder.parents]
    return next((kinds[path] for path in above if path in kinds), "")
