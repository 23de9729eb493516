"""Themes that a flow leaves out, and phases that all flows leave out."""

from bot.core.lint.coverage import phase_coverage, theme_coverage
from bot.core.wording import Finding
from tests.core import drafts
from tests.core.drafts import question


def test_a_flow_asks_about_both_themes() -> None:
    questions = [question(name, theme="efficiency") for name in "abc"]
    assert list(theme_coverage(drafts.flow(questions=questions))) == [
        Finding(
            "theme-coverage",
            ("questions",),
            {"found": "bejegening"},
            "warn",
            on_key=True,
        )
    ]


def test_the_flows_of_a_folder_are_for_every_phase() -> None:
    intake = drafts.flow(phases=["intake"])
    others = drafts.flow(phases=["first_contact", "after_award"])
    assert list(phase_coverage([intake, others])) == []
    assert [finding.facts for finding in phase_coverage([intake])] == [
        {"found": "first_contact"},
        {"found": "after_award"},
    ]
    assert list(phase_coverage([])) == []
