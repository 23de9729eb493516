"""Make a new installation in one folder. What is there is never written over."""

import asyncio
import json
import re
import tempfile
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, get_args

from bot.app import Clock, now, open_app
from bot.commands import authoring
from bot.commands.publishing import Draft, Publication, publish, read_draft
from bot.config import Installation, StaffLanguage, read_config
from bot.errors import InputError
from bot.flowfiles import flow_paths
from bot.messages import Catalogue
from bot.shipped import shipped_example, shipped_flows

CONFIG: Final = "config.yaml"
TOKEN: Final = "token"  # noqa: S105 - the file's name, not a token
PARTS: Final = ("flows", "data", "keys", TOKEN, CONFIG)
"""What an installation is made of; the configuration comes last: it makes it one."""

_BOT: Final = re.compile(r"[A-Za-z]\w{4,31}", re.ASCII)
_WIDTH: Final = 88
_PARTING: Final = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Of how many contacts one is asked, and why."""

    one_in: int
    why: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """What only the person who installs it can say."""

    phone: str
    bot: str = ""
    chats: tuple[int, ...] = ()
    language: StaffLanguage = "nl"
    flow: str = "sozawe"
    proposal: Proposal | None = None
    reviewers: tuple[int, ...] = ()


def read_phone(text: str) -> str:
    """Read a telephone number as people write it. Raises InputError."""
    if not any(sign.isdecimal() for sign in text):
        raise InputError("setup-phone")
    return text.strip()


def read_bot(text: str) -> str:
    """Read the bot's name, with or without @ or t.me before it; may be empty."""
    name = text.strip().rpartition("/")[2].removeprefix("@")
    if name and not _BOT.fullmatch(name):
        raise InputError("setup-bot")
    return name


def read_chats(text: str) -> tuple[int, ...]:
    """Read the ids of the staff chats; may be empty. Raises InputError."""
    try:
        return tuple(int(part) for part in _PARTING.split(text.strip()) if part)
    except ValueError as error:
        raise InputError("setup-chats") from error


def read_language(text: str) -> StaffLanguage:
    """Read a language that staff can be spoken to in. Raises InputError."""
    for language in get_args(StaffLanguage):
        if text.strip().lower() == language:
            chosen: StaffLanguage = language
            return chosen
    raise InputError("setup-language", choices=", ".join(get_args(StaffLanguage)))


def read_flow(text: str) -> str:
    """Read the name of a flow that comes along. Raises InputError."""
    if text.strip() not in flow_names():
        raise InputError("setup-flow", choices=", ".join(flow_names()))
    return text.strip()


def flow_names() -> list[str]:
    """Name the flows that come along."""
    return [path.stem for path in flow_paths(shipped_flows())]


def make(folder: Path, wishes: Wishes, *, clock: Clock = now) -> Publication:
    """Make the installation, with one flow live, or make nothing.

    Raises:
        InputError: a part of it is there already, or the folder cannot be used.
    """
    for part in PARTS:
        if (folder / part).exists():
            raise InputError("file-exists", path=str(folder / part))
    try:
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        # In a corner of the folder first: what fails half-way leaves nothing behind.
        with tempfile.TemporaryDirectory(dir=folder, prefix=".polsslag-") as corner:
            site = Path(corner)
            _furnish(site, wishes)
            installation = read_config(site / CONFIG)
            draft = read_draft(installation.flows, wishes.flow)
            publication = asyncio.run(_go_live(installation, draft, clock))
            for part in PARTS:
                (site / part).rename(folder / part)
    except OSError as error:
        raise InputError("cannot-write", path=str(folder)) from error
    return publication


def fill_in(example: str, wishes: Wishes) -> str:
    """Write a configuration: the example with its comments, and the wishes in it."""
    lines = {
        "enabled": [wishes.flow],
        "phone": wishes.phone,
        "language": wishes.language,
        "  bot": wishes.bot,
        "    flow": wishes.flow,
        "  chats": list(wishes.chats),
        "  language": wishes.language,
        "  reviewers": list(wishes.reviewers),
    }
    text = _replaced(example, lines)
    return text if wishes.proposal is None else _proposed(text, wishes.proposal)


def _proposed(text: str, proposal: Proposal) -> str:
    why = textwrap.fill(
        proposal.why, _WIDTH, initial_indent="  # ", subsequent_indent="  # "
    )
    line = f"\n  one_in: {proposal.one_in}\n"
    return _replaced(text, {"  one_in": proposal.one_in}).replace(
        line, f"\n{why}{line}"
    )


async def _go_live(
    installation: Installation, draft: Draft, clock: Clock
) -> Publication:
    async with open_app(installation, clock=clock) as app:
        return await publish(app, draft.flow)


def _furnish(site: Path, wishes: Wishes) -> None:
    for private in ("data", "keys"):
        (site / private).mkdir(mode=0o700)
    (site / "flows").mkdir()
    schemas = authoring.schemas(Catalogue.load(), wishes.language)
    for flow in flow_paths(shipped_flows()):
        authoring.copy_flow(flow, site / "flows", schemas)
    authoring.write_scales(site / "flows", schemas)
    # Empty, and readable by nobody else before there is anything to read.
    (site / TOKEN).touch(mode=0o600)
    text = fill_in(shipped_example().read_text("utf-8"), wishes)
    (site / CONFIG).write_text(text, "utf-8")


def _replaced(text: str, values: Mapping[str, object]) -> str:
    for key, value in values.items():
        # JSON is YAML, and quotes whatever needs it.
        line = f"{key}: {json.dumps(value, ensure_ascii=False)}"
        found = re.findall(rf"^{key}: .*$", text, re.MULTILINE)
        if len(found) != 1:
            raise ValueError(f"the example has {len(found)} lines of {key!r}")
        text = text.replace(f"\n{found[0]}\n", f"\n{line}\n")
    return text
