"""What the real program leaves stands up to the attacks; each planted leak is named."""

import dataclasses
import os
import random
import secrets
import shutil
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import main
from bot.commands import demo
from bot.commands.auditing import Given, audit_folder, read_ids
from bot.errors import InputError
from bot.shipped import shipped_schemas
from tests.audit import plants
from tests.audit.places import Place


def test_what_the_real_program_leaves_has_no_finding(place: Place) -> None:
    assert place.found() == []


def test_what_the_demo_leaves_has_no_finding(quick_path: Path) -> None:
    demo.play(quick_path, "nl", demo.Plan(weeks=2), lambda _: None)
    given = Given(quick_path / "data", quick_path / "keys")
    results = audit_folder(given, shipped_schemas())
    assert [result.key for result in results if result.level == "found"] == []


def test_nothing_is_written_by_an_audit(place: Place) -> None:
    def state() -> dict[str, tuple[bytes, int]]:
        return {
            str(path): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in place.folder.rglob("*")
            if path.is_file()
        }

    before = state()
    place.results()
    assert state() == before


def test_what_can_be_said_of_this_week_is_stated_and_no_finding(place: Place) -> None:
    facts = {result.key: result.facts for result in place.results()}

    # Fifteen came after the opening; with the key of this week that can be seen.
    assert facts["audit.ceiling"] == {"people": 15}
    assert "audit.ids-nowhere" in facts


def test_every_column_is_listed_with_its_reason(place: Place) -> None:
    columns = [r.facts for r in place.results() if r.key == "audit.column"]

    assert len(columns) == 88
    assert columns[0]["why"] == (
        "Always 1: there is one epoch at a time, and no row before the first."
    )


@pytest.mark.parametrize(
    ("plant", "named"), plants.LEAKS, ids=[plant.__name__ for plant, _ in plants.LEAKS]
)
def test_a_planted_leak_is_named(
    place: Place, plant: plants.Plant, named: set[str]
) -> None:
    plant(place)
    assert set(place.found()) == named


def _notes(place: Place) -> dict[str, object]:
    return {r.key.removeprefix("audit."): r.facts for r in place.results()}


def test_rows_that_lie_as_they_came_are_said_to(place: Place) -> None:
    assert "lie-as-come" in _notes(place)
    plants.change(place.answers, "VACUUM")
    plants.change(place.sessions, "VACUUM")
    assert {"lie-as-come", "lie-by-name"} & _notes(place).keys() == {"lie-by-name"}


def test_what_was_not_given_is_said_to_be_not_looked_at(place: Place) -> None:
    keys = {r.key for r in audit_folder(Given(place.data), shipped_schemas())}
    for name in ("keys", "logs", "ids", "before"):
        assert f"audit.{name}-not-given" in keys


def test_names_are_tried_without_an_older_state_too(place: Place) -> None:
    given = Given(place.data, place.folder / "keys", ids=place.folder / "ids.txt")
    facts = {r.key: r.facts for r in audit_folder(given, shipped_schemas())}
    assert facts["audit.ceiling"] == {"people": 15}
    assert "audit.names" in facts


def test_what_stands_in_a_file_is_made_fit_to_be_printed(place: Place) -> None:
    (place.data / os.fsdecode(b"\xff\x1b[31m" + b"x" * 200)).touch(mode=0o600)
    (place.data / ("y" * 230)).mkdir()
    (place.data / ("y" * 230) / ("z" * 230)).touch(mode=0o600)
    names = {str(r.facts["file"]) for r in place.results() if r.level == "found"}
    long = ("y" * 230 + "/" + "z" * 230)[:400] + "…"
    assert names == {"\N{REPLACEMENT CHARACTER}" * 2 + "[31m" + "x" * 200, long}


def test_the_figures_of_a_large_town_are_no_numbers_of_people(place: Place) -> None:
    plants.change(
        place.answers,
        "INSERT INTO phase_figures SELECT week, flow, 'counter', origin, 'intake',"
        " '2026-Q3', '2026-Q3', 2500, 18500, 142300 FROM batches LIMIT 1",
    )
    assert place.found() == []


