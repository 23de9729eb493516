"""What the attacks share: the table of what they came to, printed at the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.table import Row, Table
from tests.doubles.places import quick_folder

_ROW = "attack"
"""Names a row among a test's properties, which a run in several processes passes on."""


@pytest.fixture
def table(request: pytest.FixtureRequest) -> Iterator[Table]:
    """Give the table that this test adds its rows to."""
    own = Table()
    yield own
    request.node.user_properties.extend((_ROW, row.plain()) for row in own.rows)


@pytest.fixture
def quick_path(tmp_path: Path) -> Iterator[Path]:
    """Give a folder in memory, where there is such a thing."""
    with quick_folder(tmp_path) as folder:
        yield folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table, where an attack was made."""
    reports = (one for many in terminalreporter.stats.values() for one in many)
    rows = [
        Row.of(value)
        for report in reports
        if getattr(report, "when", None) == "teardown"
        for name, value in report.user_properties
        if name == _ROW
    ]
    if rows:
        terminalreporter.section("attacks on anonymity")
        for line in Table(rows).lines():
            terminalreporter.write_line(line)
