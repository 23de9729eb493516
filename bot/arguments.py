"""argparse, speaking the language of whoever types."""

import argparse
import sys
from typing import Any, NoReturn

from bot.terminal import Terminal


class Parser(argparse.ArgumentParser):
    """argparse, in our own words."""

    terminal: Terminal

    def error(self, message: str) -> NoReturn:
        """Say what was not understood, and how it is to be used."""
        self.print_usage(sys.stderr)
        text = self.terminal.text("wrong-words", message=message)
        print(text, file=sys.stderr)
        raise SystemExit(2)


def finish(parser: argparse.ArgumentParser, terminal: Terminal) -> None:
    """Head the parts of the explanation in our own words, and offer it."""
    parser.formatter_class = lambda prog: _Usage(prog, terminal.text("usage"))
    parser._positionals.title = terminal.text("arguments")
    parser._optionals.title = terminal.text("options")
    option(parser, terminal, "help", "-h", action="help")


class _Usage(argparse.HelpFormatter):
    def __init__(self, prog: str, prefix: str) -> None:
        super().__init__(prog)
        self._prefix = prefix

    def add_usage(
        self, usage: Any, actions: Any, groups: Any, prefix: Any = None
    ) -> None:
        super().add_usage(usage, actions, groups, self._prefix)


def option(
    parser: argparse.ArgumentParser,
    terminal: Terminal,
    name: str,
    *short: str,
    says: str = "",
    **how: Any,
) -> None:
    """Add an option; the catalogue explains it, by its name or by `says`."""
    text = terminal.text(f"option.{says or name}")
    parser.add_argument(*short, f"--{name}", help=text, **how)


def argument(
    parser: argparse.ArgumentParser, terminal: Terminal, name: str, **how: Any
) -> None:
    """Add an argument; the catalogue explains it."""
    text = terminal.text(f"option.{name}")
    parser.add_argument(name, help=text, metavar=name.upper(), **how)
