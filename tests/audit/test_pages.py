"""The pages say what SQLite says of the rows, and where they lie, and what is left."""

import random
import secrets
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import pytest

from bot.audit.order import in_order
from bot.audit.pages import DatabaseFile
from bot.audit.records import Damaged, record, varint
from bot.audit.unused import remnants

SIZES = (512, 1024, 4096, 65536)
TEXT = "de wachtkamer was vol en niemand zei iets "


def _fill(raw: sqlite3.Connection, chance: random.Random, rows: int = 250) -> None:
    raw.execute("CREATE TABLE sealed (id BLOB PRIMARY KEY, c BLOB) WITHOUT ROWID")
    raw.execute("CREATE TABLE plain (id INTEGER PRIMARY KEY, n, t TEXT)")
    raw.execute("CREATE INDEX by_text ON plain (t)")
    for number in range(rows):
        name = chance.randbytes(16)
        raw.execute("INSERT INTO sealed VALUES (?, ?)", (name, chance.randbytes(1100)))
        value = chance.choice(
            [None, 0, 1, -1, 300, -70_000, 2**31, 2**45, -(2**60), 1.5, b"\0\1", "é"]
        )
        text = TEXT * chance.choice([0, 1, 3, 80]) + str(number)
        raw.execute("INSERT INTO plain VALUES (?, ?, ?)", (number * 7, value, text))


@pytest.fixture(params=SIZES)
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "file.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA page_size = {request.param}")
        _fill(raw, random.Random(1))
        raw.commit()
    return path


def test_every_row_is_read_as_sqlite_reads_it(file: Path) -> None:
    found = DatabaseFile.read(file)
    with closing(sqlite3.connect(file)) as raw:
        sealed = raw.execute("SELECT id, c FROM sealed ORDER BY id").fetchall()
        plain = raw.execute("SELECT id, n, t FROM plain ORDER BY id").fetchall()

    assert [c.values for c in found.cells(found.tree("sealed").root)] == sealed
    cells = found.cells(found.tree("plain").root)
    assert [(c.rowid, *c.values[1:]) for c in cells] == plain
    assert len(found.cells(found.tree("by_text").root)) == len(plain)
    with pytest.raises(KeyError):
        found.tree("nothing")


def test_texts_of_other_encodings_are_read(tmp_path: Path) -> None:
    for encoding in ("UTF-16le", "UTF-16be"):
        path = tmp_path / encoding
        with closing(sqlite3.connect(path)) as raw:
            raw.execute(f"PRAGMA encoding = '{encoding}'")
            raw.execute("CREATE TABLE t (x TEXT)")
            raw.execute("INSERT INTO t VALUES ('é')")
            raw.commit()
        assert DatabaseFile.read(path).laid("t")[0].values == ("é",)


def test_the_order_of_arrival_shows_in_the_pages_until_a_rewrite(
    tmp_path: Path,
) -> None:
    path = tmp_path / "file.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE s (id BLOB PRIMARY KEY) WITHOUT ROWID")
        came = [secrets.token_bytes(16) for _ in range(100)]
        for name in came:
            raw.execute("INSERT INTO s VALUES (?)", (name,))
            raw.commit()

        def laid() -> list[object]:
            return [cell.values[0] for cell in DatabaseFile.read(path).laid("s")]

        assert in_order(came, laid()).tau > 0.99
        raw.execute("VACUUM")
        assert in_order(came, laid()).p > 1e-6


def _readable(path: Path) -> set[str]:
    found = remnants(DatabaseFile.read(path))
    return {one.where for one in found if TEXT.encode() in one.content}


def test_what_is_deleted_and_not_wiped_is_found(file: Path) -> None:
    assert _readable(file) == set()
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA secure_delete = OFF")
        raw.execute("DELETE FROM plain WHERE id % 2 = 0")
        raw.commit()
    assert {"free page"} < _readable(file) <= {"free page", "free block", "between"}
    assert DatabaseFile.read(file).free_pages


def test_what_is_wiped_is_not_found(file: Path) -> None:
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA secure_delete = ON")
        raw.execute("DELETE FROM plain")
        raw.commit()
    wheres = {one.where for one in remnants(DatabaseFile.read(file))}
    assert wheres <= {"between"}


def test_what_lies_behind_the_last_page_is_found(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"left over")
    last = remnants(DatabaseFile.read(file))[-1]
    assert (last.where, last.content) == ("behind the last page", b"left over")


def test_a_row_that_goes_on_in_a_used_page_shows_what_was_there(
    tmp_path: Path,
) -> None:
    path = tmp_path / "file.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA secure_delete = OFF")
        raw.execute("CREATE TABLE t (x TEXT)")
        raw.execute("INSERT INTO t VALUES (?)", (TEXT * 199,))
        raw.commit()
    content = bytearray(path.read_bytes())
    # The last page of the row is not full; SQLite need not have wiped its end.
    content[-6:] = b"rest!!"
    path.write_bytes(content)
    [found] = remnants(DatabaseFile.read(path))
    assert found.where == "behind a row"
    assert found.content.endswith(b"rest!!")


