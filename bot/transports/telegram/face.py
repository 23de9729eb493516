"""What Telegram shows of the bot itself: its commands and what it says it is for.

Set only when it changed: these methods are limited to a few calls a day.
"""

import asyncio
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from telegram import Bot


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
        text = json.dumps(worn, sort_keys=True, indent=2) + "\n"
        await asyncio.to_thread(file.write_text, text)


def _mark(bot: int, face: Face) -> str:
    # With the bot in it: another token is another bot, which has no face yet.
    words = json.dumps([bot, asdict(face)], sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()


def _worn(file: Path) -> dict[str, str]:
    try:
        worn = json.loads(file.read_text())
    except (OSError, ValueError):
        return {}
    return worn if isinstance(worn, dict) else {}
