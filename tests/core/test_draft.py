"""The shape of flows and scales, as far as a model can hold it."""

from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from bot.core.draft import ConditionDraft, Signature, Waiver
from tests.core import drafts

WAIVER = {"rule": "leading", "reason": "Zo vroeg de raad het", "until": "2027-01-01"}


def case_of(error: ValidationError) -> list[tuple[str, Any]]:
    """Give our rule and its case for each fault."""
    return [(e["type"], e.get("ctx", {}).get("case")) for e in error.errors()]


def refused(model: type[BaseModel], value: object) -> list[tuple[str, Any]]:
    with pytest.raises(ValidationError) as error:
        model.model_validate(value)
    return case_of(error.value)


@pytest.mark.parametrize(
    "name", ["", "Balie", "1e", "a b", "a-b", "é", "a" * 33, "a\n"]
)
def test_a_name_that_would_not_fit_a_ballot_is_refused(name: str) -> None:
    with pytest.raises(ValidationError) as error:
        drafts.flow(flow=name)
    assert case_of(error.value) == [("own:wrong-value", "name")]


@pytest.mark.parametrize("name", ["opt_out", "not_asked"])
def test_a_name_that_the_ballots_use_is_refused(name: str) -> None:
    with pytest.raises(ValidationError) as error:
        drafts.scales(*(drafts.option(code, "neutral") for code in ("a", "b", name)))
    assert case_of(error.value) == [("own:wrong-value", "reserved")]


def test_a_name_of_thirty_two_characters_fits() -> None:
    assert drafts.flow(flow="a" * 32).flow == "a" * 32


def test_one_theme_is_a_list_of_one() -> None:
    questions = [drafts.question("kind", theme="bejegening")]
    assert drafts.flow(questions=questions).questions[0].theme == ("bejegening",)


@pytest.mark.parametrize("text", ["Hoe was het?", ["nl"], ""])
def test_a_text_without_its_language_is_refused(text: object) -> None:
    with pytest.raises(ValidationError) as error:
        drafts.flow(title=text)
    assert case_of(error.value) == [("own:wrong-shape", "words")]


@pytest.mark.parametrize("code", ["Engels", "NL", "n", "nl-BE"])
def test_a_language_is_named_by_its_code(code: str) -> None:
    with pytest.raises(ValidationError) as error:
        drafts.flow(languages=["nl", code])
    assert case_of(error.value) == [("own:wrong-value", "language")]


@pytest.mark.parametrize(
    ("day", "is_signed"), [("2026-01-15", True), ("", False)], ids=["signed", "empty"]
)
def test_a_signature_needs_a_day(day: str, is_signed: bool) -> None:
    assert Signature.model_validate({"by": "x", "on": day}).is_signed == is_signed


@pytest.mark.parametrize("by", ["", " ", "...", "…", "1-2"])
def test_a_signature_needs_a_name(by: str) -> None:
    signature = Signature.model_validate({"by": by, "on": "2026-01-15"})
    assert not signature.is_signed


@pytest.mark.parametrize("day", ["15-01-2026", "2026-02-30", "1768435200", ["x"]])
def test_a_day_is_written_as_year_month_and_day(day: object) -> None:
    assert refused(Signature, {"on": day}) == [("own:wrong-value", "date")]


def test_a_waiver_holds_until_a_day() -> None:
    assert Waiver.model_validate(WAIVER).until == date(2027, 1, 1)
    assert refused(Waiver, WAIVER | {"until": ""}) == [("date_type", None)]


def test_a_waiver_needs_a_real_reason() -> None:
    short = WAIVER | {"reason": "   moet    "}
    assert refused(Waiver, short) == [("own:wrong-value", "reason")]


def test_an_error_cannot_be_waived() -> None:
    wrong = WAIVER | {"rule": "question-count"}
    assert refused(Waiver, wrong) == [("literal_error", None)]


@pytest.mark.parametrize(
    "said",
    [
        {"at_most": "5"},
        {"at_least": "2", "at_most": "5"},
        {"at_least": "2"},
        {"is": "no"},
    ],
)
def test_a_condition_says_when(said: dict[str, str]) -> None:
    condition = ConditionDraft.model_validate({"question": "treated"} | said)
    found = condition.model_dump(by_alias=True, exclude_none=True)
    assert {key: str(value) for key, value in found.items()} == {
        "question": "treated"
    } | said


@pytest.mark.parametrize("said", [{}, {"is": "no", "at_most": "5"}])
def test_a_condition_that_does_not_say_when_is_refused(said: dict[str, str]) -> None:
    faults = refused(ConditionDraft, {"question": "treated"} | said)
    assert faults == [("own:wrong-value", "condition")]


def test_a_scale_of_grades_goes_up() -> None:
    plain = {
        "spec": "1",
        "scales": {
            "grade": {
                "type": "grade",
                "from": "5",
                "to": "5",
                "from_label": {"nl": "a"},
                "to_label": {"nl": "b"},
            }
        },
    }
    assert refused(type(drafts.scales()), plain) == [("own:wrong-value", "upside-down")]
