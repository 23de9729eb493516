"""Make a draft live, or take a survey off the air; say beforehand what that does."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.app import App
from bot.app.upkeep import released
from bot.config import Installation
from bot.core.changes import Change, Effect, compare, effects
from bot.core.flow import FlowDefinition
from bot.digest.export import History, Version, by_name
from bot.digest.waiting import Waiting, answers_a_week, waiting
from bot.errors import InputError, Issue
from bot.flowfiles import LEAVES_MENU, SCALES, flow_paths, load_flow, load_scales


@dataclass(frozen=True, slots=True)
class Draft:
    """A flow file that may go live, and what should still be mended in it."""

    flow: FlowDefinition
    warnings: tuple[Issue, ...]

    @property
    def left_out(self) -> dict[tuple[str, str], list[Issue]]:
        """Give, by (language, rule), the faults that keep it out of the menu."""
        found: dict[tuple[str, str], list[Issue]] = {}
        for issue in self.warnings:
            if issue.rule in LEAVES_MENU:
                language = dict(issue.facts)["language"]
                found.setdefault((language, issue.rule), []).append(issue)
        return found


@dataclass(frozen=True, slots=True)
class Publication:
    """What a flow's going live came to."""

    name: str
    number: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Past:
    """What was published and released of one flow so far.

    Args:
        versions: oldest first.
        live: the version that new conversations begin with; None where there is none.
    """

    name: str
    versions: tuple[Version, ...]
    live: Version | None
    history: History

    @property
    def flows(self) -> tuple[FlowDefinition, ...]:
        """Give every version ever published, oldest first."""
        return tuple(version.flow for version in self.versions)

    @property
    def live_last(self) -> tuple[FlowDefinition, ...]:
        """Give the same, but what clients see now as the last."""
        return tuple(by_name(self.versions, self.history.live).get(self.name, ()))

    @property
    def last(self) -> Version | None:
        """Give what clients see, or else the newest of what they saw."""
        return self.live or (self.versions[-1] if self.versions else None)


@dataclass(frozen=True, slots=True)
class Review:
    """What would happen if a draft went live now.

    Args:
        number: of the version that it would be.
        compared: the version that it is compared with; None for the first of all.
        is_live: whether clients see that version now.
        is_known: whether exactly this was published before.
        content: the content hash of the draft.
        waits: how long each measure that begins now takes, by name of its question;
            only where enough was released to work that out.
    """

    name: str
    number: int
    compared: Version | None
    is_live: bool
    is_known: bool
    content: str
    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]
    waits: dict[str, Waiting]

    @property
    def is_same(self) -> bool:
        """Say whether clients see exactly this already.

        By the hash: a change of order alone is no change of words, and a version.
        """
        return self.seen == self.content

    @property
    def seen(self) -> str | None:
        """Give the content hash of what was live at the time."""
        return (
            self.compared.flow.content_hash if self.compared and self.is_live else None
        )


def read_draft(
    folder: Path,
    name: str,
    today: date | None = None,
    before: Sequence[FlowDefinition] = (),
) -> Draft:
    """Read and check the draft of this name.

    Args:
        today: the day by which waivers expire; without it none does.
        before: every version of it that was published, oldest first, what is live
            last; a translation that is older than its Dutch is told by them.

    Raises:
        InputError: there is no such file.
        FlowError: it has errors.
    """
    path = folder / f"{name}.yaml"
    if name == Path(SCALES).stem or not path.is_file():
        known = ", ".join(path.stem for path in flow_paths(folder))
        raise InputError("no-such-flow", name=name, folder=str(folder), known=known)
    return Draft(*load_flow(path, load_scales(folder / SCALES), today, before))


async def past(installation: Installation, name: str) -> Past:
    """Read what was published of a flow so far; makes nothing where nothing was.

    Raises StorageError where the files cannot be trusted or used.
    """
    history = await _history(installation)
    versions = tuple(one for one in history.versions if one.flow.flow == name)
    seen = history.live.get(name)
    live = next((one for one in versions if one.flow.content_hash == seen), None)
    return Past(name, versions, live, history)


async def published(installation: Installation) -> dict[str, list[FlowDefinition]]:
    """Give what was ever published by name of flow, what is live last of each.

    Raises StorageError where the files cannot be trusted or used.
    """
    history = await _history(installation)
    return by_name(history.versions, history.live)


async def _history(installation: Installation) -> History:
    if not await asyncio.to_thread((installation.data / "answers.db").is_file):
        return History(None, (), (), {})
    return await released(installation)


def review(flow: FlowDefinition, so_far: Past) -> Review:
    """Say what a draft would change if it went live now."""
    known = {one.flow.content_hash: one.number for one in so_far.versions}
    number = known.get(flow.content_hash)
    # Closed, and opened again with a text that was live before: then that is what it
    # goes on with, whichever version is the newest.
    again = next((v for v in so_far.versions if v.number == number), None)
    compared = so_far.live or again or so_far.last
    before = None if compared is None else compared.flow
    found = effects(flow, before, so_far.flows)
    return Review(
        name=flow.flow,
        number=1 + len(so_far.versions) if number is None else number,
        compared=compared,
        is_live=so_far.live is not None,
        is_known=number is not None,
        content=flow.content_hash,
        changes=() if before is None else compare(before, flow),
        effects=found,
        waits=_waits(found, so_far),
    )


def _waits(found: Sequence[Effect], so_far: Past) -> dict[str, Waiting]:
    hashes = {flow.content_hash for flow in so_far.flows}
    own = [b for b in so_far.history.batches if b.cell.flow in hashes]
    week = so_far.history.week
    rates = {
        effect.question: answers_a_week(own, effect.question, week)
        for effect in found
        if effect.fate.is_start
    }
    return {name: waiting(rate) for name, rate in rates.items() if rate is not None}


async def publish(
    app: App, flow: FlowDefinition, *, after: Review | None = None
) -> Publication:
    """Archive the flow and make it live; the same content is no new version.

    Args:
        after: what was said to whoever wants this, if anything was.

    Raises InputError where something else was made live since that was said.
    """
    archive = app.stores.archive
    async with app.stores.lock:
        before = (await archive.live()).get(flow.flow)
        if after is not None and before != after.seen:
            raise InputError("published-meanwhile", name=flow.flow)
        number = await archive.publish(flow, app.week)
    return Publication(flow.flow, number, before != flow.content_hash)


async def unpublish(app: App, name: str) -> None:
    """Make no version of the flow live; conversations under way are not touched.

    Raises InputError where none is live.
    """
    archive = app.stores.archive
    async with app.stores.lock:
        if name not in await archive.live():
            raise InputError("flow-not-live", name=name)
        await archive.withdraw(name)
