"""The command line: reads the words, calls one command, prints what it says."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot import __version__, answering
from bot.answering import Command
from bot.arguments import Parser, argument, finish, option
from bot.commands.demo import Plan
from bot.digest.planning.outset import USUAL_ONE_IN
from bot.errors import InputError, PolsslagError
from bot.messages import Catalogue
from bot.process import keep_memory
from bot.terminal import CONFIG, Terminal, speak_plainly

LANGUAGE: Final = "POLSSLAG_LANGUAGE"
"""Says in which language the command line speaks before it has read a config."""
PORTABLE: Final = ("new", "check", "print", "schema")
"""What can be done on Windows, too. The rest is for where the bot runs."""

QUESTIONS: Final = 4
"""As many as the survey has that `init` makes live, unless another is chosen."""


def main(words: Sequence[str] | None = None) -> int:
    """Carry out what was typed. Exit status: 0 done, 1 not done, 2 not understood."""
    speak_plainly(sys.stdout, sys.stderr)
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
        if sys.platform == "win32" and not _is_portable(args):
            raise InputError("not-on-windows", command=args.name)
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


def _is_portable(args: argparse.Namespace) -> bool:
    # Whoever checks a draw needs no bot, and is often on Windows.
    return args.name in PORTABLE or bool(args.name == "draw" and args.verify)


def _parser(terminal: Terminal) -> argparse.ArgumentParser:
    Parser.speak(terminal)
    parser = Parser(
        prog="polsslag", description=terminal.text("command.program"), add_help=False
    )
    version = f"polsslag {__version__}"
    option(parser, terminal, "version", action="version", version=version)
    finish(parser, terminal)
    commands = parser.add_subparsers(
        title=terminal.text("commands"),
        prog=parser.prog,
        metavar=terminal.text("parser.command"),
        dest="name",
    )

    def command(name: str, does: Command, *, config: bool = True) -> Parser:
        text = terminal.text(f"command.{name}")
        sub: Parser = commands.add_parser(
            name, help=text, description=text, add_help=False
        )
        sub.set_defaults(command=does)
        if config:
            option(sub, terminal, "config", type=Path, default=CONFIG, metavar="FILE")
        finish(sub, terminal)
        return sub

    sub = command("init", answering.init, config=False)
    argument(sub, terminal, "folder", type=Path)
    option(sub, terminal, "phone", metavar="NUMBER")
    option(sub, terminal, "bot", metavar="NAME")
    option(sub, terminal, "chats", metavar="ID,...")
    option(sub, terminal, "language", says="staff-language", metavar="nl|en")
    option(sub, terminal, "flow", metavar="FLOW")
    option(sub, terminal, "contacts-per-week", says="proposal", type=int, metavar="N")
    option(sub, terminal, "response", metavar="R")
    option(sub, terminal, "yes", says="ask-nothing", action="store_true")
    sub = command("plan", answering.plan, config=False)
    option(
        sub,
        terminal,
        "contacts-per-week",
        says="contacts-a-week",
        type=int,
        required=True,
        metavar="N",
    )
    option(sub, terminal, "response", metavar="R")
    option(sub, terminal, "one-in", type=int, default=USUAL_ONE_IN, metavar="N")
    option(sub, terminal, "find", metavar="GRADE")
    option(sub, terminal, "questions", type=int, default=QUESTIONS, metavar="N")
    option(sub, terminal, "phases", metavar="N,N,N")
    option(sub, terminal, "chart", type=Path, metavar="FILE")
    sub = command("doctor", answering.doctor)
    option(sub, terminal, "offline", action="store_true")
    option(sub, terminal, "contacts-per-week", type=int, metavar="N")
    option(sub, terminal, "backup", type=Path, metavar="FILE")
    sub = command("audit", answering.audit, config=False)
    option(sub, terminal, "data", type=Path, required=True, metavar="FOLDER")
    option(sub, terminal, "keys", type=Path, metavar="FOLDER")
    option(sub, terminal, "logs", type=Path, metavar="FOLDER")
    option(sub, terminal, "ids", type=Path, metavar="FILE")
    option(sub, terminal, "before", type=Path, metavar="FOLDER")
    sub = command("new", answering.new)
    argument(sub, terminal, "flow", nargs="?")
    option(sub, terminal, "from", dest="source", metavar="TEMPLATE")
    option(sub, terminal, "languages", says="kept-languages", metavar="nl,en,...")
    sub = command("check", answering.check)
    argument(sub, terminal, "path", type=Path, nargs="?", default=Path("flows"))
    formats = ("text", "json", "github")
    option(sub, terminal, "format", choices=formats, default="text")
    option(sub, terminal, "explain", action="store_true")
    sub = command("print", answering.print_out)
    argument(sub, terminal, "flow")
    argument(sub, terminal, "file", says="page", type=Path, nargs="?")
    sub = command("schema", answering.schema, config=False)
    argument(sub, terminal, "file", says="schema-file", type=Path, nargs="?")
    option(sub, terminal, "scales", action="store_true")
    sub = command("publish", answering.publish)
    argument(sub, terminal, "flow")
    option(sub, terminal, "yes", action="store_true")
    sub = command("unpublish", answering.unpublish)
    argument(sub, terminal, "flow")
    option(sub, terminal, "yes", action="store_true")
    sub = command("history", answering.history)
    argument(sub, terminal, "flow")
    sub = command("try", answering.try_out)
    argument(sub, terminal, "flow")
    option(sub, terminal, "language", default="nl", metavar="nl|en|ar|tr")
    option(sub, terminal, "record", type=Path, metavar="FILE")
    sub = command("draw", answering.draw)
    argument(sub, terminal, "contacts", type=Path, nargs="?")
    option(sub, terminal, "flow", metavar="FLOW")
    option(sub, terminal, "out", type=Path, metavar="FILE")
    option(sub, terminal, "sheet", metavar="NAME")
    option(sub, terminal, "sheets", type=Path, metavar="FOLDER")
    option(sub, terminal, "prepare", action="store_true")
    option(sub, terminal, "seed-out", type=Path, metavar="FILE")
    option(sub, terminal, "verify", type=Path, metavar="PROTOCOL")
    option(
        sub,
        terminal,
        "contacts",
        says="contacts",
        type=Path,
        dest="frame",
        metavar="FILE",
    )
    option(sub, terminal, "seed", says="draw-seed", type=Path, metavar="FILE")
    command("entries", answering.entries)
    sub = command("entry", answering.entry)
    argument(sub, terminal, "action", says="entry-action", choices=["print"])
    argument(sub, terminal, "entry")
    option(
        sub, terminal, "out", says="poster", type=Path, required=True, metavar="FILE"
    )
    option(sub, terminal, "cards", action="store_true")
    option(sub, terminal, "deeds", action="store_true")
    command("run", answering.run)
    command("release", answering.release)
    sub = command("nulmeting", answering.nulmeting)
    argument(sub, terminal, "action", nargs="?", choices=["set"])
    argument(sub, terminal, "flow", nargs="?")
    argument(sub, terminal, "question", nargs="?")
    option(sub, terminal, "reason", metavar="TEXT")
    option(sub, terminal, "yes", action="store_true")
    sub = command("digest", answering.digest)
    option(sub, terminal, "print", action="store_true")
    option(sub, terminal, "html", type=Path, metavar="FILE")
    option(sub, terminal, "png", type=Path, metavar="FILE")
    sub = command("rates", answering.rates)
    option(sub, terminal, "json", action="store_true")
    sub = command("export", answering.export)
    argument(sub, terminal, "archive", type=Path, nargs="?")
    option(sub, terminal, "a4", type=Path, metavar="FILE")
    option(sub, terminal, "flow", metavar="FLOW")
    option(
        sub,
        terminal,
        "language",
        says="export-language",
        choices=("nl", "en"),
        metavar="nl|en",
    )
    command("remarks", answering.count_remarks)
    sub = command("deeds", answering.deeds)
    option(sub, terminal, "remove", nargs="+", metavar=("WEEK", "TEXT"))
    sub = command("scrub", answering.scrub, config=False)
    option(sub, terminal, "lines", action="store_true")
    option(sub, terminal, "explain", says="explain-scrub", action="store_true")
    option(sub, terminal, "language", says="text-language", metavar="nl|en|...")
    option(sub, terminal, "config", says="scrub-config", type=Path, metavar="FILE")
    sub = command("backup", answering.backup)
    argument(sub, terminal, "file", type=Path)
    sub = command("restore", answering.restore)
    argument(sub, terminal, "file", type=Path, nargs="?")
    option(sub, terminal, "adopt", action="store_true")
    option(sub, terminal, "yes", action="store_true")
    sub = command("demo", answering.demo, config=False)
    option(sub, terminal, "keep", type=Path, metavar="FOLDER")
    plan = Plan()
    option(
        sub, terminal, "weeks", type=answering.weeks, default=plan.weeks, metavar="N"
    )
    option(sub, terminal, "seed", type=int, default=plan.seed, metavar="N")
    return parser
