"""Draw who is invited. The list goes in and is forgotten; links and codes come out.

Beside them comes the protocol of the draw, which names nobody, and by which anybody
with the list and the seed can make the draw again.
"""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.anonymity import Invitation, new_id
from bot.app import App
from bot.commands import handover
from bot.core.codes import make
from bot.core.protocol import Protocol, commitment, write_seed
from bot.core.sampling import Drawn, draw
from bot.core.sms import parts
from bot.errors import InputError
from bot.frame import read_list
from bot.invited import Invited, Letterhead, invited, text_message

VALID: Final = timedelta(weeks=3)


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
    head: Letterhead
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
    out: Path,
    *,
    sheet: str | None = None,
    seed_out: Path | None = None,
    commit: Callable[[str, bool], None] = _told_to_nobody,
) -> Draw:
    """Draw from a list of contacts; write a link and a code for each one drawn.

    The files take their names only once the invitations in them are stored. The table
    is for whoever does the mailing, and nobody else may read it.

    Args:
        out: the table, or a folder that it is put in, with the day on which it is to
            be deleted in its name.
        seed_out: where to write the seed as well, for who checks the draw.
        commit: hears the seed's commitment, and whether the seed was made just now,
            before the list is read.

    Raises InputError for a list that cannot be read, a flow that is not live, or a
    file that is there already.
    """
    live = (await app.stores.archive.live()).get(flow)
    if live is None:
        raise InputError("flow-not-live", name=flow)
    if not app.config.telegram.bot:
        raise InputError("no-bot-name")
    until = app.clock() + VALID
    head = Letterhead(
        app.config.telegram.bot,
        app.config.phone,
        until.astimezone(app.config.digest.zone).date(),
    )
    table, protocol = await asyncio.to_thread(_places, app, out, flow, head)
    new = [path for path in (table, protocol, seed_out) if path is not None]
    await asyncio.to_thread(handover.require_new, *new)
    seed, is_new = await app.seeds.prepare()
    commit(commitment(seed), is_new)
    definition = await app.stores.archive.definition(live)
    contacts = await asyncio.to_thread(read_list, frame, definition.phases, sheet)
    one_in = app.config.sampling.one_in
    drawn = draw(contacts, one_in, seed, flow)
    codes = [make(secrets.token_bytes(16)) for _ in drawn.contacts]
    rows = invited(drawn.contacts, codes, head.bot, definition.languages)
    record = Protocol.of(drawn, seed, one_in, flow, app.week)
    drafts = [
        await asyncio.to_thread(handover.write_draft, path, content)
        for path, content in (
            (table, handover.table(rows, head, app.words)),
            (protocol, record.to_json().encode()),
        )
    ]
    if seed_out is not None:
        await asyncio.to_thread(handover.write_private, seed_out, write_seed(seed))
    await app.door.invite(
        [
            Invitation(code, live, contact.phase, until, new_id())
            for code, contact in zip(codes, drawn.contacts, strict=True)
        ]
    )
    for draft, path in zip(drafts, (table, protocol), strict=True):
        draft.rename(path)
    messages = (text_message(one, head, app.words) for one in rows)
    return Draw(
        drawn,
        tuple(rows),
        head,
        one_in,
        table,
        protocol,
        in_dutch=sum(
            contact.language not in ("", one.language)
            for contact, one in zip(drawn.contacts, rows, strict=True)
        ),
        long_messages=sum(parts(message) > 1 for message in messages),
    )


async def take_seed(app: App, path: Path) -> str:
    """Write the seed of this week's draws to a file; give its commitment.

    Raises InputError where no seed was made since the opening, or the file is there.
    """
    seed = await app.seeds.existing()
    if seed is None:
        raise InputError("no-seed-yet")
    await asyncio.to_thread(handover.write_private, path, write_seed(seed))
    return commitment(seed)


def _places(app: App, out: Path, flow: str, head: Letterhead) -> tuple[Path, Path]:
    """Give where the table and the protocol are to be."""
    if not out.is_dir():
        return out, out.with_name(f"{out.stem}-protocol.json")
    language = app.config.language
    facts = {"flow": flow, "week": app.week, "day": head.until.isoformat()}
    names = (
        app.words.text(f"staff.draw-file.{name}", language, **facts)
        for name in ("table", "protocol")
    )
    table, protocol = (out / name for name in names)
    return table, protocol
