"""A folder that the real program left, with what an auditor may have beside it."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from bot import reviews
from bot.audit import Result
from bot.commands.auditing import Given, audit_folder
from bot.messages import Catalogue
from bot.shipped import shipped_schemas
from tests.doubles.installation import Clock, installation_in, opened, shipped_flows
from tests.doubles.person import Person
from tests.doubles.remarks import drop_remarks

PEOPLE = [7_912_345_600 + 37 * n for n in range(32)]
ANSWERS = ("Ja, ik doe mee", "7", "8", "Eens", "Helemaal eens")
WORDS = Catalogue.load()
REMARKS = [f"Het wachten duurde mij {one} te lang." for one in "abcdefghijklmn"]
LOG = """\
INFO bot.run started
INFO bot.run week opened batches=1 week=2026-W31
WARNING bot.faults fault kind=builtins.OSError place=bot/app.py:12
INFO bot.run stopped
"""


@dataclass(frozen=True)
class Place:
    """What an auditor has in hand, in a folder of its own."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def answers(self) -> Path:
        return self.data / "answers.db"

    @property
    def sessions(self) -> Path:
        return self.data / "sessions.db"

    @property
    def key(self) -> Path:
        [path] = (self.folder / "keys").glob("*.key")
        return path

    @property
    def given(self) -> Given:
        return Given(
            self.data,
            self.folder / "keys",
            self.folder / "logs",
            self.folder / "ids.txt",
            self.folder / "before",
        )

    def results(self) -> list[Result]:
        """Audit it; all that comes of it can be said."""
        results = audit_folder(self.given, shipped_schemas())
        for result in results:
            for language in WORDS.languages("staff"):
                WORDS.text(f"staff.{result.key}", language, **result.facts)
        return results

    def found(self) -> list[str]:
        """Audit it; name the findings, in the words of the catalogue's keys."""
        return [
            result.key.removeprefix("audit.")
            for result in self.results()
            if result.level == "found"
        ]


async def live_in(folder: Path) -> None:
    """Two weeks: twelve who answer, five who do not, an opening, and some more."""
    installation = installation_in(
        folder, digest={"chats": [-100_200_300]}, remarks={"reviewers": [-100_200_301]}
    )
    clock = Clock()
    sozawe = shipped_flows()["sozawe"]
    async with opened(installation, clock, sozawe) as app:

        async def come(ids: list[int], *labels: str) -> None:
            for number in ids:
                person = Person(app.service, f"telegram:{number}")
                await person.opens("e_sozawe")
                await person.taps(*labels)

        await come(PEOPLE[:12], *ANSWERS)
        await come(PEOPLE[12:17], "Nee, liever niet")
        await drop_remarks(app, sozawe, [*REMARKS, None, None])
        shutil.copytree(folder / "data", folder / "before")
        shutil.copytree(folder / "keys", folder / "old keys")
        clock.turn(days=7)
        await app.opening.open(clock(), app.week)
        for message in range(4):
            shown = reviews.Place(-100_200_301, 412_000 + message)
            await app.stores.reviews.put_on_screen(shown, 500_000, lambda _: 0)
        await app.stores.reviews.decide(shown, reviews.Decision.SHOW)
        await app.stores.reviews.note(reviews.Place(-100_200_301, 412_009))
        await drop_remarks(app, sozawe, REMARKS[:3])
        await come(PEOPLE[17:28], *ANSWERS)
        await come(PEOPLE[28:], *ANSWERS[:3])
    (folder / "logs").mkdir(mode=0o700)
    (folder / "logs" / "bot.log").write_text(LOG)
    (folder / "logs" / "bot.log").chmod(0o600)
    (folder / "ids.txt").write_text("".join(f"{number}\n" for number in PEOPLE))
