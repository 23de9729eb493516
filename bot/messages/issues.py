"""An issue as a person reads it: where, what, the line itself, and how to mend it."""

from collections.abc import Callable
from typing import Final

from bot.errors import Issue
from bot.messages import Catalogue

_WIDEST: Final = 76
_BEFORE: Final = 40
_CUT: Final = "…"


Paint = Callable[[str, str], str]
"""From a text, and what it is (`place`, `error`, `warn`), to the text in its colour."""


def _plainly(text: str, _: str) -> str:
    return text


def format_issue(
    issue: Issue, catalogue: Catalogue, language: str, paint: Paint = _plainly
) -> str:
    """Write an issue out over a few lines, without a line break at the end."""
    level = catalogue.text(f"issues.level.{issue.level}", language)
    place = f"{issue.path}:{issue.line}:{issue.column}"
    fix = fix_of(issue, catalogue, language)
    lines = [
        f"{paint(place, 'place')}  {paint(level, issue.level)}  {issue.rule}",
        f"  {says_of(issue, catalogue, language)}",
        *_excerpt(issue),
        f"  {catalogue.text('issues.mend', language, fix=fix)}",
    ]
    return "\n".join(lines)


def says_of(issue: Issue, catalogue: Catalogue, language: str) -> str:
    """Say what is wrong."""
    return _text(issue, "says", catalogue, language)


def fix_of(issue: Issue, catalogue: Catalogue, language: str) -> str:
    """Say how to mend it."""
    return _text(issue, "fix", catalogue, language)


def _text(issue: Issue, part: str, catalogue: Catalogue, language: str) -> str:
    facts = dict(issue.facts)
    key = f"issues.rule.{issue.rule}"
    if "case" in facts:
        of_case = f"{key}.{facts['case']}.{part}"
        # Cases of a rule may share a text.
        key = of_case.removesuffix(f".{part}") if _has(catalogue, of_case) else key
    return catalogue.text(f"{key}.{part}", language, **facts)


def _has(catalogue: Catalogue, key: str) -> bool:
    return key in catalogue.keys("issues")


def _excerpt(issue: Issue) -> list[str]:
    """Give the line of the file and a caret under the place, cut to fit a screen."""
    if not issue.excerpt.strip():
        return []
    start = 0
    if issue.column > _WIDEST:
        start = issue.column - 1 - _BEFORE
    line = issue.excerpt[start : start + _WIDEST]
    before = _CUT if start else ""
    after = _CUT if start + _WIDEST < len(issue.excerpt) else ""
    # A tab would move the caret, and a control character could move anything.
    seen = "".join("→" if c == "\t" else c if c.isprintable() else "�" for c in line)
    caret = " " * (len(before) + issue.column - 1 - start) + "^"
    return [f"    {before}{seen}{after}", f"    {caret}"]
