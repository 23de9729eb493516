"""A flow and its scales as their author wrote them: the shape of the files.

The order of the fields is the order in which messages and documents name the keys.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from bot.core.fault import fault
from bot.core.questions.base import NOT_ASKED, OPT_OUT, Theme, Value

LONGEST_NAME: Final = 32
LONGEST_CODE: Final = 20
MOST_OPTIONS: Final = 8
SHORTEST_REASON: Final = 10

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _plain_word(longest: int) -> Callable[[str], str]:
    # Names and codes fill ballots of one size and buttons of 64 bytes.
    def check(word: str) -> str:
        if not _NAME.fullmatch(word) or len(word) > longest:
            raise fault("wrong-value", case="name", limit=longest)
        if word in (OPT_OUT, NOT_ASKED):
            raise fault("wrong-value", case="reserved")
        return word

    return check


def _language(code: str) -> str:
    if not _LANGUAGE.fullmatch(code):
        raise fault("wrong-value", case="language")
    return code


def _words(value: object) -> object:
    if not isinstance(value, dict):
        raise fault("wrong-shape", case="words")
    return value


def _day(value: object) -> object:
    if value == "":
        return None
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise fault("wrong-value", case="date")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise fault("wrong-value", case="date") from None


def _reason(value: str) -> str:
    if len(value.strip()) < SHORTEST_REASON:
        raise fault("wrong-value", case="reason", limit=SHORTEST_REASON)
    return value


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Name = Annotated[str, AfterValidator(_plain_word(LONGEST_NAME))]
Code = Annotated[str, AfterValidator(_plain_word(LONGEST_CODE))]
Language = Annotated[str, AfterValidator(_language)]
Words = Annotated[dict[str, str], BeforeValidator(_words)]
"""A text per language; which languages is a matter of content, not of shape."""
Day = Annotated[date, BeforeValidator(_day)]
DayOrNone = Annotated[date | None, BeforeValidator(_day)]

Waivable = Literal[
    "button-too-long",
    "long-sentence",
    "hard-word",
    "double-barrelled",
    "leading",
    "negation",
]
"""The rules that one question may break on purpose."""


def is_name(by: str) -> bool:
    """Say whether it names somebody: the `...` of an example, copied, does not."""
    return any(letter.isalpha() for letter in by)


class Signature(Value):
    """Who agreed to a wording, and when; `by` is empty until someone did."""

    by: str = ""
    on: DayOrNone = None

    @property
    def is_signed(self) -> bool:
        """Say whether there is both a name and a day."""
        return is_name(self.by) and self.on is not None


class Waiver(Value):
    """A check that is passed over on purpose, until a day."""

    rule: Waivable
    reason: Annotated[str, AfterValidator(_reason)]
    by: str = ""
    until: Day


class ConditionDraft(Value):
    """When a question is asked."""

    question: str
    at_most: int | None = None
    at_least: int | None = None
    is_: Annotated[str | None, Field(alias="is")] = None

    @model_validator(mode="after")
    def _says_something(self) -> "ConditionDraft":
        has_bound = self.at_most is not None or self.at_least is not None
        if has_bound == (self.is_ is not None):
            raise fault("wrong-value", case="condition")
        return self


class QuestionDraft(Value):
    """One closed question."""

    name: Name
    theme: Annotated[
        tuple[Theme, ...], BeforeValidator(_one_or_more), Field(min_length=1)
    ]
    short: Words
    label: Words
    scale: str
    opt_out: Words | None = None
    only_if: ConditionDraft | None = None
    waivers: tuple[Waiver, ...] = ()


class IntroDraft(Value):
    """What a client reads first."""

    text: Words
    accept: Words
    decline: Words


class RemarkDraft(Value):
    """The one open question, after the others."""

    label: Words
    max_length: Annotated[int, Field(ge=1, le=500)] = 500


class FlowDraft(Value):
    """A file of questions."""

    spec: Literal["1"]
    flow: Name
    title: Words
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    phases: Annotated[
        tuple[Literal["first_contact", "intake", "after_award"], ...],
        Field(min_length=1),
    ]
    reviewed: Signature | None = None
    checked: Annotated[dict[str, Signature], Field(default_factory=dict)]
    intro: IntroDraft
    questions: tuple[QuestionDraft, ...]
    remark: RemarkDraft | None = None


class GradeDraft(Value):
    """A scale of whole numbers."""

    type: Literal["grade"]
    lowest: Annotated[int, Field(alias="from", ge=0, le=10)]
    highest: Annotated[int, Field(alias="to", ge=0, le=10)]
    lowest_label: Annotated[Words, Field(alias="from_label")]
    highest_label: Annotated[Words, Field(alias="to_label")]
    opt_out: Words | None = None

    @model_validator(mode="after")
    def _goes_up(self) -> "GradeDraft":
        if self.lowest >= self.highest:
            raise fault("wrong-value", case="upside-down", at="to")
        return self


class OptionDraft(Value):
    """One option of a scale of words."""

    code: Code
    direction: Literal["negative", "neutral", "positive"]
    label: Words


class ChoiceDraft(Value):
    """A scale of words, from one end to the other."""

    type: Literal["choice"]
    options: Annotated[
        tuple[OptionDraft, ...], Field(min_length=2, max_length=MOST_OPTIONS)
    ]
    opt_out: Words | None = None


ScaleDraft = Annotated[GradeDraft | ChoiceDraft, Field(discriminator="type")]


class ScalesDraft(Value):
    """The file of scales."""

    spec: Literal["1"]
    scales: dict[Name, ScaleDraft]
