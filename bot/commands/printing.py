"""Printed sheets as files: letters and cards of a mailing, posters of an entry.

What holds codes is for whoever does the mailing alone: nobody else may read the file,
nothing is written over, and its name says until when it may be kept.
"""

import os
from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path

from bot.app import open_app
from bot.commands.picturing import write
from bot.commands.proofing import PAGES
from bot.config import Config, Installation
from bot.errors import InputError
from bot.invited import link
from bot.messages import Catalogue
from bot.service import ENTRY
from bot.sheets import (
    Entrance,
    Invited,
    Mailing,
    cards,
    entry_cards,
    letters,
    poster,
)


def last_whole_day(until: datetime, zone: tzinfo) -> date:
    """Give the last day on which what works until then works all day long."""
    return until.astimezone(zone).date() - timedelta(days=1)


def mailing_of(config: Config, until: datetime, delete_by: date) -> Mailing:
    """Give what the sheets of a mailing have in common.

    Args:
        until: when the invitations cease to work.
        delete_by: the day on which whoever mails has destroyed the list.
    """
    return Mailing(
        municipality=config.municipality,
        phone=config.phone,
        bot=config.telegram.bot,
        last_day=last_whole_day(until, config.digest.zone),
        delete_by=delete_by,
    )


def write_sheets(
    folder: Path,
    rows: Sequence[Invited],
    mailing: Mailing,
    words: Catalogue,
    language: str,
) -> tuple[Path, ...]:
    """Write the letters and the cards of a mailing into a folder; give the files.

    All of them or none. Where nobody was drawn there is nothing to write.

    Args:
        folder: is made, for its owner alone, where it is not there.
        language: that of whoever does the mailing.

    Raises InputError for a file that is there already, or cannot be written.
    """
    if not rows:
        return ()
    day = mailing.delete_by.isoformat()
    pages = {
        folder / words.text(f"staff.sheets.file.{kind}", language, day=day): make(
            rows, mailing, words, language
        )
        for kind, make in (("letters", letters), ("cards", cards))
    }
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("cannot-write", path=str(folder)) from error
    written: list[Path] = []
    try:
        for path, text in pages.items():
            _write_privately(path, text)
            written.append(path)
    except InputError:
        for path in written:
            path.unlink()
        raise
    return tuple(pages)


async def write_entry(
    installation: Installation,
    name: str,
    path: Path,
    words: Catalogue,
    *,
    as_cards: bool = False,
    with_deeds: bool = False,
) -> None:
    """Write the poster of an entry, or a sheet of cards for it.

    A page that is there is written over: there is nothing of a person on it.

    Raises InputError for an entry that is not there or leads nowhere, or for a file
    that is no page or cannot be written.
    """
    if path.suffix.lower() not in PAGES:
        raise InputError("not-a-page", path=str(path), example=path.stem)
    if as_cards and with_deeds:
        raise InputError("deeds-on-cards")
    entrance, deeds = await _entrance(installation, name)
    language = installation.config.language
    if as_cards:
        page = entry_cards(entrance, words, language)
    else:
        page = poster(entrance, words, language, deeds if with_deeds else ())
    write(path, page.encode())


async def _entrance(
    installation: Installation, name: str
) -> tuple[Entrance, tuple[str, ...]]:
    """Give the entry as people meet it, and what was done with the results."""
    config = installation.config
    if not config.entries:
        raise InputError("no-entries")
    entry = config.entries.get(name)
    if entry is None:
        raise InputError("no-such-entry", name=name, known=", ".join(config.entries))
    if not config.telegram.bot:
        raise InputError("no-bot-name")
    async with open_app(installation) as app:
        live = (await app.stores.archive.live()).get(entry.flow)
        if live is None:
            raise InputError("flow-not-live", name=entry.flow)
        flow = await app.stores.archive.definition(live)
        deeds = await app.stores.decisions.deeds()
    entrance = Entrance(
        name=name,
        link=link(config.telegram.bot, ENTRY + name),
        languages=flow.languages,
        one_in=entry.one_in,
        municipality=config.municipality,
        phone=config.phone,
    )
    return entrance, tuple(deed.text for deed in deeds)


def _write_privately(path: Path, text: str) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise InputError("file-exists", path=str(path)) from error
    except OSError as error:
        raise InputError("cannot-write", path=str(path)) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        # Half a list of codes helps nobody.
        path.unlink(missing_ok=True)
        raise InputError("cannot-write", path=str(path)) from error
