"""Drafts to lint: right as they are, and each test breaks one thing."""

from typing import Any

from bot.core.draft import FlowDraft, ScaleDraft, ScalesDraft


def flow(**changes: Any) -> FlowDraft:
    """Give a right flow with some of its fields replaced."""
    plain: dict[str, Any] = {
        "spec": "1",
        "flow": "counter",
        "title": {"nl": "Balie"},
        "languages": ["nl"],
        "phases": ["intake"],
        "reviewed": {"by": "De werkgroep", "on": "2026-01-15"},
        "intro": {
            "text": {"nl": "Wij stellen u 3 korte vragen."},
            "accept": {"nl": "Ja"},
            "decline": {"nl": "Nee"},
        },
        "questions": [
            question("treated", scale="grade"),
            question("kind"),
            question("quick", theme="efficiency"),
        ],
    }
    return FlowDraft.model_validate(plain | changes)


def question(name: str, **changes: Any) -> dict[str, Any]:
    """Give a right question with some of its fields replaced."""
    return {
        "name": name,
        "theme": ["bejegening", "efficiency"],
        "short": {"nl": name},
        "label": {"nl": f"Hoe was het? ({name})"},
        "scale": "agree",
    } | changes


def option(code: str, direction: str, **label: str) -> dict[str, Any]:
    """Give an option of a scale."""
    return {"code": code, "direction": direction, "label": label or {"nl": code}}


def scales(*options: dict[str, Any], **changes: Any) -> ScalesDraft:
    """Give a scale of grades, and one of words with these options."""
    grade = {
        "type": "grade",
        "from": "1",
        "to": "10",
        "from_label": {"nl": "slecht"},
        "to_label": {"nl": "goed"},
    }
    agree = {
        "type": "choice",
        "options": options or (option("no", "negative"), option("yes", "positive")),
        "opt_out": {"nl": "Weet ik niet"},
    }
    plain = {"grade": grade, "agree": agree | changes}
    return ScalesDraft.model_validate({"spec": "1", "scales": plain})


def by_name(*options: dict[str, Any]) -> dict[str, ScaleDraft]:
    """Give the same scales by name, as a flow is linted with them."""
    return dict(scales(*options).scales)
