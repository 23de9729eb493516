"""Leaks to plant in a folder that the real program left."""

import hashlib
import hmac
import json
import os
import secrets
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.audit.places import PEOPLE, Place

Plant = Callable[[Place], None]


def change(path: Path, *statements: str) -> None:
    """Change a database as another program would."""
    with closing(sqlite3.connect(path)) as raw:
        for statement in statements:
            raw.execute(statement)
        raw.commit()
    path.chmod(0o600)


def autoincrement(place: Place) -> None:
    change(
        place.answers,
        "CREATE TABLE log (id INTEGER PRIMARY KEY AUTOINCREMENT, chat INTEGER)",
    )
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.executemany("INSERT INTO log (chat) VALUES (?)", [(n,) for n in PEOPLE])
        raw.commit()


# Random digits in a row would now and then be taken for somebody's number, too.
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def row_numbers(place: Place) -> None:
    change(place.answers, "CREATE TABLE came (name TEXT PRIMARY KEY, at INTEGER)")
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.executemany(
            "INSERT INTO came VALUES (?, ?)",
            [(secrets.token_hex(8).translate(_LETTERS), n) for n in range(40)],
        )
        raw.commit()


def wal(place: Place) -> None:
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


def moments(place: Place) -> None:
    change(
        place.answers,
        "ALTER TABLE ballots ADD COLUMN at TEXT",
        "UPDATE ballots SET at = '2026-07-22T09:30:00'",
    )


def batch_of_nine(place: Place) -> None:
    change(
        place.answers,
        "UPDATE outcomes SET n = 9 WHERE outcome = 'complete'",
        "UPDATE counts SET n = n - 3 WHERE n >= 3",
    )


def phase_of_nine(place: Place) -> None:
    change(
        place.answers,
        # The schema itself refuses it: whoever plants this has put that aside.
        "PRAGMA ignore_check_constraints = ON",
        "INSERT INTO phase_figures"
        " SELECT week, flow, 'counter', origin, 'intake', '2026-Q2', '2026-Q2', 9, 63,"
        " 450 FROM batches LIMIT 1",
    )


def uneven(place: Place) -> None:
    change(place.answers, "UPDATE counts SET n = n - 1 WHERE code = '7'")


def loose_count(place: Place) -> None:
    change(
        place.answers,
        "INSERT INTO counts SELECT '2026-W40', flow, origin, question, code, 1"
        " FROM counts LIMIT 1",
    )


def word(place: Place) -> None:
    change(place.answers, "UPDATE counts SET code = 'mevrouw-x' WHERE code = '7'")


def number_in_text(place: Place) -> None:
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.execute("UPDATE live SET flow = ?", (f"sozawe{PEOPLE[0]}",))
        raw.commit()


def sizes(place: Place) -> None:
    change(
        place.answers,
        "UPDATE ballots SET sealed = CAST(sealed || x'00' AS BLOB)"
        " WHERE id = (SELECT min(id) FROM ballots)",
    )


def plaintext(place: Place) -> None:
    change(place.answers, "UPDATE ballots SET sealed = CAST(zeroblob(2352) AS BLOB)")


def text_for_a_seal(place: Place) -> None:
    change(
        place.folder / "data" / "sessions.db",
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(sql, 'STRICT, ', '')",
    )
    change(place.sessions, "UPDATE sessions SET sealed = 'telegram'")


def names_from_a_clock(place: Place) -> None:
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


def not_wiped(place: Place) -> None:
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.execute("PRAGMA secure_delete = OFF")
        raw.execute(
            "INSERT INTO digests"
            " SELECT week, 'draft', flow, ?, 0, '' FROM digests LIMIT 1",
            ("mijn begeleider heet mevrouw Jansen en ik kom op dinsdag " * 300,),
        )
        raw.commit()
        raw.execute("DELETE FROM digests WHERE kind = 'draft'")
        raw.commit()


def view(place: Place) -> None:
    change(place.answers, "CREATE VIEW alles AS SELECT * FROM ballots")


def log_with_an_id(place: Place) -> None:
    with (place.folder / "logs" / "bot.log").open("a") as log:
        log.write(f"INFO bot.run started chat={PEOPLE[3]}\n")


def log_with_a_token(place: Place) -> None:
    with (place.folder / "logs" / "bot.log").open("a") as log:
        log.write("INFO httpx https://x/bot123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw\n")


