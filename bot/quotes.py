"""Where the quotes of a line of YAML went wrong, as the parser does not say it.

A quote that is missing at the end of a line is met a line or more later, when the next
text begins; curly quotes are letters to YAML, and no quotes at all.
"""

import re
from collections.abc import Sequence
from typing import Final

_CURLY: Final = ("“", "”", "„", "‟", "‘", "’", "‚", "«", "»")
# Before what may be quoted: the dash of an item, a bracket, a comma, or a key.
_BEFORE: Final = re.compile(r"^\s*(?:- +)*|[{\[,]\s*|:\s+")
_NEXT_ENTRY: Final = re.compile(r"\s*(?:#|- |[\w-]+:(?:\s|$)|$)")
_FARTHEST: Final = 3
"""Lines between where a quote is missing and where that is met."""


def begins_curly(text: str) -> bool:
    """Say whether a text without quotes of its own begins with a curly one."""
    return text.startswith(_CURLY)


def ends_quoted(text: str) -> bool:
    """Say whether a text without a quote at its beginning has one at its end."""
    return text.endswith('"') and text.count('"') % 2 == 1


def open_quote(line: str) -> int | None:
    """Give the place, from 0, of a quote that is not closed on its line."""
    place = 0
    while place <= len(line) and (found := _BEFORE.search(line, place)):
        start = found.end()
        quote = line[start : start + 1]
        if quote not in ('"', "'"):
            # An empty match is at the beginning; what it did not find is further on.
            place = max(start, place + 1)
            continue
        end = _closing(line, start + 1, quote)
        if end is None:
            return start
        place = end + 1
    return None


def _closing(line: str, place: int, quote: str) -> int | None:
    while place < len(line):
        if quote == '"' and line[place] == "\\":
            place += 1
        elif line[place] == quote:
            if quote == "'" and line[place + 1 : place + 2] == "'":
                place += 1
            else:
                return place
        place += 1
    return None


def missing_quote(lines: Sequence[str], last: int) -> tuple[int, int] | None:
    """Find where a quote was left out that the parser stumbled over.

    Args:
        last: the line, from 1, at which it stumbled.

    Returns:
        Line and column, both from 1, of the quote that is open.
    """
    for number in range(last, max(last - _FARTHEST, 1) - 1, -1):
        place = open_quote(lines[number - 1])
        follows = lines[number] if number < len(lines) else ""
        # A text may run on to the next line; another entry there shows that it did not.
        if place is not None and _NEXT_ENTRY.match(follows):
            return number, place + 1
    return None


def curly_quote(line: str) -> int | None:
    """Give the place, from 0, of a curly quote where a value begins."""
    for found in _BEFORE.finditer(line):
        if begins_curly(line[found.end() :]):
            return found.end()
    return None
