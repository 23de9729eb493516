"""What the real bot leaves has no finding, while it serves and when it has stopped."""

import asyncio
from pathlib import Path

from bot.audit import Result
from bot.commands.auditing import Given, audit_folder
from bot.shipped import shipped_schemas
from tests.attacks.launch import TOKEN, Job, Launched, place_in
from tests.attacks.phones import answers
from tests.doubles.botapi import BotApi
from tests.doubles.places import quick_folder

PEOPLE = 12


def audited(place: Launched) -> list[Result]:
    given = Given(
        place.installation.data,
        place.installation.keys,
        place.log,
        place.folder / "ids.txt",
    )
    results = audit_folder(given, shipped_schemas())
    return [result for result in results if result.level == "found"]


async def test_what_the_real_bot_leaves_has_no_finding(tmp_path: Path) -> None:
    with quick_folder(tmp_path) as folder:
        async with BotApi(TOKEN) as api:
            place = await place_in(folder, api.base_url, Job())
            clients = [api.client() for _ in range(PEOPLE)]
            ids = "".join(f"{client.id}\n" for client in clients)
            (folder / "ids.txt").write_text(ids)
            async with place.running():
                await asyncio.gather(*(answers(client) for client in clients))
                serving = await asyncio.to_thread(audited, place)
            stopped = await asyncio.to_thread(audited, place)
        files = {path.name for path in place.installation.data.iterdir()}
    assert (serving, stopped) == ([], [])
    assert files >= {"lock", "run.lock", "heartbeat", "face.json"}
