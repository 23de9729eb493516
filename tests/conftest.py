"""What holds in every test: no network, an odd time zone, the same examples in CI."""

import ipaddress
import os
import socket
import time
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

from tests.attacks.table import ROW, Row, Table

hypothesis.settings.register_profile("here", deadline=None, max_examples=60)
hypothesis.settings.register_profile(
    "ci", deadline=None, max_examples=60, derandomize=True, database=None
)
# `make soak` names it: five times the examples, and of laws which try a part of them
# from day to day as many times more.
hypothesis.settings.register_profile("soak", deadline=None, max_examples=300)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

MUTATION = "mutation"
"""Names what was told of an edit: what it is, its file, and the issues."""

TABLE = "table"
"""Names a table among a test's properties: its title and its lines."""

# Code that leans on the zone of its machine shows it at once, whoever runs the tests.
os.environ["TZ"] = "ODD-12:45"
time.tzset()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden files be written anew; the difference is read in review."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files anew instead of comparing with them",
    )


def is_here(host: object) -> bool:
    """Say whether a host is this machine, without asking anyone."""
    if isinstance(host, bytes):
        host = host.decode()
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def reached(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Refuse every connection to elsewhere, and fail the test that tries.

    The code under test may swallow the refusal; the list remembers it.
    """
    hosts: list[str] = []

    def refuse(host: object) -> None:
        if not is_here(host):
            hosts.append(str(host))
            raise ConnectionRefusedError(f"a test reached out to {host}")

    def guarded(name: str) -> None:
        original = getattr(socket.socket, name)

        def reach(self: socket.socket, *args: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                refuse(args[-1][0])
            return original(self, *args)

        monkeypatch.setattr(socket.socket, name, reach)

    for name in ("connect", "connect_ex", "sendto"):
        guarded(name)

    resolve = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        refuse(host)
        return resolve(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield hosts
    assert not hosts, "a test must not leave this machine"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the attacks came to, where one was made, and the tables of others.

    Here, because with several processes the one that prints loads no other conftest.
    """
    reports = (one for many in terminalreporter.stats.values() for one in many)
    properties = [
        found
        for report in reports
        if getattr(report, "when", None) == "teardown"
        for found in report.user_properties
    ]
    rows = [Row.of(value) for name, value in properties if name == ROW]
    told = sorted(value for name, value in properties if name == MUTATION)
    if told:
        terminalreporter.section("edits of the shipped flows, and what is told of each")
        for what, file, issues in told:
            places = ", ".join(f"{at}:{line} {rule}" for at, line, rule in issues)
            terminalreporter.write_line(f"{what:46} {file:18} {places or 'nothing'}")
        harmful = sum(bool(issues) for _, _, issues in told)
        line = f"{harmful} told once at their line, {len(told) - harmful} harmless."
        terminalreporter.write_line(line)
    for name, value in properties:
        if name == TABLE:
            title, *lines = value
            terminalreporter.section(title)
            for line in lines:
                terminalreporter.write_line(line)
    if rows:
        terminalreporter.section("attacks on anonymity")
        for line in Table(rows).lines():
            terminalreporter.write_line(line)
