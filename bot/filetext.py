"""The text of a file that a person wrote, before anything is read in it.

Refuses what no editor of plain text makes: another coding, letters that nobody sees,
tabs, and the spaces of a word processor where the indent should be.
"""

import re
from collections.abc import Mapping
from typing import Final, NoReturn

from bot.errors import FlowError, Issue

Position = tuple[int, int]
"""Line and column, both from 1."""
Facts = Mapping[str, object]

NO_FACTS: Final[Facts] = {}

LARGEST: Final = 256 * 1024
"""Bytes. No flow or configuration that a person writes comes near it."""
MOST_ISSUES: Final = 200
"""More faults than this is another kind of file; nobody mends them one by one."""

UNREADABLE: Final = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff"
)
_SPACES: Final = "\xa0\u2000-\u200b\u202f\u3000"
SPACE: Final = re.compile(rf"[{_SPACES}]")
"""A space that looks like one and is none to YAML. Between quotes it does no harm."""
_SPACE_BEFORE: Final = re.compile(rf"^[ ]*(?:- +)*[{_SPACES}]")
_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def readable(path: str, content: str | bytes) -> tuple[str, tuple[str, ...]]:
    """Give the text of a file, whole and line by line.

    Raises FlowError with every fault of the first kind that is found.
    """
    text = content if isinstance(content, str) else _decoded(path, content)
    if len(text) > LARGEST:
        refuse(path, (), (1, 1), "large", most=LARGEST // 1024)
    text = text.removeprefix("\ufeff")
    lines = tuple(_BREAK.split(text))
    if found := UNREADABLE.search(text):
        before = _BREAK.split(text[: found.start()])
        position = (len(before), len(before[-1]) + 1)
        refuse(path, lines, position, "control", code=f"U+{ord(found[0]):04X}")
    tabs = [(n, line.index("\t")) for n, line in enumerate(lines) if "\t" in line]
    if tabs:
        raise FlowError(
            tuple(
                make_issue(path, lines, (line + 1, column + 1), "tab")
                for line, column in tabs[:MOST_ISSUES]
            )
        )
    spaces = [
        (n, found.end())
        for n, line in enumerate(lines, 1)
        if (found := _SPACE_BEFORE.match(line))
    ]
    if spaces:
        raise FlowError(
            tuple(
                make_issue(path, lines, position, "yaml", {"case": "space"})
                for position in spaces[:MOST_ISSUES]
            )
        )
    return text, lines


def _decoded(path: str, content: bytes) -> str:
    if len(content) > LARGEST:
        refuse(path, (), (1, 1), "large", most=LARGEST // 1024)
    # An editor that writes "Unicode" writes UTF-16, which is full of zero bytes too.
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        refuse(path, (), (1, 1), "encoding")
    if b"\0" in content:
        refuse(path, (), (1, 1), "binary")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        lines = tuple(_BREAK.split(content.decode(errors="replace")))
        before = _BREAK.split(content[: error.start].decode())
        refuse(path, lines, (len(before), len(before[-1]) + 1), "encoding")


def make_issue(
    path: str,
    lines: tuple[str, ...],
    position: Position,
    rule: str,
    facts: Facts = NO_FACTS,
    level: str = "error",
) -> Issue:
    """Make an issue at a line and column of a file."""
    line, column = position
    excerpt = lines[line - 1] if line <= len(lines) else ""
    told = tuple((name, str(fact)) for name, fact in facts.items())
    return Issue(path, line, column, level, rule, told, excerpt)


def refuse(
    path: str, lines: tuple[str, ...], position: Position, case: str, **facts: object
) -> NoReturn:
    """Refuse a file for one fault of its text."""
    raise FlowError(
        (make_issue(path, lines, position, "yaml", {"case": case} | facts),)
    )
