"""Digests reach five chats and two addresses once each, whenever the bot is killed.

The bot is a process of its own, the Bot API a double over HTTP, and the mail server a
real one.
"""

import asyncio
import contextlib
import os
import random
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.weeks import iso_week
from bot.outbox import HEADCOUNT, MONTHLY, WEEKLY, WrittenDigest
from storage import open_stores
from storage.outbox import post
from tests.doubles.botapi import TOKEN, BotApi
from tests.doubles.contract import PNG
from tests.doubles.faults import Delay, Fault, LoseReply, Page, flood
from tests.doubles.mailserver import LOSE, MailServer
from tests.doubles.places import quick_folder
from tests.e2e.installation import ROOT, Place

CHATS = (-1001, -1002, -1003, -1004, 5_000_000_001)
ADDRESSES = ("anna@example.nl", "bert@example.org")
MAIL = """\
  mail: [{addresses}]
mail:
  host: "127.0.0.1"
  port: {port}
  from: "polsslag@example.nl"
  security: "none"
"""
WEEK = iso_week(datetime.now(UTC), UTC)


def digests(count: int) -> list[WrittenDigest]:
    """Make a digest of each of so many flows, every second with a picture."""
    return [
        WrittenDigest(
            WEEK,
            WEEKLY,
            f"flow_{n}",
            f"Weekbericht {n}\n.met een punt",
            has_news=True,
            picture=f'{{"n": {n}}}' if n % 2 == 0 else "",
        )
        for n in range(count)
    ]


@dataclass
class Town:
    """Everybody who reads, and the bot that may die at any moment."""

    place: Place
    api: BotApi
    mail: MailServer
    digests: list[WrittenDigest]
    kills: int = 0
    lost: int = 0
    """Answers that we saw to it did not arrive."""

    async def start(self) -> asyncio.subprocess.Process:
        """Start the bot."""
        with self.place.log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.e2e.drawing",
                str(self.place.folder / "config.yaml"),
                cwd=ROOT,
                env={**os.environ, "TELEGRAM_BOT_TOKEN": TOKEN},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    async def killed_when(self, claim: Callable[[], bool], later: float = 0.0) -> None:
        """Start the bot, and kill it as soon as something is so."""
        process = await self.start()
        try:
            async with asyncio.timeout(60):
                while not claim():  # noqa: ASYNC110 - nobody tells us of it
                    await asyncio.sleep(0.002)
            await asyncio.sleep(later)
            assert process.returncode is None, self.place.log.read_text()
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        self.kills += 1

    async def left_alone(self) -> None:
        """Let the bot finish what there is to do, and stop it in order."""
        polls = len(self.api.called("getUpdates"))
        process = await self.start()

        def is_done() -> bool:
            # Before its first poll it may not even know how to stop.
            has_begun = len(self.api.called("getUpdates")) > polls
            states = self.states()
            return has_begun and not states["pending"] and not states["sending"]

        try:
            async with asyncio.timeout(90):
                while not is_done():
                    assert process.returncode is None, self.place.log.read_text()
                    await asyncio.sleep(0.1)
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        assert await process.wait() == 0, self.place.log.read_text()

    def rows(self) -> list[tuple[str, str, str]]:
        """Give (flow, recipient, state) of every dispatch."""
        path = self.place.installation.data / "answers.db"
        with contextlib.closing(sqlite3.connect(path)) as database:
            return database.execute(
                "SELECT flow, recipient, state FROM outbox"
            ).fetchall()

    def states(self) -> Counter[str]:
        """Count the dispatches in each state."""
        return Counter(state for _, _, state in self.rows())

    def arrived(self) -> Counter[tuple[str, str]]:
        """Count what each reader has got, by (text, recipient)."""
        chats = Counter(
            (message.text, str(chat))
            for chat in CHATS
            for message in self.api.chats[chat].screen
        )
        return chats + Counter(
            (letter.text, f"mailto:{letter.recipient}") for letter in self.mail.letters
        )

    def check(self) -> None:
        """Each arrived once; of at most one per kill or lost answer nobody knows."""
        states, arrived = self.states(), self.arrived()
        texts = {digest.flow: digest.text for digest in self.digests}
        readers = len(CHATS) + len(ADDRESSES)
        assert states.total() == len(self.digests) * readers
        assert states["sent"] + states["perhaps"] == states.total(), states
        assert states["perhaps"] <= self.kills + self.lost, states
        assert max(arrived.values()) == 1
        for flow, recipient, state in self.rows():
            count = arrived[texts[flow], recipient]
            assert count == 1 or state == "perhaps", (flow, recipient, state, count)
        pictures = {d.text: d.picture for d in self.digests}
        for chat in CHATS:
            for message in self.api.chats[chat].screen:
                drawn = pictures[message.text]
                assert message.photo == (PNG + drawn.encode() if drawn else b"")
        said = self.place.log.read_text()
        assert not any(str(name) in said for name in (*CHATS, *ADDRESSES))


