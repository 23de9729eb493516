"""The surveys in a folder, as drafts: read anew each time, for whoever tries one."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from bot.core.flow import FlowDefinition
from bot.flowfiles import SCALES, flow_paths, load_flow, load_scales


class DraftFolder:
    """Reads drafts off the loop: a file may be large, and its disk slow."""

    def __init__(self, folder: Path) -> None:
        """Look in this folder."""
        self._folder = folder

    async def names(self) -> Sequence[str]:
        """Name the surveys in the folder."""
        paths = await asyncio.to_thread(flow_paths, self._folder)
        return [path.stem for path in paths]

    async def read(self, name: str) -> FlowDefinition:
        """Read one of those. Raises FlowError with every fault."""
        return await asyncio.to_thread(self._read, name)

    def _read(self, name: str) -> FlowDefinition:
        scales = load_scales(self._folder / SCALES)
        return load_flow(self._folder / f"{name}.yaml", scales).flow
