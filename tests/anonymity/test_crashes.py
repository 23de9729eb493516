"""The process may end at any instruction: no answer is lost, and none is doubled.

`tests.doubles.crashing` ends it before and after each thing it does to the disk; these
tests start the installation again on what each death left behind.
"""

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from copy import deepcopy
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.anonymity import Door, Invitation, KeyFolder, new_id
from bot.anonymity.leaving import ballots_of
from bot.app import App
from bot.ballots import Batch, Cell, Outcome
from bot.core.codes import make
from bot.core.flow import Origin, Phase
from bot.core.session import Session
from bot.dialogue import Opened, Tapped
from bot.remarks import Scrubbed
from bot.reviews import ReviewCounts
from storage.sqlite import Database
from tests.doubles.canaries import files_in, forms_of_number, found
from tests.doubles.crashing import POINTS
from tests.doubles.installation import (
    WEDNESDAY,
    Clock,
    in_the_box,
    installation_in,
    opened,
    remarks_in_the_box,
    shipped_flows,
)
from tests.doubles.person import Person
from tests.doubles.reading import Reader
from tests.doubles.remarks import drop_remarks

ROOT = Path(__file__).resolve().parents[2]
WEEK = "2026-W30"
CONFIG = {"digest": {"chats": [-1001, -1002]}, "remarks": {"reviewers": [-1005]}}

FLOWS = {name: shipped_flows()[name] for name in ("sozawe", "journey")}
YES, KEEP = "Ja, ik doe mee", "Zo bewaren"
REMARK = "Het was te druk."
SOZAWE = (YES, "7", "8", "Eens", "Helemaal eens")
JOURNEY = (YES, "Goed", "Goed", "Eens")
"""What a person taps to answer to the end."""

EVERYONE = 45
"""Hours after the first came: who did not finish then has expired."""


NEW = [f"Opmerking {n} wacht op een ander." for n in range(6)]
APPROVED = [f"Opmerking {n} mag getoond worden." for n in range(5)]
"""Remarks in the box before the opening, and those that it is to publish."""


@dataclass(frozen=True)
class Job:
    """A deed, and where it is done and killed."""

    deed: str
    template: str
    work: str
    what: dict[str, Any]
    hours: float
    each_write: int
    shots: Sequence[float]
    only_whole: bool
    config: dict[str, Any]
    remarks: bool


def killed(
    deed: str,
    template: Path,
    *,
    what: dict[str, Any] | None = None,
    hours: float = 0,
    each_write: int = 1,
    shots: Sequence[float] = (),
    only_whole: bool = False,
    remarks: bool = False,
) -> list[Path]:
    """Have a deed done and killed; give the folder that each death left."""
    work = template.with_name(f"{template.name}-dead")
    work.mkdir()
    job = Job(
        deed,
        str(template),
        str(work),
        what or {},
        hours,
        each_write,
        shots,
        only_whole,
        CONFIG,
        remarks,
    )
    path = work.with_suffix(".json")
    path.write_text(json.dumps(asdict(job)))
    words = [sys.executable, "-m", "tests.doubles.crashing", str(path)]
    # They die before they could write down what they reached.
    subprocess.run(words, cwd=ROOT, check=True)
    points = json.loads((work / "whole" / POINTS).read_text())
    # The test tests nothing where it cannot step between.
    assert {"before os.open", "after os.open"} <= set(points)
    assert {"unlink", "openDirectory"} <= set(points) or "sql" in points
    return sorted(work.iterdir())


def started(folder: Path, hours: float = 0) -> tuple[Any, Clock]:
    clock = Clock()
    clock.turn(hours=hours)
    return installation_in(folder, **CONFIG), clock


async def box_size(app: App) -> int:
    answers = app.stores.databases[1]
    return await answers.read(
        lambda raw: int(raw.execute("SELECT COUNT(*) FROM ballots").fetchone()[0])
    )


@dataclass
class Week:
    """A week with something of everything in it."""

    busy: Person
    """Is at the second question, and has not expired at the opening."""
    code: str
    """Of an invitation nobody has used."""
    late_code: str
    """Of one that has expired by the opening."""
    box: int
    """How many ballots wait after the opening."""
    secrets: list[bytes]
    """Pieces of every sealed row before the opening, of the keys, and the seed."""


def invitation(code: str, hours: float) -> Invitation:
    until = WEDNESDAY + timedelta(hours=hours)
    return Invitation(code, FLOWS["sozawe"].content_hash, Phase.INTAKE, until, new_id())


async def lose_the_ballot(_: Door, __: Sequence[Session]) -> None:
    """Crash after the answers were stored."""


