"""Hold the measured coverage against the bars, and print what no test reached."""

import json
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import coverage
from coverage.exceptions import NoDataError

# The parts that decide what is asked, told and kept; then everything together.
BARS = {
    "bot/core": 100.0,
    "bot/digest": 100.0,
    "bot/anonymity": 100.0,
    "": 95.0,
}


@dataclass(frozen=True)
class Reached:
    """How much of some files the tests reached, counting lines and branches."""

    reached: int
    all: int

    @property
    def percent(self) -> float:
        """Say it in per cent; nothing to reach is all reached."""
        return 100 * self.reached / self.all if self.all else 100.0


def measured() -> dict[str, Any]:
    """Read the last measurement, file by file."""
    data = coverage.Coverage()
    data.load()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "coverage.json")
        # Some tests run a copy of the code from a wheel; the copy is not measured.
        data.json_report(outfile=str(report), include=["bot/*", "storage/*"])
        files: dict[str, Any] = json.loads(report.read_text())["files"]
    return files


def total(files: Iterable[dict[str, Any]]) -> Reached:
    """Add up lines and branches over files."""
    reached = everything = 0
    for file in files:
        summary = file["summary"]
        reached += summary["covered_lines"] + summary["covered_branches"]
        everything += summary["num_statements"] + summary["num_branches"]
    return Reached(reached, everything)


def gaps(file: dict[str, Any]) -> str:
    """Name the lines that no test reached, and the branches from lines that one did."""
    missed: list[int] = file["missing_lines"]
    spans: list[list[int]] = []
    for line in missed:
        if spans and line == spans[-1][1] + 1:
            spans[-1][1] = line
        else:
            spans.append([line, line])
    lines = [
        f"{first}" if first == last else f"{first}-{last}" for first, last in spans
    ]
    branches = [
        f"{start}->{'exit' if end < 0 else end}"
        for start, end in file["missing_branches"]
        if start not in missed
    ]
    return ", ".join(lines + branches)


def main() -> int:
    """Print each bar and what is missing; fail if one is not reached."""
    try:
        files = measured()
    except NoDataError:
        print("Nothing was measured: run `make test`.", file=sys.stderr)
        return 1
    has_failed = False
    shown: set[str] = set()
    for folder, bar in BARS.items():
        inside = {
            name: file
            for name, file in files.items()
            if name.startswith(f"{folder}/" if folder else "")
        }
        found = total(inside.values())
        # A folder that was renamed must not slip under its bar.
        is_short = found.percent < bar or not found.all
        has_failed |= is_short
        print(
            f"{'SHORT' if is_short else 'ok':6}{folder or 'everything':16}"
            f"{found.percent:7.2f} % of {found.all} lines and branches, bar {bar:g} %"
        )
        for name, file in inside.items():
            if is_short and name not in shown and (missing := gaps(file)):
                shown.add(name)
                print(f"      {name}: {missing}")
    return int(has_failed)


if __name__ == "__main__":
    sys.exit(main())
