"""An installation to measure: made in a folder, and filled through the real door."""

from dataclasses import dataclass
from pathlib import Path

from bench.ours import fill
from bench.people import OTHERS, People
from bot.app import now, open_app
from bot.commands.publishing import publish
from bot.config import Installation, read_config
from bot.core.flow import FlowDefinition
from bot.flowfiles import load_folder
from bot.shipped import shipped_flows

FLOW = "sozawe"

_CONFIG = """\
phone: "14 023"
telegram:
  base_url: "{base_url}"
remarks:
  reviewers: [-1]
"""
"""With somebody who looks remarks through, so that all there is to read is read."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder with an installation, and how many open sessions it was filled with."""

    folder: Path
    sessions: int

    @classmethod
    def begin(cls, folder: Path, sessions: int) -> "Place":
        """Make the folder and the configuration in it."""
        folder.mkdir()
        place = cls(folder, sessions)
        place.reach("https://telegram.invalid/bot")
        return place

    async def fill(self) -> None:
        """Make the files; every session in them is one that waits for an answer."""
        flow = flow_to_ask()
        async with open_app(self.installation) as app:
            await publish(app, flow)
            people = People(flow, now(), OTHERS)
            await fill(app, people, people.come(self.sessions))

    @property
    def config(self) -> Path:
        """Give its configuration file."""
        return self.folder / "config.yaml"

    @property
    def installation(self) -> Installation:
        """Give it as the bot reads it."""
        return read_config(self.config)

    def reach(self, base_url: str) -> None:
        """Say where the Bot API is."""
        self.config.write_text(_CONFIG.format(base_url=base_url))


def flow_to_ask() -> FlowDefinition:
    """Give the flow that everybody answers."""
    return load_folder(shipped_flows())[FLOW].flow
