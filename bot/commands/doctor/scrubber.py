"""Whether remarks can be asked: somebody looks them through, and the scrubber works."""

import asyncio
from collections.abc import Mapping

from bot.commands.doctor.finding import Finding, fault, note, ok, refused
from bot.config import Installation, read_roster
from bot.core.flow import FlowDefinition
from bot.errors import ConfigError
from bot.scrub.worker import ScrubWorker


async def check_scrubber(
    installation: Installation, live: Mapping[str, FlowDefinition]
) -> list[Finding]:
    """Start the scrubber, as `run` does, and see whether it catches its canaries.

    Args:
        live: by name, every survey that is live.
    """
    asking = sorted(name for name, flow in live.items() if flow.remark is not None)
    if not asking:
        return []
    if not installation.config.remarks.reviewers:
        return [note("remarks-off", flows=", ".join(asking))]
    try:
        roster = await asyncio.to_thread(read_roster, installation)
    except ConfigError as error:
        return [refused(error)]
    async with ScrubWorker(roster) as worker:
        return [ok("scrubber") if worker.is_sound else fault("scrubber-unsound")]
