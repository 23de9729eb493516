"""From a list of 5,000 contacts to the rates: what people did is what is told.

The bot is a process of its own, whose clock goes on by weeks, and so are the draw and
whoever verifies it.
"""

import asyncio
import csv
import json
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from openpyxl import Workbook

from bot.app import open_app
from bot.commands.publishing import publish
from bot.core.flow import FlowDefinition
from bot.core.weeks import iso_week
from bot.digest.rates import RUN_UP
from bot.messages import Catalogue
from tests.attacks.launch import BEGIN, TEMPORARY, TOKEN, Job, Launched, clock_of
from tests.doubles.botapi import BotApi
from tests.doubles.installation import shipped_flows
from tests.doubles.places import quick_folder
from tests.e2e.installation import Place
from tests.e2e.people import Habit, Person

WORDS = Catalogue.load()
GONE = WORDS.text("client.invitation_not_valid", "nl", phone="14 023")
DOOR = "e_sozawe_door"

LISTED = {"eerste contact": 2500, "aanvraag": 1500, "na toekenning": 1000}
"""Contacts by phase; one in 25 of each is 100, 60 and 40."""

LOOKS: Final = None
"""Opens the invitation and answers nothing."""
Ways = Sequence[tuple[Habit | None, int]]
AT_ONCE: Ways = (
    (Habit.TAPS, 20),
    (Habit.TYPES, 5),
    (Habit.GOES_BACK, 4),
    (Habit.DECLINES, 11),
    (Habit.STOPS, 4),
    (Habit.LEAVES, 10),
    (LOOKS, 6),
)
"""What sixty do on the day of the mailing."""
LATE: Ways = ((Habit.TAPS, 12), (Habit.LEAVES, 5), (LOOKS, 3))
"""What twenty do in the last days of their invitation."""
BY_THE_DOOR: Ways = ((Habit.TAPS, 11), (Habit.DECLINES, 9))

EACH = 8
"""One in so many of those sixty has it from the person it was meant for."""

TOLD = {
    "drawn": 200,
    "not_opened": 200 - 60 - 20,
    "opened": 60 + 20,
    "no_reply": 6 + 3,
    "refused": 11 + 4,
    "broke_off": 10 + 5,
    "complete": 20 + 5 + 4 + 12,
}
OUTCOMES = {
    "not_drawn": 0,
    "not_opened": 120,
    "no_reply": 9,
    "refused": 11,
    "withdrew": 4,
    "broke_off": 15,
    "complete": 41,
}
# I = 41 complete. R = 9 + 11 + 4 + 15 = 39. UH = 120. P, NC, O and UO are nought.
# RR1   = I / (I + R + UH)       = 41 / (41 + 39 + 120) = 41 / 200
# COOP1 = I / (I + R)            = 41 / (41 + 39)       = 41 / 80
# CON1  = (I + R) / (I + R + UH) = (41 + 39) / 200      = 80 / 200
RATES = {
    "rr1": {"part": 41, "whole": 200},
    "coop1": {"part": 41, "whole": 80},
    "con1": {"part": 80, "whole": 200},
}
WALKED_IN = {
    "not_drawn": 0,
    "asked": 20,
    "no_reply": 0,
    "refused": 9,
    "broke_off": 0,
    "complete": 11,
}


@dataclass
class Department:
    """The bot, and everybody it has to do with."""

    api: BotApi
    place: Launched
    flow: FlowDefinition
    dice: random.Random
    now: datetime = BEGIN
    people: list[Person] = field(default_factory=list)

    async def goes_on_to(self, moment: datetime) -> None:
        """Put the clock of the bot and of every command forward."""
        await self.place.goes_on((moment - self.now) / timedelta(hours=1))
        self.now = moment

    async def opening_of(self, moment: datetime) -> None:
        """Let it be this moment, and see that the bot opens the box by itself."""
        await self.goes_on_to(moment)
        week = iso_week(moment, UTC)
        async with asyncio.timeout(60):
            while self._last_opening() != week:  # noqa: ASYNC110 - the week is in a file
                await asyncio.sleep(0.05)

    def _last_opening(self) -> str:
        path = self.place.installation.data / "answers.db"
        with closing(sqlite3.connect(path)) as database:
            [(week,)] = database.execute("SELECT max(week) FROM openings")
        return str(week)

    async def come(self, ways: Ways, payloads: Sequence[str], origin: str) -> None:
        """Let people come in all at once, each with one of these payloads."""
        habits = [habit for habit, count in ways for _ in range(count)]
        coming = zip(habits, payloads, strict=True)
        await asyncio.gather(*(self._comes(*one, origin) for one in coming))

    async def _comes(self, habit: Habit | None, payload: str, origin: str) -> None:
        client = self.api.client()
        if habit is LOOKS:
            await client.opens(payload)
            await client.question()
            return
        person = Person(client, self.flow, origin, payload, "nl", habit)
        person.decide(self.dice)
        self.people.append(person)
        await person.takes_part()

    async def finds_it_gone(self, payload: str, *, types: bool) -> None:
        """Let somebody try an invitation that works no longer, as a link or typed."""
        client = self.api.client()
        if types:
            await client.writes(payload.removeprefix("i_").lower())
        else:
            await client.opens(payload)
        await client.sees(GONE)
        assert not client.is_asked()


