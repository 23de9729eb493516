"""The command line: reads the words, calls one command, prints what it says."""

import argparse
import asyncio
import os
import shlex
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from bot import __version__
from bot.anonymity import OpeningReport
from bot.app import now, open_app
from bot.arguments import Parser, argument, finish, option
from bot.commands import (
    auditing,
    backing,
    checking,
    demo,
    drawing,
    publishing,
    running,
    setup,
)
from bot.commands.doctor import Examination, Level, count, examine
from bot.commands.trial import PHONE, Trial, try_flow
from bot.core.sampling import Drawn
from bot.errors import InputError, PolsslagError
from bot.interview import wishes
from bot.messages import Catalogue
from bot.outbox import Dispatch, WrittenDigest
from bot.process import keep_memory
from bot.service import ENTRY
from bot.shipped import shipped_flows, shipped_schemas
from bot.terminal import Terminal

LANGUAGE: Final = "POLSSLAG_LANGUAGE"
"""Says in which language the command line speaks before it has read a config."""


Command = Callable[[Terminal, argparse.Namespace], int]
"""Carries out one command; gives the exit status."""


def _init(terminal: Terminal, args: argparse.Namespace) -> int:
    wanted = wishes(terminal, args)
    terminal.language = wanted.language
    done = setup.make(args.folder, wanted)
    terminal.say("said.published", name=done.name, number=done.number)
    token, config = args.folder / setup.TOKEN, args.folder / setup.CONFIG
    facts = {"token": shlex.quote(str(token)), "config": shlex.quote(str(config))}
    for step in ("token", "try", "doctor", "run"):
        terminal.say(f"next.{step}", flow=done.name, **facts)
    return 0


def _doctor(terminal: Terminal, args: argparse.Namespace) -> int:
    installation = terminal.installation(args)
    contacts = args.contacts_per_week
    what = Examination(installation, now(), args.offline, contacts, backup=args.backup)
    findings = asyncio.run(examine(what))
    for found in findings:
        terminal.report(f"mark.{found.level}", found.key, found.facts)
    faults, minds = count(findings, Level.FAULT), count(findings, Level.MIND)
    key = "said.not-ready" if faults else "said.ready-but" if minds else "said.ready"
    terminal.say(key, faults=faults, minds=minds)
    return 1 if faults else 0


def _audit(terminal: Terminal, args: argparse.Namespace) -> int:
    given = auditing.Given(args.data, args.keys, args.logs, args.ids, args.before)
    results = auditing.audit_folder(given, shipped_schemas())
    for result in results:
        terminal.report(f"mark.{result.level}", result.key, result.facts)
    count = auditing.findings(results)
    terminal.say("said.audit-found" if count else "said.audit-clean", count=count)
    return 1 if count else 0


def _check(terminal: Terminal, args: argparse.Namespace) -> int:
    found = checking.check(args.path)
    terminal.show(found.issues)
    key = "said.issues" if found.issues else "said.no-issues"
    terminal.say(key, count=found.files, errors=found.errors, warnings=found.warnings)
    return 1 if found.errors else 0


def _publish(terminal: Terminal, args: argparse.Namespace) -> int:
    installation = terminal.installation(args)
    draft = publishing.read_draft(installation.flows, args.flow)
    terminal.show(draft.warnings)
    if not terminal.confirms(args.yes):
        return 1

    async def publish() -> publishing.Publication:
        async with open_app(installation) as app:
            return await publishing.publish(app, draft.flow)

    done = asyncio.run(publish())
    key = "said.published" if done.is_new else "said.published-same"
    terminal.say(key, name=done.name, number=done.number)
    return 0


def _try(terminal: Terminal, args: argparse.Namespace) -> int:
    flows, phone = shipped_flows(), PHONE
    if args.config.is_file():
        installation = terminal.installation(args)
        flows, phone = installation.flows, installation.config.phone
    flow = publishing.read_draft(flows, args.flow).flow
    says = terminal.text("said.record-says")
    terminal.say("said.try-how")
    asyncio.run(try_flow(Trial(flow, args.language, phone, args.record, says)))
    if args.record:
        terminal.say("said.recorded", path=args.record)
    return 0


