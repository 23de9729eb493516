"""Plausible edits of the shipped flows: each is told once, at its rule and its line.

The whole folder is checked after each; what is told must be that one thing, beside what
stands there without the edit.
"""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.commands.checking import check
from bot.core.flow import FlowDefinition
from bot.core.lint.published import stale_translation
from bot.errors import FlowError, Issue
from bot.flowfiles import load_flow, load_scales, read_flow
from tests.mutations.edits import EDITS, Edit

SHIPPED = Path(__file__).parents[2] / "flows"
TODAY = date(2026, 1, 15)
Told = tuple[str, int, str]
"""File, line and rule."""


def told_of(folder: Path, before: dict[str, FlowDefinition]) -> list[Issue]:
    """Give every issue of a folder, and of each flow beside its published version."""
    issues = list(check(folder, TODAY).issues)
    for name, published in before.items():
        try:
            document, draft = read_flow(folder / f"{name}.yaml")
        except FlowError:
            continue  # told already
        for finding in stale_translation(draft, [published]):
            issues.append(
                document.issue(finding.rule, finding.where, finding.facts, level="warn")
            )
    return issues


def known(issue: Issue) -> tuple[str, str, object]:
    return Path(issue.path).name, issue.rule, issue.facts


def definitions(folder: Path) -> dict[str, FlowDefinition]:
    scales = load_scales(folder / "scales.yaml")
    names = ("journey", "klantmanager", "sozawe", "telefoon")
    return {name: load_flow(folder / f"{name}.yaml", scales).flow for name in names}


@pytest.fixture(scope="module")
def published() -> dict[str, FlowDefinition]:
    return definitions(SHIPPED)


@pytest.fixture(scope="module")
def standing(published: dict[str, FlowDefinition]) -> set[tuple[str, str, object]]:
    """What is told of the shipped flows as they are."""
    return {known(issue) for issue in told_of(SHIPPED, published)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "flows"))


def expected_of(edit: Edit, text: str) -> set[Told]:
    """Say what must be told of an edit, in its text."""
    if not edit.rule:
        return set()
    line = text[: text.index(edit.at)].count("\n") + 1
    # A stale text is told in each of its languages.
    lines = (line, line + 2, line + 3) if edit.rule == "stale-translation" else (line,)
    return {(edit.file, each, edit.rule) for each in lines}


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.what)
def test_an_edit_is_told_once_at_its_rule_and_line(
    edit: Edit,
    folder: Path,
    published: dict[str, FlowDefinition],
    standing: set[tuple[str, str, object]],
    record_property: Any,
) -> None:
    path = folder / edit.file
    text = edit.change(path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8", newline="")
    # Most changes of Dutch words leave translations behind; that is one edit's matter.
    is_beside = edit.rule in ("", "stale-translation")
    issues = told_of(folder, published if is_beside else {})
    new = {
        (Path(issue.path).name, issue.line, issue.rule)
        for issue in issues
        if known(issue) not in standing
    }
    record_property("mutation", [edit.what, edit.file, sorted(new)])
    assert new == expected_of(edit, text)
    if not edit.rule:
        assert definitions(folder) == published


def test_there_are_at_least_sixty_edits_that_must_be_told() -> None:
    assert sum(bool(edit.rule) for edit in EDITS) >= 60
    assert len({edit.what for edit in EDITS}) == len(EDITS)
