"""A model's errors as our own rules, at their place in the file."""

import itertools
from datetime import time
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from bot.core.fault import fault
from bot.errors import FlowError
from bot.messages import Catalogue
from bot.messages.issues import format_issue
from bot.yamlmodel import read_model

CATALOGUE = Catalogue.load()


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Grade(Closed):
    type: Literal["grade"]
    lowest: Annotated[int, Field(alias="from", ge=0, le=10)]


class Stars(Closed):
    type: Literal["stars"]
    shape: str


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def known(code: str) -> str:
    if code != "nl":
        raise fault("wrong-value", case="language")
    return code


class Inner(Closed):
    low: int = 0
    high: int = 9

    @model_validator(mode="after")
    def _goes_up(self) -> "Inner":
        if self.low >= self.high:
            raise fault("wrong-value", case="upside-down", at="high")
        return self


class Model(Closed):
    name: Annotated[str, Field(min_length=2, max_length=5)]
    count: int | None = None
    is_on: bool = False
    at: time = time(7)
    colour: Colour = Colour.RED
    chats: Annotated[tuple[int, ...], Field(min_length=1, max_length=2)] = (1,)
    scales: dict[
        Annotated[str, AfterValidator(known)],
        Annotated[Grade | Stars, Field(discriminator="type")],
    ] = {}
    inner: Inner | None = None
    many: list[Inner] = []
    odd: float = 1.0

    @field_validator("odd")
    @classmethod
    def _even(cls, value: float) -> float:
        if value == 2:
            raise ValueError("even")
        return value


def issues(text: str) -> list[tuple[int, int, str, dict[str, str]]]:
    with pytest.raises(FlowError) as error:
        read_model("x.yaml", text, Model)
    for issue, language in itertools.product(error.value.issues, ("nl", "en")):
        assert format_issue(issue, CATALOGUE, language)
    return [(i.line, i.column, i.rule, dict(i.facts)) for i in error.value.issues]


def test_a_right_file_is_a_model() -> None:
    model = read_model("x", "name: abc\ncount: 5\nis_on: yes\nat: 07:30", Model)
    assert model == Model(name="abc", count=5, is_on=True, at=time(7, 30))


@pytest.mark.parametrize(
    ("line", "column", "rule", "facts"),
    [
        ("count: vijf", 8, "not-a-number", {"found": "vijf"}),
        ("count: 7.5", 8, "not-a-number", {"found": "7.5"}),
        ("count: " + "9" * 5000, 8, "not-a-number", {"found": "9" * 39 + "…"}),
        ("count: [1]", 8, "wrong-shape", {"found": "", "case": "text"}),
        ("odd: x", 6, "not-a-number", {"found": "x"}),
        ("odd: 2", 6, "wrong-value", {"found": "2", "case": "other"}),
        ("is_on: misschien", 8, "yes-or-no", {"found": "misschien"}),
        ("at: zeven", 5, "wrong-value", {"found": "zeven", "case": "time"}),
        (
            "colour: rde",
            9,
            "wrong-value",
            {"found": "rde", "choices": "red, blue", "case": "near", "near": "red"},
        ),
        ("colour: {a: b}", 9, "wrong-shape", {"found": "", "case": "text"}),
        ("chats: 5", 8, "wrong-shape", {"found": "5", "case": "list"}),
        ("chats:", 1, "wrong-shape", {"found": "", "case": "empty"}),
        ("chats: []", 8, "wrong-value", {"found": "", "case": "few", "limit": "1"}),
        ("chats: [a]", 9, "not-a-number", {"found": "a"}),
        (
            "chats: [1, 2, 3]",
            8,
            "wrong-value",
            {"found": "", "case": "many", "limit": "2"},
        ),
        ("inner: x", 8, "wrong-shape", {"found": "x", "case": "map"}),
        (
            "inner: {low: 5, high: 5}",
            23,
            "wrong-value",
            {"found": "5", "case": "upside-down"},
        ),
        (
            "inner: {low: 10}",
            8,
            "wrong-value",
            {"found": "", "case": "upside-down"},
        ),
        (
            "many: [{hihg: 5}]",
            9,
            "unknown-key",
            {"found": "hihg", "choices": "low, high", "case": "near", "near": "high"},
        ),
        (
            "scales: {nl: {type: star}}",
            21,
            "wrong-value",
            {
                "found": "star",
                "choices": "grade, stars",
                "case": "near",
                "near": "stars",
            },
        ),
        ("scales: {nl: {shape: x}}", 10, "missing-key", {"found": "type"}),
        ("scales: {nl: x}", 14, "wrong-shape", {"found": "x", "case": "map"}),
        (
            "scales: {nl: {type: grade, from: 11}}",
            34,
            "wrong-value",
            {"found": "11", "case": "high", "limit": "10"},
        ),
        (
            "scales: {nl: {type: grade, from: -1}}",
            34,
            "wrong-value",
            {"found": "-1", "case": "low", "limit": "0"},
        ),
        (
            "scales: {nl: {type: grade, from: 1, shape: x}}",
            37,
            "unknown-key",
            {"found": "shape", "choices": "type, from", "case": "choice"},
        ),
        (
            "scales: {fr: {type: grade, from: 1}}",
            10,
            "wrong-value",
            {"found": "fr", "case": "language"},
        ),
    ],
)
def test_an_error_is_told_by_our_rule_at_its_place(
    line: str, column: int, rule: str, facts: dict[str, str]
) -> None:
    assert issues(f"name: abc\n{line}\n") == [(2, column, rule, facts)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- a", (1, 1, "wrong-shape", {"found": "", "case": "map"})),
        ("a", (1, 1, "wrong-shape", {"found": "a", "case": "map"})),
        (
            "name: a",
            (1, 7, "wrong-value", {"found": "a", "case": "short", "limit": "2"}),
        ),
        (
            "name: abcdef",
            (1, 7, "wrong-value", {"found": "abcdef", "case": "long", "limit": "5"}),
        ),
        ("name: [a]", (1, 7, "wrong-shape", {"found": "", "case": "text"})),
        ("count: 1", (1, 1, "missing-key", {"found": "name"})),
    ],
)
def test_an_error_of_the_whole_is_told_once(text: str, found: tuple[Any, ...]) -> None:
    assert issues(text) == [found]


def test_a_misspelt_key_is_not_missing_too() -> None:
    assert [(line, rule) for line, _, rule, _ in issues("nmae: abc")] == [
        (1, "unknown-key")
    ]


def test_a_misspelt_key_elsewhere_does_not_excuse_a_missing_one() -> None:
    found = [(line, rule) for line, _, rule, _ in issues("inner:\n  nmae: abc\n")]
    assert found == [(1, "missing-key"), (2, "unknown-key")]


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = "name: a\ncount: x\nverplicht: ja\nis_on: 7\n"
    assert [(line, rule) for line, _, rule, _ in issues(text)] == [
        (1, "wrong-value"),
        (2, "not-a-number"),
        (3, "unknown-key"),
        (4, "yes-or-no"),
    ]


def test_a_file_full_of_faults_is_cut_short() -> None:
    assert len(issues("\n".join(f"veld{n}: x" for n in range(5000)))) == 200
