"""One epoch is one week key and one box key pair: made, read and destroyed here.

What is destroyed cannot be asked for: without the file of an epoch nothing that was
sealed under it can be read again, by us or by anyone. The seed of an epoch's draws
lies beside it and goes with it: after that nobody can make those draws again.
"""

import contextlib
import hashlib
import os
import re
import secrets
import stat
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Final

import nacl.exceptions
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

from bot.core.protocol import read_seed, write_seed
from bot.core.sampling import SEED
from bot.errors import KeyFault

_MAGIC: Final = b"polsslag epoch 1\n"
_KEY: Final = 32
_CHECK: Final = 8
_NAME: Final = re.compile(r"epoch-([0-9a-f]{32})\.key")
_DRAFT: Final = ".new"
_SEED_NAME: Final = re.compile(r"draw-([0-9a-f]{32})\.seed")


@dataclass(frozen=True, repr=False)
class Epoch:
    """What the running bot holds: the week key, and the box key's public half.

    It can seal ballots and cannot read them back.
    """

    id: str
    week_key: bytes
    box_public: bytes

    def tag(self, subject: str) -> bytes:
        """Name a person's row: 16 bytes that only this week key can make."""
        return self._keyed(b"tag", subject)

    def invitation_tag(self, code: str) -> bytes:
        """Name an invitation's row."""
        return self._keyed(b"invitation", code)

    def ticket(self, subject: str) -> bytes:
        """Give the person's draw: the same until the opening, unknown after it."""
        return self._keyed(b"draw", subject)

    def seal(self, plain: bytes) -> bytes:
        """Encrypt for this epoch (XSalsa20-Poly1305, random nonce)."""
        return self._box.encrypt(plain)

    def unseal(self, sealed: bytes) -> bytes:
        """Read back what `seal` made. Raises KeyFault for anything else."""
        try:
            return self._box.decrypt(sealed)
        except (nacl.exceptions.CryptoError, ValueError) as error:
            raise KeyFault("sealed-otherwise") from error

    def seal_ballot(self, plain: bytes) -> bytes:
        """Seal to the box: only the opening, with the secret half, can read it."""
        return self._ballot_box.encrypt(plain)

    @cached_property
    def _box(self) -> SecretBox:
        return SecretBox(self._keyed(b"seal", "", size=_KEY))

    @cached_property
    def _ballot_box(self) -> SealedBox[PublicKey]:
        return SealedBox(PublicKey(self.box_public))

    def _keyed(self, use: bytes, text: str, *, size: int = 16) -> bytes:
        # `person` keeps the uses apart: a tag says nothing about a draw.
        return hashlib.blake2b(
            text.encode("utf-8", "surrogatepass"),
            key=self.week_key,
            person=use,
            digest_size=size,
        ).digest()


