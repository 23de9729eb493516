"""What is installed from a wheel works without the checkout it was built from."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the content of the wheel, as an installation would."""
    folder = tmp_path_factory.mktemp("wheel")
    # The locked build tools, already in this environment; nothing is fetched.
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d"]
    subprocess.run([*build, str(folder)], cwd=ROOT, capture_output=True, check=True)
    [wheel] = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def test_the_wheel_brings_flows_texts_schema_and_example(site: Path) -> None:
    def names(folder: Path, pattern: str) -> set[str]:
        return {path.name for path in folder.rglob(pattern)}

    flows = site / "bot" / "_shipped" / "flows"
    assert names(flows, "*") == names(ROOT / "flows", "*")
    messages = ROOT / "bot" / "messages"
    assert names(site / "bot" / "messages", "*.yaml") == names(messages, "*.yaml")
    words = ROOT / "bot" / "needs" / "words"
    assert names(site / "bot" / "needs" / "words", "*") == names(words, "*")
    schema = ROOT / "storage" / "schema"
    assert names(site / "storage" / "schema", "*.sql") == names(schema, "*.sql")
    lists = ROOT / "bot" / "scrub" / "lists"
    assert names(site / "bot" / "scrub" / "lists", "*") == names(lists, "*")
    example = site / "bot" / "_shipped" / "config.example.yaml"
    assert example.read_bytes() == (ROOT / "config.example.yaml").read_bytes()


def test_an_installation_can_be_made_from_the_wheel(site: Path, tmp_path: Path) -> None:
    # Isolated from the checkout, which is installed in this environment as well.
    code = (
        f"import sys; sys.path.insert(0, {str(site)!r}); "
        "import bot, bot.cli; assert bot.__file__.startswith(sys.path[0]); "
        "raise SystemExit(bot.cli.main(sys.argv[1:]))"
    )
    words = ["init", str(tmp_path / "new"), "--yes", "--phone", "14 023"]
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("sozawe staat live. Dit is versie 1.\n")