def _draw(terminal: Terminal, args: argparse.Namespace) -> int:
    installation = terminal.installation(args)

    async def draw() -> Drawn:
        async with open_app(installation) as app:
            return await drawing.draw_invitations(
                app, args.contacts, args.flow, args.out
            )

    drawn = asyncio.run(draw())
    for phase in drawn.phases:
        terminal.say(
            "said.drawn-phase",
            phase=phase.phase,
            drawn=phase.drawn,
            listed=phase.listed,
        )
    if drawn.repeated:
        terminal.say("said.drawn-repeated", count=drawn.repeated)
    terminal.say("said.drawn", path=args.out)
    return 0


def _entries(terminal: Terminal, args: argparse.Namespace) -> int:
    config = terminal.installation(args).config
    if not config.entries:
        terminal.say("said.no-entries")
    elif not config.telegram.bot:
        raise InputError("no-bot-name")
    for name in config.entries:
        link = drawing.link(config.telegram.bot, ENTRY + name)
        terminal.say("said.entry", name=name, link=link)
    return 0


def _run(terminal: Terminal, args: argparse.Namespace) -> int:
    asyncio.run(running.run(terminal.installation(args)))
    return 0


def _release(terminal: Terminal, args: argparse.Namespace) -> int:
    installation = terminal.installation(args)

    async def release() -> tuple[str, OpeningReport | None]:
        async with open_app(installation) as app:
            return app.week, await app.opening.open(app.clock(), app.week)

    week, report = asyncio.run(release())
    if report is None:
        terminal.say("said.opened-before", week=week)
    else:
        terminal.say("said.opened", week=report.week, batches=report.batches)
    return 0


def _digest(terminal: Terminal, args: argparse.Namespace) -> int:
    installation = terminal.installation(args)

    async def look() -> tuple[Sequence[WrittenDigest], Sequence[Dispatch]]:
        async with open_app(installation) as app:
            outbox = app.stores.outbox
            waiting = [*await outbox.pending(), *await outbox.unsettled()]
            return await outbox.latest(), waiting

    digests, dispatches = asyncio.run(look())
    if not digests:
        terminal.say("said.no-digest")
        return 0
    print("\n\n".join(digest.text for digest in digests))
    for dispatch in () if args.print else dispatches:
        terminal.say(
            "said.unsettled",
            week=dispatch.digest.week,
            flow=dispatch.digest.flow or terminal.text("said.a-notice"),
            recipient=dispatch.recipient,
            state=terminal.text(f"state.{dispatch.state}"),
        )
    return 0


def _backup(terminal: Terminal, args: argparse.Namespace) -> int:
    kept = asyncio.run(backing.back_up(terminal.installation(args), args.file))
    terminal.explain("said.backed-up", path=args.file, **asdict(kept))
    return 0


def _restore(terminal: Terminal, args: argparse.Namespace) -> int:
    installation = terminal.installation(args)
    if args.adopt == (args.file is not None):
        raise InputError("restore-what")
    if not args.adopt:
        kept = asyncio.run(backing.restore(installation, args.file))
        terminal.explain("said.restored", **asdict(kept))
        return 0
    terminal.explain("said.adopt-what")
    if not terminal.confirms(args.yes):
        return 1
    asyncio.run(backing.adopt(installation))
    terminal.explain("said.adopted")
    return 0


def _demo(terminal: Terminal, args: argparse.Namespace) -> int:
    began = time.monotonic()

    def tell(done: demo.WeekDone) -> None:
        bar = terminal.text("played.bar", number=done.number, count=args.weeks)
        facts = {"invited": done.invited, "completes": done.completes}
        line = terminal.text("played.week", week=done.week, **facts)
        terminal.progress(done.number, args.weeks, bar, line)

    plan = demo.Plan(weeks=args.weeks, seed=args.seed)
    with demo.folder(args.keep) as place:
        played = demo.play(place, terminal.language, plan, tell)
    print(f"\n{demo.Report(terminal.words, terminal.language, played).text()}\n")
    if args.keep is None:
        terminal.explain("played.gone")
    else:
        config = shlex.quote(str(args.keep / setup.CONFIG))
        terminal.explain("played.kept", folder=args.keep, config=config)
    terminal.say("played.took", seconds=round(time.monotonic() - began))
    return 0 if played.agrees else 1


def _weeks(text: str) -> int:
    weeks = int(text)
    if weeks < 1:
        raise ValueError
    return weeks