def test_what_the_staff_typed_to_be_published_may_name_a_day(place: Place) -> None:
    done, why = "Sinds 2026-10-01 bellen wij terug, voor 250000 euro.", "Na 2026-09-30"
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.execute("INSERT INTO deeds VALUES ('2026-W31', ?)", (done,))
        raw.execute("INSERT INTO deeds VALUES ('2026-W31', '2026-10-01')")
        raw.execute(
            "INSERT INTO baselines VALUES ('2026-W31', 'sozawe', 'counter', ?)", (why,)
        )
        raw.execute(
            "UPDATE digests SET text = text || ? WHERE kind = 'weekly'",
            (f"\n- {done}\nReden: {why}.\n- 2026-10-01",),
        )
        raw.commit()
    assert place.found() == []

    plants.change(place.answers, "UPDATE digests SET text = text || ' 2026-08-03'")
    assert place.found() == ["telling-moment"]


def test_a_folder_that_holds_no_database_is_no_data_folder(place: Place) -> None:
    """Named one step too high, every file in it would be a finding."""
    for given in (Given(place.folder), Given(place.data, before=place.folder / "keys")):
        with pytest.raises(InputError) as raised:
            audit_folder(given, shipped_schemas())
        assert raised.value.code == "no-databases"


def test_a_key_that_is_missing_is_said(place: Place) -> None:
    name = place.key.name
    place.key.unlink()
    assert _notes(place)["key-missing"] == {"file": name}


def test_the_seed_of_this_week_is_said_and_is_no_finding(place: Place) -> None:
    epoch = place.key.stem.removeprefix("epoch-")
    plants.write_seed(place.folder / "keys" / f"draw-{epoch}.seed")
    assert _notes(place)["seed-here"] == {"count": 1}
    assert place.found() == []


def test_an_opening_that_is_half_done_is_said(place: Place) -> None:
    plants.old_key_kept(place)
    [old] = (place.folder / "old keys").iterdir()
    name = old.stem.removeprefix("epoch-")
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.execute("UPDATE epoch SET epoch = ?", (name,))
        raw.commit()
    assert "opening-half" in _notes(place)
    assert {"key-left", "old-opened"}.isdisjoint(place.found())


def test_the_same_week_is_said_to_be_the_same(place: Place) -> None:
    shutil.rmtree(place.folder / "before")
    shutil.copytree(place.data, place.folder / "before")
    assert "before-same-week" in _notes(place)
    assert place.found() == []


def test_a_newer_version_is_said(place: Place) -> None:
    plants.change(place.answers, "PRAGMA user_version = 99")
    assert _notes(place)["version"] == {"file": "answers.db", "found": 99, "known": 3}


def test_half_an_older_state_is_compared_as_far_as_it_goes(place: Place) -> None:
    (place.folder / "before" / "answers.db").unlink()
    assert place.found() == []
    plants.change(place.folder / "before" / "sessions.db", "DROP TABLE sessions")
    assert place.found() == []


def test_an_older_state_with_fewer_tables_is_compared(place: Place) -> None:
    plants.change(place.folder / "before" / "answers.db", "DROP TABLE outcomes")
    assert place.found() == []


def test_hits_by_chance_are_said_to_be_by_chance(place: Place) -> None:
    chance = random.Random(4)
    digits = "".join(chance.choice("0123456789") for _ in range(100_000))
    (place.data / "face.json").write_text(digits)
    (place.data / "face.json").chmod(0o600)
    numbers = [chance.randrange(10_000, 100_000) for _ in range(20)]
    (place.folder / "ids.txt").write_text("\n".join(map(str, numbers)))
    assert "ids-by-chance" in _notes(place)


