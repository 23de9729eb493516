"""Where the surveys are that somebody works on."""

import argparse
import asyncio
from pathlib import Path
from typing import NamedTuple

from bot.commands import authoring, checking, publishing
from bot.commands.trial import PHONE
from bot.config import RoundTable
from bot.errors import StorageError
from bot.shipped import shipped_flows
from bot.terminal import CONFIG, Terminal


class Drafts(NamedTuple):
    """A folder of surveys, and what the configuration puts in their texts."""

    folder: Path
    phone: str
    round_table: RoundTable = RoundTable()


def drafts_of(
    terminal: Terminal, args: argparse.Namespace, otherwise: Path | None = None
) -> Drafts:
    """Find those of the configuration, or of the folder we are in.

    Args:
        otherwise: the folder where there is neither; None for those that come along.
    """
    if args.config.is_file() or args.config != CONFIG:
        installation = terminal.installation(args)
        config = installation.config
        return Drafts(installation.flows, config.phone, config.round_table)
    folder = authoring.drafts_in(Path()) or otherwise or shipped_flows()
    return Drafts(folder, PHONE)


def found_at(path: Path) -> Path:
    """Find what somebody means who stands among the surveys, or who names one."""
    folder = authoring.drafts_in(Path())
    if folder is None or path.exists():
        return path
    if path == Path(authoring.DRAFTS):
        return folder
    named = folder / f"{path.name.removesuffix('.yaml')}.yaml"
    return named if path.parent == Path() and named.is_file() else path


def published_in(
    terminal: Terminal, args: argparse.Namespace, folder: Path
) -> checking.Published:
    """Read what was published, where it is the drafts of an installation."""
    if not args.config.is_file():
        return checking.NOTHING
    installation = terminal.installation(args)
    if folder.resolve() != installation.flows.resolve():
        return checking.NOTHING
    try:
        return asyncio.run(publishing.published(installation))
    except StorageError as error:
        # Who writes a survey need not be who may read the data.
        terminal.complain(error)
        terminal.explain("said.checked-alone")
        return checking.NOTHING
