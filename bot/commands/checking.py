"""Check survey files without touching what is live."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from bot.core.flow import FlowDefinition
from bot.errors import FlowError, InputError, Issue
from bot.flowfiles import (
    SCALES,
    FlowFile,
    folder_issues,
    judged,
    load_scales,
    read_flow,
)

ERROR: Final = "error"

Published = Mapping[str, Sequence[FlowDefinition]]
NOTHING: Final[Published] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Checked:
    """Every issue of a number of files, in their order."""

    files: int
    issues: tuple[Issue, ...]

    @property
    def errors(self) -> int:
        """Count the issues that keep a flow from going live."""
        return sum(issue.level == ERROR for issue in self.issues)

    @property
    def warnings(self) -> int:
        """Count the others."""
        return len(self.issues) - self.errors


def check(path: Path, today: date, published: Published = NOTHING) -> Checked:
    """Check one flow, or every flow in a folder, with the scales beside it.

    Args:
        today: the day by which waivers expire.
        published: what was ever published by name of flow, what is live last of each.

    Raises InputError when there is nothing to check.
    """
    folder = path if path.is_dir() else path.parent
    files = sorted(folder.glob("*.yaml")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise InputError("no-such-file", path=str(path))
    try:
        scales = load_scales(folder / SCALES)
    except FlowError as error:
        # Every other fault may follow from these.
        return Checked(len(files), error.issues)
    issues: list[Issue] = []
    read: list[FlowFile] = []
    flows = [file for file in files if file.name != SCALES]
    for flow in flows:
        try:
            file = read_flow(flow)
            read.append(file)
            before = published.get(flow.stem, ())
            issues += judged(file, scales, today, before).warnings
        except FlowError as error:
            issues += error.issues
    # One that cannot be read might be the one that covers what the others lack.
    if path.is_dir() and len(read) == len(flows):
        issues += folder_issues(read)
    # Flows that share a scale share what is still to be mended in it.
    return Checked(len(files), tuple(dict.fromkeys(issues)))
