"""What the real program leaves stands up to the attacks; each planted leak is named."""

import hashlib
import hmac
import os
import secrets
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import main
from tests.audit.places import PEOPLE, Place

Plant = Callable[[Place], None]


def test_what_the_real_program_leaves_has_no_finding(place: Place) -> None:
    assert place.found() == []


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

    # Nine came after the opening; with the key of this week that can be seen.
    assert facts["audit.ceiling"] == {"people": 9}
    assert "audit.ids-nowhere" in facts


def test_every_column_is_listed_with_its_reason(place: Place) -> None:
    columns = [r.facts for r in place.results() if r.key == "audit.column"]

    assert len(columns) == 50
    assert columns[0]["why"] == (
        "Always 1: there is one epoch at a time, and no row before the first."
    )


def _change(path: Path, *statements: str) -> None:
    """Change a database as another program would."""
    with closing(sqlite3.connect(path)) as raw:
        for statement in statements:
            raw.execute(statement)
        raw.commit()
    path.chmod(0o600)


def _autoincrement(place: Place) -> None:
    _change(
        place.answers,
        "CREATE TABLE log (id INTEGER PRIMARY KEY AUTOINCREMENT, chat INTEGER)",
    )
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.executemany("INSERT INTO log (chat) VALUES (?)", [(n,) for n in PEOPLE])
        raw.commit()


def _row_numbers(place: Place) -> None:
    _change(place.answers, "CREATE TABLE came (name TEXT PRIMARY KEY, at INTEGER)")
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.executemany(
            "INSERT INTO came VALUES (?, ?)",
            [(secrets.token_hex(8), n) for n in range(40)],
        )
        raw.commit()


def _wal(place: Place) -> None:
    raw = sqlite3.connect(place.answers)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("UPDATE openings SET destroyed = 0")
    raw.commit()
    for name in ("answers.db", "answers.db-wal"):
        shutil.copy(place.data / name, place.folder / name)
    raw.close()
    for name in ("answers.db", "answers.db-wal"):
        shutil.move(place.folder / name, place.data / name)
        (place.data / name).chmod(0o600)


def _moments(place: Place) -> None:
    _change(
        place.answers,
        "ALTER TABLE ballots ADD COLUMN at TEXT",
        "UPDATE ballots SET at = '2026-07-22T09:30:00'",
    )


def _batch_of_nine(place: Place) -> None:
    _change(
        place.answers,
        "UPDATE outcomes SET n = 9 WHERE outcome = 'complete'",
        "UPDATE counts SET n = n - 3 WHERE n >= 3",
    )


def _uneven(place: Place) -> None:
    _change(place.answers, "UPDATE counts SET n = n - 1 WHERE code = '7'")


def _loose_count(place: Place) -> None:
    _change(
        place.answers,
        "INSERT INTO counts SELECT '2026-W40', flow, origin, question, code, 1"
        " FROM counts LIMIT 1",
    )


def _word(place: Place) -> None:
    _change(place.answers, "UPDATE counts SET code = 'mevrouw-x' WHERE code = '7'")


def _number_in_text(place: Place) -> None:
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.execute("UPDATE live SET flow = ?", (f"sozawe{PEOPLE[0]}",))
        raw.commit()


def _sizes(place: Place) -> None:
    _change(
        place.answers,
        "UPDATE ballots SET sealed = CAST(sealed || x'00' AS BLOB)"
        " WHERE id = (SELECT min(id) FROM ballots)",
    )


def _plaintext(place: Place) -> None:
    _change(place.answers, "UPDATE ballots SET sealed = CAST(zeroblob(2352) AS BLOB)")


def _text_for_a_seal(place: Place) -> None:
    _change(
        place.folder / "data" / "sessions.db",
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(sql, 'STRICT, ', '')",
    )
    _change(place.sessions, "UPDATE sessions SET sealed = 'telegram'")


