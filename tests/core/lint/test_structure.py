"""The content rules: each broken once, at its place, and silent when all is right."""

from datetime import date
from typing import Any

import pytest

from bot.core.draft import FlowDraft, ScaleDraft
from bot.core.lint import lint_flow, lint_scale_use, lint_scales
from bot.core.reading import Lexicon
from bot.core.wording import Finding
from bot.words import frequencies
from tests.core import drafts
from tests.core.drafts import option, question

SPOKEN = ("nl", "ar", "en")
STAFF = ("nl", "en")
TODAY = date(2026, 1, 15)
# A name of the drafts, that is no Dutch word.
LEXICON = Lexicon(frequencies(), frozenset(("treated",)))


def linted(
    draft: FlowDraft, scales: dict[str, ScaleDraft] | None = None
) -> list[Finding]:
    scales = scales or drafts.by_name()
    return list(lint_flow(draft, scales, SPOKEN, STAFF, LEXICON, TODAY))


def rules(findings: list[Finding]) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(finding.rule, finding.where) for finding in findings]


def with_condition(**condition: str) -> FlowDraft:
    """Give a flow whose last question has a condition."""
    first, second, third = (
        q.model_dump(exclude_none=True) for q in drafts.flow().questions
    )
    return drafts.flow(questions=[first, second, third | {"only_if": condition}])


def test_a_right_flow_and_right_scales_have_no_findings() -> None:
    assert linted(drafts.flow()) == []
    assert list(lint_scales(drafts.scales(), SPOKEN)) == []


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_a_flow_has_three_or_four_questions(count: int) -> None:
    intro = {"text": {"nl": "Dag."}, "accept": {"nl": "Ja"}, "decline": {"nl": "Nee"}}
    questions = [question(f"q{n}") for n in range(count)]
    assert linted(drafts.flow(questions=questions, intro=intro)) == [
        Finding(
            "question-count",
            ("questions",),
            {"count": count, "fewest": 3, "most": 4},
            on_key=True,
        )
    ]


def test_a_name_is_used_once() -> None:
    questions = [question("a"), question("b"), question("a")]
    draft = drafts.flow(
        questions=questions,
        phases=["intake", "intake"],
        languages=["nl", "nl"],
    )
    assert [(f.rule, f.where, f.facts) for f in linted(draft)] == [
        ("duplicate-name", ("languages", 1), {"found": "nl"}),
        ("duplicate-name", ("phases", 1), {"found": "intake"}),
        ("duplicate-name", ("questions", 2, "name"), {"found": "a"}),
    ]


def test_dutch_is_among_the_languages() -> None:
    draft = drafts.flow(languages=["en"])
    assert rules(linted(draft))[0] == ("missing-source", ("languages",))


def test_a_language_that_the_bot_does_not_speak_is_the_only_thing_said_of_it() -> None:
    draft = drafts.flow(languages=["nl", "pol"], title={"nl": "Balie", "pol": "Lada"})
    assert linted(draft) == [
        Finding(
            "wrong-value",
            ("languages", 1),
            {"found": "pol", "choices": "nl, ar, en", "case": "choice"},
        )
    ]


def test_a_language_without_any_text_is_told_once() -> None:
    assert linted(drafts.flow(languages=["nl", "ar"])) == [
        Finding(
            "missing-translation",
            ("languages", 1),
            {"case": "all", "language": "ar"},
            "warn",
        )
    ]


def test_a_language_that_was_begun_lacks_each_text_and_a_reader() -> None:
    title = {"nl": "Balie", "en": "Counter"}
    draft = drafts.flow(languages=["nl", "en"], title=title)
    assert rules(linted(draft)) == [
        ("unchecked-translation", ("languages",)),
        ("missing-translation", ("intro", "text", "en")),
        ("missing-translation", ("intro", "accept", "en")),
        ("missing-translation", ("intro", "decline", "en")),
        *(("missing-translation", ("questions", n, "label", "en")) for n in range(3)),
    ]


def test_a_native_reader_signs_for_a_translation_of_the_flow() -> None:
    signature = {"by": "Iemand", "on": "2026-01-15"}
    checked = {"en": signature, "ar": signature, "nl": signature}
    draft = drafts.flow(
        languages=["nl", "en"], title={"nl": "Balie", "en": "Counter"}, checked=checked
    )
    assert [f for f in rules(linted(draft)) if f[0] != "missing-translation"] == [
        ("unknown-key", ("checked", "ar")),
        ("unknown-key", ("checked", "nl")),
    ]


@pytest.mark.parametrize("reviewed", [None, {"by": "", "on": "2026-01-15"}])
def test_someone_agreed_to_the_wording(reviewed: Any) -> None:
    assert linted(drafts.flow(reviewed=reviewed)) == [
        Finding("not-reviewed", ("reviewed",), level="warn", on_key=True)
    ]


def test_a_scale_exists() -> None:
    questions = [question("a", scale="agre"), question("b"), question("c")]
    assert linted(drafts.flow(questions=questions)) == [
        Finding(
            "unknown-scale",
            ("questions", 0, "scale"),
            {
                "found": "agre",
                "choices": "grade, agree",
                "case": "near",
                "near": "agree",
            },
        )
    ]


