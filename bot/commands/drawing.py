"""Draw who is invited. The list goes in and is forgotten; links and codes come out."""

import asyncio
import csv
import io
import os
import secrets
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.anonymity import Invitation, new_id
from bot.app import App
from bot.core.codes import make
from bot.core.sampling import Contact, Drawn, draw
from bot.errors import InputError
from bot.frame import read_contacts
from bot.service import INVITATION

VALID: Final = timedelta(weeks=3)
COLUMNS: Final = ("reference", "phase", "link", "code")


async def draw_invitations(app: App, frame: Path, flow: str, out: Path) -> Drawn:
    """Draw from a list of contacts; write a link and a code for each one drawn.

    The file takes its name only once the invitations in it are stored. It is for
    whoever does the mailing, and nobody else may read it.

    Raises InputError for a list that cannot be read, a flow that is not live, or a
    file that is there already.
    """
    live = (await app.stores.archive.live()).get(flow)
    if live is None:
        raise InputError("flow-not-live", name=flow)
    if not app.config.telegram.bot:
        raise InputError("no-bot-name")
    if await asyncio.to_thread(out.exists):
        raise InputError("file-exists", path=str(out))
    phases = (await app.stores.archive.definition(live)).phases
    contacts = read_contacts(await asyncio.to_thread(_content, frame), phases)
    drawn = draw(contacts, app.config.sampling.one_in, secrets.token_bytes(32))
    codes = [make(secrets.token_bytes(16)) for _ in drawn.contacts]
    until = app.clock() + VALID
    draft = out.with_name(f"{out.name}.part")
    await asyncio.to_thread(
        _write, draft, _rows(drawn.contacts, codes, app.config.telegram.bot)
    )
    await app.door.invite(
        [
            Invitation(code, live, contact.phase, until, new_id())
            for code, contact in zip(codes, drawn.contacts, strict=True)
        ]
    )
    draft.rename(out)
    return drawn


def link(bot: str, payload: str) -> str:
    """Give the link that opens the chat with the bot and says this."""
    return f"https://t.me/{bot}?start={payload}"


def _rows(
    contacts: Iterable[Contact], codes: Iterable[str], bot: str
) -> list[tuple[str, ...]]:
    return [
        (contact.reference, str(contact.phase), link(bot, INVITATION + code), code)
        for contact, code in zip(contacts, codes, strict=True)
    ]


def _content(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError("no-such-file", path=str(path)) from error
    except UnicodeDecodeError:
        # Without its cause, which quotes the list.
        raise InputError("not-utf8", path=str(path)) from None


def _write(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    # utf-8-sig and `;`: a Dutch Excel opens it as a table.
    content = text.getvalue().encode("utf-8-sig")
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise InputError("cannot-write", path=str(path.with_suffix(""))) from error
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
