"""Draw who is invited. The list goes in and is forgotten; links and codes come out.

Beside them comes the protocol of the draw, which names nobody, and by which anybody
with the list and the seed can make the draw again.
"""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from bot.anonymity import Invitation, new_id
from bot.app import App
from bot.commands import handover
from bot.commands.printing import mailing_of, write_sheets
from bot.core.codes import make
from bot.core.protocol import Protocol, commitment, write_seed
from bot.core.sampling import Drawn, draw
from bot.core.sms import parts
from bot.errors import InputError
from bot.frame import read_list
from bot.invited import Invited, Mailing, invited, text_message

VALID: Final = timedelta(weeks=3)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the result of a draw goes.

    Args:
        out: the table for the mailing; or a folder that it is put in, with the day on
            which it is to be deleted in its name. A name without an ending is a folder.
        sheets: folder for printed letters and cards.
        seed: where to write the seed as well, for who checks the draw.
    """

    out: Path
    sheets: Path | None = None
    seed: Path | None = None


@dataclass(frozen=True, slots=True)
class Draw:
    """What was drawn, and where it was written to.

    Args:
        invited: in the order of the list.
        one_in: so many contacts, one of whom was drawn.
        in_dutch: how many of those drawn are written to in Dutch because the survey
            lacks their language.
        long_messages: how many text messages are sent as several.
    """

    drawn: Drawn
    invited: tuple[Invited, ...]
    mailing: Mailing
    one_in: int
    out: Path
    protocol: Path
    in_dutch: int
    long_messages: int


def _told_to_nobody(_: str, __: bool) -> None:
    """Let a commitment be."""


async def draw_invitations(
    app: App,
    frame: Path,
    flow: str,
    places: Path | Places,
    *,
    sheet: str | None = None,
    commit: Callable[[str, bool], None] = _told_to_nobody,
) -> Draw:
    """Draw from a list of contacts; write a link and a code for each one drawn.

    The files take their names only once the invitations in them are stored. All but
    the protocol are for whoever does the mailing, and nobody else may read them.

    Args:
        places: or only that of the table.
        commit: hears the seed's commitment, and whether the seed was made just now,
            before the list is read.

    Raises InputError for a list that cannot be read, a flow that is not live, a file
    that is there already, or one name for two files.
    """
    live = (await app.stores.archive.live()).get(flow)
    if live is None:
        raise InputError("flow-not-live", name=flow)
    if not app.config.telegram.bot:
        raise InputError("no-bot-name")
    until = app.clock() + VALID
    mailing = mailing_of(
        app.config, until, until.astimezone(app.config.digest.zone).date()
    )
    wanted = places if isinstance(places, Places) else Places(places)
    table, protocol = await asyncio.to_thread(
        _named, app, wanted.out, flow, mailing.delete_by
    )
    new = [path for path in (table, protocol, wanted.seed) if path is not None]
    await asyncio.to_thread(handover.require_new, *new)
    seed, is_new = await app.seeds.prepare()
    commit(commitment(seed), is_new)
    definition = await app.stores.archive.definition(live)
    contacts = await asyncio.to_thread(read_list, frame, definition.phases, sheet)
    one_in = app.config.sampling.one_in
    drawn = draw(contacts, one_in, seed, flow)
    codes = [make(secrets.token_bytes(16)) for _ in drawn.contacts]
    rows = invited(drawn.contacts, codes, mailing.bot, definition.languages)
    record = Protocol.of(drawn, seed, one_in, flow, app.week)
    invitations = [
        Invitation(code, live, contact.phase, until, new_id())
        for code, contact in zip(codes, drawn.contacts, strict=True)
    ]
    drafts = handover.Drafts()
    try:
        if table.parent == wanted.out:
            await asyncio.to_thread(handover.make_folder, wanted.out)
        drafts.add(table, handover.table(rows, mailing, app.words))
        drafts.add(protocol, record.to_json().encode())
        if wanted.seed is not None:
            drafts.add(wanted.seed, write_seed(seed))
        if wanted.sheets is not None:
            drafts.add_folder(wanted.sheets, partial(_print, app, rows, mailing))
        await app.door.invite(invitations)
    except BaseException:
        drafts.forget()
        raise
    drafts.take_names()
    messages = (text_message(one, mailing, app.words) for one in rows)
    return Draw(
        drawn,
        tuple(rows),
        mailing,
        one_in,
        table,
        protocol,
        in_dutch=sum(
            contact.language not in ("", one.language)
            for contact, one in zip(drawn.contacts, rows, strict=True)
        ),
        long_messages=sum(parts(message) > 1 for message in messages),
    )


def _print(
    app: App, rows: Sequence[Invited], mailing: Mailing, folder: Path
) -> Sequence[Path]:
    return write_sheets(folder, rows, mailing, app.words, app.config.language)


async def take_seed(app: App, path: Path) -> str:
    """Write the seed of this week's draws to a file; give its commitment.

    Raises InputError where no seed was made since the opening, or the file is there.
    """
    seed = await app.seeds.existing()
    if seed is None:
        raise InputError("no-seed-yet")
    await asyncio.to_thread(handover.write_private, path, write_seed(seed))
    return commitment(seed)


def _named(app: App, out: Path, flow: str, delete_by: date) -> tuple[Path, Path]:
    """Give where the table and the protocol are to be."""
    if out.is_file() or (out.suffix and not out.is_dir()):
        return out, out.with_name(f"{out.stem}-protocol.json")
    language = app.config.language
    facts = {"flow": flow, "week": app.week, "day": delete_by.isoformat()}
    names = (
        app.words.text(f"staff.draw-file.{name}", language, **facts)
        for name in ("table", "protocol")
    )
    table, protocol = (out / name for name in names)
    return table, protocol
