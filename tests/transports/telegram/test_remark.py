"""A remark in the chat app: of what was typed nothing stays there, and of the rest."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import App, open_in_memory
from bot.config import Config, EntryPoint
from bot.remarks import Scrubbed
from tests.doubles.botapi import BotApi
from tests.doubles.installation import shipped_flows
from tests.doubles.reading import Reader
from tests.transports.telegram.conftest import Bot

SOZAWE = shipped_flows()["sozawe"]
CONFIG = Config(phone="14 023", entries={"in": EntryPoint(flow="sozawe", one_in=1)})
TYPED = "Mevrouw Kanarie was heel aardig."
SCRUBBED = "Mevrouw [NAAM] was heel aardig."
TAPS = ("Ja, ik doe mee", "7", "8", "Eens", "Helemaal eens")


@asynccontextmanager
async def running(api: BotApi, app: App) -> AsyncIterator[None]:
    """Have the real service talk through the transport."""
    bot = Bot(api, app.service)  # type: ignore[arg-type] # the real one will do as well
    task = asyncio.create_task(bot.transport.run(bot.stop))
    try:
        yield
    finally:
        bot.stop.set()
        async with asyncio.timeout(10):
            await task


async def test_a_remark_is_shown_kept_and_gone(api: BotApi) -> None:
    reader = Reader()
    reader.scrubbing.told = {TYPED: Scrubbed(SCRUBBED, 1)}
    anna = api.client()
    async with open_in_memory(CONFIG, reads=reader) as app:
        await app.stores.archive.publish(SOZAWE, app.week)

        def said(key: str) -> str:
            return app.words.text(f"client.{key}", "nl", phone="14 023")

        async with running(api, app):
            await anna.opens("e_in")
            for label in TAPS:
                await anna.question()
                await anna.taps(label)
            await anna.sees(said("remark.about"))
            await anna.writes("ik wil dood")
            await anna.sees(said("need.crisis"))
            await anna.question()
            await anna.writes(TYPED)
            await anna.sees(SCRUBBED)
            question = await anna.question()
            assert question.labels == ("Zo bewaren", "Anders", "Weglaten")
            assert TYPED not in "".join(anna.texts)
            await anna.taps("Zo bewaren")
            await anna.reads(said("closing"))
        assert [m.text for m in anna.chat.messages.values() if not m.is_deleted] == [
            said("closing")
        ]
        assert await app.stores.ballots.in_box() == 2
