"""A backup and the ways back: what waited is gone, what was released goes on."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.anonymity import Invitation, KeyFolder
from bot.app import App, open_app
from bot.ballots import Batch
from bot.cli import main
from bot.commands.backing import adopt, back_up, restore
from bot.commands.setup import Wishes, make
from bot.config import Installation, read_config
from bot.core.codes import make as make_code
from bot.core.flow import Phase
from bot.errors import InputError, KeyFault
from bot.messages import Catalogue
from bot.outbox import NOTICE
from tests.anonymity.test_crashes import FEW_OR_ALL, killed
from tests.doubles.installation import Clock, installation_in, opened, shipped_flows
from tests.doubles.person import Person
from tests.doubles.places import quick_folder

SOZAWE = shipped_flows()["sozawe"]
ANSWERS = ("Ja, ik doe mee", "7", "8", "Eens", "Helemaal eens")
CHATS = (-1001, -1002)
CODE = make_code(bytes(16))


@pytest.fixture
def quick_path(tmp_path: Path) -> Iterator[Path]:
    with quick_folder(tmp_path) as folder:
        yield folder


def site(folder: Path) -> Installation:
    return installation_in(folder, digest={"chats": CHATS})


async def answer(app: App, count: int, start: int = 0) -> None:
    for number in range(start, start + count):
        person = Person(app.service, f"telegram:{880_000 + number}")
        await person.opens("e_sozawe")
        await person.taps(*ANSWERS)


async def a_week(folder: Path, clock: Clock) -> list[Batch]:
    """Let a week be opened; leave three answers, a conversation and a code behind."""
    async with opened(site(folder), clock, SOZAWE) as app:
        await answer(app, 10)
        await app.opening.open(clock(), app.week)
        clock.turn(hours=1)
        await answer(app, 3, start=20)
        busy = Person(app.service, "telegram:4711")
        await busy.opens("e_sozawe")
        until = clock.now.replace(year=2027)
        await app.door.invite(
            [Invitation(CODE, SOZAWE.content_hash, Phase.INTAKE, until, "ab" * 16)]
        )
        for dispatch in await app.stores.outbox.pending():
            assert dispatch.recipient in map(str, CHATS)
        return await app.stores.ballots.batches()


def lose_the_keys(installation: Installation) -> None:
    for key in installation.keys.iterdir():
        key.unlink()


async def has_come_back(app: App, installation: Installation) -> None:
    """Check that what was released is there, and what was sealed is not."""
    assert [batch.week for batch in await app.stores.ballots.batches()] == ["2026-W30"]
    assert await app.stores.ballots.in_box() == 0
    epoch = await app.stores.sessions.epoch()
    assert await app.stores.ballots.epoch() == epoch
    assert KeyFolder(installation.keys).ids() == {epoch}
    assert await app.door.session("telegram:4711") is None
    assert await app.door.invitation(CODE) is None
    # Once to each chat.
    told = [d for d in await app.stores.outbox.pending() if d.digest.kind == NOTICE]
    assert [d.recipient for d in told] == sorted(map(str, CHATS))
    assert len({d.digest.text for d in told}) == 1


async def goes_on(
    installation: Installation, clock: Clock, released: list[Batch]
) -> None:
    """Check all that a way back promises, from its first start on."""
    async with open_app(installation, clock=clock) as app:
        await has_come_back(app, installation)
        assert await app.stores.ballots.batches() == released
        # Beside the digest that is still the newest one.
        assert [d.week for d in await app.stores.outbox.latest()] == ["2026-W30"]
        # The same week is not opened again; the next one is, and counts on.
        assert await app.opening.open(clock(), app.week) is None
        await answer(app, 10)
        clock.turn(days=7)
        await app.opening.open(clock(), app.week)
        assert await app.stores.ballots.batches() == [
            *released,
            replace(released[0], week="2026-W31"),
        ]
        assert [d.week for d in await app.stores.outbox.latest()] == ["2026-W31"]


async def test_after_a_lost_disk_the_history_goes_on(quick_path: Path) -> None:
    clock = Clock()
    released = await a_week(quick_path / "old", clock)
    backup = quick_path / "backup.db"
    kept = await back_up(site(quick_path / "old"), backup)
    assert (kept.openings, kept.digests, kept.versions) == (1, 1, 1)
    new = site(quick_path / "new")

    assert await restore(new, backup, clock=clock) == kept

    async with open_app(new, clock=clock) as app:
        told = {d.digest.text for d in await app.stores.outbox.pending()}
    assert told == {Catalogue.load().text("staff.notice.restored", "nl")}
    await goes_on(new, clock, released)


async def test_keys_that_outlived_the_disk_are_destroyed(quick_path: Path) -> None:
    clock = Clock()
    released = await a_week(quick_path, clock)
    installation, backup = site(quick_path), quick_path / "backup.db"
    await back_up(installation, backup)
    for name in ("answers.db", "sessions.db"):
        (installation.data / name).unlink()

    await restore(installation, backup, clock=clock)

    await goes_on(installation, clock, released)


async def test_a_week_that_may_have_been_opened_before_the_loss_is_not_opened_again(
    quick_path: Path,
) -> None:
    clock = Clock()
    await a_week(quick_path / "old", clock)
    backup = quick_path / "backup.db"
    await back_up(site(quick_path / "old"), backup)
    # Three weeks on, on a Wednesday: the opening of that Monday may have been done.
    clock.turn(weeks=3)
    new = site(quick_path / "new")

    await restore(new, backup, clock=clock)

    async with open_app(new, clock=clock) as app:
        assert app.week == "2026-W33"
        assert await app.stores.ballots.last_opening() == "2026-W33"
        assert await app.opening.open(clock(), app.week) is None


async def test_a_folder_of_which_the_keys_are_gone_says_what_to_do_and_goes_on(
    quick_path: Path,
) -> None:
    clock = Clock()
    released = await a_week(quick_path, clock)
    installation = site(quick_path)
    lose_the_keys(installation)
    with pytest.raises(KeyFault) as refused:
        async with open_app(installation, clock=clock):
            pass
    words = Catalogue.load()
    for language in ("nl", "en"):
        code, facts = refused.value.code, refused.value.facts
        text = words.text(f"staff.error.{code}", language, **facts)
        assert "polsslag restore --adopt" in text

    await adopt(installation, clock=clock)

    async with open_app(installation, clock=clock) as app:
        pending = await app.stores.outbox.pending()
    told = {d.digest.text for d in pending if d.digest.kind == NOTICE}
    assert told == {words.text("staff.notice.adopted", "nl")}
    await goes_on(installation, clock, released)
    contents = [path.read_bytes() for path in installation.data.iterdir()]
    assert not any(CODE.encode() in content for content in contents)


async def test_an_image_of_an_earlier_week_can_be_taken_up(quick_path: Path) -> None:
    clock = Clock()
    released = await a_week(quick_path, clock)
    installation = site(quick_path)
    image = {path: path.read_bytes() for path in installation.data.glob("*.db")}
    clock.turn(weeks=2)
    async with open_app(installation, clock=clock) as app:
        await app.opening.open(clock(), app.week)
    for path, content in image.items():
        path.write_bytes(content)

    await adopt(installation, clock=clock)

    async with open_app(installation, clock=clock) as app:
        assert await app.stores.ballots.batches() == released
        assert await app.stores.ballots.last_opening() == "2026-W32"
        assert await app.opening.open(clock(), app.week) is None
        assert await app.stores.ballots.in_box() == 0
        # Neither the keys of the lost weeks nor what they sealed is left.
        assert KeyFolder(installation.keys).ids() == {await app.stores.sessions.epoch()}


@pytest.mark.parametrize("lost", ["sessions", "answers", "new sessions"])
async def test_one_side_alone_without_keys_is_taken_up_as_well(
    quick_path: Path, lost: str
) -> None:
    clock = Clock()
    released = await a_week(quick_path, clock)
    installation = site(quick_path)
    name = lost.removeprefix("new ")
    content = (installation.data / f"{name}.db").read_bytes()
    clock.turn(minutes=1)
    async with open_app(installation, clock=clock) as app:
        await app.opening.open(clock(), "2026-W31")
    if lost == "new sessions":
        # Only the database of the answers came back.
        (installation.data / "sessions.db").unlink()
        lose_the_keys(installation)
    else:
        (installation.data / f"{name}.db").write_bytes(content)

    await adopt(installation, clock=clock)

    async with open_app(installation, clock=clock) as app:
        assert await app.stores.ballots.batches() == released
        assert await app.stores.ballots.in_box() == 0
        epoch = await app.stores.sessions.epoch()
        assert await app.stores.ballots.epoch() == epoch
        assert KeyFolder(installation.keys).ids() == {epoch}


async def test_nothing_is_destroyed_while_the_keys_are_there(quick_path: Path) -> None:
    clock = Clock()
    await a_week(quick_path, clock)
    installation = site(quick_path)

    with pytest.raises(InputError, match="nothing-to-adopt"):
        await adopt(installation, clock=clock)

    async with open_app(installation, clock=clock) as app:
        # Two ballots for each of the three that ended.
        assert await app.stores.ballots.in_box() == 6
        assert await app.door.session("telegram:4711") is not None


async def test_keys_that_others_can_read_are_no_reason_to_destroy_anything(
    quick_path: Path,
) -> None:
    clock = Clock()
    await a_week(quick_path, clock)
    installation = site(quick_path)
    [key] = installation.keys.iterdir()
    key.chmod(0o644)

    with pytest.raises(KeyFault, match="key-readable-by-others"):
        await adopt(installation, clock=clock)


async def test_a_damaged_key_is_a_lost_one(quick_path: Path) -> None:
    clock = Clock()
    released = await a_week(quick_path, clock)
    installation = site(quick_path)
    [key] = installation.keys.iterdir()
    key.write_bytes(key.read_bytes()[:-1] + b"\0")

    await adopt(installation, clock=clock)

    await goes_on(installation, clock, released)


async def test_what_is_not_there_is_said(quick_path: Path) -> None:
    installation, backup = site(quick_path), quick_path / "backup.db"
    for attempt in (
        back_up(installation, backup),
        restore(installation, backup),
        adopt(installation),
    ):
        with pytest.raises(InputError, match="no-such-file"):
            await attempt
    backup.touch()
    with pytest.raises(InputError, match="file-exists"):
        await back_up(installation, backup)


@FEW_OR_ALL
async def test_a_way_back_killed_at_any_point_is_whole_or_can_be_gone_again(
    quick_path: Path, each_write: int
) -> None:
    clock = Clock()
    await a_week(quick_path / "old", clock)
    backup = quick_path / "backup.db"
    await back_up(site(quick_path / "old"), backup)
    template = quick_path / "template"
    template.mkdir()

    deaths = killed(
        "restore",
        template,
        what={"backup": str(backup)},
        hours=1,
        each_write=each_write,
    )

    assert len(deaths) > 10
    for death in deaths:
        installation = site(death)
        if not (installation.data / "answers.db").exists():
            await restore(installation, backup, clock=clock)
        async with open_app(installation, clock=clock) as app:
            await has_come_back(app, installation)


@FEW_OR_ALL
async def test_taking_up_killed_at_any_point_can_be_done_again(
    quick_path: Path, each_write: int
) -> None:
    clock = Clock()
    template = quick_path / "template"
    await a_week(template, clock)
    lose_the_keys(site(template))

    deaths = killed("adopt", template, hours=1, each_write=each_write)

    assert len(deaths) > 10
    for death in deaths:
        installation = site(death)
        try:
            async with open_app(installation, clock=clock):
                pass
        except KeyFault:
            await adopt(installation, clock=clock)
        async with open_app(installation, clock=clock) as app:
            await has_come_back(app, installation)


def test_the_command_line_makes_a_backup_and_goes_on_from_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path / "old", Wishes("14 023", language="en"))
    make(tmp_path / "new", Wishes("14 023", language="en"))
    backup = str(tmp_path / "backup.db")
    old, new = (["--config", str(tmp_path / n / "config.yaml")] for n in ("old", "new"))

    assert main(["backup", backup, *old]) == 0
    assert "versions of surveys 1" in " ".join(capsys.readouterr().out.split())
    assert main(["backup", backup, *old]) == 1
    assert main(["restore", *new]) == 1
    assert main(["restore", backup, "--adopt", *new]) == 1
    assert main(["restore", backup, *new]) == 1
    assert "data here already" in capsys.readouterr().err
    data = read_config(tmp_path / "new" / "config.yaml").data
    for path in data.iterdir():
        path.unlink()
    assert main(["restore", backup, *new]) == 0
    assert "There are new keys." in " ".join(capsys.readouterr().out.split())
    assert main(["restore", "--adopt", "--yes", *new]) == 1
    # It does not announce what it is not going to do.
    assert capsys.readouterr().out == ""
    for key in (tmp_path / "new" / "keys").iterdir():
        key.unlink()
    assert main(["restore", "--adopt", *new]) == 1
    assert main(["restore", "--adopt", "--yes", *new]) == 0
    assert capsys.readouterr().out.count("Done.") == 1


async def test_a_misspelt_data_folder_costs_no_key(quick_path: Path) -> None:
    await a_week(quick_path, Clock())
    right = site(quick_path)
    keys = sorted(right.keys.iterdir())
    wrong = installation_in(quick_path, data="dta")
    with pytest.raises(KeyFault, match="keys-without-data"):
        async with open_app(wrong, clock=Clock()):
            raise AssertionError
    assert not wrong.data.exists()
    assert sorted(right.keys.iterdir()) == keys
    async with open_app(right, clock=Clock()) as app:
        assert len(await app.stores.ballots.batches()) == 1
