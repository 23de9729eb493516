"""Issues for a machine to read: as JSON, and as annotations of a GitHub workflow.

The JSON is documented in `docs/commands.md` and only ever gets more fields; `format`
counts up where that promise has to be broken.
"""

import json
from collections.abc import Iterable
from typing import Any, Final

from bot.errors import Issue
from bot.messages import Catalogue
from bot.messages.issues import fix_of, says_of

FORMAT: Final = 1

_COMMANDS: Final = {"error": "error", "warn": "warning"}


def as_json(
    issues: Iterable[Issue],
    counts: dict[str, int],
    catalogue: Catalogue,
    language: str,
    more: dict[str, Any] | None = None,
) -> str:
    """Write issues as one JSON object.

    Args:
        counts: how many files, errors and warnings there are.
        more: further fields.
    """
    listed = [
        {
            "file": issue.path,
            "line": issue.line,
            "column": issue.column,
            "level": issue.level,
            "rule": issue.rule,
            "says": says_of(issue, catalogue, language),
            "fix": fix_of(issue, catalogue, language),
        }
        for issue in issues
    ]
    plain = {"format": FORMAT, **counts, "issues": listed, **(more or {})}
    return json.dumps(plain, ensure_ascii=False, indent=2)


def as_annotation(issue: Issue, catalogue: Catalogue, language: str) -> str:
    """Write an issue as a command that a workflow shows beside the line."""
    places = {
        "file": issue.path,
        "line": issue.line,
        "col": issue.column,
        "title": issue.rule,
    }
    named = ",".join(f"{name}={_escaped(str(v), ':,')}" for name, v in places.items())
    says = says_of(issue, catalogue, language)
    fix = catalogue.text(
        "issues.mend", language, fix=fix_of(issue, catalogue, language)
    )
    text = _escaped("\n".join((says, fix)))
    return f"::{_COMMANDS[issue.level]} {named}::{text}"


def _escaped(text: str, more: str = "") -> str:
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