class KeyFolder:
    """The folder of epoch files, each of mode 0600, outside the data folder."""

    def __init__(self, folder: Path) -> None:
        """Use this folder; `make` creates it when it is not there."""
        self._folder = folder

    def ids(self) -> frozenset[str]:
        """Give the ids of the epochs whose keys exist."""
        return self._named(_NAME)

    def seeds(self) -> frozenset[str]:
        """Give the ids of the epochs that have a seed for their draws."""
        return self._named(_SEED_NAME)

    def make(self) -> str:
        """Make the keys of a new epoch; they are on the disk when this returns.

        Raises KeyFault where the folder cannot be written.
        """
        epoch = secrets.token_hex(16)
        body = secrets.token_bytes(_KEY) + bytes(PrivateKey.generate())
        try:
            self._make_folder()
            self._write(self._path(epoch), _MAGIC + body + _check(body))
        except OSError as error:
            raise KeyFault("keys-unusable", path=str(self._folder)) from error
        return epoch

    def load(self, epoch: str) -> Epoch:
        """Read an epoch without its box secret.

        Raises KeyFault when the file is missing, damaged, or readable by others.
        """
        body = self._read(epoch)
        public = bytes(PrivateKey(body[_KEY:]).public_key)
        return Epoch(epoch, body[:_KEY], public)

    def box_secret(self, epoch: str) -> SealedBox[PrivateKey]:
        """Read the secret half of the box key. For the weekly opening alone."""
        return SealedBox(PrivateKey(self._read(epoch)[_KEY:]))

    def make_seed(self, epoch: str) -> bytes:
        """Make the seed of this epoch's draws; it is on the disk when this returns.

        Needs the lock held. Raises KeyFault where the folder cannot be written.
        """
        seed = secrets.token_bytes(SEED)
        path = self._seed_path(epoch)
        try:
            # What a crash left half-made was never told to anybody.
            path.with_suffix(_DRAFT).unlink(missing_ok=True)
            self._write(path, write_seed(seed))
        except OSError as error:
            raise KeyFault("keys-unusable", path=str(self._folder)) from error
        return seed

    def seed(self, epoch: str) -> bytes | None:
        """Read the seed of this epoch's draws; None where none was made.

        Raises KeyFault when the file is damaged, or readable by others.
        """
        path = self._seed_path(epoch)
        try:
            _private(path)
            seed = read_seed(path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise KeyFault("keys-unusable", path=str(path)) from error
        if seed is None:
            raise KeyFault("seed-damaged", path=str(path))
        return seed

    def has_others(self, keep: frozenset[str]) -> bool:
        """Say whether there is anything to destroy beside these epochs."""
        return bool(self._others(keep))

    def destroy_all_but(self, keep: frozenset[str]) -> None:
        """Destroy keys and seed of every other epoch, and what was left half-made."""
        others = self._others(keep)
        for path in others:
            _overwrite(path)
            path.unlink()
        if others:
            _sync(self._folder)

    def check(self) -> None:
        """Refuse a folder or a key that others can read. Raises KeyFault."""
        if self._folder.is_dir():
            _private(self._folder)
            for path in self._all_but(frozenset()):
                # Another process may destroy one meanwhile.
                with contextlib.suppress(FileNotFoundError):
                    _private(path)

    def _others(self, keep: frozenset[str]) -> list[Path]:
        drafts = (self._folder.glob(f"{kind}-*{_DRAFT}") for kind in ("epoch", "draw"))
        return [*self._all_but(keep), *sorted(chain.from_iterable(drafts))]

    def _all_but(self, keep: frozenset[str]) -> list[Path]:
        # The seeds first: a seed whose epoch is gone must never be left.
        seeds = (self._seed_path(epoch) for epoch in sorted(self.seeds() - keep))
        return [*seeds, *(self._path(epoch) for epoch in sorted(self.ids() - keep))]

    def _named(self, name: re.Pattern[str]) -> frozenset[str]:
        if not self._folder.is_dir():
            return frozenset()
        found = (name.fullmatch(path.name) for path in self._folder.iterdir())
        return frozenset(match[1] for match in found if match)

    def _make_folder(self) -> None:
        if self._folder.is_dir():
            return
        self._folder.mkdir(mode=0o700, parents=True)
        _sync(self._folder.parent)

    def _write(self, path: Path, content: bytes) -> None:
        # Written under another name first: a crash must not leave half a key file.
        draft = path.with_suffix(_DRAFT)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
        _sync(self._folder)

    def _read(self, epoch: str) -> bytes:
        path = self._path(epoch)
        try:
            _private(path)
            content = path.read_bytes()
        except FileNotFoundError as error:
            raise KeyFault("key-missing", folder=str(self._folder)) from error
        except OSError as error:
            raise KeyFault("keys-unusable", path=str(path)) from error
        body = content[len(_MAGIC) : -_CHECK]
        if len(body) != 2 * _KEY or content != _MAGIC + body + _check(body):
            raise KeyFault("key-damaged", path=str(path))
        return body

    def _path(self, epoch: str) -> Path:
        return self._folder / f"epoch-{epoch}.key"

    def _seed_path(self, epoch: str) -> Path:
        return self._folder / f"draw-{epoch}.seed"


def _sync(folder: Path) -> None:
    # A rename or an unlink is durable only when its folder is.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=_CHECK).digest()


def _private(path: Path) -> None:
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeyFault("key-readable-by-others", path=str(path))


def _overwrite(path: Path) -> None:
    # Where the disk writes in place this leaves nothing; where it does not (flash,
    # snapshots) the documentation says what remains to be done.
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