def _names_from_a_clock(place: Place) -> None:
    with closing(sqlite3.connect(place.answers)) as raw:
        rows = raw.execute("SELECT id, sealed FROM ballots").fetchall()
        sealed = [secrets.token_bytes(2352) for _ in range(30)]
        raw.execute("DELETE FROM ballots")
        raw.executemany(
            "INSERT INTO ballots VALUES (?, ?)",
            [
                ((1_800_000_000_000 + n).to_bytes(8, "big") + secrets.token_bytes(8), s)
                for n, s in enumerate([s for _, s in rows] + sealed)
            ],
        )
        raw.commit()


def _not_wiped(place: Place) -> None:
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.execute("PRAGMA secure_delete = OFF")
        raw.execute(
            "INSERT INTO digests SELECT week, 'draft', flow, ?, 0 FROM digests LIMIT 1",
            ("mijn begeleider heet mevrouw Jansen en ik kom op dinsdag " * 300,),
        )
        raw.commit()
        raw.execute("DELETE FROM digests WHERE kind = 'draft'")
        raw.commit()


def _view(place: Place) -> None:
    _change(place.answers, "CREATE VIEW alles AS SELECT * FROM ballots")


def _log_with_an_id(place: Place) -> None:
    with (place.folder / "logs" / "bot.log").open("a") as log:
        log.write(f"INFO bot.run started chat={PEOPLE[3]}\n")


def _log_with_a_token(place: Place) -> None:
    with (place.folder / "logs" / "bot.log").open("a") as log:
        log.write("INFO httpx https://x/bot123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw\n")


def _log_of_acts(place: Place) -> None:
    with (place.folder / "logs" / "bot.log").open("a") as log:
        log.write("INFO bot.service somebody answered\n")


def _old_key_kept(place: Place) -> None:
    [old] = (place.folder / "old keys").iterdir()
    shutil.copy(old, place.folder / "keys")


def _key_in_the_data(place: Place) -> None:
    shutil.copy(place.key, place.data / "face.json")


def _key_written_down(place: Place) -> None:
    secret = place.key.read_bytes()[len(b"polsslag epoch 1\n") :][:32]
    _change(place.answers, "CREATE TABLE setting (value TEXT) STRICT")
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.execute("INSERT INTO setting VALUES (?)", (secret.hex(),))
        raw.commit()


def _key_too_old(place: Place) -> None:
    os.utime(place.key, (0, time.time() - 9 * 24 * 3600 - 60))


def _key_open(place: Place) -> None:
    place.key.chmod(0o640)


def _half_a_key(place: Place) -> None:
    path = place.folder / "keys" / "epoch-00.new"
    path.write_bytes(b"polsslag")
    path.chmod(0o600)


def _hmac_with_a_kept_key(place: Place) -> None:
    pepper = secrets.token_bytes(32)
    (place.data / "pepper").write_text(pepper.hex())
    (place.data / "pepper").chmod(0o600)
    _change(
        place.answers,
        "CREATE TABLE people (who BLOB PRIMARY KEY) STRICT, WITHOUT ROWID",
    )
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.executemany(
            "INSERT INTO people VALUES (?)",
            [(hmac.digest(pepper, b"%d" % number, "sha256"),) for number in PEOPLE],
        )
        raw.commit()


def _hashed_people(place: Place) -> None:
    _change(place.answers, "CREATE TABLE people (who TEXT PRIMARY KEY) WITHOUT ROWID")
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.executemany(
            "INSERT INTO people VALUES (?)",
            [(hashlib.sha256(b"telegram:%d" % n).hexdigest(),) for n in PEOPLE],
        )
        raw.commit()


def _stray_file(place: Place) -> None:
    (place.data / "notes.txt").write_text("who came")
    (place.data / "notes.txt").chmod(0o600)


def _open_data(place: Place) -> None:
    place.answers.chmod(0o644)


