"""Eighty questions, to measure how often each rule of language is right.

Nothing is tuned to them, and no bar is high: the table at the end of the run is what
counts. A rule of which nobody can say any longer what it finds fails.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.core.draft import FlowDraft
from bot.core.lint import lint_flow
from bot.flowfiles import Scales, load_scales
from bot.yamlfile import read_file
from tests.core import drafts

HERE = Path(__file__).parent
FLOWS = HERE.parents[1] / "flows"
RULES = (
    "long-sentence",
    "hard-word",
    "double-barrelled",
    "leading",
    "negation",
    "personal-question",
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with what is wrong with it, and what the rules say is wrong."""

    label: str
    breaks: frozenset[str]
    found: frozenset[str]


def found_in(question: dict[str, Any], scales: Scales) -> frozenset[str]:
    """Give the rules of language that a question breaks, in a flow that breaks none."""
    plain = drafts.flow().model_dump(mode="json", by_alias=True, exclude_none=True)
    asked = drafts.question(
        "asked", label={"nl": question["label"]}, scale=question["scale"]
    )
    others = [
        drafts.question("kind", scale="agree_4"),
        drafts.question("quick", scale="agree_4", theme="efficiency"),
    ]
    draft = FlowDraft.model_validate(plain | {"questions": [asked, *others]})
    findings = lint_flow(draft, scales.by_name, ("nl",), ("nl",), scales.lexicon)
    return frozenset(
        finding.rule
        for finding in findings
        if finding.rule in RULES and finding.where[:2] == ("questions", 0)
    )


@pytest.fixture(scope="module")
def corpus() -> list[Judged]:
    scales = load_scales(FLOWS / "scales.yaml")
    read: Any = read_file(HERE / "questions.yaml").value
    assert (len(read["good"]), len(read["bad"])) == (40, 40)
    return [
        Judged(
            question["label"],
            frozenset(question.get("breaks", ())),
            found_in(question, scales),
        )
        for question in (*read["good"], *read["bad"])
    ]


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "-"


def table(corpus: list[Judged]) -> Iterator[str]:
    yield (
        f"{'rule':18} {'right':>6} {'wrong':>6} {'missed':>7}"
        f" {'precision':>10} {'recall':>7}"
    )
    for rule in RULES:
        right = sum(rule in one.breaks & one.found for one in corpus)
        wrong = sum(rule in one.found - one.breaks for one in corpus)
        missed = sum(rule in one.breaks - one.found for one in corpus)
        yield (
            f"{rule:18} {right:6} {wrong:6} {missed:7}"
            f" {share(right, right + wrong):>10} {share(right, right + missed):>7}"
        )
    good = [one for one in corpus if not one.breaks]
    bad = [one for one in corpus if one.breaks]
    yield (
        f"good questions without a finding: {sum(not one.found for one in good)} of "
        f"{len(good)}; bad ones with one: {sum(bool(one.found) for one in bad)} of "
        f"{len(bad)}"
    )
    for one in corpus:
        for rule in sorted(one.found - one.breaks):
            yield f"  wrongly {rule}: {one.label}"
        for rule in sorted(one.breaks - one.found):
            yield f"  not seen, {rule}: {one.label}"


def test_each_rule_of_language_finds_most_of_what_it_is_for(
    corpus: list[Judged], record_property: Any
) -> None:
    record_property(
        "table",
        ["the rules of language on forty good and forty bad questions", *table(corpus)],
    )
    for rule in RULES:
        broken = [one for one in corpus if rule in one.breaks]
        assert 2 * sum(rule in one.found for one in broken) > len(broken), rule
    good = [one for one in corpus if not one.breaks]
    assert sum(not one.found for one in good) > len(good) / 2


def test_no_good_question_is_kept_from_going_live(corpus: list[Judged]) -> None:
    errors = {"personal-question"}
    assert [one for one in corpus if one.found & errors - one.breaks] == []
