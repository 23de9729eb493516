"""How the command line speaks to the person at the keyboard."""

import argparse
import io
import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from bot.config import Installation, read_config
from bot.errors import ContactsError, FlowError, Issue, PolsslagError
from bot.messages import Catalogue
from bot.messages.issues import Paint, format_issue

CONFIG: Final = Path("config.yaml")
"""Where the configuration is, unless that is said."""

_WIDEST: Final = 100
"""Columns; longer lines are hard to read, however wide the window is."""
_BAR: Final = 40
_COLOURS: Final = {"place": "1", "error": "1;31", "warn": "33"}


@dataclass(slots=True)
class Terminal:
    """Speaks to the person at the keyboard, in one language."""

    words: Catalogue
    language: str

    def say(self, key: str, /, **facts: object) -> None:
        """Print a text of the staff catalogue."""
        print(self.text(key, **facts))

    def write(self, text: str) -> None:
        """Print a text that was written elsewhere, as it is."""
        print(text)

    def text(self, key: str, /, **facts: object) -> str:
        """Give a text of the staff catalogue."""
        return self.words.text(f"staff.{key}", self.language, **facts)

    def speaks(self) -> Callable[..., str]:
        """Give all catalogues, bound to the language."""
        return self.words.bound(self.language)

    def complain(self, error: PolsslagError) -> None:
        """Print what went wrong and how to mend it."""
        if isinstance(error, FlowError):
            for issue in error.issues:
                print(format_issue(issue, self.words, self.language), file=sys.stderr)
            return
        for fault in _told(error):
            text = self.text(f"error.{fault.code}", **fault.facts)
            print(self.text("error-line", text=text), file=sys.stderr)

    def show(self, issues: Iterable[Issue], to: TextIO | None = None) -> None:
        """Print issues with a line between them."""
        for issue in issues:
            said = format_issue(issue, self.words, self.language, _paint(to))
            print(said, end="\n\n", file=to)

    def report(self, mark: str, key: str, facts: Mapping[str, object]) -> None:
        """Print one line of a report behind its mark; what is long is wrapped."""
        sign = self.text("decimal")
        shown = {
            name: f"{fact:.1f}".replace(".", sign) if isinstance(fact, float) else fact
            for name, fact in facts.items()
        }
        head = f"{self.text(mark):<8}"
        print(_wrapped(self.text(key, **shown), head))

    def progress(self, done: int, of: int, bar: str, line: str) -> None:
        """Show how far it is: with a bar on a terminal, with a line elsewhere."""
        if not sys.stdout.isatty():
            print(line, flush=True)
            return
        full = _BAR * done // of
        text = f"\r[{'#' * full}{'-' * (_BAR - full)}] {bar}"
        # Over at the end: what follows is written over it.
        print(text, end="\r\033[K" if done == of else "", flush=True)

    def explain(self, key: str, **facts: object) -> None:
        """Print a text that is too long for a line."""
        print(_wrapped(self.text(key, **facts)))

    def item(self, text: str) -> None:
        """Print a line of a list; what is long is wrapped."""
        print(_wrapped(text, "  - "))

    def confirms(self, yes: bool) -> bool:
        """Ask whether to go on, unless that was said beforehand."""
        if yes:
            return True
        if not sys.stdin.isatty():
            text = self.text("error-line", text=self.text("confirm.no-terminal"))
            print(text, file=sys.stderr)
            return False
        answer = input(self.text("confirm.ask")).strip().lower()
        if answer.startswith(self.text("confirm.yes")):
            return True
        self.say("confirm.stopped")
        return False

    def installation(self, args: argparse.Namespace) -> Installation:
        """Read the configuration, and go on in its language."""
        installation = read_config(args.config)
        self.language = installation.config.language
        return installation


def _told(error: PolsslagError) -> tuple[PolsslagError, ...]:
    """Give what is to be said: of a list, each fault, and that there are more."""
    if not isinstance(error, ContactsError):
        return (error,)
    is_all = error.facts["count"] == len(error.faults)
    return error.faults if is_all else (*error.faults, error)


def _paint(to: TextIO | None) -> Paint:
    """Give colours for a terminal that takes them, and none for anything else."""
    is_plain = (
        not (to or sys.stdout).isatty()
        or os.environ.get("NO_COLOR", "")
        or os.environ.get("TERM") == "dumb"
    )

    def paint(text: str, style: str) -> str:
        return text if is_plain else f"\033[{_COLOURS[style]}m{text}\033[0m"

    return paint


def speak_plainly(*streams: TextIO) -> None:
    """Let no letter that a window cannot show end the program; it shows `?` instead."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _wrapped(text: str, head: str = "") -> str:
    return textwrap.fill(
        text,
        width=min(shutil.get_terminal_size().columns, _WIDEST),
        initial_indent=head,
        subsequent_indent=" " * len(head),
        # A path or a command is to be copied whole.
        break_long_words=False,
        break_on_hyphens=False,
    )
