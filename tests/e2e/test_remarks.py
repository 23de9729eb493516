"""Remarks, from the chat of whoever writes one to the button below the digest."""

import asyncio
import contextlib
import os
import random
import signal
from collections import Counter
from collections.abc import Awaitable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.commands.auditing import Given, audit_folder
from bot.reviewing import REVIEWING
from bot.shipped import shipped_schemas
from tests.attacks.disk import tables
from tests.attacks.launch import TOKEN, Job, Launched, place_in
from tests.doubles.botapi import BotApi
from tests.doubles.canaries import files_in, forms_of_text, found
from tests.doubles.chats import Message
from tests.doubles.clients import Client
from tests.doubles.installation import shipped_flows
from tests.doubles.places import quick_folder
from tests.e2e.people import Habit, Person, Talk
from tests.e2e.remarking import (
    changes,
    is_in_need,
    keeps,
    keeps_what_is_left,
    leaves_out,
    switches,
    tries_until_kept,
)

# Private chats: in a group a new message has to wait for three seconds.
STAFF, REVIEWERS = -1001, (77, 78)
WEEK = 7 * 24.0
CALL = "Er zijn opmerkingen om na te kijken: /nakijken"
NONE = "Er zijn nu geen opmerkingen meer."

NAME, NUMBER = "Kwistenbroek", "0687341205"
"""A name that nobody has, and a number: in no file, from beginning to end."""
CANARIES = (NAME, NAME.lower(), NUMBER, NUMBER[2:])

PLAIN = [
    "Het wachten duurde mij te lang.",
    "Ik ben goed geholpen aan de balie.",
    "De brief was moeilijk te begrijpen.",
    "De uitleg was duidelijk en rustig.",
    "Ik moest drie keer terugkomen.",
    "De telefoon werd snel opgenomen.",
    "Niemand kon mij zeggen hoe lang het duurt.",
    "Het formulier is veel te lang.",
    "Ik voelde mij serieus genomen.",
    "De wachtruimte was koud en vol.",
    "Het gesprek ging veel te snel.",
]
NAMED = {
    f"Mevrouw {NAME} was erg aardig.": "Mevrouw [NAAM] was erg aardig.",
    f"Op {NUMBER} werd niet opgenomen, al drie weken lang.": (
        "Op [TELEFOON] werd niet opgenomen, al drie weken lang."
    ),
    f"Mijn naam is {NAME} en het ging goed.": "Mijn naam is [NAAM] en het ging goed.",
}
TURKISH = "Görevli çok yardımcı oldu ama çok uzun süre beklemek zorunda kaldım"
IN_DUTCH = "De medewerker hielp goed, maar het wachten duurde te lang."
CHANGED = "De afspraak begon veel te laat."
STRUCK = {
    f"Meneer {NAME} belde nooit terug, dat {what}.": (
        f"Meneer [NAAM] belde nooit terug, dat {what}."
    )
    for what in ("is jammer", "viel tegen", "kan beter")
}
AFTER = (
    f"Mevrouw {NAME} legde alles nog een keer uit.",
    "Mevrouw [NAAM] legde alles nog een keer uit.",
)
DECIDED = {PLAIN[3]: "named", PLAIN[7]: "named", PLAIN[5]: "leave_out"}
"""What the reviewers do not simply approve; the Turkish one they write anew."""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with quick_folder(tmp_path) as quick:
        yield quick


@dataclass
class Town:
    """Everybody who has something to say, and what of it ought to be kept."""

    api: BotApi
    dice: random.Random
    people: list[Person] = field(default_factory=list)

    async def say(self, talks: Iterable[Talk]) -> None:
        """Let so many people answer, say this, and be done."""
        flow = shipped_flows()["sozawe"]
        people = []
        for talk in talks:
            client = self.api.client()
            way = ("walk_in", "e_sozawe_door", "nl", Habit.TAPS)
            person = Person(client, flow, *way, says=talk)
            person.decide(self.dice)
            people.append(person)
        self.people += people
        await asyncio.gather(*(person.takes_part() for person in people))

    @property
    def counted(self) -> Counter[tuple[str, str, str, str]]:
        """Give what all of them together answered."""
        return sum((person.counted for person in self.people), Counter())


def worker_of(bot: int) -> int | None:
    """Find the process in which this bot has texts scrubbed."""
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            lines = dict(
                line.split(":\t", 1) for line in _lines(status) if ":\t" in line
            )
            command = (status.parent / "cmdline").read_bytes()
            if lines["PPid"] == str(bot) and b"bot.scrub.serving" in command:
                return int(status.parent.name)
    return None


def _lines(path: Path) -> list[str]:
    return path.read_text(errors="replace").splitlines()


def open_files(pid: int) -> set[str]:
    """Give what a process has open that is no pipe."""
    links = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
    return {link for link in links if not link.startswith("pipe:")}


async def killed_in_mid_use(
    worker: int, talking: Awaitable[None], written: asyncio.Event
) -> None:
    """Let people write while the worker hangs, and kill it when somebody has."""
    os.kill(worker, signal.SIGSTOP)
    talk = asyncio.ensure_future(talking)
    await written.wait()
    # Long enough for the bot to hand it on, and less than the second that it waits.
    await asyncio.sleep(0.3)
    with contextlib.suppress(ProcessLookupError):
        os.kill(worker, signal.SIGKILL)
    await talk


