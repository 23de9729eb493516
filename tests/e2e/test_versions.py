"""A survey is changed while clients answer it: what they see, and what is measured.

The bot is a process of its own, and every command another one.
"""

import asyncio
import random
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.core.flow import FlowDefinition
from bot.messages import Catalogue
from tests.doubles.botapi import BotApi
from tests.doubles.chats import Chat
from tests.doubles.clients import Client
from tests.doubles.places import quick_folder
from tests.e2e.installation import ROOT, Place
from tests.e2e.people import Habit, Person

GROUP = -1001
DOOR = "e_sozawe_door"
AT_ONCE = 5.0
"""Seconds within which a new version must be what clients see."""

WORDS = Catalogue.load()
NOT_OPEN = WORDS.text("client.not_open", "nl", phone="14 023")
CLOSING = WORDS.text("client.closing", "nl", phone="14 023")
YES = "Ja, ik doe mee"

OLD = {
    "nl": "Hoe ging de medewerker van de balie met u om?",
    "en": "How did the person at the counter treat you?",
    "ar": "كيف عاملك موظف الاستقبال (balie)؟",
    "tr": "Gişedeki (balie) görevli size nasıl davrandı?",
}
NEW = {
    "nl": "Hoe ging de receptie met u om?",
    "en": "How did the reception treat you?",
    "ar": "كيف عاملك الاستقبال (receptie)؟",
    "tr": "Resepsiyon (receptie) size nasıl davrandı?",
}
REST = ("7", "Eens", "Eens")
"""What is tapped after the first question."""


@dataclass
class Office:
    """The policy officer with the file, and the clients with their phones."""

    place: Place
    api: BotApi
    group: Chat

    @property
    def draft(self) -> Path:
        """Give the file that is written in."""
        return self.place.folder / "flows" / "sozawe.yaml"

    def saves(self, *languages: str) -> None:
        """Put the first question in new words, in these languages."""
        text = self.draft.read_text("utf-8")
        for language in languages:
            assert OLD[language] in text
            text = text.replace(OLD[language], NEW[language])
        self.draft.write_text(text, "utf-8")

    async def begins(self, language: str = "nl") -> Client:
        """Let somebody walk in, and look at the introduction."""
        client = self.api.client(language=language)
        await client.opens(DOOR)
        await client.question()
        return client

    async def begins_with(self, words: str, language: str = "nl") -> Client:
        """Let somebody walk in and say yes; the first question has these words."""
        client = await self.begins(language)
        await client.taps(0)
        await client.sees(words)
        return client

    async def finishes(self, client: Client) -> None:
        """Answer every question, as it stands on the screen."""
        for number, label in enumerate(("8", *REST), 1):
            await client.sees(f"Vraag {number} van 4")
            await client.taps(label)
        await client.reads(CLOSING)

    async def answer(self, flow: FlowDefinition, count: int, seed: int) -> None:
        """Let so many people answer to the end."""
        dice = random.Random(seed)
        people = []
        for _ in range(count):
            client = self.api.client()
            person = Person(client, flow, "walk_in", DOOR, "nl", Habit.TAPS)
            person.plan = {0: str(dice.randint(5, 9)), 1: "7", 2: "agree", 3: "agree"}
            people.append(person)
        await asyncio.gather(*(person.takes_part() for person in people))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with quick_folder(tmp_path) as quick:
        yield quick


@asynccontextmanager
async def office(folder: Path) -> AsyncIterator[Office]:
    """Run the bot on drafts of one's own, the survey live."""
    flows = folder / "flows"
    shutil.copytree(ROOT / "flows", flows)
    async with BotApi() as api:
        group = api.group(GROUP)
        place = Place.make(folder, api.base_url, chats=(GROUP,), flows=flows)
        await place.prepare("publish", "sozawe", "--yes")
        async with place.running():
            yield Office(place, api, group)


