"""Draw who is asked, and make draws again."""

import argparse
import asyncio
from pathlib import Path

from bot.app import open_app
from bot.commands import drawing, verifying
from bot.core.protocol import commitment
from bot.errors import InputError
from bot.terminal import Terminal


def draw(terminal: Terminal, args: argparse.Namespace) -> int:
    """Draw who is invited; or prepare, take along or check what a draw needs."""
    contacts = args.contacts or args.frame
    if args.verify is not None:
        if contacts is None or args.seed is None:
            raise InputError("draw-verify")
        return _verify(terminal, args, contacts)
    if args.prepare:
        return _prepare(terminal, args)
    if contacts is not None and args.flow is not None and args.out is not None:
        return _draw(terminal, args, contacts)
    if contacts is None and args.flow is None and args.seed_out is not None:
        return _take_seed(terminal, args)
    raise InputError("draw-what")


def _prepare(terminal: Terminal, args: argparse.Namespace) -> int:
    installation = terminal.installation(args)

    async def prepare() -> tuple[bytes, bool]:
        async with open_app(installation) as app:
            return await app.seeds.prepare()

    seed, is_new = asyncio.run(prepare())
    _commit(terminal, commitment(seed), is_new)
    terminal.say("said.seed-until")
    return 0


def _commit(terminal: Terminal, said: str, is_new: bool) -> None:
    terminal.say("said.seed-made" if is_new else "said.seed-there", commitment=said)


def _take_seed(terminal: Terminal, args: argparse.Namespace) -> int:
    installation = terminal.installation(args)

    async def take() -> str:
        async with open_app(installation) as app:
            return await drawing.take_seed(app, args.seed_out)

    said = asyncio.run(take())
    terminal.say("said.seed-there", commitment=said)
    terminal.say("said.seed-taken", path=args.seed_out)
    return 0


def _draw(terminal: Terminal, args: argparse.Namespace, contacts: Path) -> int:
    installation = terminal.installation(args)

    async def draw() -> drawing.Draw:
        async with open_app(installation) as app:
            return await drawing.draw_invitations(
                app,
                contacts,
                args.flow,
                drawing.Places(args.out, args.sheets, args.seed_out),
                sheet=args.sheet,
                commit=lambda said, is_new: _commit(terminal, said, is_new),
            )

    done = asyncio.run(draw())
    _tell(terminal, done)
    if args.sheets is not None and done.invited:
        terminal.say("said.drawn-sheets", path=args.sheets)
    if args.seed_out is not None:
        terminal.say("said.seed-taken", path=args.seed_out)
    return 0


def _tell(terminal: Terminal, done: drawing.Draw) -> None:
    sign = terminal.text("decimal")
    percent = f"{100 / done.one_in:.3g}".replace(".", sign)
    chance = {"one_in": done.one_in, "percent": percent}
    for phase in done.drawn.phases:
        facts = {"drawn": phase.drawn, "listed": phase.listed, **chance}
        name = terminal.text(f"phase.{phase.phase}")
        terminal.say("said.drawn-phase", phase=name, **facts)
    for reason, count in done.drawn.excluded.items():
        name = terminal.text(f"reason.{reason}")
        terminal.say("said.drawn-excluded", reason=name, count=count)
    if not done.drawn.excluded:
        terminal.say("said.drawn-from-all")
    if not done.mailing.municipality:
        terminal.say("said.drawn-nameless")
    for key, count in (
        ("repeated", done.drawn.repeated),
        ("in-dutch", done.in_dutch),
        ("long", done.long_messages),
    ):
        if count:
            terminal.say(f"said.drawn-{key}", count=count)
    terminal.say("said.drawn-protocol", path=done.protocol)
    last = done.mailing.delete_by
    day = terminal.text("proof.day", day=last.day, month=last.month, year=last.year)
    terminal.say("said.drawn", path=done.out, day=day)
    terminal.say("said.drawn-before")


def _verify(terminal: Terminal, args: argparse.Namespace, contacts: Path) -> int:
    found = verifying.verify(args.verify, contacts, args.seed, args.sheet)
    terminal.say("verify.seed-is", commitment=found.commitment)
    for one in found.differences:
        # What a phase or a reason is called; nothing else is told of one of several.
        kind = {"phase": "phase", "excluded": "reason"}.get(one.what)
        of = terminal.text(f"{kind}.{one.of}") if kind else ""
        facts = {"of": of, "told": one.told, "found": one.found}
        terminal.say(f"verify.{one.what}", **facts)
    if found.differences:
        terminal.say("verify.differs")
        return 1
    told = found.protocol
    terminal.say("verify.agrees", drawn=told.drawn, listed=told.listed)
    return 0
