"""Measure, and print it as tables: `python -m bench`, or `make bench`.

Nothing is asserted: a figure is of the machine it was measured on, and of that hour.
Only the sections `needs`, `signals` and `draws` are the same everywhere: the comments
of the one were labelled by hand, and years and draws are made up, from fixed seeds.
"""

import argparse
import asyncio
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import (
    bars,
    checks,
    digests,
    draws,
    languages,
    needs,
    remarks,
    startup,
    steps,
)
from bench.figures import Figure, table
from bench.place import Place

SESSIONS: Final = (0, 1_000, 100_000)

SPEED, DIGESTS, CHECKS, LANGUAGES = "speed", "digests", "checks", "languages"
REMARKS, NEEDS, SIGNALS, DRAWS = "remarks", "needs", "signals", "draws"
SECTIONS: Final = (SPEED, DIGESTS, CHECKS, LANGUAGES, REMARKS, NEEDS, SIGNALS, DRAWS)
"""How fast it is; what digests and `check` take; how often it is right, and fair."""

_MEANING: Final = """\
bot: the whole bot but for the network, from the poll to the reply that is shown and
  stored as shown, batches of 100 updates, every change durable before it is answered.
floor: by hand and one update after the other: the library decodes it, one transaction
  at the same pragmas in one call on the writer thread, and stubbed calls of the Bot
  API: once as many as the bot makes in the same step, once two.
bot / floor: round by round, in turn, on one core. Quote these: the rest is of this
  machine, and of this hour.
run: the whole process, from its start, with every open session read once or twice.
"""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much to measure.

    Args:
        people: who answer the whole flow in one round.
    """

    sessions: tuple[int, ...]
    people: int
    rounds: int


FULL: Final = Effort(SESSIONS, 200, 5)
QUICK: Final = Effort(SESSIONS[:2], 50, 3)


async def measure(folder: Path, effort: Effort) -> list[Figure]:
    """Measure everything in a folder, which is filled once for each size."""
    places = []
    for sessions in effort.sessions:
        _say(f"Filling sessions.db with {sessions:,} open sessions.")
        places.append(Place.begin(folder / str(sessions), sessions))
        await places[-1].fill()
    figures = []
    for place in places:
        _say(f"Starting `run` with {place.sessions:,} open sessions.")
        figures += await startup.measure(place, effort.rounds)
    steps.pin()
    for place in places:
        _say(f"Taking steps beside {place.sessions:,} open sessions.")
        figures += await steps.measure(place, effort.people, effort.rounds)
    order = [figure.what for figure in figures]
    return sorted(figures, key=lambda figure: order.index(figure.what))


def main(words: Sequence[str] | None = None) -> None:
    """Measure as the command line says, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "section", nargs="?", choices=SECTIONS, help="the default is all of them"
    )
    parser.add_argument(
        "--quick", action="store_true", help="few rounds, without the 100,000"
    )
    parser.add_argument(
        "--folder",
        type=Path,
        help="where to make the files; the default is the machine's temporary folder",
    )
    args = parser.parse_args(words)
    effort = QUICK if args.quick else FULL
    sections = SECTIONS if args.section is None else (args.section,)
    if SPEED in sections:
        _speed(effort, args.folder)
    if DIGESTS in sections:
        print(table(asyncio.run(digests.measure(effort.rounds))), end="\n\n")
    if CHECKS in sections:
        print(table(asyncio.run(checks.measure(effort.rounds))), end="\n\n")
    if LANGUAGES in sections:
        print(table(asyncio.run(languages.measure(effort.rounds))), end="\n\n")
        print(languages.tables(), end="\n\n")
    if REMARKS in sections:
        print(remarks.table(), end="\n\n")
    if NEEDS in sections:
        print(needs.table(), end="\n\n")
    if SIGNALS in sections:
        print(bars.table(bars.QUICK if args.quick else bars.FULL, _say))
    if DRAWS in sections:
        print()
        print(draws.table(draws.QUICK if args.quick else draws.FULL, _say))


def _speed(effort: Effort, folder: Path | None) -> None:
    with tempfile.TemporaryDirectory(prefix="polsslag-bench-", dir=folder) as name:
        figures = asyncio.run(measure(Path(name), effort))
    print(_machine(effort, Path(name).parent))
    print()
    print(table(figures))
    print()
    print(_MEANING)


def _machine(effort: Effort, folder: Path) -> str:
    return (
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"{platform.machine()}, {os.cpu_count()} cores, load "
        f"{os.getloadavg()[0]:.1f}; files in {folder}; {effort.rounds} rounds, "
        f"{effort.people} people in each."
    )


def _say(what: str) -> None:
    print(what, file=sys.stderr)


if __name__ == "__main__":
    main()
