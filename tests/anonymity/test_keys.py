"""Keys are made, read and destroyed, and read by nobody else."""

import os
from pathlib import Path

import pytest

from bot.anonymity.keys import KeyFolder
from bot.errors import KeyFault


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "installation" / "keys"


@pytest.fixture
def keys(folder: Path) -> KeyFolder:
    return KeyFolder(folder)


def code_of(fault: pytest.ExceptionInfo[KeyFault]) -> str:
    return fault.value.code


def test_a_folder_that_is_not_there_holds_no_keys(keys: KeyFolder) -> None:
    keys.check()

    assert keys.ids() == frozenset()
    assert not keys.has_others(frozenset())
    keys.destroy_all_but(frozenset())


def test_only_the_owner_can_read_a_key_or_list_the_folder(
    keys: KeyFolder, folder: Path
) -> None:
    epoch = keys.make()

    keys.check()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / f"epoch-{epoch}.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.iterdir()] == [f"epoch-{epoch}.key"]


def test_a_key_read_twice_is_the_same_epoch(keys: KeyFolder) -> None:
    epoch = keys.make()

    assert keys.load(epoch) == keys.load(epoch)
    assert keys.load(epoch).id == epoch


def test_two_epochs_share_nothing(keys: KeyFolder) -> None:
    one, two = keys.load(keys.make()), keys.load(keys.make())

    assert one.week_key != two.week_key
    assert one.box_public != two.box_public
    assert one.tag("telegram:1") != two.tag("telegram:1")
    assert one.ticket("telegram:1") != two.ticket("telegram:1")
    with pytest.raises(KeyFault) as fault:
        two.unseal(one.seal(b"a session"))
    assert code_of(fault) == "sealed-otherwise"


def test_the_uses_of_one_week_key_are_kept_apart(keys: KeyFolder) -> None:
    epoch = keys.load(keys.make())

    uses = {epoch.tag("BCDFGHJK"), epoch.invitation_tag("BCDFGHJK")}
    assert len(uses | {epoch.ticket("BCDFGHJK")}) == 3


def test_what_is_sealed_can_be_read_back_and_never_looks_the_same(
    keys: KeyFolder,
) -> None:
    epoch = keys.load(keys.make())

    once, again = epoch.seal(b"a session"), epoch.seal(b"a session")
    assert once != again
    assert epoch.unseal(once) == epoch.unseal(again) == b"a session"


@pytest.mark.parametrize("sealed", [b"", b"short", bytes(100)])
def test_what_was_never_sealed_is_refused(keys: KeyFolder, sealed: bytes) -> None:
    with pytest.raises(KeyFault) as fault:
        keys.load(keys.make()).unseal(sealed)

    assert code_of(fault) == "sealed-otherwise"


def test_only_the_box_secret_reads_a_ballot_back(keys: KeyFolder) -> None:
    name = keys.make()

    sealed = keys.load(name).seal_ballot(b"a ballot")

    assert keys.box_secret(name).decrypt(sealed) == b"a ballot"


def test_an_epoch_does_not_show_its_keys_when_printed(keys: KeyFolder) -> None:
    epoch = keys.load(keys.make())

    assert epoch.week_key.hex() not in repr(epoch)
    assert repr(epoch.week_key) not in repr(epoch)


def test_a_missing_key_says_in_which_folder(keys: KeyFolder, folder: Path) -> None:
    with pytest.raises(KeyFault) as fault:
        keys.load("0" * 32)

    assert (code_of(fault), fault.value.facts) == (
        "key-missing",
        {"folder": str(folder)},
    )


@pytest.mark.parametrize("length", [0, 17, 80, 88, 90])
def test_a_key_file_that_was_cut_or_grew_is_damaged(
    keys: KeyFolder, folder: Path, length: int
) -> None:
    epoch = keys.make()
    path = folder / f"epoch-{epoch}.key"
    path.write_bytes(path.read_bytes().ljust(90, b"\0")[:length])

    with pytest.raises(KeyFault) as fault:
        keys.load(epoch)

    assert code_of(fault) == "key-damaged"


def test_a_key_file_with_one_wrong_bit_is_damaged(
    keys: KeyFolder, folder: Path
) -> None:
    epoch = keys.make()
    path = folder / f"epoch-{epoch}.key"
    content = bytearray(path.read_bytes())
    content[30] ^= 1
    path.write_bytes(content)

    with pytest.raises(KeyFault) as fault:
        keys.box_secret(epoch)

    assert code_of(fault) == "key-damaged"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(
    keys: KeyFolder, folder: Path, mode: int
) -> None:
    epoch = keys.make()
    (folder / f"epoch-{epoch}.key").chmod(mode)

    for use in (keys.check, lambda: keys.load(epoch)):
        with pytest.raises(KeyFault) as fault:
            use()
        assert code_of(fault) == "key-readable-by-others"


def test_a_folder_that_others_can_enter_is_refused(
    keys: KeyFolder, folder: Path
) -> None:
    keys.make()
    folder.chmod(0o750)

    with pytest.raises(KeyFault) as fault:
        keys.check()

    assert fault.value.facts == {"path": str(folder)}


