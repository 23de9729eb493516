"""What the tests of the service share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doubles.places import quick_folder


@pytest.fixture
def quick_path(tmp_path: Path) -> Iterator[Path]:
    with quick_folder(tmp_path) as folder:
        yield folder
