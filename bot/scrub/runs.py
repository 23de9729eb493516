"""Find any other long run of digits, whoever gave it out and for what.

Amounts, times, years and round numbers stay.
"""

import re
from collections.abc import Iterator
from typing import Final

from bot.scrub.pieces import Kind, Piece

SHORTEST: Final = 8
"""Digits, where marks or blanks stand between them."""
UNBROKEN: Final = 6
"""Digits in a row."""

_RUN: Final = re.compile(
    r"(?<!\d)\d(?:[ .\-/_]{0,2}\d)*(?:[A-Za-z]\d{1,4}|[/-]?[A-Z](?!\w))?"
)
_GROUPS: Final = re.compile(r"\d+")
_UNBROKEN: Final = re.compile(rf"\d{{{UNBROKEN},}}")
_YEARS: Final = re.compile(r"(?:(?:19|20)\d\d[ .\-/_]{0,2})+")
_HOUR: Final = r"(?:[01]?\d|2[0-4])\.[0-5]\d"
_HOURS: Final = re.compile(rf"{_HOUR} ?[-/] ?{_HOUR}")
_ROUND: Final = re.compile(r"[1-9]\d?0+|[1-9]\d{0,2}(?:\.\d{3})*")
_BEFORE: Final = re.compile(r"(?:€|eur|euro|usd|\$) ?$", re.IGNORECASE)
_BEHIND: Final = re.compile(
    r",(?:\d\d(?!\d)|-)| ?(?:€|euro|eur\b|lira|tl\b|zł|usd|\$)", re.IGNORECASE
)
_PHONE: Final = re.compile(r"(?:0|31)\d{9,10}")
_SPELLED: Final = re.compile(
    r"(?i)(?<!\w)(?:(?:nul|[eé][eé]n|twee|drie|vier|vijf|zes|zeven|acht|negen|"
    r"zero|one|two|three|four|five|six|seven|eight|nine|"
    r"tien|elf|twaalf|\w{2,7}tien|\w{3,7}[eë]n\w{3,6}tig|twintig|dertig|veertig|"
    r"vijftig|zestig|zeventig|tachtig|negentig)[ ,.\-]{1,2}){5,30}"
    r"(?:nul|[eé][eé]n|twee|drie|vier|vijf|zes|zeven|acht|negen|zero|one|two|three|four|"
    r"five|six|seven|eight|nine|\w{2,7}tien|\w{2,14}tig)(?!\w)"
)


def runs(text: str) -> Iterator[Piece]:
    """Find runs of digits, as numbers or spelled out one by one."""
    for found in _RUN.finditer(text):
        yield from _judged(text, found)
    for spelled in _SPELLED.finditer(text):
        yield Piece(*spelled.span(), Kind.NUMBER)


def _judged(text: str, found: re.Match[str]) -> Iterator[Piece]:
    run = found[0]
    groups = _GROUPS.findall(run)
    digits = sum(map(len, groups))
    if digits < UNBROKEN or _YEARS.fullmatch(run) or _HOURS.fullmatch(run):
        return
    if _is_amount(text, found):
        return
    if digits >= SHORTEST and not _is_listing(run, groups):
        yield Piece(*found.span(), Kind.NUMBER)
        return
    for part in _UNBROKEN.finditer(text, *found.span()):
        if not _ROUND.fullmatch(part[0]):
            yield Piece(*part.span(), Kind.NUMBER)


def _is_amount(text: str, found: re.Match[str]) -> bool:
    is_written_so = _ROUND.fullmatch(found[0]) is not None
    before = text[max(found.start() - 5, 0) : found.start()]
    is_priced = _BEFORE.search(before) or _BEHIND.match(text, found.end())
    return bool(is_priced) and (is_written_so or len(found[0]) <= SHORTEST)


def _is_listing(run: str, groups: list[str]) -> bool:
    """Say whether these are several numbers: years, or amounts one after the other."""
    if len(groups) == 1:
        return False
    years = [group for group in groups if _YEARS.fullmatch(group)]
    return len(years) == len(groups) or (
        "  " in run and max(map(len, groups)) < UNBROKEN
    )
