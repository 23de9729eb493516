"""A file for people is there whole or not at all."""

from pathlib import Path

import pytest

from bot.errors import StorageError
from storage import files
from storage.files import write_new


def test_a_file_gets_its_name_when_it_is_whole(tmp_path: Path) -> None:
    write_new(tmp_path / "export.zip", b"all of it")
    assert [path.name for path in tmp_path.iterdir()] == ["export.zip"]
    assert (tmp_path / "export.zip").read_bytes() == b"all of it"


def test_what_cannot_be_put_in_place_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(draft: Path, path: Path) -> None:
        raise StorageError("folder-unusable", path=str(path))

    monkeypatch.setattr(files, "put_in_place", refuse)
    with pytest.raises(StorageError):
        write_new(tmp_path / "export.zip", b"all of it")
    assert list(tmp_path.iterdir()) == []
