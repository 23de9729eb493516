"""What the tests of the audit share: a folder to audit."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.audit.places import Place, live_in
from tests.doubles.places import quick_folder


@pytest.fixture(scope="session")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the folder; it must not be changed."""
    with quick_folder(tmp_path_factory.mktemp("lived-in")) as folder:
        asyncio.run(live_in(folder))
        yield folder


@pytest.fixture
def place(lived_in: Path, tmp_path: Path) -> Place:
    """Give a copy of it, to plant something in."""
    shutil.copytree(lived_in, tmp_path / "place")
    return Place(tmp_path / "place")


@pytest.fixture
def quick_path(tmp_path: Path) -> Iterator[Path]:
    """Give a folder in memory, where there is such a thing."""
    with quick_folder(tmp_path) as folder:
        yield folder
