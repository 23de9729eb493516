"""The same conversation on a terminal: type an answer, or the letter of a button.

Translation only, as in any transport. What is printed cannot be edited: of a message
that a chat would edit, what is new in it is printed.
"""

import signal
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from string import ascii_lowercase
from typing import Final, Protocol, assert_never

from bot.core.effects import AskRemarkAgain, Effect, Note, ShowRemark, Unkept
from bot.dialogue import (
    Commanded,
    Delete,
    Edit,
    Input,
    Key,
    Opened,
    Reply,
    Send,
    Tapped,
    View,
    Word,
    Wrote,
)
from bot.service.views import BACK, CHANGE, KEEP, LEAVE, MENU, NO, STOP, YES
from bot.transports.conversation import remarked, written

_COMMANDS: Final = {
    "/help": Word.HELP,
    "/privacy": Word.PRIVACY,
    "/stop": Word.STOP,
    "/taal": Word.LANGUAGE,
    "/language": Word.LANGUAGE,
}
_TAPS: Final = {
    YES: "accept",
    NO: "decline",
    BACK: "back",
    STOP: "stop",
    KEEP: "keep",
    CHANGE: "change",
    LEAVE: "leave",
}


class Service(Protocol):
    """What a conversation needs of the survey service."""

    async def handle(
        self, subject: str, event: Input, update: int | None = None
    ) -> Reply:
        """Take in what a person did."""
        ...

    async def shown(self, subject: str, token: str, sent: Sequence[int]) -> None:
        """Hear that a reply is on the screen."""
        ...


@dataclass(slots=True)
class Record:
    """What somebody did, line by line, as a golden conversation has it.

    Only what moved the survey is kept: neither help, nor a button that did nothing.
    """

    events: list[str] = field(default_factory=list)

    def note(self, done: Input, effects: Sequence[Effect]) -> None:
        """Take down one thing that was done, and what it led to."""
        if effects and (line := _line(done, effects)):
            self.events.append(line)


async def converse(
    service: Service,
    subject: str,
    opened: Opened,
    read: Callable[[], Awaitable[str]],
    write: Callable[[str], object],
    record: Record | None = None,
) -> None:
    """Have one conversation, until its closing text or the end of the input.

    Args:
        opened: the link through which the person comes.
        read: gives the next line with its line feed; an empty text is the end.
        write: prints a text as it is.
    """
    paper = _Paper(write)
    done: Input = opened
    while True:
        reply = await service.handle(subject, done)
        if record is not None:
            record.note(done, reply.effects)
        sent = paper.show(reply)
        if reply.token is not None:
            await service.shown(subject, reply.token, sent)
        if not paper.keys:
            return
        write("> ")
        line = await read()
        if not line:
            write("\n")
            return
        done = paper.meant(line.strip())


async def read_line() -> str:
    """Read a line from the terminal, or from what is piped in, which is shown."""
    # The event loop would only remember Ctrl-C until the line is read.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        line = sys.stdin.readline()
    finally:
        signal.signal(signal.SIGINT, before)
    if line and not sys.stdin.isatty():
        print(line.rstrip("\n"))
    return line


def write_text(text: str) -> None:
    """Print a text as it is, at once."""
    print(text, end="", flush=True)


class _Paper:
    """What has been printed so far, and which buttons still work."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        self._ids = count(1)
        self._views: dict[int, View] = {}

    @property
    def keys(self) -> dict[str, Key]:
        """Give the buttons of the newest message that has any, by what is typed."""
        for view in reversed(self._views.values()):
            if view.rows:
                return dict(_lettered(view))
        return {}

    def show(self, reply: Reply) -> list[int]:
        """Print what is to be shown; give the ids of the new messages."""
        sent = []
        for output in reply.outputs:
            match output:
                case Send(view=view):
                    sent.append(next(self._ids))
                    self._print(sent[-1], view)
                case Edit(message=message, view=view):
                    self._print(message, view, self._views.get(message))
                case Delete(message=message):
                    self._views.pop(message, None)
                case _:
                    assert_never(output)
        return sent

    def meant(self, line: str) -> Input:
        """Read a line as a button, a command, or words."""
        keys = self.keys
        by_label = {key.label.casefold(): key for key in keys.values()}
        if key := keys.get(line.casefold()) or by_label.get(line.casefold()):
            return Tapped(key.action)
        command, _, rest = line.partition(" ")
        if command == "/start":
            return Opened(rest.strip())
        if command in _COMMANDS:
            return Commanded(_COMMANDS[command])
        return Wrote(line)

    def _print(self, message: int, view: View, before: View | None = None) -> None:
        self._views[message] = view
        parts = view.text.split("\n\n")
        if before is not None and not view.rows:
            parts = [part for part in parts if part not in before.text.split("\n\n")]
        self._write("".join(f"\n{part}\n" for part in parts))
        typed = {key.action: way for way, key in _lettered(view)}
        lines = [
            "   ".join(_button(typed[key.action], key.label) for key in row)
            for row in view.rows
        ]
        if lines:
            self._write("\n" + "".join(f"  {line}\n" for line in lines))


def _lettered(view: View) -> Iterator[tuple[str, Key]]:
    """Give what to type for each button: its number, or else the next letter."""
    letters = iter(ascii_lowercase)
    for row in view.rows:
        for key in row:
            is_number = key.label.isdecimal()
            yield (key.label if is_number else next(letters)), key


def _button(way: str, label: str) -> str:
    return label if way == label else f"{way}) {label}"


def _line(done: Input, effects: Sequence[Effect]) -> str | None:
    match done:
        case Wrote(text=text):
            return _typed(text, effects)
        case Commanded(word=Word.STOP):
            return "stop"
        case Tapped(action=action):
            return _tap(action.partition(":")[2], effects)
        case _:
            return None


def _typed(text: str, effects: Sequence[Effect]) -> str | None:
    match effects:
        case (ShowRemark(text=shown, replaced=replaced),):
            # Never as it was typed: a golden file is for everybody.
            return remarked(shown, replaced)
        case (AskRemarkAgain(why=Unkept.TOO_LONG),):
            return None
        case (AskRemarkAgain(why=why),):
            return f"withhold {why}"
        case _:
            return written(text)


def _tap(action: str, effects: Sequence[Effect]) -> str | None:
    match effects:
        case (Note(question=question, code=code), *_):
            return f"tap {question}={code}"
    kind, _, language = action.partition(".")
    return f"language {language}" if kind == MENU else _TAPS.get(kind)