def test_a_key_destroyed_while_the_folder_is_checked_is_no_fault(
    keys: KeyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = keys.make()
    monkeypatch.setattr(keys, "ids", lambda: frozenset({made, "0" * 32}))

    keys.check()


def test_what_stands_in_the_way_of_a_key_is_said(keys: KeyFolder, folder: Path) -> None:
    keys.make()
    (folder / f"epoch-{'0' * 32}.key").mkdir(mode=0o700)

    with pytest.raises(KeyFault) as fault:
        keys.load("0" * 32)

    assert code_of(fault) == "keys-unusable"


def test_keys_are_not_made_where_there_can_be_no_folder(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file")

    with pytest.raises(KeyFault) as fault:
        KeyFolder(tmp_path / "keys").make()

    assert code_of(fault) == "keys-unusable"


def test_all_other_keys_and_drafts_are_destroyed(keys: KeyFolder, folder: Path) -> None:
    old, kept = keys.make(), keys.make()
    (folder / f"epoch-{'1' * 32}.new").write_bytes(b"half a key")
    (folder / "README").write_text("not ours")

    assert keys.has_others(frozenset({kept}))
    keys.destroy_all_but(frozenset({kept}))

    assert not keys.has_others(frozenset({kept}))
    assert keys.ids() == {kept}
    assert {path.name for path in folder.iterdir()} == {f"epoch-{kept}.key", "README"}
    with pytest.raises(KeyFault):
        keys.load(old)


def test_a_key_is_overwritten_before_its_name_goes(
    keys: KeyFolder, folder: Path
) -> None:
    path = folder / f"epoch-{keys.make()}.key"
    size = path.stat().st_size
    same_file = os.open(path, os.O_RDONLY)
    try:
        keys.destroy_all_but(frozenset())
        assert os.read(same_file, size + 1) == bytes(size)
    finally:
        os.close(same_file)


def test_a_seed_is_made_once_read_back_and_bound_to_its_epoch(
    keys: KeyFolder, folder: Path
) -> None:
    one, two = keys.make(), keys.make()

    assert keys.seed(one) is None
    seed = keys.make_seed(one)

    assert keys.seed(one) == seed
    assert keys.seed(two) is None
    assert keys.make_seed(two) != seed
    assert keys.seeds() == keys.ids() == {one, two}
    path = folder / f"draw-{one}.seed"
    assert path.stat().st_mode & 0o777 == 0o600
    keys.check()


def test_a_seed_goes_with_its_epoch_and_is_overwritten_first(
    keys: KeyFolder, folder: Path
) -> None:
    old, kept = keys.make(), keys.make()
    keys.make_seed(old)
    seed = keys.make_seed(kept)
    path = folder / f"draw-{old}.seed"
    size = path.stat().st_size
    same_file = os.open(path, os.O_RDONLY)
    try:
        keys.destroy_all_but(frozenset({kept}))
        assert os.read(same_file, size + 1) == bytes(size)
    finally:
        os.close(same_file)
    assert keys.ids() == keys.seeds() == {kept}
    assert keys.seed(kept) == seed


def test_a_seed_whose_epoch_is_gone_and_half_a_seed_are_to_be_destroyed(
    keys: KeyFolder, folder: Path
) -> None:
    epoch = keys.make()
    keys.make_seed("1" * 32)
    assert keys.has_others(frozenset({epoch}))
    keys.destroy_all_but(frozenset({epoch}))
    assert not keys.has_others(frozenset({epoch}))

    half = folder / f"draw-{epoch}.new"
    half.write_bytes(b"half a seed")
    assert keys.has_others(frozenset({epoch}))
    # Nobody was told of it: the next one takes its place.
    keys.make_seed(epoch)
    assert not half.exists()


def test_a_seed_that_others_can_read_or_that_is_damaged_is_refused(
    keys: KeyFolder, folder: Path
) -> None:
    epoch = keys.make()
    keys.make_seed(epoch)
    path = folder / f"draw-{epoch}.seed"

    path.chmod(0o640)
    with pytest.raises(KeyFault) as fault:
        keys.check()
    assert code_of(fault) == "key-readable-by-others"
    with pytest.raises(KeyFault) as fault:
        keys.seed(epoch)
    assert code_of(fault) == "key-readable-by-others"

    path.chmod(0o600)
    path.write_bytes(b"polsslag seed 1\n")
    with pytest.raises(KeyFault) as fault:
        keys.seed(epoch)
    assert (code_of(fault), fault.value.facts) == ("seed-damaged", {"path": str(path)})


def test_what_stands_in_the_way_of_a_seed_is_said(
    keys: KeyFolder, folder: Path
) -> None:
    keys.make()
    (folder / f"draw-{'0' * 32}.seed").mkdir(mode=0o700)
    (folder / f"draw-{'1' * 32}.new").mkdir(mode=0o700)

    with pytest.raises(KeyFault) as fault:
        keys.seed("0" * 32)
    assert code_of(fault) == "keys-unusable"
    with pytest.raises(KeyFault) as fault:
        keys.make_seed("1" * 32)
    assert code_of(fault) == "keys-unusable"


def test_any_text_at_all_has_a_tag(keys: KeyFolder) -> None:
    epoch = keys.load(keys.make())

    tags = {epoch.tag(text) for text in ("", "telegram:1", "\ud800", "x" * 10_000)}
    assert {len(tag) for tag in tags} == {16}
    assert len(tags) == 4
