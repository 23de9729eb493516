"""What a draft does to what was published: stale translations, names used again."""

from typing import Any

import pytest

from bot.core.draft import FlowDraft
from bot.core.flow import FlowDefinition
from bot.core.lint.published import (
    reused_name,
    stale_scale_translation,
    stale_translation,
)
from bot.core.wording import Finding
from tests.core import drafts
from tests.core.drafts import option, question

LABEL: dict[str, Any] = {"nl": "Hoe was het?", "en": "How was it?"}
SCALE = {
    "type": "choice",
    "scale": "agree",
    "options": [
        {"code": "no", "direction": "negative", "label": {"nl": "Nee", "en": "No"}},
        {"code": "yes", "direction": "positive", "label": {"nl": "Ja", "en": "Yes"}},
    ],
}
GRADE = {
    "type": "grade",
    "lowest": 1,
    "highest": 10,
    "lowest_label": {"nl": "slecht", "en": "bad"},
    "highest_label": {"nl": "goed", "en": "good"},
}


def published(*questions: dict[str, Any], **changes: Any) -> FlowDefinition:
    """Give a version that was published, with these questions."""
    plain = {
        "flow": "counter",
        "title": {"nl": "Balie", "en": "Counter"},
        "languages": ["nl", "en"],
        "phases": ["intake"],
        "intro": {
            "text": {"nl": "Wij stellen u 3 korte vragen."},
            "accept": {"nl": "Ja"},
            "decline": {"nl": "Nee"},
        },
        "questions": questions or [asked("treated"), asked("kind"), asked("quick")],
    }
    return FlowDefinition.model_validate(plain | changes)


def asked(name: str, **changes: Any) -> dict[str, Any]:
    """Give a question as it was published."""
    plain = {"name": name, "theme": ["efficiency"], "short": {"nl": name}}
    scale = {} if changes.get("type") == "grade" else SCALE
    return plain | {"label": LABEL} | scale | changes


def draft(*labels: dict[str, str], **changes: Any) -> FlowDraft:
    """Give a draft of the same flow, whose questions have these labels."""
    names = ("treated", "kind", "quick")
    given = (*labels, *([LABEL] * 3))[:3]
    questions = [
        question(name, label=label) for name, label in zip(names, given, strict=True)
    ]
    plain = {"questions": questions, "title": {"nl": "Balie", "en": "Counter"}}
    return drafts.flow(**(plain | changes))


def stale(where: tuple[str | int, ...], language: str = "en") -> Finding:
    return Finding("stale-translation", where, {"language": language}, "warn")


def test_a_translation_that_stayed_when_the_dutch_changed_is_stale() -> None:
    changed = draft({"nl": "Hoe ging het?", "en": "How was it?"})
    assert list(stale_translation(changed, [published()])) == [
        stale(("questions", 0, "label", "en"))
    ]


@pytest.mark.parametrize(
    "label",
    [
        LABEL,
        {"nl": "Hoe ging het?", "en": "How did it go?"},
        {"nl": "Hoe ging het?", "en": " "},
        {"nl": "Hoe ging het?"},
        {"nl": "Hoe was het?", "en": "How was that?"},
        {"nl": "Hoe ging het?", "tr": "Nasıldı?"},
    ],
)
def test_a_translation_that_kept_up_or_is_new_is_not(label: dict[str, str]) -> None:
    assert list(stale_translation(draft(label), [published()])) == []
    assert list(stale_translation(draft(label), [])) == []


def test_a_stale_translation_does_not_become_fresh_by_waiting() -> None:
    only_dutch = [
        asked(name, label={"nl": "Hoe ging het?"})
        for name in ("treated", "kind", "quick")
    ]
    changed = draft({"nl": "Hoe ging het?", "en": "How was it?"})
    history = [published(), published(*only_dutch)]
    assert list(stale_translation(changed, history)) == [
        stale(("questions", 0, "label", "en"))
    ]


def test_a_question_is_known_by_its_name_and_not_by_its_place() -> None:
    other = {"nl": "Was het snel?", "en": "Was it quick?"}
    before = published(asked("quick", label=other), asked("kind"), asked("treated"))
    assert list(stale_translation(draft(LABEL, LABEL, other), [before])) == []


def test_titles_opt_outs_and_remarks_can_be_stale_too() -> None:
    opt_out, remark = {"nl": "Geen", "en": "None"}, {"nl": "Nog iets?", "en": "More?"}
    before = published(
        asked("treated", opt_out=opt_out),
        asked("kind"),
        asked("quick"),
        remark={"label": remark},
    )
    after = draft(
        title={"nl": "Aan de balie", "en": "Counter"},
        questions=[
            question("treated", label=LABEL, opt_out={"nl": "Niets", "en": "None"}),
            question("kind", label=LABEL),
            question("new", label={"nl": "Nieuw", "en": "New"}),
        ],
        remark={"label": {"nl": "Wilt u nog iets zeggen?", "en": "More?"}},
    )
    assert [finding.where for finding in stale_translation(after, [before])] == [
        ("title", "en"),
        ("questions", 0, "opt_out", "en"),
        ("remark", "label", "en"),
    ]


def test_a_text_of_a_scale_can_be_stale() -> None:
    scales = drafts.by_name(
        option("no", "negative", nl="Oneens", en="No"),
        option("yes", "positive", nl="Ja", en="Yes"),
    )
    before = published(asked("treated", **GRADE), asked("kind"), asked("quick"))
    assert list(stale_scale_translation("agree", scales["agree"], [before])) == [
        stale(("scales", "agree", "options", 0, "label", "en"))
    ]
    assert list(stale_scale_translation("other", scales["agree"], [before])) == []
    assert list(stale_scale_translation("grade", scales["grade"], [before])) == []


def test_a_name_does_not_come_back_for_another_question() -> None:
    gone = published(asked("kind"), asked("quick"), asked("other"))
    history = [published(), gone]
    changed = draft({"nl": "Hoe lang wachtte u?"})
    assert list(reused_name(changed, history)) == [
        Finding("reused-name", ("questions", 0, "name"), {"found": "treated"})
    ]
    # The same question may come back, and a name that never went may change its words.
    assert list(reused_name(draft(), history)) == []
    assert list(reused_name(changed, [published()])) == []
    assert list(reused_name(changed, [])) == []


def test_the_same_words_on_another_scale_are_another_question() -> None:
    gone = published(asked("kind"), asked("quick"), asked("other"))
    graded = published(asked("treated", **GRADE), asked("kind"), asked("quick"))
    other = published(asked("treated", scale="yes_no"), asked("kind"), asked("quick"))
    assert [f.rule for f in reused_name(draft(), [other, gone])] == ["reused-name"]
    assert list(reused_name(draft(), [graded, gone])) == []
