"""The promises that the project's own files make."""

import importlib.metadata
import re
import socket
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import bot

ROOT = Path(__file__).parent.parent
LOCKS = ["requirements-build.lock", "requirements.lock", "requirements-dev.lock"]


def requirements(lock: str) -> list[str]:
    """Give the requirements of a lock file, one string each, comments left out."""
    lines = (ROOT / lock).read_text().replace("\\\n", " ").splitlines()
    return [line for line in lines if line and not line.lstrip().startswith("#")]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_requirement_is_one_version_with_its_hashes(lock: str) -> None:
    form = re.compile(
        r"[a-z0-9.-]+==[^\s;]+(?: ; [^-]+)?(?:\s+--hash=sha256:[0-9a-f]{64})+"
    )
    assert [line for line in requirements(lock) if not form.fullmatch(line)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_fetch_from(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert re.findall(r"\S*(?:://|file:|find-links|index-url|localhost)\S*", text) == []
    hosts = r"\b[\w-]+\.(?:com|dev|eu|example|internal|io|local|net|nl|org)\b"
    assert re.findall(hosts, text) == []


def test_the_tools_are_locked_at_the_versions_the_bot_runs_with() -> None:
    def pins(lock: str) -> set[str]:
        return {line.split(" --hash")[0].strip() for line in requirements(lock)}

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_every_target_of_the_makefile_says_what_it_is_for() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^\.PHONY: (\w+)$", makefile, re.MULTILINE))
    explained = set(re.findall(r"^(\w+):.* ## \S", makefile, re.MULTILINE))
    assert targets == explained
    assert targets >= {"bench", "clean", "demo", "lint", "lock", "run", "soak", "test"}
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, check=True)
    assert set(re.findall(r"^make (\w+)", shown.stdout.decode(), re.M)) == explained


def test_the_version_has_one_source() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert "version" not in project
    assert re.fullmatch(r"\d{4}\.\d{1,2}\.\d+", bot.__version__)
    assert importlib.metadata.version("polsslag") == bot.__version__


def test_only_the_door_may_see_both_a_session_and_a_ballot() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    importers = {
        contract["id"]: set(contract["allowed_importers"])
        for contract in tools["importlinter"]["contracts"]
        if contract["type"] == "protected"
    }
    assert importers["sessions"] & importers["ballots"] == {"bot.anonymity"}


def test_no_package_index_takes_the_bot_by_accident() -> None:
    metadata = importlib.metadata.metadata("polsslag")
    assert "Private :: Do Not Upload" in metadata.get_all("Classifier", [])
    assert metadata["License-Expression"] == "EUPL-1.2"


def test_the_wheel_holds_what_the_bot_reads_beside_its_code(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d"]
    subprocess.run([*build, str(tmp_path)], cwd=ROOT, capture_output=True, check=True)
    (wheel,) = tmp_path.glob("polsslag-*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    here = {
        file.relative_to(ROOT).as_posix()
        for package in ("bot", "storage")
        for file in (ROOT / package).rglob("*")
        if file.suffix in {".py", ".sql", ".yaml"}
    }
    flows = {f"bot/_shipped/flows/{file.name}" for file in ROOT.glob("flows/*.yaml")}
    assert flows
    assert {name for name in packed if ".dist-info/" not in name} >= here | flows
    assert {name.split("/")[0] for name in packed} == {
        "bot",
        "storage",
        f"polsslag-{bot.__version__}.dist-info",
    }


def test_a_test_that_reaches_out_is_refused_and_remembered(reached: list[str]) -> None:
    with (
        socket.socket() as stream,
        pytest.raises(ConnectionRefusedError, match=r"192\.0\.2\.1"),
    ):
        stream.connect(("192.0.2.1", 443))
    with pytest.raises(ConnectionRefusedError, match=r"api\.example"):
        socket.getaddrinfo("api.example", 443)
    assert reached == ["192.0.2.1", "api.example"]
    reached.clear()


def test_a_test_may_talk_to_itself() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
