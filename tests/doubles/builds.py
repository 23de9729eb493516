"""A second SQLite, which wipes what is deleted only when it is told to.

Debian's build wipes by itself, so on it nobody sees a setting that was forgotten. The
wheel `sqlean.py` brings a build along that does not. Where there is none for a machine,
the wiping of the system's own build is switched off before our code sees it.
"""

import importlib
import importlib.util
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from types import ModuleType
from typing import Any, Final

import aiosqlite.core
import pytest

import storage.backup
import storage.migrations
import storage.sqlite

HAS_OTHER: Final = importlib.util.find_spec("sqlean") is not None
"""Whether the second build is installed; it has wheels for x86_64 and aarch64."""

USERS: Final = (aiosqlite.core, storage.backup, storage.migrations, storage.sqlite)
"""Every module that asks SQLite for something while the bot runs."""


def other_build() -> ModuleType:
    """Give the second build, in the place of the module `sqlite3`."""
    return importlib.import_module("sqlean")


def name_of_unwiping() -> str:
    """Say what `unwiping` runs on, for the table of attacks."""
    if HAS_OTHER:
        return f"SQLite {other_build().sqlite_version}, which wipes nothing"
    return "SQLite told to wipe nothing"


@contextmanager
def unwiping(plant: AbstractContextManager[None] | None = None) -> Iterator[None]:
    """Run the bot on a SQLite whose `secure_delete` is off, unless it is told.

    Args:
        plant: a part that is made naively meanwhile.
    """
    with pytest.MonkeyPatch.context() as patch, plant or nullcontext():
        if HAS_OTHER:
            for module in USERS:
                patch.setattr(module, "sqlite3", other_build())
        else:
            patch.setattr(aiosqlite.core, "sqlite3", _Told())
        yield


class _Told:
    """The module `sqlite3`, but that its connections wipe nothing at first."""

    def __getattr__(self, name: str) -> Any:
        return getattr(sqlite3, name)

    def connect(self, *args: Any, **options: Any) -> sqlite3.Connection:
        raw: sqlite3.Connection = sqlite3.connect(*args, **options)
        raw.execute("PRAGMA secure_delete = OFF")
        return raw


def wipes(module: Any) -> bool:
    """Say whether a fresh connection of this module wipes what is deleted."""
    with closing(module.connect(":memory:")) as raw:
        return bool(raw.execute("PRAGMA secure_delete").fetchone()[0])
