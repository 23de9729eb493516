"""Try a flow in the terminal: the same conversation, no token, no network, no trace."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from bot.app import now, open_in_memory
from bot.app.reading import Reads, open_reading
from bot.commands.publishing import publish
from bot.config import Config, EntryPoint, RoundTable
from bot.core.flow import FlowDefinition
from bot.dialogue import Opened
from bot.errors import InputError
from bot.faultlog import FaultLog
from bot.service import ENTRY as LINK
from bot.transports.console import Record, converse, read_line, write_text
from bot.transports.conversation import play

PHONE: Final = "14 023"
"""Stands in the texts where no configuration names another."""
SUBJECT: Final = "console:1"
ENTRY: Final = "try"


@dataclass(frozen=True, slots=True)
class Trial:
    """Which draft is tried, and in which language.

    Args:
        record: where to write the conversation as a golden file, if anywhere.
        says: the sentence to stand on top of that file, until somebody mends it.
        round_table: what is offered below the closing text, if anything.
    """

    flow: FlowDefinition
    language: str
    phone: str
    record: Path | None = None
    says: str = ""
    round_table: RoundTable | None = None


async def try_flow(trial: Trial, reads: Reads | None = None) -> None:
    """Have the conversation at the terminal; keep it if that was asked for.

    Args:
        reads: puts together what reads the words that are typed; the real thing where
            nothing else is said.

    Raises InputError for a file that is there already, or cannot be written.
    """
    if trial.record is not None and trial.record.exists():
        raise InputError("file-exists", path=str(trial.record))
    flow = trial.flow
    config = Config(
        phone=trial.phone,
        round_table=trial.round_table or RoundTable(),
        entries={ENTRY: EntryPoint(flow=flow.flow, one_in=1)},
    )
    record = Record()
    # Nobody looks a remark through here: nothing is kept of it.
    real = partial(open_reading, faults=FaultLog(now), is_trial=True)
    async with open_in_memory(config, reads=reads or real) as app:
        await publish(app, flow)
        opened = Opened(f"{LINK}{ENTRY}", trial.language)
        await converse(app.service, SUBJECT, opened, read_line, write_text, record)
        asks = app.reading.asks_remarks() and flow.remark is not None
    if trial.record is not None:
        said = trial.says
        kept = play(said, flow, trial.language, record.events, asks_remark=asks)
        _write(trial.record, kept.to_yaml())


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError("cannot-write", path=str(path)) from error