async def lose_the_tombstone(door: Door, ended: Sequence[Session]) -> None:
    """Crash after the ballot was dropped."""
    await door._drop([one for session in ended for one in ballots_of(session)])


async def a_week_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Week:
    installation, clock = started(folder)
    codes = [make(bytes([n]) * 16) for n in range(2)]
    async with opened(installation, clock, *FLOWS.values()) as app:

        async def one(number: int, entry: str, *labels: str) -> Person:
            person = Person(app.service, f"telegram:{880_000_000 + number}")
            await person.opens(entry)
            if labels:
                await person.taps(*labels)
            return person

        await app.door.invite([invitation(codes[0], 500), invitation(codes[1], 20)])
        for number in range(10):
            await one(number, "e_sozawe", *SOZAWE)
        await one(20, "e_sozawe", YES, "7")
        await one(21, "e_sozawe")
        await one(22, "e_sozawe", "Nee, liever niet")
        await one(23, "e_sozawe", YES, "Stoppen")
        clock.turn(hours=10)
        busy = await one(30, "e_sozawe", YES, "9")
        for number in range(40, 43):
            await one(number, "e_journey", *JOURNEY)
        for number, crash in enumerate((lose_the_ballot, lose_the_tombstone), 50):
            person = await one(number, "e_sozawe", *SOZAWE[:-1])
            person.is_reached = False
            with monkeypatch.context() as patch:
                patch.setattr(Door, "_bury", crash)
                await person.taps(SOZAWE[-1])
        await drop_remarks(app, FLOWS["sozawe"], [*NEW, None])
        await drop_remarks(app, FLOWS["journey"], NEW[:2])
        secrets = await secrets_of(app, folder)
        seed, _ = await app.seeds.prepare()
        secrets += [seed, seed.hex().encode()]
    with closing(sqlite3.connect(folder / "data" / "answers.db")) as raw:
        # As of an opening of which nothing else is left.
        raw.executemany(
            "INSERT INTO remarks VALUES (?, 'sozawe', '2026-W29', ?, 1)",
            [(bytes([n]) * 16, text) for n, text in enumerate(APPROVED)],
        )
        raw.commit()
    return Week(busy, codes[0], codes[1], 3 + 1 + 2, secrets)


async def sealed_in(database: Database, table: str) -> list[bytes]:
    """Give a piece of every sealed row."""
    query = f"SELECT sealed FROM {table}"  # noqa: S608 - one of three names
    rows = await database.read(lambda raw: raw.execute(query).fetchall())
    return [row[0][200:232] for row in rows]


async def secrets_of(app: App, folder: Path) -> list[bytes]:
    rows: list[bytes] = []
    for database, tables in zip(
        app.stores.databases, (("sessions", "invitations"), ("ballots",)), strict=True
    ):
        for table in tables:
            rows += await sealed_in(database, table)
    [(_, content)] = files_in(folder / "keys")
    return [*rows, content[17:49], content[49:81]]


SOZAWE_BATCH = Batch(
    WEEK,
    Cell(FLOWS["sozawe"].content_hash, Origin.WALK_IN),
    dict(
        zip(
            [question.name for question in FLOWS["sozawe"].questions],
            [{"7": 12}, {"8": 12}, {"agree": 12}, {"strongly_agree": 12}],
            strict=True,
        )
    ),
    {
        Outcome.COMPLETE: 12,
        Outcome.BROKE_OFF: 1,
        Outcome.NO_REPLY: 1,
        Outcome.REFUSED: 1,
        Outcome.WITHDREW: 1,
    },
)


async def has_survived(folder: Path, week: Week) -> None:
    """Check everything that an opening promises, after a death in the middle of it."""
    busy = forms_of_number(int(week.busy.subject.removeprefix("telegram:")))
    assert found(files_in(folder), busy) == []
    installation, clock = started(folder, EVERYONE)
    async with opened(installation, clock) as app:
        await app.opening.open(clock(), app.week)
        assert await app.opening.open(clock(), app.week) is None
        # Exactly one opening, every answer in it exactly once, one digest each.
        assert await app.stores.ballots.batches() == [SOZAWE_BATCH]
        openings = await app.stores.databases[1].read(
            lambda raw: raw.execute("SELECT week, destroyed FROM openings").fetchall()
        )
        assert openings == [(WEEK, 0)]
        dispatches = await app.stores.outbox.pending()
        assert sorted(
            (d.digest.week, d.digest.flow, d.recipient) for d in dispatches
        ) == sorted(
            [
                *((WEEK, flow, str(chat)) for flow in FLOWS for chat in (-1001, -1002)),
                (WEEK, "", "-1005"),
            ]
        )
        # Each remark came out once, or was published once.
        counts = await app.stores.reviews.counts()
        assert counts == ReviewCounts({"sozawe": 6}, {}, {"sozawe": 5})
        told = await app.stores.outbox.remarks(WEEK, "sozawe")
        assert sorted(told) == APPROVED
        # The old keys are gone, and what they sealed as well.
        epoch = await app.stores.sessions.epoch()
        assert epoch == await app.stores.ballots.epoch()
        assert [path.name for path in installation.keys.iterdir()] == [
            f"epoch-{epoch}.key"
        ]
        secrets = [("secret", secret) for secret in week.secrets]
        assert found(files_in(folder), secrets) == []
        # Whoever was busy goes on, and an invitation still is one.
        assert await box_size(app) == week.box
        await in_front_of(app, week.busy).taps(*SOZAWE[2:])
        assert await box_size(app) == week.box + 2
        guest = Person(app.service, "telegram:1")
        await guest.opens(f"i_{week.late_code}")
        assert not guest.buttons
        await guest.opens(f"i_{week.code}")
        assert YES in guest.buttons


