"""What is deleted is gone from the file, and the file does not remember who came first.

Each attack is first shown to work on a table made without care.
"""

import itertools
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from bot.ballots import SealedBallot
from bot.core.session import IdentityRows, SealedRow, SessionWrite
from storage import Stores
from tests.contracts.ports import opening

MANY: Final = 300
PAGE: Final = 4096
A_PAGE: Final = 60
"""So many small rows fit in one page, where nothing but a shuffle moves them."""


def rows(many: int = MANY, size: int = 240) -> list[SealedRow]:
    return [
        SealedRow(secrets.token_bytes(16), secrets.token_bytes(size))
        for _ in range(many)
    ]


def a_page() -> list[SealedRow]:
    return rows(A_PAGE, 32)


def remnants(folder: Path, blobs: Sequence[bytes]) -> int:
    """Count which of the blobs can still be found, in part, in any file."""
    found = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    # A long cell continues on another page: any 24 bytes of it would do.
    return sum(
        any(blob[start : start + 24] in found for start in range(0, len(blob), 24))
        for blob in blobs
    )


def tau(path: Path, arrived: Sequence[bytes]) -> float:
    """Compare the order of arrival with the order of the cells inside one page.

    Kendall's tau: 1 where the cells tell who came first, 0 where they tell nothing.
    Cells are laid down from the page's end.
    """
    content = path.read_bytes()
    places = [content.index(key) for key in arrived]
    assert len({place // PAGE for place in places}) == 1
    pairs = list(itertools.combinations(places, 2))
    return 2 * sum(first > second for first, second in pairs) / len(pairs) - 1


NO_ORDER: Final = 0.45
"""Five standard deviations of tau over the rows of a page that lie at random."""


def naive(path: Path, secure_delete: str) -> sqlite3.Connection:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute(f"PRAGMA secure_delete = {secure_delete}")
    raw.execute(
        """
        CREATE TABLE sessions (tag BLOB PRIMARY KEY, sealed BLOB) STRICT, WITHOUT ROWID
        """
    )
    return raw


def fill(raw: sqlite3.Connection, arrived: Sequence[SealedRow]) -> None:
    for one in arrived:
        raw.execute("INSERT INTO sessions VALUES (?, ?)", (one.tag, one.sealed))


def test_a_careless_file_keeps_what_was_deleted(tmp_path: Path) -> None:
    arrived = rows()
    with closing(naive(tmp_path / "naive.db", "OFF")) as raw:
        fill(raw, arrived)
        raw.execute("DELETE FROM sessions")

    assert remnants(tmp_path, [one.sealed for one in arrived]) > MANY / 2


def test_a_careless_file_remembers_who_came_first(tmp_path: Path) -> None:
    arrived = a_page()
    with closing(naive(tmp_path / "naive.db", "ON")) as raw:
        fill(raw, arrived)

    assert tau(tmp_path / "naive.db", [one.tag for one in arrived]) == 1


async def test_a_session_written_over_is_gone(stores: Stores, tmp_path: Path) -> None:
    first, second = rows(), rows()
    await stores.sessions.write("epoch-one", [SessionWrite(row) for row in first])
    assert remnants(tmp_path, [row.sealed for row in first]) == MANY

    later = [
        SealedRow(old.tag, new.sealed) for old, new in zip(first, second, strict=True)
    ]
    await stores.sessions.write("epoch-one", [SessionWrite(row) for row in later])

    assert remnants(tmp_path, [row.sealed for row in first]) == 0
    assert remnants(tmp_path, [row.sealed for row in second]) == MANY


async def test_an_invitation_used_up_or_retired_is_gone(
    stores: Stores, tmp_path: Path
) -> None:
    invitations = rows(40)
    await stores.sessions.invite("epoch-one", invitations)

    used, retired = invitations[:20], invitations[20:]
    uses = [SessionWrite(None, row.tag) for row in used]
    assert await stores.sessions.write("epoch-one", uses) == [True] * 20
    await stores.sessions.retire("epoch-one", [row.tag for row in retired])

    assert remnants(tmp_path, [row.sealed for row in invitations]) == 0
    assert remnants(tmp_path, [row.tag for row in invitations]) == 0


@pytest.mark.parametrize("is_vacuumed", [False, True])
async def test_after_the_turn_of_an_epoch_nothing_of_the_old_one_is_left(
    stores: Stores, tmp_path: Path, *, is_vacuumed: bool
) -> None:
    old, new = rows(), rows(20)
    old_ballots = [SealedBallot(row.tag, row.sealed) for row in rows()]
    new_ballots = tuple(SealedBallot(row.tag, row.sealed) for row in rows(20))
    await stores.sessions.write("epoch-one", [SessionWrite(row) for row in old])
    await stores.ballots.drop("epoch-one", old_ballots)

    await stores.sessions.reseal(
        "epoch-one", "epoch-two", lambda _: IdentityRows(tuple(new), ())
    )
    await stores.ballots.open_box(
        "epoch-one", "epoch-two", lambda _: opening(waiting=new_ballots)
    )
    if is_vacuumed:
        await stores.sessions.vacuum()
        await stores.ballots.vacuum()

    gone = [row.sealed for row in old] + [row.tag for row in old]
    gone += [ballot.sealed for ballot in old_ballots] + [b.id for b in old_ballots]
    assert remnants(tmp_path, [*gone, b"epoch-one"]) == 0
    assert remnants(tmp_path, [row.sealed for row in new]) == 20


def same_rows(found: IdentityRows, order: Sequence[bytes]) -> IdentityRows:
    """Give back the rows in the order of arrival, as a careless caller would."""
    by_tag = {row.tag: row for row in found.sessions}
    return IdentityRows(tuple(by_tag[tag] for tag in order), ())


@pytest.mark.parametrize("is_vacuumed", [False, True])
async def test_after_the_turn_of_an_epoch_the_sessions_lie_in_no_order(
    stores: Stores, tmp_path: Path, *, is_vacuumed: bool
) -> None:
    arrived = a_page()
    order = [row.tag for row in arrived]
    for row in arrived:
        await stores.sessions.write("epoch-one", [SessionWrite(row)])
    # Within the epoch the keys are on the disk and no order is promised.
    assert tau(tmp_path / "sessions.db", order) == 1

    await stores.sessions.reseal(
        "epoch-one", "epoch-two", lambda found: same_rows(found, order)
    )
    if is_vacuumed:
        await stores.sessions.vacuum()

    assert abs(tau(tmp_path / "sessions.db", order)) < NO_ORDER


@pytest.mark.parametrize("is_vacuumed", [False, True])
async def test_after_an_opening_the_waiting_ballots_lie_in_no_order(
    stores: Stores, tmp_path: Path, *, is_vacuumed: bool
) -> None:
    arrived = [SealedBallot(row.tag, row.sealed) for row in a_page()]
    order = [ballot.id for ballot in arrived]
    for ballot in arrived:
        await stores.ballots.drop("epoch-one", [ballot])

    await stores.ballots.open_box(
        "epoch-one", "epoch-two", lambda _: opening(waiting=tuple(arrived))
    )
    if is_vacuumed:
        await stores.ballots.vacuum()

    assert abs(tau(tmp_path / "answers.db", order)) < NO_ORDER


@pytest.mark.parametrize("table", ["sessions", "invitations", "ballots"])
async def test_a_group_that_is_stored_together_lies_in_no_order(
    stores: Stores, tmp_path: Path, table: str
) -> None:
    arrived = a_page()
    store: dict[str, Callable[[], object]] = {
        "sessions": lambda: stores.sessions.write(
            "epoch-one", [*map(SessionWrite, arrived)]
        ),
        "invitations": lambda: stores.sessions.invite("epoch-one", arrived),
        "ballots": lambda: stores.ballots.drop(
            "epoch-one", [SealedBallot(row.tag, row.sealed) for row in arrived]
        ),
    }
    await store[table]()  # type: ignore[misc]

    file = "answers.db" if table == "ballots" else "sessions.db"
    assert abs(tau(tmp_path / file, [row.tag for row in arrived])) < NO_ORDER


async def test_nothing_is_left_beside_the_two_files(
    stores: Stores, tmp_path: Path
) -> None:
    await stores.sessions.write("epoch-one", [SessionWrite(row) for row in rows()])
    await stores.sessions.vacuum()

    assert names(tmp_path) == {"answers.db", "sessions.db"}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
