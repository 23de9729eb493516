"""An invitation lets in one person, once, whenever the bot is killed."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from bot.messages import Catalogue
from tests.doubles.botapi import BotApi
from tests.doubles.places import quick_folder
from tests.e2e.installation import Place

STAFF = -1001
GONE = Catalogue.load().text("client.invitation_not_valid", "nl", phone="14 023")
WRONG = Catalogue.load().text("client.wrong_code", "nl", phone="14 023")


async def killed_when(place: Place, claim: Callable[[], bool]) -> None:
    """Run the bot, and kill it as soon as something is so."""
    process = await place.run()
    try:
        async with asyncio.timeout(60):
            while not claim():  # noqa: ASYNC110 - nobody tells us of it
                await asyncio.sleep(0.001)
        assert process.returncode is None, place.log.read_text()
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def has_changed(path: Path, since: int) -> bool:
    return path.stat().st_mtime_ns != since


def has_called(api: BotApi, method: str, since: int) -> bool:
    return len(api.called(method)) > since


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with quick_folder(tmp_path) as quick:
        yield quick


async def test_killed_and_told_again_an_invitation_lets_in_one_person_once(
    folder: Path,
) -> None:
    async with BotApi(deliveries=2, must_answer=False) as api:
        api.group(STAFF)
        place = Place.make(folder, api.base_url, chats=(STAFF,))
        await place.prepare("publish", "sozawe", "--yes")
        drawn = await place.draw("sozawe", 2, beforehand=True)
        sessions = place.installation.data / "sessions.db"
        guests = [api.client() for _ in drawn]
        [(_, payload), (code, _)] = drawn
        # By the link: killed when it is stored, and nothing of it was shown.
        await guests[0].opens(payload)
        since = sessions.stat().st_mtime_ns
        await killed_when(place, partial(has_changed, sessions, since))
        # By the code as somebody types it: killed while it is shown.
        await guests[1].writes(f"{code[:4]} {code[4:]}".lower())
        shown = len(api.called("sendMessage"))
        await killed_when(place, partial(has_called, api, "sendMessage", shown))

        async with place.running():
            for guest in guests:
                await guest.question()
                await guest.taps("Nee, liever niet")
                await guest.sees("Deze vragenlijst is gesloten")
            for code, _ in drawn:
                stranger = api.client()
                await stranger.writes(code)
                await stranger.sees(GONE)
                assert not stranger.is_asked()
            last = "B" if code[-1] != "B" else "C"
            await stranger.writes(code[:-1] + last)
            await stranger.sees(WRONG)
        assert await place.ended() == {"refused": len(drawn)}
