"""What was released, for researchers and for a councillor. Nothing is written over."""

import asyncio
import io
import zipfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from bot.app import upkeep
from bot.config import Installation
from bot.digest.a4 import page
from bot.digest.export import History, files
from bot.errors import InputError, StorageError
from bot.messages import Catalogue

_ALWAYS: Final = (1980, 1, 1, 0, 0, 0)
"""When every file was made: the same history gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to write, and where.

    Args:
        archive: the zip with the tables.
        a4: the page.
        flow: which survey the page is about; may be left out where one is live.
    """

    archive: Path | None = None
    a4: Path | None = None
    flow: str | None = None


async def export(
    installation: Installation, wanted: Wanted, words: Catalogue, language: str
) -> None:
    """Write the tables, the page, or both, to files that are not there yet.

    Raises InputError where nothing is wanted or stored, where a name is that of another
    kind of file, where a file is there already or cannot be written, and where there is
    nothing for the page to say.
    """
    named = ((wanted.archive, ".zip"), (wanted.a4, ".html"))
    paths = [path for path, _ in named if path is not None]
    # Whoever forgets --a4 would else find a zip under the name of a page.
    if not paths or any(path and path.suffix != ends for path, ends in named):
        raise InputError("export-what")
    for path in paths:
        if path.exists():
            raise InputError("file-exists", path=str(path))
    answers = installation.data / "answers.db"
    if not await asyncio.to_thread(answers.is_file):
        raise InputError("no-such-file", path=str(answers))
    history = await upkeep.released(installation)
    say = words.bound(language)
    made: list[tuple[Path, bytes]] = []
    if wanted.a4 is not None:
        text = page(history, _which(history, wanted.flow), say)
        if text is None:
            raise InputError("nothing-released")
        made.append((wanted.a4, text.encode()))
    if wanted.archive is not None:
        made.append((wanted.archive, packed(files(history, say))))
    for path, content in made:
        await asyncio.to_thread(partial(_write, path, content))


def packed(contents: dict[str, bytes]) -> bytes:
    """Pack files by name, so that the same files always give the same bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(contents.items()):
            entry = zipfile.ZipInfo(name, _ALWAYS)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Else it would say on which system it was made.
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return whole.getvalue()


def _which(history: History, name: str | None) -> str:
    known = ", ".join(history.live)
    if name is None:
        if len(history.live) != 1:
            raise InputError("export-which-flow", known=known)
        [name] = history.live
    if name not in history.live:
        raise InputError("flow-not-live", name=name)
    return name


def _write(path: Path, content: bytes) -> None:
    try:
        upkeep.write_new(path, content)
    except (OSError, StorageError) as error:
        raise InputError("cannot-write", path=str(path)) from error