def log_of_acts(place: Place) -> None:
    with (place.folder / "logs" / "bot.log").open("a") as log:
        log.write("INFO bot.service somebody answered\n")


def old_key_kept(place: Place) -> None:
    [old] = (place.folder / "old keys").iterdir()
    shutil.copy(old, place.folder / "keys")


def seed_kept(place: Place) -> None:
    [old] = (place.folder / "old keys").glob("epoch-*")
    epoch = old.stem.removeprefix("epoch-")
    write_seed(place.folder / "keys" / f"draw-{epoch}.seed")


def seed_kept_under_another_name(place: Place) -> None:
    epoch = place.key.stem.removeprefix("epoch-")
    path = place.folder / "keys" / f"draw-{epoch}.seed"
    write_seed(path)
    week_ago = place.key.stat().st_mtime - 7 * 24 * 60 * 60
    os.utime(path, (week_ago, week_ago))


def seed_in_the_data(place: Place) -> None:
    write_seed(place.data / "face.json")


def seed_put_away(place: Place) -> None:
    write_seed(place.folder / "keys" / "seed.bak")


def seed_written_down(place: Place) -> None:
    epoch = place.key.stem.removeprefix("epoch-")
    path = place.folder / "keys" / f"draw-{epoch}.seed"
    write_seed(path)
    (place.folder / "logs" / "more.log").write_text(path.read_text().split("\n")[1])
    (place.folder / "logs" / "more.log").chmod(0o600)


def write_seed(path: Path) -> None:
    path.write_text("polsslag seed 1\n" + "0123456789abcdef" * 4 + "\n")
    path.chmod(0o600)


def key_in_the_data(place: Place) -> None:
    shutil.copy(place.key, place.data / "face.json")


def key_written_down(place: Place) -> None:
    secret = place.key.read_bytes()[len(b"polsslag epoch 1\n") :][:32]
    change(place.answers, "CREATE TABLE setting (value TEXT) STRICT")
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.execute("INSERT INTO setting VALUES (?)", (secret.hex(),))
        raw.commit()


def key_too_old(place: Place) -> None:
    os.utime(place.key, (0, time.time() - 9 * 24 * 3600 - 60))


def key_open(place: Place) -> None:
    place.key.chmod(0o640)


def half_a_key(place: Place) -> None:
    path = place.folder / "keys" / "epoch-00.new"
    path.write_bytes(b"polsslag")
    path.chmod(0o600)


def hmac_with_a_kept_key(place: Place) -> None:
    pepper = secrets.token_bytes(32)
    (place.data / "pepper").write_text(pepper.hex())
    (place.data / "pepper").chmod(0o600)
    change(
        place.answers,
        "CREATE TABLE people (who BLOB PRIMARY KEY) STRICT, WITHOUT ROWID",
    )
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.executemany(
            "INSERT INTO people VALUES (?)",
            [(hmac.digest(pepper, b"%d" % number, "sha256"),) for number in PEOPLE],
        )
        raw.commit()


def old_key_written_down(place: Place) -> None:
    [old] = (place.folder / "old keys").iterdir()
    secret = old.read_bytes()[len(b"polsslag epoch 1\n") :][:32]
    (place.data / "face.json").write_text(secret.hex())
    (place.data / "face.json").chmod(0o600)


def hashed_people(place: Place) -> None:
    change(place.answers, "CREATE TABLE people (who TEXT PRIMARY KEY) WITHOUT ROWID")
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.executemany(
            "INSERT INTO people VALUES (?)",
            [(hashlib.sha256(b"telegram:%d" % n).hexdigest(),) for n in PEOPLE],
        )
        raw.commit()


def stray_file(place: Place) -> None:
    (place.data / "notes.txt").write_text("who came")
    (place.data / "notes.txt").chmod(0o600)


def open_data(place: Place) -> None:
    place.answers.chmod(0o644)


def damaged(place: Place) -> None:
    place.answers.write_bytes(place.answers.read_bytes()[:5000])


def missing(place: Place) -> None:
    place.answers.unlink()


def kept_sealed_row(place: Place) -> None:
    with closing(sqlite3.connect(place.folder / "before" / "answers.db")) as before:
        row = before.execute("SELECT id, sealed FROM ballots").fetchone()
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.execute("INSERT INTO ballots VALUES (?, ?)", row)
        raw.commit()


