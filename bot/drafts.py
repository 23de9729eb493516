"""The surveys in a folder, as drafts: read anew each time, for whoever tries one."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from bot.core.flow import FlowArchive, FlowDefinition
from bot.flowfiles import SCALES, flow_paths, load_flow, load_scales


class DraftFolder:
    """Reads drafts off the loop: a file may be large, and its disk slow."""

    def __init__(self, folder: Path, archive: FlowArchive) -> None:
        """Look in this folder, and for what was published in this archive."""
        self._folder = folder
        self._archive = archive

    async def names(self) -> Sequence[str]:
        """Name the surveys in the folder."""
        paths = await asyncio.to_thread(flow_paths, self._folder)
        return [path.stem for path in paths]

    async def read(self, name: str) -> FlowDefinition:
        """Read one of those. Raises FlowError with every fault."""
        live = (await self._archive.live()).get(name)
        hashes = [known for _, known, _ in await self._archive.versions(name)]
        # A translation that is older than its Dutch is told by what is live, the last.
        hashes.sort(key=lambda known: known == live)
        before = [await self._archive.definition(known) for known in hashes]
        return await asyncio.to_thread(self._read, name, before)

    def _read(self, name: str, before: Sequence[FlowDefinition]) -> FlowDefinition:
        scales = load_scales(self._folder / SCALES)
        return load_flow(self._folder / f"{name}.yaml", scales, before=before).flow