@pytest.mark.parametrize(
    ("condition", "key", "case"),
    [
        ({"question": "quick", "is": "no"}, "question", "below"),
        ({"question": "treate", "at_most": "5"}, "question", "near"),
        ({"question": "onzin", "at_most": "5"}, "question", "choice"),
        ({"question": "treated", "at_most": "11"}, "at_most", "off-scale"),
        ({"question": "treated", "at_least": "0"}, "at_least", "off-scale"),
        ({"question": "treated", "is": "acht"}, "is", "choice"),
        ({"question": "kind", "at_least": "5"}, "at_least", "no-grade"),
        ({"question": "kind", "is": "opt_out"}, "is", "choice"),
    ],
)
def test_a_condition_looks_upwards_at_an_answer_that_exists(
    condition: dict[str, str], key: str, case: str
) -> None:
    (finding,) = linted(with_condition(**condition))
    assert finding.rule == "bad-reference"
    assert finding.where == ("questions", 2, "only_if", key)
    assert finding.facts["case"] == case


@pytest.mark.parametrize(
    "condition",
    [
        {"question": "treated", "at_least": "2", "at_most": "5"},
        {"question": "treated", "is": "8"},
        {"question": "kind", "is": "no"},
    ],
)
def test_a_condition_on_an_earlier_answer_is_right(condition: dict[str, str]) -> None:
    assert linted(with_condition(**condition)) == []


def test_the_first_question_can_have_no_condition() -> None:
    condition = {"question": "eerder", "is": "no"}
    questions = [question("a", only_if=condition), question("b"), question("c")]
    (finding,) = linted(drafts.flow(questions=questions))
    assert finding.facts["case"] == "first"


def test_a_condition_on_a_question_of_an_unknown_scale_is_not_judged() -> None:
    condition = {"question": "a", "is": "no"}
    questions = [
        question("a", scale="onzin"),
        question("b", only_if=condition),
        question("c"),
    ]
    assert rules(linted(drafts.flow(questions=questions))) == [
        ("unknown-scale", ("questions", 0, "scale"))
    ]


@pytest.mark.parametrize(
    ("said", "fix"),
    [
        ("Wij stellen u 4 korte vragen.", "3 korte vragen"),
        ("Vier vragen.", "3 vragen"),
        ("We hebben één korte eenvoudige vragen.", "3 korte eenvoudige vragen"),
        ("Er komen 0 vragen.", "3 vragen"),
    ],
)
def test_the_introduction_says_how_many_questions_there_are(
    said: str, fix: str
) -> None:
    intro = {"text": {"nl": said}, "accept": {"nl": "Ja"}, "decline": {"nl": "Nee"}}
    (finding,) = linted(drafts.flow(intro=intro))
    assert (finding.rule, finding.where) == ("wrong-count", ("intro", "text", "nl"))
    assert finding.facts["fix"] == fix


@pytest.mark.parametrize(
    "said",
    [
        "Wij stellen u 3 vragen.",
        "Drie korte vragen.",
        "Wij vragen 1 op de 25 mensen.",
        "Een paar vragen.",
        "Wij krijgen elke dag 100 vragen.",
        "Na 4 weken. Vragen kunt u ons stellen.",
    ],
)
def test_a_number_of_something_else_is_let_be(said: str) -> None:
    intro = {"text": {"nl": said}, "accept": {"nl": "Ja"}, "decline": {"nl": "Nee"}}
    assert linted(drafts.flow(intro=intro)) == []


@pytest.mark.parametrize(
    "directions",
    [
        ("negative", "positive"),
        ("positive", "negative"),
        ("negative", "neutral", "positive"),
        ("negative", "negative", "positive", "positive"),
    ],
)
def test_a_scale_that_is_mirrored_is_right(directions: tuple[str, ...]) -> None:
    options = [option(f"o{n}", way) for n, way in enumerate(directions)]
    assert list(lint_scales(drafts.scales(*options), SPOKEN)) == []


@pytest.mark.parametrize(
    "directions",
    [
        ("negative", "positive", "positive"),
        ("negative", "positive", "negative", "positive"),
        ("neutral", "negative", "positive"),
        ("neutral", "neutral"),
        ("negative", "negative"),
    ],
)
def test_a_scale_that_is_not_mirrored_is_refused(directions: tuple[str, ...]) -> None:
    options = [option(f"o{n}", way) for n, way in enumerate(directions)]
    assert list(lint_scales(drafts.scales(*options), SPOKEN)) == [
        Finding("unbalanced-scale", ("scales", "agree", "options"), on_key=True)
    ]


def test_a_code_is_used_once_in_a_scale() -> None:
    options = [option("a", "negative"), option("a", "positive")]
    assert list(lint_scales(drafts.scales(*options), SPOKEN)) == [
        Finding(
            "duplicate-name", ("scales", "agree", "options", 1, "code"), {"found": "a"}
        )
    ]


def test_a_flow_learns_which_texts_its_scales_lack() -> None:
    scale = drafts.by_name()["agree"]
    assert list(lint_scale_use("agree", scale, ("nl", "en"), LEXICON)) == [
        Finding(
            "missing-translation",
            ("scales", "agree", *place, "en"),
            {"language": "en"},
            "warn",
        )
        for place in (("options", 0, "label"), ("options", 1, "label"), ("opt_out",))
    ]
