"""Backups, and the ways back from them. What is sealed is never in one."""

import asyncio
from pathlib import Path

from bot.app import Clock, now, upkeep
from bot.app.upkeep import Kept
from bot.config import Installation
from bot.errors import InputError


async def back_up(installation: Installation, out: Path) -> Kept:
    """Write what was released to a file that is not there yet.

    Raises InputError where it is, or where nothing is stored yet.
    """
    if await asyncio.to_thread(out.exists):
        raise InputError("file-exists", path=str(out))
    _require(installation.data / "answers.db")
    return await upkeep.back_up(installation, out)


async def restore(
    installation: Installation, backup: Path, *, clock: Clock = now
) -> Kept:
    """Begin again with what a backup holds, in an empty data folder.

    Raises InputError where there is no such file.
    """
    _require(backup)
    return await upkeep.restore(installation, backup, clock=clock)


async def require_lost_keys(installation: Installation) -> None:
    """Look before anybody is asked whether to go on without the keys.

    Raises InputError where there are no data, or no key is gone.
    """
    _require(installation.data / "answers.db")
    await upkeep.require_lost_keys(installation)


async def adopt(installation: Installation, *, clock: Clock = now) -> None:
    """Go on with a data folder whose keys are gone.

    Raises InputError where there is none, or no key is gone.
    """
    _require(installation.data / "answers.db")
    await upkeep.adopt(installation, clock=clock)


def _require(path: Path) -> None:
    if not path.is_file():
        raise InputError("no-such-file", path=str(path))
