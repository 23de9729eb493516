"""Waivers: a warning that is passed over on purpose, by somebody, until a day."""

from collections.abc import Iterable, Iterator
from datetime import date

from bot.core.draft import FlowDraft, Waiver, is_name
from bot.core.wording import Finding, Where


def waived(
    draft: FlowDraft, findings: Iterable[Finding], today: date | None
) -> Iterator[Finding]:
    """Leave out the warnings that are waived, and find what is wrong with waivers.

    A waiver that has expired, or that nobody has signed, takes the place of the warning
    it is about: one matter is told once. An error cannot be waived.

    Args:
        today: None where there is no day; no waiver has expired then.
    """
    findings = tuple(findings)
    waivers = dict(_waivers(draft))
    rules = {(where[:2], waiver.rule) for where, waiver in waivers.items()}
    for finding in findings:
        is_waived = (finding.where[:2], finding.rule) in rules
        if finding.level == "error" or not is_waived:
            yield finding
    met = {(finding.where[:2], finding.rule) for finding in findings}
    for where, waiver in waivers.items():
        facts = {"found": waiver.rule}
        if (where[:2], waiver.rule) not in met:
            yield Finding("unused-waiver", (*where, "rule"), facts, "warn")
        elif today is not None and waiver.until < today:
            told = facts | {"until": waiver.until.isoformat()}
            yield Finding("expired-waiver", (*where, "until"), told, "warn")
        elif not is_name(waiver.by):
            yield Finding("unsigned-waiver", (*where, "by"), facts, "warn")


def _waivers(draft: FlowDraft) -> Iterator[tuple[Where, Waiver]]:
    for place, question in enumerate(draft.questions):
        for number, waiver in enumerate(question.waivers):
            yield ("questions", place, "waivers", number), waiver
