"""How long the digests of one opening take after ten years, and how much memory.

Every measurement is a process of its own, so that its peak is that of this alone:
`python -m bench.digests` makes the batches, then measures, and prints one line.
"""

import asyncio
import json
import resource
import sys
import time
from pathlib import Path
from random import Random
from typing import Final

from bench.department import GRADES, STATEMENTS
from bench.figures import Figure
from bench.place import flow_to_ask
from bot.ballots import Batch, Cell, Ledger, Outcome
from bot.core.flow import Origin
from bot.core.questions import Grade
from bot.core.questions.base import OPT_OUT
from bot.core.weeks import week_after
from bot.digest.build import build
from bot.messages import Catalogue
from bot.outbox import WrittenDigest

WEEKS: Final = 520
_PEOPLE: Final = 12
_FIRST: Final = "2026-W01"
_ROOT: Final = Path(__file__).parents[1]


def ten_years(weeks: int = WEEKS) -> Ledger:
    """Make up a batch for each week, of invited people and of walk-ins."""
    flow, chance = flow_to_ask(), Random("ten years")
    batches = []
    for number in range(weeks):
        for origin in Origin:
            counts = {}
            for question in flow.questions:
                clients = GRADES if isinstance(question, Grade) else STATEMENTS
                opted_out = chance.randrange(3)
                answers = clients.answers(chance, _PEOPLE - opted_out)
                counts[question.name] = {**answers, OPT_OUT: opted_out}
            cell = Cell(flow.content_hash, origin)
            ended = {Outcome.COMPLETE: _PEOPLE, Outcome.NOT_OPENED: 2 * _PEOPLE}
            batches.append(Batch(week_after(_FIRST, number), cell, counts, ended))
    return Ledger(
        week=batches[-1].week,
        last=week_after(batches[-1].week, -1),
        batches=batches,
        flows={flow.content_hash: flow},
        live={flow.flow: flow.content_hash},
    )


def write(ledger: Ledger) -> tuple[WrittenDigest, ...]:
    """Write what this opening sends."""
    catalogue = Catalogue.load()

    def words(key: str, /, **facts: object) -> str:
        return catalogue.text(key, "nl", **facts)

    # The place of whatever else an opening makes: the chart belongs here.
    return build(ledger, words)


async def measure(rounds: int) -> list[Figure]:
    """Write the digests again and again, each time in a new process."""
    found = [await _round() for _ in range(rounds)]
    seconds, mebibytes = zip(*found, strict=True)
    return [
        Figure("digests: seconds after ten years", None, seconds),
        Figure("digests: peak memory, MiB", None, mebibytes),
    ]


async def _round() -> tuple[float, float]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bench.digests"),
        cwd=_ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    printed, _ = await process.communicate()
    seconds, mebibytes = json.loads(printed)
    return seconds, mebibytes


def main() -> None:
    """Measure once, and print seconds and MiB."""
    ledger = ten_years()
    began = time.perf_counter()
    write(ledger)
    seconds = time.perf_counter() - began
    # Of the whole process: interpreter, imports and batches among it.
    kibibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([seconds, kibibytes / 1024]))


if __name__ == "__main__":
    main()
