"""Each check says that something is in order, or what to do."""

import asyncio
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest

from bot.anonymity import KeyFolder
from bot.app import alone, is_running
from bot.app.upkeep import Inventory, take_stock
from bot.cli import main
from bot.commands import doctor
from bot.commands.backing import back_up
from bot.commands.doctor import Examination, Finding, Level, examine
from bot.commands.doctor.clock import (
    NOT_SYNCHRONISED,
    UNKNOWN,
    check_clock,
    check_opening,
    kernel_clock,
)
from bot.commands.doctor.copies import check_backup, check_copies, check_images
from bot.commands.doctor.delivery import check_outbox
from bot.commands.doctor.expectation import USUAL, check_expectation
from bot.commands.doctor.files import check_databases, check_keys, check_sqlite
from bot.commands.doctor.flows import check_entries, check_flows
from bot.commands.doctor.folders import check_disk, check_folders
from bot.commands.doctor.mail import check_mail
from bot.commands.doctor.pulse import check_pulse
from bot.commands.doctor.remarks import check_remarks
from bot.commands.doctor.scrubber import check_scrubber
from bot.commands.doctor.settings import check_settings
from bot.commands.publishing import read_draft
from bot.commands.running import heartbeat_of
from bot.commands.setup import Wishes, make
from bot.config import PASSWORD, TOKEN, Installation, read_config
from bot.core.flow import FlowDefinition
from bot.core.protocol import write_seed
from bot.messages import Catalogue
from bot.outbox import (
    HEADCOUNT,
    MONTHLY,
    NOTICE,
    PHASES,
    REVIEW,
    Dispatch,
    DispatchState,
    WrittenDigest,
)
from bot.reviews import ReviewCounts
from storage.sqlite import PRAGMAS, Condition
from tests.doubles.botapi import BotApi
from tests.doubles.faults import Page
from tests.doubles.installation import shipped_flows
from tests.doubles.mailserver import MailServer

NOW = datetime(2026, 7, 22, 9, 30, tzinfo=UTC)
"""A Wednesday in week 30."""
SOUND = Condition(
    "answers.db",
    tuple((name, wanted) for name, _, wanted in PRAGMAS),
    is_sound=True,
)
STOCK = Inventory((SOUND,), ("", ""), {}, None, (), ())


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    make(tmp_path / "new", Wishes("14 023", "polsslag_bot", (-5,)))
    return read_config(tmp_path / "new" / "config.yaml")


def said(findings: Iterable[Finding]) -> list[tuple[Level, str]]:
    return [(found.level, found.key) for found in findings]


def ok(name: str) -> tuple[Level, str]:
    return Level.OK, f"doctor.{name}"


def mind(name: str) -> tuple[Level, str]:
    return Level.MIND, f"doctor.{name}"


def fault(name: str) -> tuple[Level, str]:
    return Level.FAULT, f"doctor.{name}"


def other(installation: Installation, **parts: object) -> Installation:
    """Give the installation with other settings."""
    config = installation.config
    plain = config.model_dump() | parts
    return replace(installation, config=type(config).model_validate(plain))


