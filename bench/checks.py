"""How long `check` takes over a hundred flows in five languages, from a cold start.

Every measurement is a process of its own: `python -m bench.checks FOLDER` checks the
folder once and prints the seconds, with the first use of the word list among them.
"""

import json
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from bench.apart import apart
from bench.figures import Figure
from bot.commands.checking import Checked, check
from bot.core.questions.base import SOURCE
from bot.flowfiles import SCALES, flow_paths
from bot.messages import spoken
from bot.shipped import shipped_flows
from bot.words.own import WORDS
from bot.yamlfile import Plain, dump, read_file

FLOWS: Final = 100
FIFTH: Final = "pl"
"""The bot has no texts in it; for `check` it is a language like another."""
_TODAY: Final = date(2026, 1, 15)
_WHATS: Final = (
    "check: seconds for 100 flows in 5 languages",
    "check: the same, with the start of the program",
)


def write(folder: Path, flows: int = FLOWS) -> None:
    """Fill a folder with copies of the shipped flows, in one more language."""
    shipped = flow_paths(shipped_flows())
    for number in range(flows):
        value: Any = _in_five(read_file(shipped[number % len(shipped)]).value)
        name = f"flow_{number}"
        value |= {"flow": name, "languages": [*value["languages"], FIFTH]}
        (folder / f"{name}.yaml").write_text(dump(value), encoding="utf-8")
    scales = _in_five(read_file(shipped_flows() / SCALES).value)
    (folder / SCALES).write_text(dump(scales), encoding="utf-8")
    (folder / WORDS).write_bytes((shipped_flows() / WORDS).read_bytes())


def checked(folder: Path) -> Checked:
    """Check the folder as if the bot spoke the fifth language too."""

    def spoken_too(group: str) -> tuple[str, ...]:
        return (*spoken(group), FIFTH)

    with patch("bot.flowfiles.spoken", spoken_too):
        return check(folder, _TODAY)


async def measure(rounds: int, flows: int = FLOWS) -> list[Figure]:
    """Check again and again, each time in a new process."""
    with tempfile.TemporaryDirectory(prefix="polsslag-bench-") as name:
        write(Path(name), flows)
        found = [await _round(Path(name)) for _ in range(rounds)]
    return [
        Figure(what, None, values)
        for what, values in zip(_WHATS, zip(*found, strict=True), strict=True)
    ]


async def _round(folder: Path) -> tuple[float, float]:
    began = time.perf_counter()
    seconds = await apart("bench.checks", str(folder))
    return seconds, time.perf_counter() - began


def _in_five(value: Plain) -> Plain:
    """Add the fifth language wherever there are translations; English stands in."""
    match value:
        case dict():
            inner = {key: _in_five(each) for key, each in value.items()}
            is_text = SOURCE in inner and "en" in inner
            return inner | {FIFTH: inner["en"]} if is_text else inner
        case list():
            return [_in_five(each) for each in value]
        case _:
            return value


def main() -> None:
    """Measure once, and print the seconds."""
    began = time.perf_counter()
    found = checked(Path(sys.argv[1]))
    seconds = time.perf_counter() - began
    if found.errors:
        raise SystemExit(f"{found.errors} errors: {found.issues[0]}")
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
