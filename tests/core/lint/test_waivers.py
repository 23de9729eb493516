"""Waivers: what they pass over, for how long, and what is told of them."""

from datetime import date
from typing import Any

import pytest

from bot.core.draft import FlowDraft
from bot.core.lint.waivers import waived
from bot.core.wording import Finding
from tests.core import drafts
from tests.core.drafts import question

TODAY = date(2026, 1, 15)
LABEL = ("questions", 1, "label", "nl")
WARNING = Finding("leading", LABEL, level="warn")
WAIVER = ("questions", 1, "waivers", 0)


def draft(**changes: str) -> FlowDraft:
    """Give a flow whose second question has a waiver."""
    waiver = {
        "rule": "leading",
        "reason": "Zo besloten door de raad",
        "by": "De werkgroep",
        "until": "2026-01-15",
    } | changes
    waiving = question("b", waivers=[waiver])
    return drafts.flow(questions=[question("a"), waiving, question("c")])


def told(made: FlowDraft, *found: Finding, today: date | None = TODAY) -> list[Any]:
    return [(f.rule, f.where, f.level) for f in waived(made, found, today)]


def test_a_waived_warning_is_not_told_until_its_last_day() -> None:
    assert told(draft(), WARNING) == []


@pytest.mark.parametrize(
    "other",
    [
        Finding("negation", LABEL, level="warn"),
        Finding("leading", ("questions", 0, "label", "nl"), level="warn"),
        Finding("leading", LABEL),
    ],
)
def test_another_rule_another_question_and_an_error_are_told(other: Finding) -> None:
    assert told(draft(), WARNING, other) == [(other.rule, other.where, other.level)]


def test_a_waiver_that_has_run_out_is_told_instead() -> None:
    old = draft(until="2026-01-14")
    assert told(old, WARNING) == [("expired-waiver", (*WAIVER, "until"), "warn")]
    assert told(old, WARNING, today=None) == []


def test_a_waiver_that_nobody_signed_is_told_instead() -> None:
    expected = [("unsigned-waiver", (*WAIVER, "by"), "warn")]
    assert told(draft(by=" "), WARNING) == expected


def test_a_waiver_of_nothing_is_told() -> None:
    assert told(draft()) == [("unused-waiver", (*WAIVER, "rule"), "warn")]