@asynccontextmanager
async def department(folder: Path) -> AsyncIterator[Department]:
    """Publish a survey for 1 in 25 of a list, and for everybody at the door."""
    async with BotApi(TOKEN) as api:
        Place.make(folder, api.base_url, chats=())
        config = folder / "config.yaml"
        sampling = "sampling:\n  one_in: 1\n"
        assert sampling in config.read_text()
        config.write_text(
            config.read_text().replace(sampling, sampling.replace("1", "25"))
        )
        clock = folder / "clock"
        clock.write_text("0")
        (folder / TEMPORARY).mkdir()
        place = Launched(folder, Job(clock=str(clock)))
        sozawe = shipped_flows()["sozawe"]
        async with open_app(place.installation, clock=clock_of(str(clock))) as app:
            await publish(app, sozawe)
        yield Department(api, place, sozawe, random.Random(25))


def workbook(path: Path) -> None:
    """Write a list of 5,000 as a spreadsheet does, its phases mixed."""
    phases = [phase for phase, count in LISTED.items() for _ in range(count)]
    random.Random(5).shuffle(phases)
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["Kenmerk", "Fase", "Taal"])
    for number, phase in enumerate(phases):
        sheet.append([f"2026-{number:05}", phase, ("nl", "ar", "pl")[number % 3]])
    book.save(path)


async def drawn_from_a_list(place: Launched, elsewhere: Path) -> list[str]:
    """Draw, take all that verifies it elsewhere, and give what the links carry."""
    contacts, table, seed = (
        place.folder / name for name in ("lijst.xlsx", "links.csv", "lot.txt")
    )
    await asyncio.to_thread(workbook, contacts)
    words = ("--flow", "sozawe", "--out", str(table), "--seed-out", str(seed))
    await place.command("draw", str(contacts), *words)
    for path in (contacts, seed, place.folder / "links-protocol.json"):
        shutil.move(path, elsewhere)
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    by_phase = Counter(row["phase"] for row in rows)
    assert by_phase == {"first_contact": 100, "intake": 60, "after_award": 40}
    payloads = [row["link"].partition("?start=")[2] for row in rows]
    assert len(set(payloads)) == len(rows) == TOLD["drawn"]
    return payloads


async def verified(elsewhere: Path) -> str:
    """Make the draw again where no installation is; give what was said of it."""
    names = {
        "verify": "links-protocol.json",
        "contacts": "lijst.xlsx",
        "seed": "lot.txt",
    }
    words = [f"--{word}={elsewhere / name}" for word, name in names.items()]
    return await Launched(elsewhere).command("draw", *words)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with quick_folder(tmp_path) as quick:
        (quick / "elsewhere").mkdir()
        yield quick


async def test_rates_are_the_fractions_of_what_people_did(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    thursday, elsewhere = BEGIN + timedelta(days=3), folder / "elsewhere"
    async with department(folder) as here:
        await here.goes_on_to(thursday)
        payloads = await drawn_from_a_list(here.place, elsewhere)
        here.dice.shuffle(payloads)
        at_once, late, never = payloads[:60], payloads[60:80], payloads[80:]
        async with here.place.running():
            await asyncio.gather(
                here.come(AT_ONCE, at_once, "invited"),
                here.come(BY_THE_DOOR, [DOOR] * WALKED_IN["asked"], "walk_in"),
            )
            for number, passed_on in enumerate(at_once[::EACH]):
                await here.finds_it_gone(passed_on, types=number % 2 == 0)
            await here.opening_of(thursday + timedelta(days=4))
            await here.opening_of(thursday + timedelta(days=18))
            await here.goes_on_to(thursday + timedelta(days=20))
            await here.come(LATE, late, "invited")
            await here.goes_on_to(thursday + timedelta(days=22))
            for number, expired in enumerate(never[:2]):
                await here.finds_it_gone(expired, types=number % 2 == 0)
            await here.opening_of(thursday + timedelta(days=25))
            # The response is told from the sixteenth week after the first release on.
            await here.opening_of(thursday + timedelta(days=4, weeks=RUN_UP))
        await here.place.prepare("rates")
        printed = capsys.readouterr().out
        await here.place.prepare("rates", "--json")
        plain = json.loads(capsys.readouterr().out)
        released = here.place.released()
    expected: Counter[tuple[str, str, str, str]] = Counter()
    for person in here.people:
        expected += person.counted
    assert released == expected
    invited, _, walked_in, _ = plain["occasions"]
    assert (invited["origin"], invited["period"]) == ("invited", "whole")
    assert (invited["first"], invited["last"]) == ("2026-W03", "2026-W06")
    assert invited["counts"] == TOLD
    assert invited["outcomes"] == OUTCOMES
    assert (invited["untold"], invited["rates"]) == (None, RATES)
    assert (walked_in["origin"], walked_in["period"]) == ("walk_in", "whole")
    assert (walked_in["counts"], walked_in["rates"]) == (WALKED_IN, {})
    rows = [line.split() for line in printed.splitlines()]
    assert [" ".join(row) for row in rows if "van" in row[2:]] == [
        "Respons (RR1) 41 van 200 (20 %) te weinig",
        "Medewerking (COOP1) 41 van 80 (51 %) te weinig",
        "Contact (CON1) 80 van 200 (40 %) te weinig",
    ]
    agreed = await verified(elsewhere)
    assert "precies deze loting, 200 van de 5000" in agreed