def taken_back(place: Place) -> None:
    with closing(sqlite3.connect(place.folder / "before" / "answers.db")) as before:
        before.execute("INSERT INTO openings VALUES ('2026-W20', 7, 0, 0)")
        before.commit()


def destroyed_two(place: Place) -> None:
    change(place.answers, "UPDATE openings SET destroyed = 2")


def unreadable_flow(place: Place) -> None:
    change(place.answers, "UPDATE flows SET definition = '{}'")


def auto_vacuum(place: Place) -> None:
    change(place.answers, "PRAGMA auto_vacuum = FULL", "VACUUM")


def names_of_two_lengths(place: Place) -> None:
    change(
        place.answers,
        "UPDATE ballots SET id = CAST(id || 'more' AS BLOB)"
        " WHERE id = (SELECT min(id) FROM ballots)",
    )


def table_made_otherwise(place: Place) -> None:
    change(
        place.answers,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE live (' WHERE name = 'live'",
    )


def fractions(place: Place) -> None:
    change(
        place.answers,
        "CREATE TABLE pace (id BLOB PRIMARY KEY, seconds REAL) WITHOUT ROWID",
        "INSERT INTO pace VALUES (x'00', 12.5), (x'01', NULL)",
    )


def nothing_in_it(place: Place) -> None:
    change(
        place.answers,
        "CREATE TABLE empty (id BLOB PRIMARY KEY, x) WITHOUT ROWID",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)"
        " INSERT INTO empty SELECT randomblob(4), NULL FROM n",
    )


def link(place: Place) -> None:
    (place.data / "face.json").symlink_to(place.folder / "ids.txt")


def released_in_between(place: Place) -> None:
    shutil.rmtree(place.folder / "before")
    shutil.copytree(place.data, place.folder / "before")
    change(place.answers, "INSERT INTO openings VALUES ('2026-W33', 9, 0, 0)")


def names_that_grow(place: Place) -> None:
    shutil.rmtree(place.folder / "before")
    shutil.copytree(place.data, place.folder / "before")
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.executemany(
            "INSERT INTO ballots VALUES (?, ?)",
            [
                (b"\xff\xff\xff\xff" + secrets.token_bytes(12), noise())
                for _ in range(100)
            ],
        )
        raw.commit()


def noise() -> bytes:
    return secrets.token_bytes(2352)


def ballots_in_order(place: Place) -> None:
    change(
        place.answers,
        "CREATE TABLE other (id BLOB PRIMARY KEY, sealed BLOB NOT NULL) STRICT",
        "INSERT INTO other SELECT * FROM ballots",
        "DROP TABLE ballots",
        "ALTER TABLE other RENAME TO ballots",
    )


def remark_with_a_phase(place: Place) -> None:
    change(
        place.answers,
        "ALTER TABLE remarks ADD COLUMN phase TEXT",
        "UPDATE remarks SET phase = 'intake'",
    )


def remark_beside_grades(place: Place) -> None:
    change(
        place.answers,
        "CREATE TABLE joint (remark BLOB PRIMARY KEY, codes TEXT) WITHOUT ROWID",
        "INSERT INTO joint SELECT id, 'seven eight' FROM remarks",
    )


def remark_said_twice(place: Place) -> None:
    change(
        place.answers,
        "CREATE TABLE drafts (text TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
        "INSERT INTO drafts SELECT text FROM remarks WHERE approved = 1",
    )


def remarks_named_by_a_counter(place: Place) -> None:
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.execute("UPDATE review_messages SET remark = NULL")
        names = raw.execute("SELECT id FROM remarks").fetchall()
        for number, (name,) in enumerate(names):
            clock = (1_800_000_000_000 + number).to_bytes(8, "big")
            raw.execute(
                "UPDATE remarks SET id = ? WHERE id = ?",
                (clock + secrets.token_bytes(8), name),
            )
        raw.commit()


def remark_named_as_its_ballot(place: Place) -> None:
    with closing(sqlite3.connect(place.folder / "before" / "answers.db")) as before:
        [ballot] = before.execute("SELECT id FROM ballots LIMIT 1").fetchone()
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.execute(
            "UPDATE remarks SET id = ? WHERE id = (SELECT max(id) FROM remarks)",
            (ballot,),
        )
        raw.commit()


