"""One installation of the bot, used as its administrator does: by the command line."""

import asyncio
import contextlib
import csv
import os
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.anonymity import KeyFolder
from bot.anonymity.seal import unpack_ballot
from bot.ballots import Ballot
from bot.cli import main
from bot.config import Installation, read_config
from bot.core.flow import FlowDefinition
from storage import open_stores
from tests.doubles.botapi import TOKEN

ROOT = Path(__file__).parents[2]
FLOWS = ("sozawe", "telefoon", "klantmanager", "journey")

CONFIG = """\
phone: "14 023"
flows: "{flows}"
enabled: [sozawe, telefoon, klantmanager, journey]
telegram:
  bot: "polsslag_bot"
  base_url: "{base_url}"
sampling:
  one_in: {one_in}
entries:
{entries}
digest:
  chats: [{chats}]
"""


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of an installation, and the commands given in it."""

    folder: Path

    @classmethod
    def make(
        cls,
        folder: Path,
        base_url: str,
        *,
        chats: tuple[int, ...],
        one_in: int = 1,
        flows: Path = ROOT / "flows",
    ) -> "Place":
        """Write a configuration with one entry for each flow."""
        entries = "".join(
            f'  {flow}_door:\n    flow: "{flow}"\n    one_in: {one_in}\n'
            for flow in FLOWS
        )
        text = CONFIG.format(
            flows=flows,
            base_url=base_url,
            one_in=one_in,
            entries=entries.rstrip(),
            chats=", ".join(map(str, chats)),
        )
        (folder / "config.yaml").write_text(text)
        return cls(folder)

    @property
    def installation(self) -> Installation:
        """Give the installation as the bot reads it."""
        return read_config(self.folder / "config.yaml")

    @property
    def log(self) -> Path:
        """Give the file that every run writes its log to."""
        return self.folder / "run.log"

    async def command(self, *words: str) -> str:
        """Carry out a command to its end; give what it printed."""
        status, printed = await self._done(*words)
        assert status == 0, printed
        return printed

    async def prepare(self, *words: str) -> None:
        """Carry out a command in this process: without the bot, which is another."""
        config = str(self.folder / "config.yaml")
        assert await asyncio.to_thread(main, [*words, "--config", config]) == 0

    async def refused(self, *words: str) -> str:
        """Give a command that is not carried out; give what it printed."""
        status, printed = await self._done(*words)
        assert status == 1, printed
        return printed

    async def run(self) -> asyncio.subprocess.Process:
        """Start the bot; its log is added to `log`."""
        with self.log.open("ab") as log:
            return await self._start("run", output=log)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """Run the bot for as long as the block lasts, and stop it in order."""
        process = await self.run()
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
            status = await process.wait()
        assert status == 0, self.log.read_text()

    async def draw(
        self, flow: str, count: int, *, beforehand: bool = False
    ) -> list[tuple[str, str]]:
        """Draw from a list with so many contacts; give (code, link's payload)."""
        contacts = self.folder / f"{flow}-contacts.csv"
        rows = (f"klant-{n};intake" for n in range(count))
        contacts.write_text("reference;phase\n" + "\n".join(rows) + "\n")
        out = self.folder / f"{flow}-links.csv"
        draw = self.prepare if beforehand else self.command
        await draw("draw", str(contacts), "--flow", flow, "--out", str(out))
        with out.open(encoding="utf-8-sig", newline="") as file:
            drawn = list(csv.DictReader(file, delimiter=";"))
        codes = [row["code"].replace(" ", "") for row in drawn]
        links = [row["link"].partition("?start=")[2] for row in drawn]
        return list(zip(codes, links, strict=True))

    async def published(self) -> dict[str, FlowDefinition]:
        """Give what is live, by name."""
        stores = await open_stores(self.installation.data)
        try:
            return {
                name: await stores.archive.definition(content_hash)
                for name, content_hash in (await stores.archive.live()).items()
            }
        finally:
            await stores.close()

    async def waiting(self) -> Counter[tuple[str, str, str, str]]:
        """Count what still lies in the box, in the words of `released`.

        Only a test may look into the box before its opening: it holds the keys.
        """
        ballots, flows = await self._box()
        found: Counter[tuple[str, str, str, str]] = Counter()
        for ballot in ballots:
            flow = flows[ballot.cell.flow]
            for question, code in zip(flow.questions, ballot.codes, strict=False):
                found[flow.flow, str(ballot.cell.origin), question.name, code] += 1
        return found

    async def ended(self) -> Counter[str]:
        """Count how the occasions ended whose ballots still lie in the box."""
        ballots, _ = await self._box()
        return Counter(str(ballot.outcome) for ballot in ballots)

    async def _box(self) -> tuple[list[Ballot], dict[str, FlowDefinition]]:
        keys = KeyFolder(self.installation.keys)
        stores = await open_stores(self.installation.data)
        try:
            flows = await stores.archive.definitions()
            secret = keys.box_secret(await stores.ballots.epoch())
        finally:
            await stores.close()
        ballots = []
        for (sealed,) in self._rows("SELECT sealed FROM ballots"):
            packed = secret.decrypt(bytes(sealed))  # type: ignore[call-overload]  # a column of bytes
            # The other one of an occasion is for a remark.
            with suppress(ValueError):
                ballots.append(unpack_ballot(packed))
        return ballots, flows

    def dispatches(self, *states: str) -> int:
        """Count the digests on their way that are in one of these states."""
        rows = self._rows("SELECT state FROM outbox")
        return sum(state in states for (state,) in rows)

    def released(self) -> Counter[tuple[str, str, str, str]]:
        """Count what the batches hold, by (flow, origin, question, code)."""
        found: Counter[tuple[str, str, str, str]] = Counter()
        for flow, origin, question, code, n in self._rows(
            "SELECT flows.flow, counts.origin, question, code, n"
            " FROM counts JOIN flows ON flows.hash = counts.flow"
        ):
            found[str(flow), str(origin), str(question), str(code)] += int(str(n))
        return found

    def outcomes(self) -> Counter[tuple[str, str, str]]:
        """Count how the occasions of the batches ended, by (flow, origin, outcome)."""
        found: Counter[tuple[str, str, str]] = Counter()
        for flow, origin, outcome, n in self._rows(
            "SELECT flows.flow, outcomes.origin, outcome, n"
            " FROM outcomes JOIN flows ON flows.hash = outcomes.flow"
        ):
            found[str(flow), str(origin), str(outcome)] += int(str(n))
        return found

    def _rows(self, statement: str) -> list[tuple[object, ...]]:
        path = self.installation.data / "answers.db"
        with contextlib.closing(sqlite3.connect(path)) as database:
            return database.execute(statement).fetchall()

    async def _done(self, *words: str) -> tuple[int | None, str]:
        process = await self._start(*words, output=asyncio.subprocess.PIPE)
        printed, _ = await process.communicate()
        return process.returncode, printed.decode()

    async def _start(self, *words: str, output: object) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *words,
            "--config",
            str(self.folder / "config.yaml"),
            cwd=ROOT,
            env={**os.environ, "TELEGRAM_BOT_TOKEN": TOKEN},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,  # type: ignore[arg-type]  # a pipe or an open file
            stderr=asyncio.subprocess.STDOUT,
        )