async def test_a_draft_changes_nothing_until_it_is_published_and_then_at_once(
    folder: Path,
) -> None:
    async with office(folder) as here:
        busy = await here.begins_with(OLD["nl"])

        # Saved half-finished, in the middle of a word.
        whole = here.draft.read_text("utf-8")
        half = whole.partition(OLD["nl"])[0] + NEW["nl"][:12]
        here.draft.write_text(half, "utf-8")
        assert "FOUT" in await here.place.refused("publish", "sozawe", "--yes")
        await here.begins_with(OLD["nl"])

        # Whole, and not published.
        here.draft.write_text(whole, "utf-8")
        here.saves(*OLD)
        await here.begins_with(OLD["nl"])

        said = " ".join(
            (await here.place.command("publish", "sozawe", "--yes")).split()
        )
        published = time.monotonic()
        await here.begins_with(NEW["nl"])
        assert time.monotonic() - published < AT_ONCE
        assert "counter: de meting van deze vraag begint opnieuw." in said
        assert "case_manager, kind_and_efficient, next_step" in said

        # Whoever was busy goes on as it began, back to the first question too.
        await busy.taps("8")
        await busy.sees("Vraag 2 van 4")
        await busy.taps("Vorige vraag")
        await busy.sees(OLD["nl"])
        await here.finishes(busy)


async def test_a_changed_question_is_measured_anew_and_no_other(folder: Path) -> None:
    async with office(folder) as here:
        await here.answer((await here.place.published())["sozawe"], 10, seed=1)
        here.saves(*OLD)
        await here.place.command("publish", "sozawe", "--yes")
        await here.answer((await here.place.published())["sozawe"], 10, seed=2)
        await here.place.command("release")
        await here.group.until(lambda: len(here.group.screen) == 1)

        digest = here.group.screen[0].text
        lines = digest.splitlines()
        assert any("Balie" in line and "nog te weinig" in line for line in lines), (
            digest
        )
        assert any("Klantmanager" in line and "7,0" in line for line in lines), digest
        assert "Nieuwe meting: Balie." in digest
        assert "begint opnieuw" not in digest.replace("Nieuwe meting", "")


async def test_a_translation_that_stayed_behind_leaves_the_menu(folder: Path) -> None:
    async with office(folder) as here:
        busy = await here.begins_with(OLD["en"], "en")

        here.saves("nl", "ar", "tr")
        said = " ".join(
            (await here.place.command("publish", "sozawe", "--yes")).split()
        )
        assert "Engels staat niet in het menu" in said
        assert "stale-translation" in await here.place.command("check", str(here.draft))

        # Not chosen for whoever has it on the telephone, and not on offer.
        client = await here.begins_with(NEW["nl"], "en")
        await client.taps("Taal / Language")
        menu = await client.sees("Kies uw taal.", AT_ONCE)
        assert menu.labels == ("Nederlands", "العربية", "Türkçe")
        await here.begins_with(NEW["tr"], "tr")

        # Whoever was busy in it finishes in it.
        for label in ("8", "7", "Agree", "Agree"):
            await busy.question()
            await busy.taps(label)
        await busy.reads(WORDS.text("client.closing", "en", phone="14 023"))

        here.saves("en")
        await here.place.command("publish", "sozawe", "--yes")
        await here.begins_with(NEW["en"], "en")


async def test_a_survey_that_is_taken_off_lets_nobody_in_and_everybody_out(
    folder: Path,
) -> None:
    async with office(folder) as here:
        busy = await here.begins_with(OLD["nl"])
        [(code, payload)] = await here.place.draw("sozawe", 1)

        await here.place.command("unpublish", "sozawe", "--yes")

        for way in (DOOR, payload):
            client = here.api.client()
            await client.opens(way)
            await client.reads(NOT_OPEN, seconds=AT_ONCE)
        assert "staat niet live" in await here.place.refused(
            "draw",
            str(folder / "sozawe-contacts.csv"),
            "--flow",
            "sozawe",
            "--out",
            str(folder / "more.csv"),
        )
        await here.finishes(busy)

        await here.place.command("publish", "sozawe", "--yes")
        client = here.api.client()
        await client.writes(code)
        await client.question(AT_ONCE)
        history = await here.place.command("history", "sozawe")
        assert history.count("Versie ") == 1
