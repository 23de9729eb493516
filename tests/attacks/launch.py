"""The bot as a process of its own, at a made-up hour, perhaps with something amiss.

`python -m tests.attacks.launch JOB run --config FILE` is `python -m bot run ...`, but
that the clock can be put forward, the log be forced open, and a part be planted.
"""

import asyncio
import contextlib
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bot import app, schedule
from bot.cli import main
from bot.commands import running
from bot.commands.publishing import publish
from bot.dialogue import Input, Reply, Wrote
from bot.service import SurveyService
from storage import sqlite
from tests.attacks.plants import PLANTS
from tests.doubles.installation import shipped_flows
from tests.e2e.installation import ROOT, Place

TOKEN: Final = "7731904411:AAHcanaryOfTheToken-x9Qz_7bK2mWv5"
BEGIN: Final = datetime(2026, 1, 5, 9, tzinfo=UTC)

TEMPORARY: Final = "temp"
"""Where the bot finds the folder for what it writes in passing."""

BOOM: Final = "Ontploffing"
LATER: Final = "Naderhand"
"""Words at which a part of the bot fails, where it was told to."""


@dataclass(frozen=True)
class Job:
    """How the bot is started.

    Args:
        clock: a file with the hours that have gone by; empty for the real clock.
        level: what the log lets through; `EVERYTHING` opens the quiet libraries too.
        plants: names in `tests.attacks.plants.PLANTS`.
        fails: whether the service fails at certain words.
    """

    clock: str = ""
    level: str = "INFO"
    plants: Sequence[str] = ()
    fails: bool = False


@dataclass(frozen=True)
class Launched(Place):
    """An installation whose bot is started with a job."""

    job: Job = field(default_factory=Job)

    async def goes_on(self, hours: float) -> None:
        """Put the clock of the bot forward."""
        await asyncio.to_thread(_put_forward, Path(self.job.clock), hours)

    async def _start(self, *words: str, output: object) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.attacks.launch",
            json.dumps(asdict(self.job)),
            *words,
            "--config",
            str(self.folder / "config.yaml"),
            cwd=ROOT,
            env={
                **os.environ,
                "TELEGRAM_BOT_TOKEN": TOKEN,
                "TMPDIR": str(self.folder / TEMPORARY),
            },
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,  # type: ignore[arg-type]  # a pipe or an open file
            stderr=asyncio.subprocess.STDOUT,
        )


async def place_in(folder: Path, base_url: str, job: Job) -> Launched:
    """Make an installation with a staff chat, and publish `sozawe`."""
    made = await asyncio.to_thread(_made, folder, base_url, job)
    clock = clock_of(job.clock) if job.clock else app.now
    async with app.open_app(made.installation, clock=clock) as opened:
        await publish(opened, shipped_flows()["sozawe"])
    return Launched(made.folder, job)


def _made(folder: Path, base_url: str, job: Job) -> Place:
    (folder / TEMPORARY).mkdir(parents=True)
    if job.clock:
        Path(job.clock).write_text("0")
    return Place.make(folder, base_url, chats=(-1001,))


def _put_forward(clock: Path, hours: float) -> None:
    draft = clock.with_suffix(".new")
    draft.write_text(str(float(clock.read_text()) + hours))
    # The bot must not read half a number.
    draft.rename(clock)


def clock_of(file: str) -> Any:
    """Give a clock that a test puts forward by a file."""

    def now() -> datetime:
        return BEGIN + timedelta(hours=float(Path(file).read_text() or 0))

    return now


def _open_the_log(level: str) -> None:
    set_up: Callable[[], None] = vars(running)["set_up"]

    def opened() -> None:
        set_up()
        logging.getLogger().setLevel(logging.DEBUG)
        if level == "EVERYTHING":
            for name in list(logging.root.manager.loggerDict):
                logging.getLogger(name).setLevel(logging.DEBUG)

    vars(running)["set_up"] = opened


def _fail() -> None:
    handle = SurveyService.handle
    tasks = []

    async def fails_later(said: str) -> None:
        raise ValueError(said)

    async def failing(
        self: SurveyService, subject: str, event: Input, update: int | None = None
    ) -> Reply:
        said = event.text if isinstance(event, Wrote) else ""
        if BOOM in said:
            raise ValueError(f"{subject} said {said}")
        if LATER in said:
            # Nobody waits for it, and it is forgotten before it fails.
            tasks.append(asyncio.create_task(fails_later(f"{subject} said {said}")))
            await asyncio.sleep(0.01)
            tasks.clear()
        return await handle(self, subject, event, update)

    SurveyService.handle = failing  # type: ignore[method-assign]
    # Whoever waits for a locked file need not wait five seconds in a test.
    quick = ("busy_timeout", "200", 200)
    sqlite.PRAGMAS = (quick, *sqlite.PRAGMAS[1:])  # type: ignore[misc]


def launch(words: Sequence[str]) -> int:
    """Start the bot as the job says."""
    job = Job(**json.loads(words[0]))
    if job.clock:
        kept = app.open_app.__wrapped__.__kwdefaults__  # type: ignore[attr-defined]
        kept["clock"] = clock_of(job.clock)
    schedule._LONGEST_SLEEP = timedelta(seconds=0.1)  # type: ignore[misc]
    if job.level != "INFO":
        _open_the_log(job.level)
    if job.fails:
        _fail()
    with contextlib.ExitStack() as stack:
        for name in job.plants:
            stack.enter_context(PLANTS[name]())
        return main(words[1:])


if __name__ == "__main__":
    sys.exit(launch(sys.argv[1:]))