def remarks_in_order(place: Place) -> None:
    change(
        place.answers,
        "CREATE TABLE other (id BLOB PRIMARY KEY, flow TEXT, week TEXT, text TEXT,"
        " approved INTEGER) STRICT",
        "INSERT INTO other SELECT * FROM remarks",
        "DROP TABLE remarks",
        "ALTER TABLE other RENAME TO remarks",
    )


def remark_kept_for_ever(place: Place) -> None:
    change(
        place.answers,
        "UPDATE remarks SET week = '2026-W18'"
        " WHERE id IN (SELECT min(id) FROM remarks)",
    )


def remark_without_a_week(place: Place) -> None:
    change(
        place.answers,
        "UPDATE remarks SET week = 'ooit' WHERE id IN (SELECT min(id) FROM remarks)",
    )


def remark_out_alone(place: Place) -> None:
    change(
        place.answers,
        # The schema itself refuses it: whoever plants this has put that aside.
        "PRAGMA ignore_check_constraints = ON",
        "UPDATE lots SET texts = 1, withheld = 2",
        "UPDATE openings SET remarks_destroyed = 3",
    )


def remark_published_alone(place: Place) -> None:
    change(
        place.answers,
        "INSERT INTO published SELECT week, 'sozawe', 1, 'Dank u wel.' FROM openings",
    )


def raw_remarks(place: Place) -> None:
    texts = (
        "Mail mij op jan@example.org, dank u.",
        "Stort het op NL91 ABNA 0417 1643 00.",
        "Bel mij op 06-12 34 56 78 alstublieft.",
        "Mijn nummer is 111222333, kijk maar na.",
    )
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.executemany(
            "INSERT INTO remarks VALUES (?, 'sozawe', '2026-W31', ?, 0)",
            [(secrets.token_bytes(16), text) for text in texts],
        )
        raw.commit()


TOLD = "dinsdag, mevrouw Jansen, een 3"


def words_in_the_lock(place: Place) -> None:
    (place.data / "lock").write_text(TOLD)


def words_in_the_heartbeat(place: Place) -> None:
    (place.data / "heartbeat").write_text(TOLD)
    (place.data / "heartbeat").chmod(0o600)


def words_in_the_face(place: Place) -> None:
    (place.data / "face.json").write_text(json.dumps({"nl": "0" * 64, "x": TOLD}))
    (place.data / "face.json").chmod(0o600)


def hashes_in_the_face(place: Place) -> None:
    faces = {hashlib.sha256(TOLD.encode()).hexdigest(): "0" * 64}
    (place.data / "face.json").write_text(json.dumps(faces))
    (place.data / "face.json").chmod(0o600)


def no_face(place: Place) -> None:
    (place.data / "face.json").write_bytes(b"\xff" + TOLD.encode())
    (place.data / "face.json").chmod(0o600)


def told_by_a_folder(place: Place) -> None:
    (place.data / TOLD).mkdir(mode=0o700)


def told_by_the_schema(place: Place) -> None:
    _write_into(place, "CREATE TABLE live (", f"CREATE TABLE live ( -- {TOLD}\n")


def told_by_a_rule(place: Place) -> None:
    key = "flow TEXT PRIMARY KEY"
    _write_into(place, key, f"{key} CHECK (flow <> '{TOLD}')")


def _write_into(place: Place, old: str, new: str) -> None:
    """Write something into the statement that made a table."""
    with closing(sqlite3.connect(place.answers)) as raw:
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = 'live'",
            (old, new),
        )
        raw.commit()


def told_by_the_header(place: Place) -> None:
    content = bytearray(place.answers.read_bytes())
    content[72:92] = TOLD.encode()[:20]
    place.answers.write_bytes(content)


def number_in_the_header(place: Place) -> None:
    change(place.answers, f"PRAGMA application_id = {PEOPLE[0] % 2**31}")


def chats_for_deliveries(place: Place) -> None:
    """By somebody who is not on the list."""
    with closing(sqlite3.connect(place.sessions)) as raw:
        raw.execute("DELETE FROM seen")
        raw.executemany(
            "INSERT INTO seen VALUES (?, ?)",
            [(n, 10**8 + secrets.randbelow(10**9)) for n in range(40)],
        )
        raw.commit()


