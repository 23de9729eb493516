"""Do the logs say that something happened, and never whose doing it was?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.audit.evidence import Evidence
from bot.audit.finding import Result, found, note, ok
from bot.audit.traces import files_in

EVENTS: Final = (
    "commands and descriptions could not be set",
    "crashed",
    "crashed in passing",
    "crashed on a thread",
    "fault",
    "library",
    "started",
    "stopped",
    "telegram cannot be reached",
    "week opened",
)
"""Every event that the program writes, in its own words."""

_LINE: Final = re.compile(
    r"(?:DEBUG|INFO|WARNING|ERROR|CRITICAL) [\w.]+ (?:{})((?: [a-z]+=[^ ]*)*)".format(
        "|".join(map(re.escape, EVENTS))
    )
)
_CLOCK: Final = re.compile(
    # As syslog and journald put it before a line, and as docker does.
    r"(?P<clock>"
    r"[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[T ][\d:.,+Z-]+)\s+"
    r"(?:[\w.-]+ (?P<program>[\w./-]+)(?:\[\d+\])?: )?"
)
_FAULT: Final = "WARNING bot.faults fault "
_HOUR: Final = re.compile(r"(?<![\d:])\d\d:00:\d\d")
_JOURNAL: Final = re.compile(r"-- (?:Boot [0-9a-f]{32}|No entries) --")
_SECRETS: Final = (
    ("token", re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")),
    ("number", re.compile(r"\d{6}")),
    ("payload", re.compile(r"start=|[?&]chat_id|/bot\d")),
    ("address", re.compile(r"[\w.+-]+@[\w-]+\.(?!py:)\w")),
    ("moment", re.compile(r"\d\d:\d\d")),
)
"""What a line betrays, in the order in which the first one counts."""


def check_logs(evidence: Evidence) -> Iterator[Result]:
    """Say which lines of the logs are none of ours, or hold what they must not."""
    if evidence.logs is None:
        yield note("logs-not-given")
        return
    count, dated, is_fine = 0, 0, True
    for path in files_in(evidence.logs):
        text = path.read_bytes().decode("utf-8", "replace")
        lines = [_Line.read(line) for line in text.splitlines()]
        count += len(lines)
        dated += sum(line.clock != "" for line in lines)
        for number, kind in _betrayals(lines):
            is_fine = False
            yield found(f"log-{kind}", path=path, line=number)
    if is_fine:
        yield ok("logs", lines=count)
    if dated:
        yield note("logs-dated", lines=dated)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, and the time that another program put before it; empty where none did."""

    clock: str
    words: str

    @classmethod
    def read(cls, line: str) -> "_Line":
        head = _CLOCK.match(line)
        if head is None:
            return cls("", line.strip())
        # That a service was started says nothing of who uses it.
        is_ours = head["program"] != "systemd"
        return cls(head["clock"], line[head.end() :].strip() if is_ours else "")

    @property
    def is_fault(self) -> bool:
        return self.words.startswith(_FAULT)

    @property
    def is_on_the_hour(self) -> bool:
        return not self.clock or _HOUR.search(self.clock) is not None


def _betrayals(lines: Sequence[_Line]) -> Iterator[tuple[int, str]]:
    """Give (number, kind) of every line that is not as it should be."""
    for number, line in enumerate(lines, start=1):
        kind = _betrays(line.words)
        if not kind and line.is_fault and not line.is_on_the_hour:
            # What is left is written once more when the bot stops.
            rest = (other for other in lines[number:] if not other.is_fault)
            following = next(rest, None)
            if following is None or not following.words.endswith(" stopped"):
                kind = "hour"
        if kind:
            yield number, kind


def _betrays(words: str) -> str:
    """Name the worst that a line does; empty for one that may stand there."""
    if _JOURNAL.fullmatch(words):
        return ""
    for kind, pattern in _SECRETS:
        if pattern.search(words):
            return kind
    return "" if not words or _LINE.fullmatch(words) else "unknown"
