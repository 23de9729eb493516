"""A disk is lost, or comes back without its keys: the bot goes on, and says so once."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.messages import Catalogue
from tests.doubles.botapi import BotApi
from tests.e2e.installation import Place

GROUP = -1001


def lose_the_disk(place: Place) -> list[str]:
    shutil.rmtree(place.installation.data)
    shutil.rmtree(place.installation.keys)
    return ["restore", "backup.db"]


def lose_the_keys(place: Place) -> list[str]:
    for key in place.installation.keys.iterdir():
        key.unlink()
    return ["restore", "--adopt", "--yes"]


@pytest.mark.parametrize(
    ("lose", "notice"), [(lose_the_disk, "restored"), (lose_the_keys, "adopted")]
)
async def test_staff_are_told_once_and_whoever_was_busy_can_begin_again(
    tmp_path: Path, lose: Callable[[Place], list[str]], notice: str
) -> None:
    text = Catalogue.load().text(f"staff.notice.{notice}", "nl")
    closing = Catalogue.load().text("client.closing", "nl", phone="14 023")
    async with BotApi() as api:
        group = api.group(GROUP)
        place = Place.make(tmp_path, api.base_url, chats=(GROUP,))
        await place.prepare("publish", "sozawe", "--yes")
        client = api.client(language="nl")
        async with place.running():
            await place.command("release")
            await group.until(lambda: len(group.screen) == 1, 30)
            await client.opens("e_sozawe_door")
            await client.question(30)
        backup = tmp_path / "backup.db"
        await place.command("backup", str(backup))
        words = [str(backup) if w == "backup.db" else w for w in lose(place)]

        await place.command(*words)

        async with place.running():
            await group.until(lambda: len(group.screen) == 2, 30)
            # An old button of before the loss becomes the closing text.
            await client.taps("Ja, ik doe mee")
            await client.reads(closing, seconds=30)
            await client.opens("e_sozawe_door")
            await client.question(30)
        async with place.running():
            await client.taps("Ja, ik doe mee")
            await client.sees("Vraag 1 van 4", 30)
        assert [message.text for message in group.screen][1:] == [text]
        digest = await place.command("digest", "--print")
        assert digest.strip() == group.screen[0].text
