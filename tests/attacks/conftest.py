"""What the attacks share: the table of what they came to, printed at the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.table import ROW, Table
from tests.doubles.places import quick_folder


@pytest.fixture
def table(request: pytest.FixtureRequest) -> Iterator[Table]:
    """Give the table that this test adds its rows to."""
    own = Table()
    yield own
    request.node.user_properties.extend((ROW, row.plain()) for row in own.rows)


@pytest.fixture
def quick_path(tmp_path: Path) -> Iterator[Path]:
    """Give a folder in memory, where there is such a thing."""
    with quick_folder(tmp_path) as folder:
        yield folder