def test_views_have_no_pages(tmp_path: Path) -> None:
    path = tmp_path / "file.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE t (x)")
        raw.execute("CREATE VIEW v AS SELECT * FROM t")
        raw.commit()
    found = DatabaseFile.read(path)
    assert [tree.name for tree in found.trees] == ["t"]
    assert [tree.name for tree in found.rootless] == ["v"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no database" * 100,
        b"SQLite format 3\0" + bytes(84),
        b"SQLite format 3\0" + struct.pack(">H", 100) + bytes(2000),
        b"SQLite format 3\0" + struct.pack(">H", 4096) + bytes(2000),
    ],
)
def test_what_is_no_database_is_refused(content: bytes) -> None:
    with pytest.raises(Damaged):
        DatabaseFile(content)


def test_a_damaged_file_is_refused_and_nothing_worse(tmp_path: Path) -> None:
    path = tmp_path / "file.db"
    chance = random.Random(5)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA page_size = 512")
        raw.execute("PRAGMA secure_delete = OFF")
        _fill(raw, chance, rows=40)
        raw.execute("DELETE FROM plain WHERE id % 3 = 0")
        raw.commit()
    whole = path.read_bytes()
    refused = 0
    for _ in range(200):
        content = bytearray(whole)
        for _ in range(chance.randrange(1, 4)):
            # Where the structure is: near the heads of pages.
            page = chance.randrange(len(content) // 512) * 512
            content[page + chance.randrange(24)] = chance.randrange(256)
        content[:16] = whole[:16]
        try:
            file = DatabaseFile(bytes(content))
            for tree in file.trees:
                file.cells(tree.root)
            remnants(file)
        except (Damaged, IndexError, ValueError, struct.error):
            refused += 1
    assert 0 < refused < 200


def _changed(path: Path, at: int, *content: int) -> DatabaseFile:
    whole = bytearray(path.read_bytes())
    whole[at : at + len(content)] = bytes(content)
    return DatabaseFile(bytes(whole))


def test_pages_that_lead_to_themselves_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA page_size = 512")
        raw.execute("PRAGMA secure_delete = OFF")
        _fill(raw, random.Random(6), rows=40)
        raw.execute("DELETE FROM plain")
        raw.commit()
    file = DatabaseFile.read(path)
    [trunk, *_] = file.free_pages
    at = (trunk - 1) * 512
    with pytest.raises(Damaged):
        _ = _changed(path, at, *trunk.to_bytes(4, "big")).free_pages
    with pytest.raises(Damaged):
        _ = _changed(path, at + 4, 0, 0, 1, 0).free_pages
    root = file.tree("sealed").root
    with pytest.raises(Damaged):
        _changed(path, (root - 1) * 512 + 8, *root.to_bytes(4, "big")).cells(root)
    with pytest.raises(Damaged):
        _changed(path, (root - 1) * 512 + 8, 0, 0, 0, 0).cells(root)
    with pytest.raises(Damaged):
        _changed(path, (root - 1) * 512 + 3, 255, 255).cells(root)
    with pytest.raises(Damaged):
        file.cells(trunk)


def test_a_row_that_never_ends_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE t (x TEXT)")
        raw.execute("INSERT INTO t VALUES (?)", (TEXT * 1000,))
        raw.commit()
    file = DatabaseFile.read(path)
    [cell] = file.cells(2)
    with pytest.raises(Damaged):
        list(_changed(path, 2 * 4096, 0, 0, 0, 3).chain(3, 10**6))
    # Longer than the file.
    with pytest.raises(Damaged):
        _changed(path, 4096 + cell.offset, 0x84, 0x80, 0x00).cells(2)


def test_a_list_of_tables_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE t (x TEXT)")
        raw.commit()
    (start,) = struct.unpack_from(">H", path.read_bytes(), 100 + 8)
    # How long the head of the record is: with that, how many values it has.
    with pytest.raises(Damaged):
        _ = _changed(path, start + 2, 3).trees


def test_free_blocks_that_lead_backwards_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE t (x TEXT)")
        raw.executemany("INSERT INTO t VALUES (?)", [(TEXT,)] * 9)
        raw.execute("DELETE FROM t WHERE rowid IN (3, 6)")
        raw.commit()
    content = path.read_bytes()
    (block,) = struct.unpack_from(">H", content, 4096 + 1)
    with pytest.raises(Damaged):
        remnants(_changed(path, 4096 + block, *block.to_bytes(2, "big")))


def test_numbers_of_nine_bytes_are_read() -> None:
    assert varint(b"\xff" * 9, 0) == (-1, 9)
    assert varint(b"\x80" * 8 + b"\x01", 0) == (1, 9)
    with pytest.raises(Damaged):
        varint(b"\xff\xff", 0)


@pytest.mark.parametrize("payload", [b"\x02\x06", b"\x0a" + b"\xff" * 9])
def test_a_record_that_goes_on_behind_its_end_is_refused(payload: bytes) -> None:
    with pytest.raises(Damaged):
        record(payload, 1)


def test_a_fraction_is_read() -> None:
    assert record(b"\x02\x07" + struct.pack(">d", 2.5), 1) == (2.5,)
