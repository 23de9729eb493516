"""YAML text -> plain values with their line and column. The only home of `yaml`.

Every scalar stays text. Anchors, aliases, tags and directives are refused while the
events pass by, so that nothing is ever expanded; a fault in the file is always an
`Issue`, never another exception.

    document = read("flows/balie.yaml", text)     # or read_file(path)
    document.value                                # str, list and dict, nothing else
    document.issue("wrong-value", ("questions", 0, "name"), {"found": "Balie"})
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn, Protocol

import yaml

from bot.core.fault import shown
from bot.errors import FlowError, Issue
from bot.filetext import (
    LARGEST,
    MOST_ISSUES,
    NO_FACTS,
    SPACE,
    UNREADABLE,
    Facts,
    Position,
    make_issue,
    readable,
    refuse,
)
from bot.quotes import begins_curly, curly_quote, ends_quoted, missing_quote

Plain = str | list["Plain"] | dict[str, "Plain"]
Where = tuple[str | int, ...]
"""The keys and places that lead from the whole file to one value."""
DEEPEST: Final = 20
MOST_VALUES: Final = 20_000
# libyaml where the wheel brings it: 100 flows must be read within two seconds.
_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NUMBER_SIGN: Final = re.compile(r"\s+#\S")
# What the parser says, and which of our texts tells a person how to mend it.
_SYNTAX: Final = (
    ("mapping values are not allowed", "colon"),
    ("unexpected end of stream", "quote"),
    ("could not find expected ':'", "no-colon"),
    ("cannot start any token", "character"),
    ("unknown escape", "escape"),
    ("',' or '", "bracket"),
    ("undefined tag handle", "tag"),
    ("did not find expected", "structure"),
    ("expected <block end>", "structure"),
)


class _Mark(Protocol):
    """Where the parser is, from 0; libyaml and PyYAML each have a class for it."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its plain value, and where each part of it stands.

    Args:
        path: the file as it was named on the command line.
        lines: the text, for excerpts.
        spots: per path, the position of its key and the position of its value.
    """

    path: str
    value: Plain
    lines: tuple[str, ...]
    spots: Mapping[Where, tuple[Position, Position]]

    def issue(
        self,
        rule: str,
        where: Where,
        facts: Facts = NO_FACTS,
        *,
        on_key: bool = False,
        level: str = "error",
    ) -> Issue:
        """Make an issue at a path, or at the deepest part of it that exists."""
        depth = len(where)
        while where[:depth] not in self.spots:
            depth -= 1
        key, value = self.spots[where[:depth]]
        # What is missing has no place of its own: the key above it stands for it.
        position = key if on_key or depth < len(where) else value
        return make_issue(self.path, self.lines, position, rule, facts, level)


def read_file(path: Path) -> Document:
    """Read a file. Raises FlowError with every fault of its syntax."""
    try:
        with path.open("rb") as file:
            # One byte more than allowed tells enough of a file that is too large.
            content = file.read(LARGEST + 1)
    except OSError:
        refuse(str(path), (), (1, 1), "absent")
    return read(str(path), content)


def read(path: str, content: str | bytes) -> Document:
    """Turn the content of a file into a document.

    Raises FlowError with every fault of its syntax.
    """
    text, lines = readable(path, content)
    return _Builder(path, text, lines).document()


def dump(value: object) -> str:
    """Write a plain value as YAML in block style, keys in the order they have."""
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=88)


class _Builder:
    """Builds the value from the parser's events, and gathers what is refused."""

    def __init__(self, path: str, text: str, lines: tuple[str, ...]) -> None:
        self._path = path
        self._text = text
        self._lines = lines
        self._spots: dict[Where, tuple[Position, Position]] = {}
        self._issues: list[Issue] = []
        self._events = self._checked_events()

    def document(self) -> Document:
        next(self._events)  # the stream begins
        if isinstance(next(self._events), yaml.StreamEndEvent):
            refuse(self._path, self._lines, (1, 1), "empty")
        value = self._value((), next(self._events), None)
        next(self._events)  # the document ends
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            refuse(self._path, self._lines, _position(after.start_mark), "documents")
        if self._issues:
            raise FlowError(tuple(sorted(self._issues)))
        return Document(self._path, value, self._lines, self._spots)

    def _value(self, where: Where, event: yaml.Event, key: Position | None) -> Plain:
        position = _position(event.start_mark)
        if len(self._spots) >= MOST_VALUES:
            refuse(self._path, self._lines, position, "values", most=MOST_VALUES)
        if len(where) > DEEPEST:
            refuse(self._path, self._lines, position, "deep", most=DEEPEST)
        self._spots[where] = (key or position, position)
        match event:
            case yaml.MappingStartEvent():
                return self._mapping(where)
            case yaml.SequenceStartEvent():
                return self._sequence(where)
            case yaml.ScalarEvent():
                # "\b" in quotes is a character that nobody sees, not a b.
                if UNREADABLE.search(event.value):
                    self._add(position, "yaml", {"case": "escape"})
                elif not event.style:
                    self._find_pasted(position, event.value)
                    self._find_cut(event)
                return str(event.value)
            case _:  # an alias, which is among the issues already
                return ""

    def _sequence(self, where: Where) -> list[Plain]:
        items: list[Plain] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value((*where, len(items)), event, None))
        return items

    def _mapping(self, where: Where) -> dict[str, Plain]:
        pairs: dict[str, Plain] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            position = _position(event.start_mark)
            if not isinstance(event, yaml.ScalarEvent):
                refuse(self._path, self._lines, position, "key")
            key = event.value
            if not event.style:
                self._find_pasted(position, key)
            if key == "<<":
                self._add(position, "no-yaml-tricks", {"found": "<<"})
            if key in pairs:
                first = self._spots[(*where, key)][0][0]
                facts = {"found": shown(key), "first": first}
                self._add(position, "duplicate-key", facts)
            pairs[key] = self._value((*where, key), next(self._events), position)
        return pairs

    def _checked_events(self) -> Iterator[yaml.Event]:
        try:
            for event in yaml.parse(self._text, Loader=_LOADER):
                self._find_tricks(event)
                yield event
        except yaml.MarkedYAMLError as error:
            self._fail(error)

    def _find_tricks(self, event: yaml.Event) -> None:
        position = _position(event.start_mark)
        if isinstance(event, yaml.DocumentStartEvent):
            if event.version or event.tags:
                self._add(position, "no-yaml-tricks", {"found": "%"})
        elif isinstance(event, yaml.AliasEvent):
            self._add(position, "no-yaml-tricks", {"found": "*"})
        elif isinstance(event, yaml.NodeEvent) and event.anchor:
            self._add(position, "no-yaml-tricks", {"found": "&"})
        if getattr(event, "tag", None):
            self._add(position, "no-yaml-tricks", {"found": "!"})

    def _find_cut(self, event: yaml.ScalarEvent) -> None:
        """Find a text without quotes that ends at a number sign, as in `afspraak #1`.

        Behind a real comment's sign stands a blank.
        """
        line, column = _position(event.end_mark)
        rest = self._lines[line - 1][column - 1 :] if line <= len(self._lines) else ""
        if " " in event.value and _NUMBER_SIGN.match(rest):
            self._add((line, column + 1), "yaml", {"case": "comment"})

    def _find_pasted(self, position: Position, text: str) -> None:
        """Find what comes along when a text is pasted, and is no quote or space here.

        Args:
            text: a text without quotes around it.
        """
        if begins_curly(text):
            case = "curly"
        elif ends_quoted(text):
            case = "opening"
        elif SPACE.search(text):
            case = "space"
        else:
            return
        # One such line may hold several; the first tells enough.
        if not any(issue.line == position[0] for issue in self._issues):
            self._add(position, "yaml", {"case": case})

    def _fail(self, error: yaml.MarkedYAMLError) -> NoReturn:
        problem = error.problem or ""
        case = next((case for said, case in _SYNTAX if said in problem), "other")
        mark = error.problem_mark
        if case in ("quote", "no-colon"):  # where it began tells more than where it ran
            mark = error.context_mark or mark
        line, column = _position(mark)
        # A fault at the very end lies past the last line: point behind the last word.
        if line > len(self._lines) or not self._lines[line - 1].strip():
            line = max(
                (n for n, said in enumerate(self._lines[:line], 1) if said.strip()),
                default=1,
            )
            column = len(self._lines[line - 1]) + 1
        if case not in ("tag", "escape"):
            if self._issues:
                # What was pasted on an earlier line may be all that is wrong.
                raise FlowError(tuple(sorted(self._issues))) from error
            if (place := curly_quote(self._lines[line - 1])) is not None:
                case, column = "curly", place + 1
            elif found := missing_quote(self._lines, line):
                case, (line, column) = "quote", found
            elif case == "bracket" and self._is_left_open(error.context_mark, line):
                line, column = _position(error.context_mark)
        rule = "no-yaml-tricks" if case == "tag" else "yaml"
        facts = {"found": "!"} if case == "tag" else {"case": case}
        self._add((line, column), rule, facts)
        raise FlowError(tuple(sorted(self._issues))) from error

    def _is_left_open(self, opened: _Mark | None, line: int) -> bool:
        """Say whether what was opened should have been closed on a line before."""
        if opened is None or opened.line + 1 >= line:
            return False
        after = [line for line in self._lines[opened.line + 1 :] if line.strip()]
        return bool(after) and _indent(after[0]) <= _indent(self._lines[opened.line])

    def _add(self, position: Position, rule: str, facts: Facts) -> None:
        if len(self._issues) < MOST_ISSUES:
            self._issues.append(
                make_issue(self._path, self._lines, position, rule, facts)
            )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _position(mark: _Mark | None) -> Position:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
