"""How the occasions of each survey ended: AAPOR's outcome rates, with their fractions.

Made of released batches alone: no key and no sealed row is read.
"""

import asyncio
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.app import upkeep
from bot.config import Installation
from bot.core.weeks import week_number
from bot.digest.model import ENOUGH, WINDOW
from bot.digest.occasions import (
    COMPANY,
    WAITS,
    Occasions,
    Period,
    Untold,
    occasions,
)
from bot.digest.rates import RUN_UP, Ratio
from bot.errors import InputError
from bot.messages import Catalogue

FORMAT: Final = 1
"""Counts up where the document of `--json` cannot only get more fields."""

_WIDTH: Final = 78
_LABEL: Final = 38
_CELL: Final = 20
_RATES: Final = ("rr1", "coop1", "con1")


async def released(installation: Installation) -> list[Occasions]:
    """Read how occasions ended, by whole spans.

    Raises InputError where nothing was stored yet.
    """
    answers = installation.data / "answers.db"
    if not await asyncio.to_thread(answers.is_file):
        raise InputError("no-such-file", path=str(answers))
    history = await upkeep.released(installation)
    if history.week is None:
        return []
    return occasions(history.batches, history.flows, history.live, history.week)


def document(found: Sequence[Occasions]) -> dict[str, object]:
    """Give all of it for programs."""
    return {"format": FORMAT, "occasions": [_fields(one) for one in found]}


def _fields(one: Occasions) -> dict[str, object]:
    ratios = {} if one.rates is None else _ratios(one)
    return {
        "flow": one.flow,
        "origin": str(one.origin),
        "period": str(one.period),
        "first": one.first or None,
        "last": one.last or None,
        "counts": one.counts,
        "outcomes": {str(outcome): n for outcome, n in one.outcomes.items()},
        "untold": None if one.untold is None else str(one.untold),
        "rates": {
            name: {"part": ratio.part, "whole": ratio.whole}
            for name, ratio in ratios.items()
            if ratio.told is not None
        },
    }


def _ratios(one: Occasions) -> dict[str, Ratio]:
    return {name: getattr(one.rates, name) for name in _RATES}


def _unopened(periods: Sequence[Occasions]) -> Untold | None:
    """Say whether some period lacks those who did not open their invitation."""
    unknown = Untold.UNOPENED_UNKNOWN
    return unknown if any(one.untold is unknown for one in periods) else None


@dataclass(frozen=True, slots=True)
class Report:
    """Says in one language how occasions ended."""

    words: Catalogue
    language: str

    def lines(self, found: Sequence[Occasions]) -> Iterator[str]:
        """Write a table for each survey and each way in; the ways are never mixed."""
        if not found:
            yield from self._wrapped("nothing")
            return
        for whole, window in zip(found[::2], found[1::2], strict=True):
            yield from self._table((whole, window))
            yield ""
        yield from self._wrapped("known", weeks=WINDOW)

    def _table(self, periods: Sequence[Occasions]) -> Iterator[str]:
        whole = periods[0]
        yield self._say(f"of.{whole.origin}", flow=whole.flow)
        if not whole.first:
            yield from self._wrapped("untold.too_few", least=ENOUGH)
            return
        yield self._row("", [self._head(one) for one in periods])
        for key in whole.counts:
            cells = [str(one.counts[key]) for one in periods]
            yield self._row(self._say(f"row.{key}"), cells)
        if whole.rates is not None:
            for name in _RATES:
                cells = [self._rate(one, name) for one in periods]
                yield self._row(self._say(f"row.{name}"), cells)
        facts = {"least": ENOUGH, "weeks": whole.weeks, "run_up": RUN_UP}
        facts |= {"together": COMPANY, "patience": WAITS}
        for untold in Untold:
            if untold in (whole.untold, _unopened(periods)):
                yield from self._wrapped(f"untold.{untold}", **facts)

    def _head(self, one: Occasions) -> str:
        if one.period is Period.WINDOW:
            return self._say("period.window", weeks=WINDOW)
        first, last = week_number(one.first), week_number(one.last)
        key = "single" if one.first == one.last else "whole"
        return self._say(f"period.{key}", first=first, last=last)

    def _rate(self, one: Occasions, name: str) -> str:
        if one.untold is Untold.UNOPENED_UNKNOWN:
            return self._say("unknown")
        ratio = None if one.rates is None else _ratios(one)[name]
        if ratio is None or ratio.told is None:
            return self._say("too-few")
        facts = {"part": ratio.part, "whole": ratio.whole}
        return self._say("ratio", percent=round(100 * ratio.told), **facts)

    def _row(self, label: str, cells: Sequence[str]) -> str:
        row = f"{label:<{_LABEL}}" + "".join(f"{cell:>{_CELL}}" for cell in cells)
        return row.rstrip()

    def _wrapped(self, key: str, **facts: object) -> list[str]:
        return textwrap.wrap(self._say(key, **facts), _WIDTH)

    def _say(self, key: str, /, **facts: object) -> str:
        return self.words.text(f"staff.rates.{key}", self.language, **facts)
