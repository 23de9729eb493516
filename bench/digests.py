"""How long the digest of one opening takes after ten years, and how much memory.

Every measurement is a process of its own, so that its peak is that of this alone:
`python -m bench.digests` makes the batches, then measures, and prints one line. The
image is made as the bot makes it: in one more process, started for it.
"""

import asyncio
import json
import resource
import time
from random import Random
from typing import Final

from bench.apart import apart
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
from bot.plot import plot_apart

WEEKS: Final = 520
_PEOPLE: Final = 12
_FIRST: Final = "2026-W01"


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

    return build(ledger, words)


_WHATS: Final = (
    "digest: seconds to write it, after ten years",
    "digest: seconds to make its image, in a new process",
    "digest: peak memory to write it, MiB",
    "digest: peak memory to make its image, MiB",
)


async def measure(rounds: int) -> list[Figure]:
    """Write the digest again and again, each time in a new process."""
    found = [await _round() for _ in range(rounds)]
    return [
        Figure(what, None, values)
        for what, values in zip(_WHATS, zip(*found, strict=True), strict=True)
    ]


async def _round() -> tuple[float, ...]:
    return tuple(await apart("bench.digests"))


def main() -> None:
    """Measure once, and print the values in the order of the table."""
    ledger = ten_years()
    began = time.perf_counter()
    written = write(ledger)
    wrote = time.perf_counter()
    asyncio.run(plot_apart(written[0].picture))
    drew = time.perf_counter()
    # Of the whole process: interpreter, imports and batches among it.
    own, its_child = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(json.dumps([wrote - began, drew - wrote, own, its_child]))


if __name__ == "__main__":
    main()