def main(words: Sequence[str] | None = None) -> int:
    """Carry out what was typed. Exit status: 0 done, 1 not done, 2 not understood."""
    if words is None:
        # The process is ours alone, and most commands take keys into its memory.
        keep_memory()
    catalogue = Catalogue.load()
    language = os.environ.get(LANGUAGE, "nl")
    terminal = Terminal(catalogue, language)
    parser = _parser(terminal)
    args = parser.parse_args(words)
    if args.name is None:
        parser.print_help()
        return 2
    command: Command = args.command
    try:
        return command(terminal, args)
    except PolsslagError as error:
        terminal.complain(error)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read along has seen enough.
        sys.stderr.close()
        return 0


def _parser(terminal: Terminal) -> argparse.ArgumentParser:
    Parser.terminal = terminal
    parser = Parser(
        prog="polsslag", description=terminal.text("command.program"), add_help=False
    )
    version = f"polsslag {__version__}"
    option(parser, terminal, "version", action="version", version=version)
    finish(parser, terminal)
    commands = parser.add_subparsers(
        title=terminal.text("commands"), prog=parser.prog, metavar="", dest="name"
    )

    def command(name: str, does: Command, *, config: bool = True) -> Parser:
        text = terminal.text(f"command.{name}")
        sub: Parser = commands.add_parser(
            name, help=text, description=text, add_help=False
        )
        sub.set_defaults(command=does)
        if config:
            path = Path("config.yaml")
            option(sub, terminal, "config", type=Path, default=path, metavar="FILE")
        finish(sub, terminal)
        return sub

    sub = command("init", _init, config=False)
    argument(sub, terminal, "folder", type=Path)
    option(sub, terminal, "phone", metavar="NUMBER")
    option(sub, terminal, "bot", metavar="NAME")
    option(sub, terminal, "chats", metavar="ID,...")
    option(sub, terminal, "language", says="staff-language", metavar="nl|en")
    option(sub, terminal, "flow", metavar="FLOW")
    option(sub, terminal, "yes", says="ask-nothing", action="store_true")
    sub = command("doctor", _doctor)
    option(sub, terminal, "offline", action="store_true")
    option(sub, terminal, "contacts-per-week", type=int, metavar="N")
    option(sub, terminal, "backup", type=Path, metavar="FILE")
    sub = command("audit", _audit, config=False)
    option(sub, terminal, "data", type=Path, required=True, metavar="FOLDER")
    option(sub, terminal, "keys", type=Path, metavar="FOLDER")
    option(sub, terminal, "logs", type=Path, metavar="FOLDER")
    option(sub, terminal, "ids", type=Path, metavar="FILE")
    option(sub, terminal, "before", type=Path, metavar="FOLDER")
    sub = command("check", _check, config=False)
    argument(sub, terminal, "path", type=Path, nargs="?", default=Path("flows"))
    sub = command("publish", _publish)
    argument(sub, terminal, "flow")
    option(sub, terminal, "yes", action="store_true")
    sub = command("try", _try)
    argument(sub, terminal, "flow")
    option(sub, terminal, "language", default="nl", metavar="nl|en|ar|tr")
    option(sub, terminal, "record", type=Path, metavar="FILE")
    sub = command("draw", _draw)
    argument(sub, terminal, "contacts", type=Path)
    option(sub, terminal, "flow", required=True, metavar="FLOW")
    option(sub, terminal, "out", type=Path, required=True, metavar="FILE")
    command("entries", _entries)
    command("run", _run)
    command("release", _release)
    sub = command("digest", _digest)
    option(sub, terminal, "print", action="store_true")
    sub = command("backup", _backup)
    argument(sub, terminal, "file", type=Path)
    sub = command("restore", _restore)
    argument(sub, terminal, "file", type=Path, nargs="?")
    option(sub, terminal, "adopt", action="store_true")
    option(sub, terminal, "yes", action="store_true")
    sub = command("demo", _demo, config=False)
    option(sub, terminal, "keep", type=Path, metavar="FOLDER")
    plan = demo.Plan()
    option(sub, terminal, "weeks", type=_weeks, default=plan.weeks, metavar="N")
    option(sub, terminal, "seed", type=int, default=plan.seed, metavar="N")
    return parser
