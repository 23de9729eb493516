"""Audit a data folder for `polsslag audit`: read what was given, and attack it."""

import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bot.audit import (
    Evidence,
    Level,
    Result,
    audit,
    databases_in,
    keys_in,
    seeds_in,
)
from bot.errors import InputError

_SUBJECT: Final = "telegram:"
_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Given:
    """What the auditor named on the command line.

    Args:
        data: the data folder, or a copy of it.
        logs: a folder or a file.
        ids: a file with an id of somebody who may have used the bot on each line.
        before: an older state of the data folder.
    """

    data: Path
    keys: Path | None = None
    logs: Path | None = None
    ids: Path | None = None
    before: Path | None = None


def audit_folder(
    given: Given, schemas: Mapping[str, Sequence[str]], *, now: float | None = None
) -> list[Result]:
    """Attack what was given, and say of each attack what came of it.

    Args:
        schemas: by name of a database, the scripts that the program makes it with.
        now: seconds since 1970, by which keys are old; the clock when not said.

    Raises InputError for what cannot be read.
    """
    for folder in (given.data, given.keys, given.before):
        if folder is not None and not folder.is_dir():
            raise InputError("no-such-folder", path=str(folder))
    for folder in (given.data, given.before):
        if folder is not None and not any((folder / name).exists() for name in schemas):
            raise InputError("no-databases", path=str(folder))
    if given.logs is not None and not given.logs.exists():
        raise InputError("no-such-folder", path=str(given.logs))
    moment = time.time() if now is None else now
    try:
        return _once_more(lambda: list(audit(_all_evidence(given, schemas, moment))))
    except OSError as error:
        path = error.filename or given.data
        raise InputError("no-such-file", path=str(path)) from error


def _once_more(attempt: Callable[[], list[Result]]) -> list[Result]:
    # A bot at work makes journals and takes them away again, between two looks.
    for _ in range(_TRIES - 1):
        with contextlib.suppress(FileNotFoundError):
            return attempt()
    return attempt()


def _all_evidence(
    given: Given, schemas: Mapping[str, Sequence[str]], now: float
) -> Evidence:
    evidence = _evidence(given, schemas, now)
    if given.before is None:
        return evidence
    before = _evidence(Given(given.before), schemas, now)
    return replace(evidence, before=before)


def findings(results: Sequence[Result]) -> int:
    """Count the promises that are not kept."""
    return sum(result.level is Level.FOUND for result in results)


def _evidence(
    given: Given, schemas: Mapping[str, Sequence[str]], now: float
) -> Evidence:
    databases, damaged = databases_in(given.data)
    return Evidence(
        folder=given.data,
        databases=databases,
        damaged=damaged,
        key_folder=given.keys,
        keys=list(keys_in(given.keys)) if given.keys else [],
        seeds=list(seeds_in(given.keys)) if given.keys else [],
        logs=given.logs,
        numbers=read_ids(given.ids) if given.ids else [],
        schemas=schemas,
        now=now,
    )


def read_ids(path: Path) -> list[int]:
    """Read a list of ids, one on each line; `telegram:1234` is 1234.

    Raises InputError for a line that is no id.
    """
    ids: dict[int, None] = {}
    lines = path.read_text("utf-8-sig", errors="replace").splitlines()
    for number, line in enumerate(lines, start=1):
        text = line.strip().removeprefix(_SUBJECT)
        if not text:
            continue
        if not text.removeprefix("-").isdecimal() or not text.isascii():
            raise InputError("audit-ids", path=str(path), line=number)
        ids[abs(int(text))] = None
    return list(ids)
