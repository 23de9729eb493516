"""The two databases and the keys that belong to them."""

from collections.abc import Iterator
from typing import Final

from bot.anonymity import KeyFolder
from bot.app.upkeep import Inventory
from bot.commands.doctor.finding import Finding, fault, mind, note, ok, refused
from bot.config import Installation
from bot.errors import KeyFault

_SOURCE: Final = 30
"""So much of it names a build: the moment, and the beginning of the hash."""


def check_databases(inventory: Inventory) -> Iterator[Finding]:
    """Say what SQLite reads back of its settings, and whether the files are sound."""
    for found in inventory.files:
        if found.is_sound:
            pragmas = ", ".join(f"{name}={value}" for name, value in found.pragmas)
            yield ok("database", file=found.file, pragmas=pragmas)
        else:
            yield fault("database-damaged", file=found.file)


def check_sqlite(build: tuple[str, str]) -> Iterator[Finding]:
    """Say which SQLite this is, and from which sources it was built."""
    version, source = build
    yield note("sqlite", version=version, source=source[:_SOURCE])


def check_keys(installation: Installation, inventory: Inventory) -> Iterator[Finding]:
    """Say whether the keys are those that the databases name."""
    named = {epoch for epoch in inventory.epochs if epoch}
    keys = KeyFolder(installation.keys)
    try:
        keys.check()
        for epoch in sorted(named):
            keys.load(epoch)
    except KeyFault as error:
        yield refused(error)
        return
    if len(named) > 1:
        yield mind("opening-half")
    elif keys.has_others(frozenset(named)):
        yield mind("keys-left", path=installation.keys)
    else:
        yield ok("keys-fit")
