"""The bot at work: it polls, answers, opens the box in time, and stops in order."""

import asyncio
import logging
import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from bot.anonymity import OpeningReport
from bot.app import App, alone, now, open_app
from bot.app.reading import open_reading
from bot.commands.mailing import relay_of
from bot.commands.picturing import page_for, text_for
from bot.config import Installation, read_roster, read_token
from bot.faultlog import FaultLog
from bot.logs import hand_over, set_up
from bot.messages import Catalogue, spoken
from bot.plot import plot_apart
from bot.process import harden, settle
from bot.schedule import Weekly, run_weekly
from bot.transports.mail import MailTransport, Page, Relay
from bot.transports.pictures import Plot
from bot.transports.telegram import (
    COMMANDS,
    REVIEW_COMMANDS,
    STAFF_COMMANDS,
    Appearance,
    Face,
    Menu,
    TelegramTransport,
)

HEARTBEAT: Final = "heartbeat"
"""Touched after each successful poll; `doctor` looks how old it is."""

_FACE: Final = "face.json"
_DRAIN: Final = 10.0
_RETRY: Final = 60.0
_STOPPED_TWICE: Final = 3

_log = logging.getLogger("bot.run")


@dataclass(frozen=True, slots=True)
class Drawing:
    """How digests are made to be looked at, where their text is not all.

    Args:
        plot: draws the pictures; None sends the texts alone.
        page: makes the HTML of mail; None for the page that `digest --html` writes.
    """

    plot: Plot | None = None
    page: Page | None = None


async def run(
    installation: Installation, drawing: Drawing = Drawing(plot=plot_apart)
) -> None:
    """Serve until told to stop.

    Raises:
        ConfigError: the token, the password of the mail server or the roster is missing
            or refused.
        StorageError: the data cannot be used, or another `run` uses it already.
        TransportError: the chat service cannot be served any longer.
    """
    harden()
    set_up()
    token = read_token(installation)
    relay = relay_of(installation)
    faults = FaultLog(now)
    reads = partial(open_reading, faults=faults, roster=read_roster(installation))
    with alone(installation):
        async with open_app(installation, reads=reads) as app:
            await _serve(app, installation, token, relay, drawing, faults)


async def _serve(
    app: App,
    installation: Installation,
    token: str,
    relay: Relay | None,
    drawing: Drawing,
    faults: FaultLog,
) -> None:
    stop = asyncio.Event()
    _listen(stop)
    hand_over(faults.overhear)
    turn = asyncio.Lock()
    transport = TelegramTransport(
        token,
        app.service,
        base_url=app.config.telegram.base_url,
        outbox=app.stores.outbox,
        faults=faults,
        appearance=Appearance(
            _faces(app.words), installation.data / _FACE, _menus(app)
        ),
        heard=partial(_beat, heartbeat_of(installation), app),
        desk=app.desk,
        reviewers=app.reviewers,
        plot=drawing.plot,
        turn=turn,
    )
    side = [asyncio.create_task(faults.run(stop))]
    if relay is not None:
        mail = _mail(app, relay, faults, drawing, turn)
        side.append(asyncio.create_task(mail.run(stop)))
    openings = [
        asyncio.create_task(_open_weekly(app, faults)),
        asyncio.create_task(_mend_openings(app, faults)),
    ]
    settle()
    _log.info("started")
    try:
        await transport.run(stop)
    finally:
        for task in openings:
            task.cancel()
        stop.set()
        # A letter on its way is given time: cut off, it would be "perhaps".
        _, late = await asyncio.wait(side, timeout=_DRAIN)
        for task in late:
            task.cancel()
        await asyncio.gather(*openings, *side, return_exceptions=True)
    _log.info("stopped")


def _mail(
    app: App, relay: Relay, faults: FaultLog, drawing: Drawing, turn: asyncio.Lock
) -> MailTransport:
    zone = app.config.digest.zone
    return MailTransport(
        relay,
        app.stores.outbox,
        faults,
        clock=lambda: app.clock().astimezone(zone),
        plot=drawing.plot,
        page=drawing.page or page_for(app.words, app.config.digest),
        text=text_for(app.words, app.config.digest),
        turn=turn,
    )


async def _open_weekly(app: App, faults: FaultLog) -> None:
    when = app.config.digest
    spec = Weekly(when.isoweekday, when.time, when.zone)

    async def open_box() -> None:
        _tell(await app.opening.open(app.clock(), app.week))

    async def last_week() -> str | None:
        # Before the first opening, the week in which there was first something to
        # ask: so that the first one, too, is made up for.
        last = await app.stores.ballots.last_opening()
        return last or await app.stores.archive.first_week()

    while True:
        try:
            await run_weekly(spec, app.clock, last_week, open_box)
        except Exception as fault:
            # The full disk of this hour must not cost the week its digest, nor a
            # database that was locked for a moment all the weeks to come.
            faults.note(fault)
            await asyncio.sleep(_RETRY)


async def _mend_openings(app: App, faults: FaultLog) -> None:
    """Take up an opening that a command broke off while the bot ran on."""
    while True:
        await asyncio.sleep(_RETRY)
        try:
            _tell(await app.opening.mend(app.clock(), app.week))
        except Exception as fault:
            faults.note(fault)


def _tell(report: OpeningReport | None) -> None:
    if report is not None:
        facts = {"week": report.week, "batches": report.batches}
        _log.info("week opened", extra=facts)


def _beat(path: Path, app: App) -> None:
    # To the minute, at most: finer, it would tell when somebody used the bot.
    minute = app.clock().replace(second=0, microsecond=0).timestamp()
    path.touch(mode=0o600)
    os.utime(path, (minute, minute))


def _faces(words: Catalogue) -> tuple[Face, ...]:
    def face(language: str, code: str) -> Face:
        return Face(
            code,
            tuple((c, words.text(f"client.command.{c}", language)) for c in COMMANDS),
            words.text("client.bot.description", language),
            words.text("client.bot.short_description", language),
        )

    first, *others = spoken("client")
    # The first language also serves whoever has none of them.
    return (face(first, ""), *(face(code, code) for code in (first, *others)))


def _menus(app: App) -> tuple[Menu, ...]:
    language = app.config.digest.language

    def menus(
        chats: Sequence[int], names: Sequence[str], says: str
    ) -> tuple[Menu, ...]:
        commands = tuple(
            (name, app.words.text(f"staff.{says}.command.{name}", language))
            for name in names
        )
        return tuple(Menu(chat, commands) for chat in chats)

    return (
        *menus(app.config.digest.chats, STAFF_COMMANDS, "desk"),
        *menus(app.config.remarks.reviewers, REVIEW_COMMANDS, "review"),
    )


def _listen(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()

    def told() -> None:
        if stop.is_set():
            # Told twice: now. What is stored is safe, the rest comes again.
            os._exit(_STOPPED_TWICE)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told)


def heartbeat_of(installation: Installation) -> Path:
    """Give the file whose age says when the bot last heard from the chat service."""
    return installation.data / HEARTBEAT
