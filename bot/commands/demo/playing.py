"""Play half a year of a department that does not exist, and say what came of it.

Everything is made in a folder of its own: a configuration, flows, keys and data, as in
any installation. Without a folder to keep it in, all of it is gone at the end, but for
what the digests said.
"""

import asyncio
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from bot.app import open_app
from bot.app.reading import open_reading
from bot.commands.demo.books import Books
from bot.commands.demo.department import Department, Plan, SimulatedClock, WeekDone
from bot.commands.demo.story import Heard, verdicts
from bot.commands.picturing import words_of
from bot.commands.setup import CONFIG, Wishes, make, read_language
from bot.config import Digest, Installation, read_config
from bot.core.flow import FlowDefinition
from bot.digest.rates import Funnel, funnel
from bot.errors import InputError
from bot.faultlog import FaultLog
from bot.outbox import WrittenDigest

LISTS: Final = "lists"
"""Where the made-up contacts are, and who of them was drawn."""

PAGES: Final = "digests"
"""Where the digests are as files to look at."""

_PHONE: Final = "14 023"
_BOT: Final = "polsslag_demo_bot"
_CHAT: Final = -100
_REVIEWER: Final = -200


@dataclass(frozen=True, slots=True)
class Played:
    """What half a year came to.

    Args:
        funnel: how the occasions of all released batches ended.
        in_box: how many sealed ballots lie in the box after the last opening.
        under_way: conversations that were still going on.
        unopened: invitations that could still be opened.
        digests: all that were sent, oldest first.
        heard: what changed, and what the digests said of it.
        settings: how the digests were to be written.
    """

    flow: FlowDefinition
    weeks: tuple[str, ...]
    contacts: int
    invited: int
    walked_in: int
    funnel: Funnel
    books: Books
    in_box: int
    under_way: int
    unopened: int
    digests: tuple[WrittenDigest, ...]
    heard: Heard
    settings: Digest

    @property
    def agrees(self) -> bool:
        """Say whether every batch, and the box, hold what people did."""
        is_same = self.books.did == self.books.counted
        all_there = self.in_box == self.books.in_box
        is_kept = self.books.remarks.agrees
        return is_same and all_there and is_kept and not self.books.differing

    @property
    def is_as_promised(self) -> bool:
        """Say whether the count is right and the digests told what there was."""
        return self.agrees and not self.heard.outcome.has_failed


@contextmanager
def folder(keep: Path | None) -> Iterator[Path]:
    """Give the folder to play in; one that nobody named is gone afterwards."""
    if keep is not None:
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="polsslag-demo-") as name:
        yield Path(name)


def pages(keep: Path | None) -> Path:
    """Make the folder that the digests are left in: within the one that is kept.

    Else it is a new one among the temporary files: wherever somebody stands when they
    type the command is no place of ours, and the machine clears that one away itself.
    """
    if keep is None:
        return Path(tempfile.mkdtemp(prefix=f"polsslag-{PAGES}-"))
    (keep / PAGES).mkdir()
    return keep / PAGES


def play(
    place: Path, language: str, plan: Plan, tell: Callable[[WeekDone], None]
) -> Played:
    """Play the plan in an installation of its own, and tell of each week.

    Raises InputError when the folder holds an installation already.
    """
    lists = place / LISTS
    for made in (lists, place / PAGES):
        if made.exists():
            raise InputError("file-exists", path=str(made))
    clock = SimulatedClock.at_the_beginning()
    wishes = Wishes(
        _PHONE, _BOT, (_CHAT,), read_language(language), reviewers=(_REVIEWER,)
    )
    make(place, wishes, clock=clock)
    lists.mkdir(mode=0o700)
    installation = read_config(place / CONFIG)
    return asyncio.run(_played(installation, lists, clock, plan, tell))


async def _played(
    installation: Installation,
    lists: Path,
    clock: SimulatedClock,
    plan: Plan,
    tell: Callable[[WeekDone], None],
) -> Played:
    reads = partial(open_reading, faults=FaultLog(clock))
    async with open_app(installation, clock=clock, reads=reads) as app:
        [live] = (await app.stores.archive.live()).values()
        flow = await app.stores.archive.definition(live)
        department = Department(app, clock, plan, flow, lists)
        await department.play(tell)
        settings = installation.config.digest
        words = words_of(app.words, settings)
        started = tuple(verdicts(department.digests, flow, words))
        weeks = tuple(department.weeks)
        return Played(
            flow=flow,
            weeks=weeks,
            contacts=department.contacts,
            invited=department.invited,
            walked_in=department.walked_in,
            funnel=funnel(await app.stores.ballots.batches()),
            books=department.books,
            in_box=await app.stores.ballots.in_box(),
            under_way=department.crowd.inside,
            unopened=department.crowd.letters,
            digests=tuple(department.digests),
            heard=Heard(plan.story, weeks, started),
            settings=settings,
        )
