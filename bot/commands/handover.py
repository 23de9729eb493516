"""What a draw leaves for the mailing: a table to merge letters and messages from.

It says of each who is invited by which code, so nobody but the mailing may have it.
"""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from bot.errors import InputError
from bot.invited import Invited, Letterhead, Words, letter, text_message

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


def table(rows: Iterable[Invited], head: Letterhead, words: Words) -> bytes:
    """Write those who were drawn, each with the words that invite them."""
    text = io.StringIO()
    # utf-8-sig and `;`: a Dutch Excel opens it as a table.
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(one, head, words) for one in rows)
    return text.getvalue().encode("utf-8-sig")


def _row(one: Invited, head: Letterhead, words: Words) -> Sequence[str]:
    return (
        one.reference,
        str(one.phase),
        one.language,
        one.link,
        one.code,
        text_message(one, head, words),
        letter(one, head, words),
        head.until.isoformat(),
    )


def draft_of(path: Path) -> Path:
    """Name the file that something is written to before it takes its own name."""
    return path.with_name(f"{path.name}.part")


def write_draft(path: Path, content: bytes) -> Path:
    """Write a file for its owner alone, under the name of its draft; give that.

    Raises InputError where it cannot be written.
    """
    draft = draft_of(path)
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


def require_new(*paths: Path) -> None:
    """Refuse to write over anything. Raises InputError."""
    for path in paths:
        if path.exists():
            raise InputError("file-exists", path=str(path))
