"""What Telegram shows of the bot itself: its commands and what it says it is for.

Set only when it changed: these methods are limited to a few calls a day.
"""

import asyncio
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from telegram import Bot, BotCommandScopeChat
from telegram.error import TelegramError

from bot.faultlog import FaultLog

_MENUS = "menus"
"""Where the hash of all menus stands, among those of the languages."""


@dataclass(frozen=True, slots=True)
class Face:
    """The bot in one language.

    Args:
        language: two letters; empty for everybody whose language has no face.
        commands: (name, description) in the order of the menu.
        description: what an empty chat shows.
        short_description: what stands on the profile and under a shared link.
    """

    language: str
    commands: tuple[tuple[str, str], ...]
    description: str
    short_description: str


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands of one chat, instead of those of everybody.

    Args:
        commands: (name, description) in the order of the menu.
    """

    chat: int
    commands: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Appearance:
    """How the bot presents itself.

    Args:
        faces: one per language.
        worn: the file that remembers which of them are set.
        menus: one per chat that has commands of its own.
    """

    faces: tuple[Face, ...]
    worn: Path
    menus: tuple[Menu, ...] = ()


async def dress(bot: Bot, looks: Appearance, faults: FaultLog) -> bool:
    """Set what is not set yet; say whether all of it is now."""
    try:
        await put_on(bot, looks.faces, looks.worn)
        await hand_out(bot, looks.menus, looks.worn)
    except (TelegramError, KeyError, OSError) as fault:
        faults.note(fault)
        return False
    return True


async def put_on(bot: Bot, faces: Sequence[Face], file: Path) -> None:
    """Set each face that is not set yet; `file` holds the hashes of those that are."""
    worn = _worn(file)
    for face in faces:
        mark = _mark(bot.id, face)
        if worn.get(face.language) == mark:
            continue
        code = face.language or None
        await bot.set_my_commands(face.commands, language_code=code)
        await bot.set_my_description(face.description, language_code=code)
        await bot.set_my_short_description(face.short_description, language_code=code)
        worn[face.language] = mark
        await _remember(file, worn)


async def hand_out(bot: Bot, menus: Sequence[Menu], file: Path) -> None:
    """Set the menus that chats have of their own, if one of them changed.

    A chat that cannot be reached costs no other its menu; the first fault is raised.
    """
    worn = _worn(file)
    mark = _mark(bot.id, *menus)
    if not menus or worn.get(_MENUS) == mark:
        return
    faults = []
    for menu in menus:
        try:
            await bot.set_my_commands(
                menu.commands, scope=BotCommandScopeChat(menu.chat)
            )
        except TelegramError as fault:
            faults.append(fault)
    if faults:
        raise faults[0]
    worn[_MENUS] = mark
    await _remember(file, worn)


async def _remember(file: Path, worn: dict[str, str]) -> None:
    text = json.dumps(worn, sort_keys=True, indent=2) + "\n"
    await asyncio.to_thread(file.write_text, text)


def _mark(bot: int, *shown: Face | Menu) -> str:
    # With the bot in it: another token is another bot, which has no face yet.
    words = json.dumps([bot, *map(asdict, shown)], sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()


def _worn(file: Path) -> dict[str, str]:
    try:
        worn = json.loads(file.read_text())
    except (OSError, ValueError):
        return {}
    return worn if isinstance(worn, dict) else {}
