"""theme-coverage and phase-coverage: what the survey, or all of them, leave out."""

from collections.abc import Iterable, Iterator
from typing import Final, get_args

from bot.core.draft import FlowDraft
from bot.core.flow import Phase
from bot.core.questions.base import Theme
from bot.core.wording import Finding

_PHASES: Final = tuple(phase.value for phase in Phase if phase is not Phase.UNKNOWN)


def theme_coverage(draft: FlowDraft) -> Iterator[Finding]:
    """Find each theme that no question of a flow is about."""
    themes = {theme for question in draft.questions for theme in question.theme}
    for theme in get_args(Theme):
        if theme not in themes:
            facts = {"found": theme}
            yield Finding("theme-coverage", ("questions",), facts, "warn", on_key=True)


def phase_coverage(drafts: Iterable[FlowDraft]) -> Iterator[Finding]:
    """Find each phase that no flow of a folder is for; told at a flow's phases."""
    drafts = tuple(drafts)
    phases = {phase for draft in drafts for phase in draft.phases}
    for phase in _PHASES:
        if drafts and phase not in phases:
            facts = {"found": phase}
            yield Finding("phase-coverage", ("phases",), facts, "warn", on_key=True)
