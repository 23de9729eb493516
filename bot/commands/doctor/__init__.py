"""See whether an installation is ready to run, and say what to do where it is not.

It takes up no opening and reads no sealed row; where nothing is stored yet, nothing is
made.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.app import require_own_keys
from bot.app.upkeep import Inventory, sqlite_build, take_stock
from bot.commands.doctor.account import check_token
from bot.commands.doctor.clock import check_clock, check_opening
from bot.commands.doctor.copies import check_backup, check_copies, check_images
from bot.commands.doctor.delivery import check_outbox
from bot.commands.doctor.expectation import check_expectation
from bot.commands.doctor.files import check_databases, check_keys, check_sqlite
from bot.commands.doctor.finding import Finding, Level, mind, refused
from bot.commands.doctor.flows import check_entries, check_flows
from bot.commands.doctor.folders import check_disk, check_folders
from bot.commands.doctor.mail import check_mail
from bot.commands.doctor.pulse import check_pulse
from bot.commands.doctor.remarks import check_remarks
from bot.commands.doctor.scrubber import check_scrubber
from bot.commands.doctor.settings import check_settings
from bot.config import Installation
from bot.core.weeks import iso_week
from bot.errors import KeyFault, StorageError

__all__ = ["Examination", "Finding", "Level", "count", "examine"]


@dataclass(frozen=True, slots=True)
class Examination:
    """What is looked at, and how.

    Args:
        is_offline: ask neither Telegram nor the mail server anything.
        contacts: how many a week, for what to expect; None when nobody said.
        environment: where the secrets may be.
        backup: a file to look at as well; None for none.
    """

    installation: Installation
    now: datetime
    is_offline: bool = False
    contacts: int | None = None
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    backup: Path | None = None


async def examine(what: Examination) -> list[Finding]:
    """Carry out every check, in the order in which a person would mend things."""
    installation = what.installation
    return [
        *check_settings(installation),
        *await check_token(installation, what.environment, is_offline=what.is_offline),
        *await check_mail(installation, what.environment, is_offline=what.is_offline),
        *check_folders(installation),
        *check_disk(installation),
        *check_images(installation),
        *check_copies(installation),
        *check_backup(what.backup),
        *check_clock(),
        *check_sqlite(sqlite_build()),
        *await _stored(installation, what.now),
        *check_pulse(installation, what.now),
        *check_expectation(installation.config.sampling.one_in, what.contacts),
    ]


def count(findings: Iterable[Finding], level: Level) -> int:
    """Count the findings of one level."""
    return sum(finding.level is level for finding in findings)


async def _stored(installation: Installation, now: datetime) -> list[Finding]:
    try:
        require_own_keys(installation)
        inventory = await take_stock(installation)
    except (StorageError, KeyFault) as error:
        return [refused(error)]
    if inventory is None:
        return [mind("nothing-stored")]
    live = {name: inventory.published[name][-1] for name in inventory.live}
    return [
        *_looked_into(installation, inventory, now),
        *await check_scrubber(installation, live),
    ]


def _looked_into(
    installation: Installation, inventory: Inventory, now: datetime
) -> list[Finding]:
    week = iso_week(now, installation.config.digest.zone)
    return [
        *check_databases(inventory),
        *check_keys(installation, inventory),
        *check_opening(installation, now, inventory.last_opening),
        *check_flows(installation, inventory.live, inventory.published, now.date()),
        *check_entries(installation, inventory.live),
        *check_outbox(inventory.pending, inventory.unsettled, week),
        *check_remarks(installation.config, inventory.review),
    ]
