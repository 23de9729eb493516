"""Do the logs say that something happened, and never whose doing it was?"""

import re
from collections.abc import Iterator
from typing import Final

from bot.audit.evidence import Evidence
from bot.audit.finding import Result, found, note, ok
from bot.audit.traces import files_in

EVENTS: Final = (
    "commands and descriptions could not be set",
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
    r"(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[T ][\d:.,+Z-]+)\s+"
    r"(?:[\w.-]+ (?P<program>[\w./-]+)(?:\[\d+\])?: )?"
)
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
    lines, dated, is_fine = 0, 0, True
    for path in files_in(evidence.logs):
        text = path.read_bytes().decode("utf-8", "replace")
        for number, line in enumerate(text.splitlines(), start=1):
            clock = _CLOCK.match(line)
            dated += clock is not None
            lines += 1
            if clock and clock["program"] == "systemd":
                # That a service was started says nothing of who uses it.
                continue
            if kind := _betrays(line[clock.end() if clock else 0 :]):
                is_fine = False
                yield found(f"log-{kind}", path=path, line=number)
    if is_fine:
        yield ok("logs", lines=lines)
    if dated:
        yield note("logs-dated", lines=dated)


def _betrays(line: str) -> str:
    """Name the worst that a line does; empty for one that may stand there."""
    for kind, pattern in _SECRETS:
        if pattern.search(line):
            return kind
    return "" if not line.strip() or _LINE.fullmatch(line.strip()) else "unknown"
