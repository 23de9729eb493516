"""argparse, speaking the language of whoever types."""

import argparse
import sys
from typing import Any, Final, NoReturn

from bot.terminal import Terminal

_PHRASES: Final = {
    "the following arguments are required: %s": "missing",
    "invalid choice: %(value)r (choose from %(choices)s)": "choice",
    "invalid %(type)s value: %(value)r": "value",
    "expected one argument": "behind",
    "expected at least one argument": "behind",
    "unrecognized arguments: %s": "unknown",
}
"""What argparse looks up as gettext texts, and our names for it."""


class Parser(argparse.ArgumentParser):
    """argparse, in our own words."""

    terminal: Terminal

    @classmethod
    def speak(cls, terminal: Terminal) -> None:
        """Let argparse say all it says in the language of this terminal."""
        cls.terminal = terminal

        def said(text: str) -> str:
            name = _PHRASES.get(text)
            return text if name is None else terminal.text(f"parser.{name}")

        # argparse asks gettext for each of its texts; there is no other way in.
        argparse._ = said  # type: ignore[attr-defined]

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
    parser: argparse.ArgumentParser,
    terminal: Terminal,
    name: str,
    *,
    says: str = "",
    **how: Any,
) -> None:
    """Add an argument; the catalogue explains it, by its name or by `says`."""
    text = terminal.text(f"option.{says or name}")
    parser.add_argument(name, help=text, metavar=name.upper(), **how)
