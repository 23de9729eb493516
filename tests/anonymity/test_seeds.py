"""The seed of a week's draws is one, and is gone with the opening, whatever happens."""

import shutil
from pathlib import Path

import pytest

from bot.anonymity import KeyFolder
from bot.app import open_app
from bot.commands.backing import back_up, restore
from tests.doubles.installation import Clock, installation_in, opened, shipped_flows

SOZAWE = shipped_flows()["sozawe"]


async def test_all_draws_between_two_openings_have_one_seed(tmp_path: Path) -> None:
    installation, clock = installation_in(tmp_path), Clock()
    async with opened(installation, clock, SOZAWE) as app:
        assert await app.seeds.existing() is None
        seed, is_new = await app.seeds.prepare()
        assert is_new
        assert await app.seeds.prepare() == (seed, False)
    async with open_app(installation, clock=clock) as app:
        assert await app.seeds.existing() == seed
        clock.turn(days=7)
        await app.opening.open(clock(), app.week)
        assert await app.seeds.existing() is None
        another, is_new = await app.seeds.prepare()
        assert is_new
        assert another != seed
    [path] = (tmp_path / "keys").glob("draw-*")
    assert path.read_bytes() == b"polsslag seed 1\n%s\n" % another.hex().encode()


async def test_an_opening_broken_off_before_its_last_step_is_finished_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installation, clock = installation_in(tmp_path), Clock()

    def crash(self: KeyFolder, keep: frozenset[str]) -> None:
        raise KeyboardInterrupt

    async with opened(installation, clock, SOZAWE) as app:
        await app.seeds.prepare()
        clock.turn(days=7)
        with monkeypatch.context() as patch:
            patch.setattr(KeyFolder, "destroy_all_but", crash)
            with pytest.raises(KeyboardInterrupt):
                await app.opening.open(clock(), app.week)
    [seed] = (tmp_path / "keys").glob("draw-*")
    [_, _] = (tmp_path / "keys").glob("epoch-*")

    async with open_app(installation, clock=clock):
        assert not seed.exists()
        [_] = (tmp_path / "keys").iterdir()


async def test_a_seed_that_was_left_alone_behind_is_destroyed_at_the_start(
    tmp_path: Path,
) -> None:
    installation, clock = installation_in(tmp_path), Clock()
    async with opened(installation, clock, SOZAWE):
        KeyFolder(installation.keys).make_seed("0" * 32)
    async with open_app(installation, clock=clock) as app:
        assert not KeyFolder(installation.keys).seeds()
        assert await app.seeds.existing() is None


async def test_after_a_restore_no_seed_is_left(tmp_path: Path) -> None:
    installation, clock = installation_in(tmp_path), Clock()
    async with opened(installation, clock, SOZAWE) as app:
        await app.seeds.prepare()
        await back_up(installation, tmp_path / "backup.db")
    shutil.rmtree(installation.data)
    await restore(installation, tmp_path / "backup.db", clock=clock)
    assert KeyFolder(installation.keys).seeds() == frozenset()
