"""The settings hold on a SQLite that would not have them by itself."""

import platform
import sys
from contextlib import closing
from pathlib import Path

import pytest

from storage import open_stores
from storage.sqlite import build
from tests.attacks.plants.storage import no_secure_delete
from tests.doubles import builds
from tests.doubles.builds import HAS_OTHER, other_build, unwiping, wipes

needs_other = pytest.mark.skipif(
    not HAS_OTHER, reason="no second build of SQLite for this machine"
)


async def seen_in(folder: Path) -> set[tuple[str, object]]:
    """Give which SQLite the bot's connections are of, and whether they wipe."""
    stores = await open_stores(folder)
    try:
        return {
            await database.read(
                lambda raw: (
                    str(raw.execute("SELECT sqlite_source_id()").fetchone()[0]),
                    raw.execute("PRAGMA secure_delete").fetchone()[0],
                )
            )
            for database in stores.databases
        }
    finally:
        await stores.close()


def source_of_other() -> str:
    with closing(other_build().connect(":memory:")) as raw:
        return str(raw.execute("SELECT sqlite_source_id()").fetchone()[0])


def test_the_second_build_is_there_where_it_has_a_wheel() -> None:
    has_wheel = platform.machine() in ("x86_64", "aarch64")
    assert (sys.platform == "linux" and has_wheel) == HAS_OTHER


@needs_other
def test_a_fresh_connection_of_the_second_build_wipes_nothing() -> None:
    assert not wipes(other_build())


@needs_other
async def test_the_bot_runs_on_the_second_build_and_tells_it_to_wipe(
    tmp_path: Path,
) -> None:
    source = source_of_other()
    with unwiping():
        assert build()[1] == source
        assert await seen_in(tmp_path) == {(source, 1)}


@needs_other
async def test_a_setting_that_is_forgotten_shows_on_the_second_build(
    tmp_path: Path,
) -> None:
    source = source_of_other()
    with no_secure_delete():
        assert await seen_in(tmp_path) == {(source, 0)}


async def test_where_there_is_no_second_build_the_wiping_is_switched_off_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builds, "HAS_OTHER", False)
    assert builds.name_of_unwiping() == "SQLite told to wipe nothing"
    source = build()[1]
    with unwiping():
        assert await seen_in(tmp_path / "told") == {(source, 1)}
    with no_secure_delete():
        assert await seen_in(tmp_path / "forgotten") == {(source, 0)}
