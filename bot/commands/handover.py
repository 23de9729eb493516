"""What a draw leaves for the mailing: a table to merge letters and messages from.

It says of each who is invited by which code, so nobody but the mailing may have it.
"""

import csv
import io
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from bot.errors import InputError
from bot.invited import Invited, Mailing, Words, letter, text_message

COLUMNS: Final = (
    "reference",
    "phase",
    "language",
    "link",
    "code",
    "sms",
    "letter",
    "delete_by",
)

_PRIVATE: Final = 0o600
_PRIVATE_FOLDER: Final = 0o700


def table(rows: Iterable[Invited], mailing: Mailing, words: Words) -> bytes:
    """Write those who were drawn, each with the words that invite them."""
    text = io.StringIO()
    # utf-8-sig and `;`: a Dutch Excel opens it as a table.
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(one, mailing, words) for one in rows)
    return text.getvalue().encode("utf-8-sig")


def _row(one: Invited, mailing: Mailing, words: Words) -> Sequence[str]:
    return (
        one.reference,
        str(one.phase),
        one.language,
        one.link,
        one.code,
        text_message(one, mailing, words),
        letter(one, mailing, words),
        mailing.delete_by.isoformat(),
    )


class Drafts:
    """Files that take their names together, once what they tell of is so.

    Until then, and where it never comes to that, nothing of them is left.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._pairs: list[tuple[Path, Path]] = []
        self._folders: list[Path] = []

    def add(self, path: Path, content: bytes) -> None:
        """Write a file under the name of its draft. Raises InputError."""
        self._pairs.append((write_draft(path, content), path))

    def add_folder(self, folder: Path, write: Callable[[Path], Sequence[Path]]) -> None:
        """Have pages written into a draft of this folder. Raises InputError."""
        draft = _draft_of(folder)
        # What a crash left there names people.
        shutil.rmtree(draft, ignore_errors=True)
        self._folders.append(draft)
        pages = write(draft)
        require_new(*(folder / page.name for page in pages))
        self._pairs += [(page, folder / page.name) for page in pages]

    def take_names(self) -> None:
        """Give every file its own name; here, at last, they are there."""
        for draft, path in self._pairs:
            path.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
            draft.rename(path)
        self.forget()

    def forget(self) -> None:
        """Remove what has no name of its own yet."""
        for draft, _ in self._pairs:
            draft.unlink(missing_ok=True)
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)


def write_draft(path: Path, content: bytes) -> Path:
    """Write a file for its owner alone, under the name of its draft; give that.

    Raises InputError where it cannot be written.
    """
    draft = _draft_of(path)
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE)
    except OSError as error:
        raise InputError("cannot-write", path=str(path)) from error
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return draft


def write_private(path: Path, content: bytes) -> None:
    """Write a file for its owner alone, whole or not at all, and over nothing.

    Raises InputError where it is there already or cannot be written.
    """
    require_new(path)
    write_draft(path, content).rename(path)


def make_folder(path: Path) -> None:
    """Make a folder that only its owner may enter, if need be. Raises InputError."""
    try:
        path.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
    except OSError as error:
        raise InputError("cannot-write", path=str(path)) from error


def require_new(*paths: Path) -> None:
    """Refuse to write over anything, and one over the other. Raises InputError."""
    seen = set()
    for path in paths:
        if path.exists():
            raise InputError("file-exists", path=str(path))
        place = path.resolve()
        if place in seen:
            raise InputError("file-twice", path=str(path))
        seen.add(place)


def _draft_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")