def in_front_of(app: App, person: Person) -> Person:
    """Give the same person, with the same screen, before another service."""
    return Person(app.service, person.subject, screen=deepcopy(person.screen))


FEW_OR_ALL = pytest.mark.parametrize(
    "each_write",
    [120, pytest.param(1, marks=[pytest.mark.soak, pytest.mark.timeout(1800)])],
)
"""Most writes lie between two others that look alike from outside."""


@FEW_OR_ALL
async def test_an_opening_killed_at_any_point_is_finished_and_counts_each_once(
    quick_path: Path, monkeypatch: pytest.MonkeyPatch, each_write: int
) -> None:
    template = quick_path / "template"
    week = await a_week_in(template, monkeypatch)
    chance = random.Random(30)

    deaths = killed(
        "open the box",
        template,
        hours=EVERYONE,
        each_write=each_write,
        shots=[chance.uniform(0, 0.06) for _ in range(72 // each_write)],
    )

    assert len(deaths) > 30
    for death in deaths:
        await has_survived(death, week)


@FEW_OR_ALL
async def test_the_start_that_finishes_an_opening_may_be_killed_as_well(
    quick_path: Path, monkeypatch: pytest.MonkeyPatch, each_write: int
) -> None:
    template = quick_path / "template"
    week = await a_week_in(template, monkeypatch)
    deaths = killed("open the box", template, hours=EVERYONE, each_write=1000)
    between = [death for death in deaths if is_between_epochs(death)]

    again = killed("start", between[0], hours=EVERYONE, each_write=2 * each_write)

    assert len(again) > 20
    for death in again:
        await has_survived(death, week)


def is_between_epochs(folder: Path) -> bool:
    """Look, on a copy: whoever opens a database rolls back what was broken off."""
    copy = shutil.copytree(folder, folder.with_name("copy"))
    epochs = set()
    for name in ("sessions", "answers"):
        with closing(sqlite3.connect(copy / "data" / f"{name}.db")) as raw:
            epochs |= set(raw.execute("SELECT epoch FROM epoch"))
    shutil.rmtree(copy)
    return len(epochs) == 2


async def test_keys_are_on_the_disk_before_they_are_named_and_go_after_all_else(
    quick_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = quick_path / "template"
    await a_week_in(template, monkeypatch)

    whole = killed("open the box", template, hours=EVERYONE, only_whole=True)[-1]

    # A power cut loses what was not synced: so the order is what counts.
    points = json.loads((whole / POINTS).read_text())
    made, gone = points.index("before os.rename"), points.index("before os.unlink")
    assert "after os.fsync" in points[:made]
    named = next(at for at in range(made, len(points)) if is_write(points[at]))
    assert points[made:named].count("after os.fsync") == 1
    assert not any(is_write(point) for point in points[gone:])
    overwritten = points[:gone].index("before os.fsync", named)
    assert not any(is_write(point) for point in points[overwritten:])
    # The seed of the draws, then the keys, each overwritten; the folder once, last.
    assert points.count("before os.unlink") == 2
    assert points[gone:].count("after os.fsync") == 2
    last = len(points) - points[::-1].index("before os.unlink")
    assert points[last:].count("after os.fsync") == 1


def is_write(point: str) -> bool:
    return "write" in point or point == "sql"


async def nine_and_one_more(folder: Path) -> Person:
    """Let nine answer, and one come to the last question."""
    installation, clock = started(folder)
    async with opened(installation, clock, FLOWS["sozawe"]) as app:
        for number in range(9):
            person = Person(app.service, f"telegram:{100 + number}")
            await person.opens("e_sozawe")
            await person.taps(*SOZAWE)
        last = Person(app.service, "telegram:200")
        await last.opens("e_sozawe")
        await last.taps(*SOZAWE[:-1])
    return last


async def test_a_last_answer_killed_at_any_point_is_counted_once(
    quick_path: Path,
) -> None:
    template = quick_path / "template"
    last = await nine_and_one_more(template)
    action, message = last.buttons[SOZAWE[-1]]
    update = 7_000_001
    tap = {
        "subject": last.subject,
        "action": action,
        "message": message,
        "update": update,
    }

    deaths = killed("tap", template, what=tap, each_write=3)

    assert len(deaths) > 10
    for death in deaths:
        installation, clock = started(death, 1)
        async with opened(installation, clock) as app:
            person = in_front_of(app, last)
            await person.does(Tapped(action, message), update)
            for reply in await app.service.tidy():
                await person.sees(reply)
            assert await app.service.tidy() == []
            closing = person.texts[-1]
            assert person.buttons == {}
            # Everything is as if nothing had happened, and can be answered to.
            await person.opens("e_sozawe")
            assert person.texts[-1] == closing
            assert await box_size(app) == 20
            await app.opening.open(clock(), app.week)
            [batch] = await app.stores.ballots.batches()
            assert batch.outcomes == {Outcome.COMPLETE: 10}
            assert batch.counts["next_step"] == {"strongly_agree": 10}


async def one_before_the_end(folder: Path, at: str) -> Person:
    """Let somebody come to the last question, or to the remark they have typed."""
    installation, clock = started(folder)
    async with opened(installation, clock, FLOWS["sozawe"], reads=Reader()) as app:
        last = Person(app.service, "telegram:200")
        await last.opens("e_sozawe")
        await last.taps(*SOZAWE[:-1])
        if at == KEEP:
            await last.taps(SOZAWE[-1])
            await last.writes(REMARK)
    return last


@pytest.mark.parametrize("at", [SOZAWE[-1], KEEP])
async def test_answers_and_remark_are_counted_once_wherever_it_is_killed(
    quick_path: Path, at: str
) -> None:
    template = quick_path / "template"
    last = await one_before_the_end(template, at)
    action, message = last.buttons[at]
    update = 7_000_003
    tap = {
        "subject": last.subject,
        "action": action,
        "message": message,
        "update": update,
    }

    deaths = killed("tap", template, what=tap, each_write=30, remarks=True)

    assert len(deaths) > 5
    for death in deaths:
        installation, clock = started(death, 1)
        async with opened(installation, clock, reads=Reader()) as app:
            person = in_front_of(app, last)
            await person.does(Tapped(action, message), update)
            for reply in await app.service.tidy():
                await person.sees(reply)
            if at != KEEP:
                assert await box_size(app) == 1
                await person.writes(REMARK)
                await person.taps(KEEP)
            assert person.buttons == {}
            [ballot] = await in_the_box(app, installation)
            assert ballot.outcome is Outcome.COMPLETE
            [remark] = await remarks_in_the_box(app, installation)
            assert remark.remark == Scrubbed(REMARK)


async def test_a_redemption_killed_at_any_point_uses_the_invitation_up_once(
    quick_path: Path,
) -> None:
    template = quick_path / "template"
    code = make(bytes(16))
    installation, clock = started(template)
    async with opened(installation, clock, FLOWS["sozawe"]) as app:
        await app.door.invite([invitation(code, 500)])
    update = 7_000_002
    come = {"subject": "telegram:1", "payload": f"i_{code}", "update": update}

    deaths = killed("come", template, what=come, each_write=3)

    for death in deaths:
        installation, clock = started(death)
        async with opened(installation, clock) as app:
            guest = Person(app.service, "telegram:1")
            await guest.does(Opened(f"i_{code}", "nl"), update)
            for reply in await app.service.tidy():
                await guest.sees(reply)
            await guest.taps(*SOZAWE)
            other = Person(app.service, "telegram:2")
            await other.opens(f"i_{code}")
            assert not other.buttons
            assert await box_size(app) == 2


@FEW_OR_ALL
async def test_a_first_start_killed_at_any_point_can_be_made_again(
    quick_path: Path, each_write: int
) -> None:
    template = quick_path / "template"
    template.mkdir()

    deaths = killed("start", template, each_write=each_write)

    for death in deaths:
        installation, clock = started(death)
        async with opened(installation, clock, FLOWS["sozawe"]) as app:
            person = Person(app.service, "telegram:1")
            await person.opens("e_sozawe")
            await person.taps(*SOZAWE)
            assert await box_size(app) == 2
            epoch = await app.stores.sessions.epoch()
            assert KeyFolder(installation.keys).ids() == {epoch}
            assert [path.suffix for path in installation.keys.iterdir()] == [".key"]
