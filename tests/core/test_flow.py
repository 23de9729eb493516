"""A flow is known by its content, and each of its measures by what was asked."""

from typing import Any

import pytest

from bot.core.flow import FlowDefinition, fingerprint
from bot.core.questions.base import Condition, in_language, texts
from tests.core.examples import FLOW, LANGUAGES, a_flow, grade, label

NAMES = [question.name for question in FLOW.questions]


def prints(flow: FlowDefinition) -> list[str]:
    return [fingerprint(flow, question.name) for question in flow.questions]


def changed(place: int, **what: Any) -> FlowDefinition:
    """Give the flow with one of its questions changed."""
    questions = list(FLOW.questions)
    questions[place] = questions[place].model_copy(update=what)
    return FLOW.model_copy(update={"questions": tuple(questions)})


def test_a_flow_is_the_same_after_it_was_written_down() -> None:
    assert FlowDefinition.from_json(FLOW.to_json()) == FLOW
    assert FlowDefinition.from_json(FLOW.to_json()).content_hash == FLOW.content_hash
    assert a_flow().content_hash == FLOW.content_hash
    assert len(FLOW.content_hash) == 32


def test_any_change_makes_it_another_flow() -> None:
    titled = FLOW.model_copy(update={"title": label("Iets anders")})
    assert titled.content_hash != FLOW.content_hash


def test_a_damaged_flow_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        FlowDefinition.from_json(FLOW.to_json()[:-1])


def test_a_question_is_found_by_its_name() -> None:
    assert [FLOW.question(name) for name in NAMES] == list(FLOW.questions)
    assert [FLOW.index(name) for name in NAMES] == [0, 1, 2, 3]
    with pytest.raises(KeyError):
        FLOW.question("nothing")


def test_another_wording_is_another_measure_and_leaves_the_others_alone() -> None:
    new = prints(changed(2, label=label("Iets anders?")))
    assert [a == b for a, b in zip(new, prints(FLOW), strict=True)] == [
        True,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    "what",
    [
        {"label": label("counter?", en="Another translation?")},
        {"short": label("Anders genoemd")},
        {"theme": ("efficiency",)},
    ],
)
def test_what_is_not_the_measure_does_not_break_it(what: dict[str, Any]) -> None:
    assert prints(changed(0, **what)) == prints(FLOW)


def test_a_question_put_before_it_is_another_measure() -> None:
    questions = (grade("new"), *FLOW.questions[1:])
    new = prints(FLOW.model_copy(update={"questions": questions}))
    assert all(a != b for a, b in zip(new, prints(FLOW), strict=True))


def test_another_scale_or_condition_is_another_measure() -> None:
    old = prints(FLOW)[1]
    lower = changed(1, only_if=Condition(question="counter", at_most=4))
    assert prints(lower)[1] != old
    assert prints(changed(1, highest=7))[1] != old


def test_a_text_that_is_missing_in_a_language_is_shown_in_dutch() -> None:
    words = label("Ja", en="Yes", ar="")
    assert [in_language(words, language) for language in LANGUAGES] == [
        "Ja",
        "Yes",
        "Ja",
        "Ja",
    ]
    assert texts([words, label("Nee")]) == {"Ja", "Yes", "", "Nee"}


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        (Condition(question="q", at_most=3), ["1", "3"]),
        (Condition(question="q", at_least=3), ["3", "10"]),
        (Condition(question="q", at_least=2, at_most=3), ["3"]),
        (Condition(question="q", is_="yes"), ["yes"]),
        (Condition(question="q", is_="3"), ["3"]),
    ],
)
def test_a_condition_holds_for_these_codes_and_no_others(
    condition: Condition, codes: list[str]
) -> None:
    every = ["1", "3", "10", "yes", "no", "opt_out", "not_asked", None]
    assert [code for code in every if condition.holds(code)] == codes
