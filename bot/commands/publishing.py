"""Make a draft live: check it, archive it, and say which version it is."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.app import App
from bot.core.flow import FlowDefinition
from bot.errors import InputError, Issue
from bot.flowfiles import SCALES, load_flow, load_scales


@dataclass(frozen=True, slots=True)
class Draft:
    """A flow file that may go live, and what should still be mended in it."""

    flow: FlowDefinition
    warnings: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """What a flow's going live came to."""

    name: str
    number: int
    is_new: bool


def read_draft(folder: Path, name: str, today: date | None = None) -> Draft:
    """Read and check the draft of this name.

    Args:
        today: the day by which waivers expire; without it none does.

    Raises:
        InputError: there is no such file.
        FlowError: it has errors.
    """
    path = folder / f"{name}.yaml"
    if name == Path(SCALES).stem or not path.is_file():
        known = sorted(p.stem for p in folder.glob("*.yaml") if p.name != SCALES)
        raise InputError(
            "no-such-flow", name=name, folder=str(folder), known=", ".join(known)
        )
    return Draft(*load_flow(path, load_scales(folder / SCALES), today))


async def publish(app: App, flow: FlowDefinition) -> Publication:
    """Archive the flow and make it live; the same content is no new version."""
    archive = app.stores.archive
    async with app.stores.lock:
        before = (await archive.live()).get(flow.flow)
        number = await archive.publish(flow, app.week)
    return Publication(flow.flow, number, before != flow.content_hash)