def _damaged(place: Place) -> None:
    place.answers.write_bytes(place.answers.read_bytes()[:5000])


def _missing(place: Place) -> None:
    place.answers.unlink()


def _kept_sealed_row(place: Place) -> None:
    with closing(sqlite3.connect(place.folder / "before" / "answers.db")) as before:
        row = before.execute("SELECT id, sealed FROM ballots").fetchone()
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.execute("INSERT INTO ballots VALUES (?, ?)", row)
        raw.commit()


def _taken_back(place: Place) -> None:
    with closing(sqlite3.connect(place.folder / "before" / "answers.db")) as before:
        before.execute("INSERT INTO openings VALUES ('2026-W20', 7, 0)")
        before.commit()


LEAKS: list[tuple[Plant, set[str]]] = [
    (
        _autoincrement,
        {
            "table-unknown",
            "counted-on",
            "telling-number",
            "rowid",
            "order-kept",
            "id-in-column",
            "id-in-file",
        },
    ),
    (_row_numbers, {"table-unknown", "rowid", "order-kept"}),
    (_wal, {"wal", "file-leftover"}),
    (_moments, {"column-unknown", "telling-moment"}),
    (_batch_of_nine, {"batch-small", "step-small"}),
    (_uneven, {"batch-uneven"}),
    (_loose_count, {"counts-loose"}),
    (_word, {"words-unknown"}),
    (_number_in_text, {"telling-number", "id-in-file"}),
    (_sizes, {"sizes", "sizes-before"}),
    (_plaintext, {"sealed-twice", "not-sealed"}),
    (_text_for_a_seal, {"not-sealed"}),
    (_names_from_a_clock, {"names-patterned"}),
    (_not_wiped, {"not-wiped", "remnant"}),
    (_view, {"object-unknown"}),
    (_log_with_an_id, {"log-number", "id-in-file"}),
    (_log_with_a_token, {"log-token"}),
    (_log_of_acts, {"log-unknown"}),
    (_old_key_kept, {"key-left", "old-opened"}),
    (_key_in_the_data, {"key-among-data", "key-copied"}),
    (_key_written_down, {"table-unknown", "rowid", "key-copied"}),
    (_key_too_old, {"key-old"}),
    (_key_open, {"key-open"}),
    (_half_a_key, {"key-unnamed"}),
    (_hmac_with_a_kept_key, {"file-unknown", "table-unknown", "name-made-again"}),
    (_hashed_people, {"table-unknown", "id-in-file"}),
    (_stray_file, {"file-unknown"}),
    (_open_data, {"open-to-others"}),
    (_damaged, {"file-damaged"}),
    (_missing, {"file-missing"}),
    (_kept_sealed_row, {"sealed-kept"}),
    (_taken_back, {"released-changed"}),
]


@pytest.mark.parametrize(
    ("plant", "named"), LEAKS, ids=[plant.__name__.strip("_") for plant, _ in LEAKS]
)
def test_a_planted_leak_is_named(place: Place, plant: Plant, named: set[str]) -> None:
    plant(place)
    assert set(place.found()) == named


def test_the_command_says_what_came_of_it(
    place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLSSLAG_LANGUAGE", "en")
    words = ["audit", "--data", str(place.data), "--keys", str(place.folder / "keys")]

    assert main(words) == 0
    assert "No findings." in capsys.readouterr().out
    _stray_file(place)
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
    together = (_autoincrement, _moments, _not_wiped, _log_with_an_id, _key_too_old)
    for plant in (*together, _view, _uneven, _old_key_kept, _hashed_people):
        plant(place)
    folder = place.folder
    words = ["--keys", folder / "keys", "--logs", folder / "logs"]
    words += ["--ids", folder / "ids.txt", "--before", folder / "before"]

    assert main(["audit", "--data", str(place.data), *map(str, words)]) == 1
    assert "{" not in capsys.readouterr().out
