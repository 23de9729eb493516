"""Twenty remarks, from the box over two reviewers to the button below the digest."""

import asyncio
from functools import partial
from pathlib import Path

from bot.app import open_app
from bot.commands.auditing import Given, audit_folder
from bot.reviewing import REVIEWING
from bot.shipped import shipped_schemas
from tests.attacks.disk import tables
from tests.attacks.launch import TOKEN, Job, clock_of, place_in
from tests.doubles.botapi import BotApi
from tests.doubles.clients import Client
from tests.doubles.installation import shipped_flows
from tests.doubles.remarks import drop_remarks

# Private chats: in a group a new message has to wait for three seconds.
STAFF, REVIEWERS = -1001, (77, 78)
WEEK = 7 * 24.0
TEXTS = [f"Opmerking {n}: het wachten duurde mij te lang." for n in range(20)]
NAMED = {TEXTS[3], TEXTS[11]}
CALL = "Er zijn opmerkingen om na te kijken: /nakijken"
NONE = "Er zijn nu geen opmerkingen meer."


async def looks_at_all(reviewer: Client, decided: set[str]) -> None:
    """Decide about one remark after the other, until all are decided about."""
    await reviewer.reads(NONE, CALL)
    await reviewer.writes("/nakijken")
    done: set[int] = set()
    while len(decided) < len(TEXTS):
        await asyncio.sleep(0.02)
        for message in reviewer.screen:
            if message.rows and message.id not in done and message.text in TEXTS:
                done.add(message.id)
                # Both may see the last one; the first decides.
                decided.add(message.text)
                verb = "named" if message.text in NAMED else "show"
                await reviewer.presses(f"{REVIEWING}{verb}", message)


def has_no_remark(reviewer: Client) -> bool:
    return not {*TEXTS} & {*reviewer.texts}


async def test_twenty_remarks_are_looked_at_and_read_below_the_digest(
    tmp_path: Path,
) -> None:
    async with BotApi(TOKEN) as api:
        staff = api.group(STAFF)
        member = api.member(staff)
        reviewers = [api.client(number) for number in REVIEWERS]
        clock = str(tmp_path / "clock")
        place = await place_in(tmp_path / "place", api.base_url, Job(clock))
        config = place.folder / "config.yaml"
        more = f"remarks:\n  reviewers: {list(REVIEWERS)}\n"
        config.write_text(config.read_text() + more)
        async with open_app(place.installation, clock=clock_of(clock)) as app:
            await drop_remarks(app, shipped_flows()["sozawe"], TEXTS)
        async with place.running():
            for reviewer in reviewers:
                await reviewer.writes("/nakijken")
                await reviewer.reads(NONE)
            await place.goes_on(WEEK)
            decided: set[str] = set()
            async with asyncio.timeout(60):
                await asyncio.gather(*(looks_at_all(r, decided) for r in reviewers))
            for reviewer in reviewers:
                await reviewer.chat.until(partial(has_no_remark, reviewer))
            await place.goes_on(WEEK)
            await staff.until(lambda: len(staff.screen) == 2)
            assert staff.screen[0].labels == ("Uitleg",)
            assert staff.screen[1].labels == ("Opmerkingen (18)", "Uitleg")
            await member.taps("Opmerkingen (18)")
            await staff.until(lambda: len(staff.screen) == 3)
            shown = staff.screen[-1].text.split("\n\n")
        assert shown[0] == "Opmerkingen van mensen die meededen:"
        told = {line.removeprefix("- ") for line in shown[1:]}
        assert (len(shown), told) == (19, {*TEXTS} - NAMED)
        counted = await place.command("remarks")
        assert "2 van 20 opmerkingen bevatten nog een naam." in counted
        given = Given(place.installation.data, place.installation.keys)
        results = audit_folder(given, shipped_schemas())
        assert [one.key for one in results if one.level == "found"] == []
        answers = (place.installation.data / "answers.db").read_bytes()
        left = tables({"answers.db": answers})
        assert left["answers.db:remarks"] == left["answers.db:review_messages"] == []
        for text in NAMED:
            assert text.encode() not in answers