LEAKS: list[tuple[Plant, set[str]]] = [
    (words_in_the_lock, {"file-holds"}),
    (words_in_the_heartbeat, {"file-holds"}),
    (words_in_the_face, {"file-holds"}),
    (hashes_in_the_face, {"file-holds"}),
    (no_face, {"file-holds"}),
    (told_by_a_folder, {"file-unknown"}),
    (told_by_the_schema, {"table-changed"}),
    (told_by_a_rule, {"table-changed"}),
    (told_by_the_header, {"header"}),
    (number_in_the_header, {"header"}),
    (chats_for_deliveries, {"deliveries"}),
    (
        autoincrement,
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
    (row_numbers, {"table-unknown", "rowid", "order-kept"}),
    (ballots_in_order, {"rowid", "table-changed"}),
    (wal, {"wal", "file-leftover"}),
    (moments, {"column-unknown", "telling-moment"}),
    (batch_of_nine, {"batch-small", "step-small"}),
    (phase_of_nine, {"phase-small"}),
    (uneven, {"batch-uneven"}),
    (loose_count, {"counts-loose"}),
    (word, {"words-unknown"}),
    (number_in_text, {"telling-number", "id-in-file"}),
    (sizes, {"sizes", "sizes-before"}),
    (plaintext, {"sealed-twice", "not-sealed"}),
    (text_for_a_seal, {"not-sealed", "table-changed"}),
    (names_from_a_clock, {"names-patterned"}),
    (not_wiped, {"not-wiped", "remnant"}),
    (view, {"object-unknown"}),
    (log_with_an_id, {"log-number", "id-in-file"}),
    (log_with_a_token, {"log-token"}),
    (log_of_acts, {"log-unknown"}),
    (old_key_kept, {"key-left", "old-opened"}),
    (seed_kept, {"seed-left"}),
    (seed_kept_under_another_name, {"seed-left"}),
    (seed_in_the_data, {"file-holds", "key-among-data"}),
    (seed_put_away, {"key-unnamed"}),
    (seed_written_down, {"key-copied", "log-number"}),
    (key_in_the_data, {"file-holds", "key-among-data", "key-copied"}),
    (key_written_down, {"table-unknown", "rowid", "key-copied"}),
    (key_too_old, {"key-old"}),
    (key_open, {"key-open"}),
    (half_a_key, {"key-unnamed"}),
    (hmac_with_a_kept_key, {"file-unknown", "table-unknown", "name-made-again"}),
    (old_key_written_down, {"file-holds", "name-made-again"}),
    (hashed_people, {"table-unknown", "id-in-file"}),
    (stray_file, {"file-unknown"}),
    (open_data, {"open-to-others"}),
    (damaged, {"file-damaged"}),
    (missing, {"file-missing"}),
    (kept_sealed_row, {"sealed-kept"}),
    (taken_back, {"released-changed"}),
    (destroyed_two, {"destroyed-few"}),
    (unreadable_flow, {"flow-unreadable", "words-unknown"}),
    (auto_vacuum, {"auto-vacuum"}),
    (names_of_two_lengths, {"name-sizes"}),
    (table_made_otherwise, {"table-changed"}),
    (fractions, {"table-unknown", "telling-number"}),
    (nothing_in_it, {"table-unknown"}),
    (link, {"file-unknown"}),
    (released_in_between, {"released-between"}),
    (names_that_grow, {"names-grow", "names-patterned"}),
    (remark_with_a_phase, {"column-unknown", "remark-beside"}),
    (remark_beside_grades, {"table-unknown", "remark-beside", "order-kept"}),
    (remark_said_twice, {"table-unknown", "remark-beside"}),
    (remarks_named_by_a_counter, {"remark-order"}),
    (remark_named_as_its_ballot, {"remark-of-ballot"}),
    (remarks_in_order, {"rowid", "table-changed"}),
    (remark_kept_for_ever, {"remark-old"}),
    (remark_without_a_week, {"remark-old"}),
    (remark_out_alone, {"lot-small", "withheld-few", "destroyed-few"}),
    (remark_published_alone, {"published-few"}),
    (
        raw_remarks,
        {
            "remark-email",
            "remark-iban",
            "remark-telephone",
            "remark-bsn",
            "telling-number",
        },
    ),
]
