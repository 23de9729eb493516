"""Where the files lie that come along with the program."""

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).parent


def shipped_flows() -> Path:
    """Give the folder of the flows that come along: of the wheel, or of a checkout."""
    installed = _PACKAGE / "_shipped" / "flows"
    return installed if installed.is_dir() else _PACKAGE.parent / "flows"


def shipped_example() -> Path:
    """Give the example of a configuration that comes along."""
    installed = _PACKAGE / "_shipped" / "config.example.yaml"
    return installed if installed.is_file() else _PACKAGE.parent / installed.name


def shipped_schemas() -> dict[str, tuple[str, ...]]:
    """Give, by file of the data folder, the scripts that the program makes it with."""
    folder = _PACKAGE.parent / "storage" / "schema"
    return {
        f"{name}.db": tuple(
            script.read_text(encoding="utf-8")
            for script in sorted((folder / name).glob("*.sql"))
        )
        for name in ("sessions", "answers")
    }
