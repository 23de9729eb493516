"""Make a draw again from its list and its seed; write nothing, need no installation."""

from dataclasses import dataclass
from pathlib import Path

from bot.core.protocol import Difference, Protocol, commitment, compare, read_seed
from bot.errors import InputError
from bot.frame import read_list


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of it.

    Args:
        commitment: of the seed that was given.
        differences: none where everything agrees.
    """

    protocol: Protocol
    commitment: str
    differences: tuple[Difference, ...]


def verify(protocol: Path, contacts: Path, seed: Path, sheet: str | None) -> Verified:
    """Draw again, and say in what that differs from what the protocol says.

    Raises InputError for a file that is not what it should be.
    """
    chance = read_seed(_content(seed))
    if chance is None:
        raise InputError("no-seed", path=str(seed))
    try:
        told = Protocol.from_json(_content(protocol).decode())
    except ValueError as error:
        raise InputError("no-protocol", path=str(protocol)) from error
    found = compare(told, read_list(contacts, sheet=sheet), chance)
    return Verified(told, commitment(chance), found)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError("no-such-file", path=str(path)) from error
