"""The few questions that a new installation needs an answer to."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from bot.commands import setup
from bot.errors import InputError
from bot.terminal import Terminal


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question.

    Args:
        name: of the field, of the option, and of the text.
        read: makes a value of what was typed; raises InputError.
        usual: what an empty answer means; None where there is no usual answer.
    """

    name: str
    read: Callable[[str], object]
    usual: str | None = ""


_QUESTIONS: Final = (
    _Asked("phone", setup.read_phone, None),
    _Asked("bot", setup.read_bot),
    _Asked("chats", setup.read_chats),
    _Asked("language", setup.read_language, "nl"),
    _Asked("flow", setup.read_flow, "sozawe"),
)
NAMES: Final = tuple(question.name for question in _QUESTIONS)


def wishes(terminal: Terminal, args: argparse.Namespace) -> setup.Wishes:
    """Take from the options what was said, and ask the rest.

    Nothing is asked with `--yes`, or where nobody sits at the keyboard. Raises
    InputError for an option that cannot be used, or one that nothing can replace.
    """
    asks = sys.stdin.isatty() and not args.yes
    found: dict[str, Any] = {}
    for question in _QUESTIONS:
        said = getattr(args, question.name)
        if said is not None:
            found[question.name] = question.read(said)
        elif asks:
            found[question.name] = _ask(terminal, question)
        else:
            # Without a usual answer this says what is missing.
            found[question.name] = question.read(question.usual or "")
    return setup.Wishes(**found)


def _ask(terminal: Terminal, question: _Asked) -> object:
    usual = f" [{question.usual}]" if question.usual else ""
    while True:
        choices = ", ".join(setup.flow_names())
        text = terminal.text(f"setup.{question.name}", choices=choices)
        answer = input(f"{text}{usual} ").strip()
        try:
            return question.read(answer or question.usual or "")
        except InputError as error:
            terminal.complain(error)