def test_a_file_that_may_hold_many_keys_is_tried_as_far_as_said(place: Place) -> None:
    (place.data / "face.json").write_text(
        "\n".join(secrets.token_hex(16) for _ in range(100))
    )
    (place.data / "face.json").chmod(0o600)
    (place.folder / "ids.txt").write_text("7912345678\n")
    count = _notes(place)["keys-many"]
    assert isinstance(count, dict)
    assert count["tried"] == 64
    assert count["count"] > 100


def test_a_journal_that_goes_is_waited_for(place: Place) -> None:
    journal = place.data / "answers.db-journal"
    journal.touch()
    timer = threading.Timer(0.3, journal.unlink)
    timer.start()
    assert place.found() == []
    timer.join()


@pytest.mark.parametrize("is_renewed", [True, False])
def test_the_journal_of_a_write_that_goes_on_is_no_finding(
    place: Place, monkeypatch: pytest.MonkeyPatch, is_renewed: bool
) -> None:
    journal = place.data / "answers.db-journal"
    journal.touch(mode=0o600)
    monkeypatch.setattr("bot.audit.evidence._TRIES", 0)

    def between(seconds: float) -> None:
        sleep(seconds / 20)
        journal.unlink()
        if is_renewed:
            journal.touch(mode=0o600)

    sleep = time.sleep
    monkeypatch.setattr("bot.audit.files.time.sleep", between)
    assert place.found() == []


def test_a_journal_that_stays_is_named(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place.data / "answers.db-journal").touch(mode=0o600)
    monkeypatch.setattr("bot.audit.evidence._PAUSE", 0.0)
    monkeypatch.setattr("bot.audit.files._PAUSE", 0.0)
    assert place.found() == ["file-leftover"]


@pytest.mark.parametrize("name", ["data", "keys", "logs", "before"])
def test_a_folder_that_is_not_there_is_refused(place: Place, name: str) -> None:
    given = dataclasses.replace(place.given, **{name: place.folder / "nowhere"})
    with pytest.raises(InputError, match="no-such-folder"):
        audit_folder(given, shipped_schemas())


def test_a_file_that_cannot_be_read_is_refused(place: Place) -> None:
    given = dataclasses.replace(place.given, ids=place.folder / "nowhere")
    with pytest.raises(InputError, match="no-such-file"):
        audit_folder(given, shipped_schemas())


def test_ids_are_read_as_people_write_them(tmp_path: Path) -> None:
    path = tmp_path / "ids"
    path.write_text("\ufeff7912345678\n\n telegram:12 \n-100123\n12\n")
    assert read_ids(path) == [7_912_345_678, 12, 100_123]


@pytest.mark.parametrize("line", ["@jan", "12a", "1.5", "٣", "--1"])
def test_a_line_that_is_no_id_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "ids"
    path.write_text(f"12\n{line}\n")
    with pytest.raises(InputError) as caught:
        read_ids(path)
    assert caught.value.facts == {"path": str(path), "line": 2}


def test_the_command_says_what_came_of_it(
    place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLSSLAG_LANGUAGE", "en")
    words = ["audit", "--data", str(place.data), "--keys", str(place.folder / "keys")]

    assert main(words) == 0
    assert "No findings." in capsys.readouterr().out
    plants.stray_file(place)
    assert main(words) == 1
    said = capsys.readouterr().out
    assert "FINDING notes.txt is no part of the bot." in said
    assert "Findings: 1." in said


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_finding_can_be_said(
    place: Place,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    monkeypatch.setenv("POLSSLAG_LANGUAGE", language)
    together = (
        plants.autoincrement,
        plants.moments,
        plants.not_wiped,
        plants.log_with_an_id,
        plants.key_too_old,
    )
    for plant in (
        *together,
        plants.view,
        plants.uneven,
        plants.old_key_kept,
        plants.hashed_people,
    ):
        plant(place)
    folder = place.folder
    words = ["--keys", folder / "keys", "--logs", folder / "logs"]
    words += ["--ids", folder / "ids.txt", "--before", folder / "before"]

    assert main(["audit", "--data", str(place.data), *map(str, words)]) == 1
    assert "{" not in capsys.readouterr().out
