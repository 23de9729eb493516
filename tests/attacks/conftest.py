"""What the attacks share: the table of what they came to, printed at the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.table import Table
from tests.doubles.places import quick_folder

_TABLE = pytest.StashKey[Table]()


@pytest.fixture
def table(request: pytest.FixtureRequest) -> Table:
    """Give the table of this run."""
    return request.config.stash.setdefault(_TABLE, Table())


@pytest.fixture
def quick_path(tmp_path: Path) -> Iterator[Path]:
    """Give a folder in memory, where there is such a thing."""
    with quick_folder(tmp_path) as folder:
        yield folder


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the table, where an attack was made."""
    table = config.stash.get(_TABLE, None)
    if table is None:
        return
    terminalreporter.section("attacks on anonymity")
    for line in table.lines():
        terminalreporter.write_line(line)