def nowhere(folder: Path) -> list[tuple[str, str]]:
    """Say in which files a canary is, and in which form."""
    files = files_in(folder)
    forms = [form for one in CANARIES for form in forms_of_text(one)]
    return found(files, forms)


def audited(place: Launched, people: list[Person]) -> list[str]:
    """Give the keys of what an auditor finds, who has the log and knows everybody."""
    ids = place.folder / "ids.txt"
    ids.write_text("".join(f"{person.client.id}\n" for person in people))
    given = Given(place.installation.data, place.installation.keys, place.log, ids)
    results = audit_folder(given, shipped_schemas())
    return [result.key for result in results if result.level == "found"]


async def decides(reviewer: Client, texts: set[str], decided: set[str]) -> None:
    """Decide about one remark after the other, until all are decided about."""
    await reviewer.reads(NONE, CALL)
    await reviewer.writes("/nakijken")
    done: set[tuple[int, str]] = set()
    while decided != texts:
        await asyncio.sleep(0.02)
        for message in reviewer.screen:
            if message.rows and (message.id, message.text) not in done:
                done.add((message.id, message.text))
                await acts(reviewer, message, decided)


async def acts(reviewer: Client, message: Message, decided: set[str]) -> None:
    """Do the next thing about what a message shows."""
    text = message.text
    if text == TURKISH:
        await reviewer.presses(f"{REVIEWING}rewrite", message)
    elif text == IN_DUTCH:
        await reviewer.presses(f"{REVIEWING}as_is", message)
        decided.add(TURKISH)
    elif text.startswith(TURKISH):
        await reviewer.writes(IN_DUTCH)
    else:
        # Both may see the last one; the first decides.
        await reviewer.presses(f"{REVIEWING}{DECIDED.get(text, 'show')}", message)
        decided.add(text)


async def test_remarks_go_from_the_chat_to_the_digest_and_no_name_is_written_down(
    folder: Path,
) -> None:
    async with BotApi(TOKEN) as api:
        staff = api.group(STAFF)
        member = api.member(staff)
        reviewers = [api.client(number) for number in REVIEWERS]
        clock = str(folder / "clock")
        place = await place_in(folder / "place", api.base_url, Job(clock))
        config = place.folder / "config.yaml"
        more = f"remarks:\n  reviewers: {list(REVIEWERS)}\n"
        config.write_text(config.read_text() + more)
        town = Town(api, random.Random(6))
        kept = [*PLAIN, *NAMED.values(), CHANGED, TURKISH, AFTER[1]]
        async with place.running() as bot:
            for reviewer in reviewers:
                await reviewer.writes("/nakijken")
                await reviewer.reads(NONE)
            worker = worker_of(bot.pid)
            assert worker is not None
            assert open_files(worker) == {"/dev/null"}
            await town.say(
                [
                    *map(keeps, PLAIN),
                    *(keeps(text, shown) for text, shown in NAMED.items()),
                    changes(*next(iter(NAMED.items())), CHANGED),
                    leaves_out(*next(iter(NAMED.items()))),
                    switches(TURKISH, "tr"),
                    is_in_need(f"Ik wil niet meer leven, zegt {NAME}"),
                ]
            )
            struck: list[str] = []
            written = asyncio.Event()
            talks = (
                keeps_what_is_left(text, shown, struck, written)
                for text, shown in STRUCK.items()
            )
            await killed_in_mid_use(worker, town.say(talks), written)
            await town.say([tries_until_kept(*AFTER)])
            assert worker_of(bot.pid) not in (None, worker)
            assert nowhere(folder) == []
            assert audited(place, town.people) == []
            await place.goes_on(WEEK)
            texts, decided = {*kept, *struck}, set[str]()
            async with asyncio.timeout(60):
                await asyncio.gather(*(decides(r, texts, decided) for r in reviewers))
            assert place.released() == town.counted
            assert nowhere(folder) == []
            await place.goes_on(WEEK)
            approved = texts - {*DECIDED, TURKISH} | {IN_DUTCH}
            button = f"Opmerkingen ({len(approved)})"
            await staff.until(lambda: any(button in one.labels for one in staff.screen))
            before = len(staff.screen)
            await member.taps(button)
            await staff.until(lambda: len(staff.screen) > before)
            heading, *shown = staff.screen[-1].text.split("\n\n")
            for reviewer in reviewers:
                assert texts.isdisjoint(reviewer.texts)
        assert heading == "Opmerkingen van mensen die meededen:"
        assert Counter(shown) == Counter(f"- {text}" for text in approved)
        counted = await place.command("remarks")
        assert f"2 van {len(texts)} opmerkingen bevatten nog een naam." in counted
        assert f"{len(approved)} gepubliceerd" in counted
        assert audited(place, town.people) == []
        assert nowhere(folder) == []
        files = {"answers.db": (place.installation.data / "answers.db").read_bytes()}
        left = tables(files)
        assert left["answers.db:remarks"] == left["answers.db:review_messages"] == []
        gone = [form for text in (*DECIDED, TURKISH) for form in forms_of_text(text)]
        assert found(files.items(), gone) == []