async def test_a_new_installation_lacks_only_its_token_and_a_reader(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.commands.doctor.check_disk", lambda _: ())
    monkeypatch.setattr("bot.commands.doctor.check_clock", lambda: ())
    found = await examine(Examination(installation, NOW, environment={}))
    assert [one for one in said(found) if one[0] is not Level.NOTE] == [
        ok("settings"),
        (Level.FAULT, "error.token-file-empty"),
        ok("data-private"),
        ok("keys-private"),
        mind("keys-in-image"),
        ok("database"),
        ok("database"),
        ok("keys-fit"),
        ok("opening"),
        ok("flow-live"),
        mind("draft-warned"),
        ok("entries"),
        ok("digests"),
        mind("never-ran"),
    ]


def test_every_finding_has_a_text_in_every_language(installation: Installation) -> None:
    texts = Catalogue.load()
    keys = {key for key in texts.keys("staff") if key.startswith("staff.doctor.")}
    sources = Path(doctor.__file__).parent.glob("*.py")
    code = "\n".join(path.read_text() for path in sources)
    made_up = {"data-private", "data-missing", "keys-private", "keys-missing"}
    made_up |= {
        f"{what}-{state}"
        for what in ("digest", "monthly", "headcount", "notice", "review")
        for state in ("perhaps", "dead")
    }
    unused = [
        key
        for key in keys
        if (name := key.removeprefix("staff.doctor.")) not in made_up
        and f'"{name}"' not in code
    ]
    assert unused == []


class TestRemarks:
    def test_without_a_remark_nothing_is_said(self, installation: Installation) -> None:
        assert list(check_remarks(installation.config, ReviewCounts())) == []

    def test_remarks_that_nobody_looks_at_are_named(
        self, installation: Installation
    ) -> None:
        waiting = ReviewCounts(unreviewed={"sozawe": 5}, decided=9, named=1)
        reviewed = other(installation, remarks={"reviewers": [-6]}).config
        assert said(check_remarks(installation.config, waiting)) == [
            mind("no-reviewers")
        ]
        assert list(check_remarks(reviewed, waiting)) == []

    def test_of_ten_it_is_told_how_many_still_named_somebody(
        self, installation: Installation
    ) -> None:
        [found] = check_remarks(installation.config, ReviewCounts(decided=10, named=2))
        facts = {"named": 2, "decided": 10}
        assert found == Finding(Level.NOTE, "doctor.remarks-named", facts)


class TestScrubber:
    LIVE: ClassVar[Mapping[str, FlowDefinition]] = shipped_flows()

    async def test_where_nobody_looks_remarks_through_they_are_off(
        self, installation: Installation
    ) -> None:
        flows = ", ".join(sorted(self.LIVE))
        [found] = await check_scrubber(installation, self.LIVE)
        assert found == Finding(Level.NOTE, "doctor.remarks-off", {"flows": flows})

    async def test_without_a_remark_there_is_nothing_to_look_at(
        self, installation: Installation
    ) -> None:
        asked = other(installation, remarks={"reviewers": [-6]})
        bare = {
            name: flow.model_copy(update={"remark": None})
            for name, flow in self.LIVE.items()
        }
        assert await check_scrubber(asked, bare) == []

    async def test_a_scrubber_that_catches_its_canaries_is_good(
        self, installation: Installation
    ) -> None:
        asked = other(installation, remarks={"reviewers": [-6]})
        assert said(await check_scrubber(asked, self.LIVE)) == [ok("scrubber")]

    async def test_a_scrubber_that_does_not_start_is_a_fault(
        self, installation: Installation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "executable", "/nowhere/python")
        asked = other(installation, remarks={"reviewers": [-6]})
        found = said(await check_scrubber(asked, self.LIVE))
        assert found == [fault("scrubber-unsound")]

    async def test_a_roster_that_others_can_read_is_a_fault(
        self, installation: Installation, tmp_path: Path
    ) -> None:
        roster = tmp_path / "roster.txt"
        roster.write_text("Jansen\n")
        roster.chmod(0o644)
        remarks = {"reviewers": [-6], "roster": str(roster)}
        asked = other(installation, remarks=remarks)
        [found] = await check_scrubber(asked, self.LIVE)
        assert (found.level, found.key) == (
            Level.FAULT,
            "error.roster-readable-by-others",
        )


class TestSettings:
    def test_what_is_not_filled_in_is_named(self, installation: Installation) -> None:
        bare = other(installation, telegram={}, digest={}, enabled=())
        assert said(check_settings(bare)) == [
            mind("no-bot-name"),
            mind("no-chats"),
            mind("nothing-enabled"),
        ]

    @pytest.mark.parametrize(
        ("url", "is_open"),
        [
            ("https://api.example/bot", False),
            ("http://localhost:8081/bot", False),
            ("http://127.0.0.1:8081/bot", False),
            ("http://192.0.2.1/bot", True),
            ("http://api.example/bot", True),
        ],
    )
    def test_an_open_line_to_elsewhere_is_named(
        self, installation: Installation, url: str, is_open: bool
    ) -> None:
        called = other(installation, telegram={"bot": "polsslag_bot", "base_url": url})
        wanted = mind("base-url-open") if is_open else ok("settings")
        assert said(check_settings(called)) == [wanted]


class TestToken:
    async def asked(
        self, installation: Installation, api: BotApi, token: str | None = None
    ) -> list[tuple[Level, str]]:
        url = {"bot": installation.config.telegram.bot, "base_url": api.base_url}
        what = Examination(
            other(installation, telegram=url),
            NOW,
            environment={TOKEN: token or api.token},
        )
        found = said(await examine(what))
        return found[1 : found.index(ok("data-private"))]

    async def test_a_token_that_telegram_knows_is_in_order(
        self, installation: Installation
    ) -> None:
        async with BotApi() as api:
            assert await self.asked(installation, api) == [ok("token")]

    async def test_a_token_that_telegram_does_not_know_is_a_fault(
        self, installation: Installation
    ) -> None:
        async with BotApi() as api:
            wanted = [(Level.FAULT, "error.telegram-token-refused")]
            assert await self.asked(installation, api, "1:OTHER") == wanted

    async def test_a_telegram_that_does_not_answer_is_a_fault(
        self, installation: Installation
    ) -> None:
        wanted = [(Level.FAULT, "error.telegram-unreachable")]
        async with BotApi() as api:
            api.fail("getMe", Page())
            assert await self.asked(installation, api) == wanted
        assert await self.asked(installation, api) == wanted

    async def test_the_token_of_another_bot_is_a_fault(
        self, installation: Installation
    ) -> None:
        async with BotApi() as api:
            api.me["username"] = "another_bot"
            assert await self.asked(installation, api) == [fault("other-bot")]

    async def test_a_name_that_tells_and_an_ear_too_many_are_named(
        self, installation: Installation
    ) -> None:
        async with BotApi() as api:
            api.me["first_name"] = "Vragen over uw uitkering"
            api.me["can_read_all_group_messages"] = True
            assert await self.asked(installation, api) == [
                ok("token"),
                mind("telling-name"),
                mind("reads-groups"),
            ]

    async def test_offline_nothing_is_asked(self, installation: Installation) -> None:
        environment = {TOKEN: "1:ANY"}
        what = Examination(installation, NOW, is_offline=True, environment=environment)
        assert ok("token-not-asked") in said(await examine(what))


class TestFolders:
    def test_a_folder_or_file_that_others_can_read_is_a_fault(
        self, installation: Installation
    ) -> None:
        installation.data.chmod(0o750)
        next(installation.keys.iterdir()).chmod(0o644)
        assert said(check_folders(installation)) == [
            fault("folder-open"),
            fault("folder-open"),
        ]

    def test_folders_that_are_not_there_yet_are_named(
        self, installation: Installation
    ) -> None:
        elsewhere = replace(installation, folder=installation.folder / "elsewhere")
        assert said(check_folders(elsewhere)) == [
            mind("data-missing"),
            mind("keys-missing"),
        ]

    def test_a_file_in_the_place_of_a_folder_is_a_fault(
        self, installation: Installation
    ) -> None:
        strange = other(installation, keys=Path("config.yaml"))
        assert said(check_folders(strange))[1] == fault("folder-closed")

    def test_a_folder_that_cannot_be_written_in_is_a_fault(
        self, installation: Installation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(os, "access", lambda *_: False)
        assert said(check_folders(installation)) == [fault("folder-closed")] * 2

    def test_folders_of_somebody_else_are_named(
        self, installation: Installation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 12345)
        assert said(check_folders(installation)) == [mind("folder-of-another")] * 2

    @pytest.mark.parametrize(
        ("kind", "wanted"), [("ext4", []), ("btrfs", [mind("disk-remembers")])]
    )
    def test_a_disk_that_remembers_is_named(
        self, installation: Installation, kind: str, wanted: object
    ) -> None:
        mounts = installation.folder / "mounts"
        keys = str(installation.keys.resolve()).replace(" ", "\\040")
        mounts.write_text(
            "22 1 8:1 / / rw,relatime shared:1 - zfs pool rw\n"
            f"23 22 8:2 / {keys} rw - {kind} /dev/sdb1 rw\n"
        )
        assert said(check_disk(installation, mounts)) == wanted

    def test_where_no_mounts_can_be_seen_nothing_is_said(
        self, installation: Installation
    ) -> None:
        assert said(check_disk(installation, Path("/nowhere"))) == []


class TestClock:
    @pytest.mark.parametrize(
        ("state", "wanted"),
        [
            (0, ok("clock")),
            (NOT_SYNCHRONISED, mind("clock-alone")),
            (UNKNOWN, mind("clock-unknown")),
        ],
    )
    def test_the_kernel_knows_whether_the_clock_is_kept_right(
        self, state: int, wanted: object
    ) -> None:
        assert said(check_clock(lambda: state)) == [wanted]

    def test_the_kernel_can_be_asked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert kernel_clock() in range(UNKNOWN, NOT_SYNCHRONISED + 1)
        monkeypatch.setattr("ctypes.CDLL", lambda _: object())
        assert kernel_clock() == UNKNOWN

    def test_the_next_opening_is_told_in_local_time(
        self, installation: Installation
    ) -> None:
        [found] = check_opening(installation, NOW, "2026-W30")
        assert (found.key, found.facts) == (
            "doctor.opening",
            {"date": "27-07-2026", "time": "07:00", "zone": "Europe/Amsterdam"},
        )

    @pytest.mark.parametrize(
        ("last", "wanted"),
        [
            (None, ok("opening")),
            ("2026-W29", mind("opening-late")),
            ("2026-W31", fault("clock-behind")),
        ],
    )
    def test_a_missed_opening_and_a_clock_set_back_are_named(
        self, installation: Installation, last: str | None, wanted: object
    ) -> None:
        assert said(check_opening(installation, NOW, last)) == [wanted]


class TestFiles:
    def test_what_sqlite_says_of_itself_is_shown(self) -> None:
        [database] = check_databases(STOCK)
        assert (database.level, str(database.facts["pragmas"])) == (
            Level.OK,
            "busy_timeout=5000, secure_delete=1, journal_mode=delete, synchronous=3, "
            "temp_store=2, foreign_keys=1, trusted_schema=0",
        )
        [build] = check_sqlite(("3.51.0", "2026-01-02 03:04:05 0123456789abcdef"))
        assert build == Finding(
            Level.NOTE,
            "doctor.sqlite",
            {"version": "3.51.0", "source": "2026-01-02 03:04:05 0123456789"},
        )

    def test_a_damaged_file_is_a_fault(self) -> None:
        damaged = replace(STOCK, files=(replace(SOUND, is_sound=False),))
        assert said(check_databases(damaged)) == [fault("database-damaged")]

    def test_keys_are_those_that_the_databases_name(
        self, installation: Installation
    ) -> None:
        keys = KeyFolder(installation.keys)
        [first] = keys.ids()

        def found(*epochs: str) -> list[tuple[Level, str]]:
            stock = replace(STOCK, epochs=(epochs[0], epochs[1]))
            return said(check_keys(installation, stock))

        assert found(first, first) == [ok("keys-fit")]
        assert found("f" * 32, first) == [(Level.FAULT, "error.key-missing")]
        second = keys.make()
        assert found(second, first) == [mind("opening-half")]
        assert found(second, second) == [mind("keys-left")]
        keys.destroy_all_but(frozenset({second}))
        keys.make_seed(second)
        assert found(second, second) == [ok("keys-fit")]
        keys.make_seed(first)
        assert found(second, second) == [mind("keys-left")]
        installation.keys.chmod(0o755)
        assert found(second, second) == [(Level.FAULT, "error.key-readable-by-others")]

    async def test_looking_makes_nothing_where_nothing_is(
        self, installation: Installation
    ) -> None:
        elsewhere = replace(installation, folder=installation.folder / "elsewhere")
        assert await take_stock(elsewhere) is None
        found = said(await examine(Examination(elsewhere, NOW, is_offline=True)))
        assert mind("nothing-stored") in found
        assert not elsewhere.folder.exists()

    async def test_a_file_that_is_no_database_is_a_fault(
        self, installation: Installation
    ) -> None:
        (installation.data / "answers.db").write_bytes(b"no database" * 100)
        found = said(await examine(Examination(installation, NOW, is_offline=True)))
        assert (Level.FAULT, "error.not-a-database") in found


class TestFlows:
    def live(self, installation: Installation, *names: str) -> dict[str, str]:
        return {
            name: read_draft(installation.flows, name).flow.content_hash
            for name in names
        }

    def without_warnings(
        self, installation: Installation, live: dict[str, str]
    ) -> list[tuple[Level, str]]:
        found = said(check_flows(installation, live, {}, NOW.date()))
        return [one for one in found if one != mind("draft-warned")]

    def test_a_flow_is_live_as_its_file_says_or_not(
        self, installation: Installation
    ) -> None:
        live = self.live(installation, "sozawe")
        assert self.without_warnings(installation, live) == [ok("flow-live")]
        older = {"sozawe": "0" * 32}
        assert self.without_warnings(installation, older) == [mind("draft-differs")]
        assert self.without_warnings(installation, {}) == [fault("flow-not-live")]

    def test_a_flow_that_is_live_without_being_enabled_is_named(
        self, installation: Installation
    ) -> None:
        live = self.live(installation, "sozawe", "telefoon")
        wanted = [ok("flow-live"), mind("flow-not-enabled")]
        assert self.without_warnings(installation, live) == wanted

    def test_a_draft_with_errors_leaves_what_is_live_alone(
        self, installation: Installation
    ) -> None:
        live = self.live(installation, "sozawe")
        draft = installation.flows / "sozawe.yaml"
        draft.write_text(draft.read_text().replace("theme: bejegening", "theme: x"))
        found = list(check_flows(installation, live, {}, NOW.date()))
        assert said(found) == [mind("draft-broken"), ok("flow-live")]
        assert found[0].facts["count"] == 2
        draft.unlink()
        wanted = [mind("draft-missing"), ok("flow-live")]
        assert said(check_flows(installation, live, {}, NOW.date())) == wanted

    def test_an_entry_leads_somewhere_or_is_a_fault(
        self, installation: Installation
    ) -> None:
        live = self.live(installation, "sozawe")
        assert said(check_entries(installation, live)) == [ok("entries")]
        assert said(check_entries(installation, {})) == [fault("entry-lost")]
        assert said(check_entries(other(installation, entries={}), {})) == []


class TestDigests:
    def test_only_recent_trouble_is_named(self) -> None:
        def dispatch(week: str, state: DispatchState) -> Dispatch:
            digest = WrittenDigest(week, "weekly", "sozawe", "text", has_news=True)
            return Dispatch(digest, "-5", state)

        pending = [dispatch("2026-W30", DispatchState.PENDING)]
        trouble = [
            dispatch("2026-W29", DispatchState.DEAD),
            dispatch("2026-W26", DispatchState.PERHAPS),
            dispatch("2026-W25", DispatchState.DEAD),
        ]
        assert said(check_outbox(pending, trouble, "2026-W30")) == [
            mind("digest-dead"),
            mind("digest-perhaps"),
            mind("digests-waiting"),
        ]
        assert said(check_outbox([], trouble[2:], "2026-W30")) == [ok("digests")]

    def test_a_notice_that_did_not_arrive_is_not_called_a_digest(self) -> None:
        notice = WrittenDigest("2026-W30", NOTICE, "", "Weg.", True)
        trouble = [Dispatch(notice, "-5", DispatchState.DEAD)]
        [found] = check_outbox([], trouble, "2026-W30")
        facts = {"week": "2026-W30", "recipient": "-5"}
        assert found == Finding(Level.MIND, "doctor.notice-dead", facts)

    @pytest.mark.parametrize(
        ("kind", "key"),
        [
            (PHASES, "digest-perhaps"),
            (MONTHLY, "monthly-perhaps"),
            (HEADCOUNT, "headcount-perhaps"),
            (REVIEW, "review-perhaps"),
        ],
    )
    def test_what_went_by_mail_is_named_by_its_address(
        self, kind: str, key: str
    ) -> None:
        digest = WrittenDigest("2026-W30", kind, "", "Tekst", True)
        trouble = [Dispatch(digest, "mailto:a@example.nl", DispatchState.PERHAPS)]
        [found] = check_outbox([], trouble, "2026-W30")
        assert found.key == f"doctor.{key}"
        assert found.facts["recipient"] == "a@example.nl"


class TestMail:
    PARTS: ClassVar = {"from": "polsslag@example.nl", "security": "none"}

    def place(
        self, installation: Installation, port: int = 1, **more: object
    ) -> Installation:
        mail = {**self.PARTS, "host": "127.0.0.1", "port": port, **more}
        return other(installation, mail=mail, digest={"mail": ["anna@example.nl"]})

    async def test_where_no_mail_is_sent_nothing_is_said(
        self, installation: Installation
    ) -> None:
        assert await check_mail(installation, {}, is_offline=False) == []

    async def test_a_server_that_answers_is_in_order(
        self, installation: Installation
    ) -> None:
        async with MailServer() as server:
            place = self.place(installation, server.port)
            found = await check_mail(place, {}, is_offline=False)
            assert found == [
                Finding(
                    Level.OK,
                    "doctor.mail",
                    {"host": "127.0.0.1", "sender": "polsslag@example.nl", "count": 1},
                )
            ]
            nobody = other(place, digest={"chats": [-5]})
            found = await check_mail(nobody, {}, is_offline=False)
            assert said(found) == [mind("mail-to-nobody")]
        assert server.letters == []

    async def test_a_server_that_does_not_answer_is_a_fault(
        self, installation: Installation
    ) -> None:
        found = await check_mail(self.place(installation), {}, is_offline=False)
        assert said(found) == [(Level.FAULT, "error.mail-unreachable")]

    async def test_offline_only_the_password_is_looked_for(
        self, installation: Installation
    ) -> None:
        place = self.place(installation, user="bot")
        found = await check_mail(place, {}, is_offline=True)
        assert said(found) == [(Level.FAULT, "error.no-mail-password")]
        found = await check_mail(place, {PASSWORD: "geheim"}, is_offline=True)
        assert said(found) == [ok("mail-not-asked")]

    def test_who_gets_it_by_mail_alone_is_a_reader_too(
        self, installation: Installation
    ) -> None:
        assert said(check_settings(self.place(installation))) == [ok("settings")]


class TestCopies:
    def test_keys_beside_the_data_go_along_into_every_image(
        self, installation: Installation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert said(check_images(installation)) == [mind("keys-in-image")]
        elsewhere = other(installation, keys=Path("/dev/shm"))  # noqa: S108
        if Path("/dev/shm").stat().st_dev != installation.data.stat().st_dev:  # noqa: S108
            assert said(check_images(elsewhere)) == [ok("keys-apart")]
        assert said(check_images(other(installation, keys=Path("none")))) == []

    def test_a_copy_of_a_key_or_a_database_is_named(
        self, installation: Installation
    ) -> None:
        assert said(check_copies(installation)) == []
        [key] = installation.keys.iterdir()
        copies = installation.folder / "copies"
        copies.mkdir()
        (copies / "notes.txt").write_text("nothing")
        (copies / "gone").symlink_to("nowhere")
        (copies / key.name).write_bytes(key.read_bytes())
        whole = (installation.data / "answers.db").read_bytes()
        (copies / "answers.db").write_bytes(whole)
        (copies / "broken.db").write_bytes(whole[:100])
        (copies / "seed.txt").write_bytes(write_seed(bytes(32)))
        found = list(check_copies(installation))
        assert said(found) == [
            fault("backup-holds-more"),
            fault("no-backup"),
            fault("key-copied"),
            fault("seed-copied"),
        ]
        assert found[0].facts == {
            "path": copies / "answers.db",
            "tables": "ballots, epoch, lots, outbox, phase_sums, remarks, "
            "review, review_messages",
        }

    def test_nobody_is_told_to_delete_what_a_wrong_setting_hides(
        self, installation: Installation
    ) -> None:
        other_keys = other(installation, keys=Path("kys"))
        [key] = installation.keys.iterdir()
        assert list(check_copies(other_keys)) == [
            Finding(
                Level.FAULT,
                "doctor.keys-elsewhere",
                {"path": key, "folder": other_keys.keys},
            )
        ]
        other_data = other(installation, data=Path("dta"))
        assert said(check_copies(other_data)) == [fault("data-elsewhere")] * 2

    async def test_data_that_are_not_there_are_missed_where_keys_are(
        self, installation: Installation
    ) -> None:
        wrong = other(installation, data=Path("dta"))
        found = said(await examine(Examination(wrong, NOW, environment={})))
        assert (Level.FAULT, "error.keys-without-data") in found
        assert mind("nothing-stored") not in found

    def test_a_backup_that_is_not_there_is_no_bad_backup(self, tmp_path: Path) -> None:
        assert said(check_backup(tmp_path / "none.db")) == [
            (Level.FAULT, "error.no-such-file")
        ]

    def test_a_backup_holds_only_what_it_may(
        self, installation: Installation, tmp_path: Path
    ) -> None:
        path = tmp_path / "backup.db"
        assert list(check_backup(None)) == []
        path.write_text("nothing of ours")
        assert said(check_backup(path)) == [fault("no-backup")]
        path.unlink()
        asyncio.run(back_up(installation, path))
        assert said(check_backup(path)) == [ok("backup")]
        sessions = installation.data / "sessions.db"
        assert said(check_backup(sessions)) == [fault("backup-holds-more")]


class TestPulse:
    def beat(self, installation: Installation, ago: timedelta) -> None:
        path = heartbeat_of(installation)
        path.touch()
        moment = (NOW - ago).timestamp()
        os.utime(path, (moment, moment))

    def test_a_bot_that_runs_and_hears_is_in_order(
        self, installation: Installation
    ) -> None:
        assert said(check_pulse(installation, NOW)) == [mind("never-ran")]
        with alone(installation):
            assert said(check_pulse(installation, NOW)) == [mind("not-heard-yet")]
        self.beat(installation, timedelta(minutes=2))
        [stopped] = check_pulse(installation, NOW)
        assert stopped == Finding(Level.MIND, "doctor.not-running", {"minutes": 2})
        with alone(installation):
            assert said(check_pulse(installation, NOW)) == [ok("running")]
            self.beat(installation, timedelta(minutes=6))
            assert said(check_pulse(installation, NOW)) == [fault("hears-nothing")]

    def test_a_beat_from_the_future_is_of_now(self, installation: Installation) -> None:
        self.beat(installation, timedelta(minutes=-3))
        with alone(installation):
            [found] = check_pulse(installation, NOW)
        assert found.facts == {"minutes": 0}

    def test_to_ask_whether_it_runs_makes_nothing(
        self, installation: Installation
    ) -> None:
        before = sorted(installation.data.iterdir())
        assert not is_running(installation)
        assert sorted(installation.data.iterdir()) == before


class TestExpectation:
    @pytest.mark.parametrize(
        ("contacts", "first"),
        # One in 25 asked, one in five answering.
        [(2000, 2), (1000, 4), (500, 7), (100, None), (0, None), (-1, None)],
    )
    def test_so_many_contacts_come_to_so_much(
        self, contacts: int, first: int | None
    ) -> None:
        found = list(check_expectation(25, contacts))[-1]
        assert found.facts.get("first") == first
        assert found.facts["asked"] == max(contacts, 0) / 25

    def test_more_answers_give_a_narrower_range(self) -> None:
        found = list(check_expectation(25, None))[1:]
        margins = [one.facts["margin"] for one in found if "margin" in one.facts]
        assert [round(float(str(m)), 1) for m in margins] == [0.9, 0.6, 0.4, 0.3]

    def test_who_names_a_number_hears_of_that_number(self) -> None:
        assert said(check_expectation(25, 1000))[1:] == [ok("expect")]
        assert said(check_expectation(25, 100))[1:] == [mind("expect-nothing")]
        assert len(said(check_expectation(25, None))) == 1 + len(USUAL)
        levels = {level for level, _ in said(check_expectation(1000, None))}
        assert levels == {Level.NOTE}


class TestTheCommand:
    def test_it_fails_where_there_is_a_fault(
        self,
        installation: Installation,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("COLUMNS", "80")
        monkeypatch.delenv(TOKEN, raising=False)
        config = str(installation.folder / "config.yaml")
        words = ["doctor", "--offline", "--config", config]
        assert main(words) == 1
        out = capsys.readouterr().out
        texts = Catalogue.load()
        text = texts.text("staff.error.token-file-empty", "nl", path="\n")
        mark = texts.text("staff.mark.fault", "nl")
        assert f"\n{mark:<8}{text.partition(':')[0]}:" in out
        assert "1000 contacten: 40,0 gevraagd, 8,0 antwoorden" in out

    def test_it_succeeds_with_things_to_mind(
        self,
        installation: Installation,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv(TOKEN, "1:ANY")
        config = str(installation.folder / "config.yaml")
        assert main(["doctor", "--offline", "--config", config]) == 0
        last = capsys.readouterr().out.splitlines()[-1]
        assert last.startswith("Klaar om te draaien. Aantal keer let op: ")

    @pytest.mark.parametrize(
        ("levels", "status", "key"),
        [
            ([Level.OK, Level.NOTE], 0, "ready"),
            ([Level.OK, Level.MIND], 0, "ready-but"),
            ([Level.FAULT, Level.MIND], 1, "not-ready"),
        ],
    )
    def test_the_last_line_sums_up(
        self,
        installation: Installation,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        levels: list[Level],
        status: int,
        key: str,
    ) -> None:
        async def found(_: Examination) -> list[Finding]:
            return [Finding(level, "doctor.clock") for level in levels]

        monkeypatch.setattr("bot.answering.installations.examine", found)
        config = str(installation.folder / "config.yaml")
        assert main(["doctor", "--config", config]) == status
        text = Catalogue.load().text(f"staff.said.{key}", "nl", faults=1, minds=1)
        assert capsys.readouterr().out.splitlines()[-1] == text