@asynccontextmanager
async def town(folder: Path, count: int) -> AsyncIterator[Town]:
    """Make an installation whose last opening wrote so many digests."""
    async with (
        BotApi(must_answer=False) as api,
        MailServer() as mail,
    ):
        for number in CHATS[:-1]:
            api.group(number)
        api.client(CHATS[-1]).chat.refusal = None
        place = Place.make(folder, api.base_url, chats=CHATS)
        config = folder / "config.yaml"
        addresses = ", ".join(f'"{address}"' for address in ADDRESSES)
        more = MAIL.format(addresses=addresses, port=mail.port)
        config.write_text(config.read_text() + more)
        await place.prepare("publish", "sozawe", "--yes")
        written = digests(count)
        stores = await open_stores(place.installation.data)
        recipients = place.installation.config.recipients

        def write(raw: sqlite3.Connection) -> None:
            raw.execute("INSERT INTO openings VALUES (?, 1, 0, 0)", (WEEK,))
            post(raw, written, recipients)

        await stores.databases[1].run(write)
        await stores.close()
        yield Town(place, api, mail, written)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with quick_folder(tmp_path) as quick:
        yield quick


async def test_a_kill_before_during_or_after_loses_and_doubles_no_digest(
    folder: Path,
) -> None:
    async with town(folder, 2) as here:
        api, mail = here.api, here.mail

        # Before anything is sent.
        await here.killed_when(lambda: bool(api.called("getMe")))
        # While a chat gets its photo: it arrives, the answer does not.
        api.fail("sendPhoto", Delay(30))
        await here.killed_when(lambda: bool(api.called("sendPhoto")), later=0.1)
        # While an address gets its letter.
        mail.delay = 30.0
        letters = len(mail.letters)
        await here.killed_when(lambda: len(mail.letters) > letters)
        mail.delay = 0.0
        # Right after something was sent.
        sent = here.states()["sent"]
        await here.killed_when(lambda: here.states()["sent"] > sent)
        # Then in peace, but for what a network does.
        for method in ("sendPhoto", "sendMessage"):
            api.fail(method, flood(1), Page(502), LoseReply())
        mail.fail("RCPT", "451 Later")
        mail.fail("DATA", "451 Later", LOSE)
        here.lost += 3
        await here.left_alone()

        here.check()
        assert here.kills == 4


async def test_a_head_count_and_an_overview_arrive_where_they_belong(
    folder: Path,
) -> None:
    overview = WrittenDigest(WEEK, MONTHLY, "", "Maandoverzicht", True)
    asked = WrittenDigest(WEEK, HEADCOUNT, "", "Er zitten {n} mensen. Klopt dat?", True)
    async with town(folder, 0) as here:
        stores = await open_stores(here.place.installation.data)
        recipients = here.place.installation.config.recipients
        await stores.databases[1].run(
            lambda raw: post(raw, [overview, asked], recipients)
        )
        await stores.close()
        await here.left_alone()

        assert here.states() == {"sent": 12}
        screens = {
            chat: sorted(m.text for m in here.api.chats[chat].screen) for chat in CHATS
        }
        both = ["Er zitten 14 mensen. Klopt dat?", "Maandoverzicht"]
        assert screens == {**dict.fromkeys(CHATS, both), CHATS[-1]: both[1:]}
        letters = sorted(
            (letter.recipient, letter.text) for letter in here.mail.letters
        )
        assert letters == [(address, "Maandoverzicht") for address in ADDRESSES]
        html = here.mail.letters[0].message.get_body(("html",))
        assert html is not None
        assert "<h1>Maandoverzicht</h1>" in html.get_content()


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(5))
async def test_many_kills_at_random_moments_lose_and_double_no_digest(
    folder: Path, seed: int
) -> None:
    dice = random.Random(seed)
    async with town(folder, 8) as here:
        mail = here.mail

        def fault() -> Fault:
            faults: list[Fault] = [flood(1), Page(502), Delay(0.3)]
            return dice.choice(faults)

        here.api.sometimes(dice, 0.1, fault)
        while here.states()["pending"] and here.kills < 40:
            mail.delay = dice.choice((0.0, 0.0, 0.3))
            mail.fail("RCPT", *dice.choices(("451 Later", ""), k=2))
            told = len(here.api.calls) + len(mail.commands)
            after = dice.randrange(1, 12)
            # Where little is left to do, so much may never happen.
            until = time.monotonic() + 8

            def has_gone_on(
                told: int = told, after: int = after, until: float = until
            ) -> bool:
                calls = len(here.api.calls) + len(mail.commands)
                return calls >= told + after or time.monotonic() > until

            await here.killed_when(has_gone_on, later=dice.uniform(0, 0.05))
        here.api.sometimes(dice, 0, fault)
        mail.delay = 0.0
        await here.left_alone()

        here.check()
        assert here.kills > 5
