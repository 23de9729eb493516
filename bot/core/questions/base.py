"""What every closed question has, and how a person's words are read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

Label = Mapping[str, str]
"""One text per language code; `nl` is the source and always there."""

SOURCE: Final = "nl"
"""The language every text is written in first; the others are translations."""

OPT_OUT: Final = "opt_out"
"""The code of "does not apply": outside the scale, outside every denominator."""

NOT_ASKED: Final = "not_asked"
"""The code of a question that `only_if` passed over. Not asked is not missing."""

Theme = Literal["bejegening", "efficiency"]


class Value(BaseModel):
    """A frozen, closed, silent model: no unknown key, no input in its errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Condition(Value):
    """`only_if`: ask only when an earlier answer is at most, at least, or is."""

    question: str
    at_most: int | None = None
    at_least: int | None = None
    is_: str | None = None

    def holds(self, code: str | None) -> bool:
        """Say whether the condition holds for the code given to its question.

        An opt-out, a question that was itself passed over, or no answer: no.
        """
        if code is None or code in (OPT_OUT, NOT_ASKED):
            return False
        if self.is_ is not None:
            return code == self.is_
        if not code.isdecimal():
            return False  # a label is neither more nor less than a number
        number = int(code)
        low = self.at_least is None or number >= self.at_least
        high = self.at_most is None or number <= self.at_most
        return low and high


class Closed(Value):
    """The part that all closed questions share."""

    name: str
    theme: tuple[Theme, ...]
    short: Label
    """What the digest calls this question, in a word or a few."""
    label: Label
    opt_out: Label | None = None
    only_if: Condition | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """One choice on the screen; `code` is what is stored, never the label."""

    label: str
    code: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question as it is shown: its text, and its buttons row by row."""

    text: str
    rows: tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """The words were one of the choices."""

    code: str


@dataclass(frozen=True, slots=True)
class NotWhole:
    """A grade, but not a whole one: 7,5."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """The words were none of the choices, or more than one."""


Reading = Understood | NotWhole | NotUnderstood


def in_language(label: Label, language: str) -> str:
    """Give the text in the language asked for, or else in the source language."""
    return label.get(language) or label[SOURCE]


def texts(labels: Iterable[Label]) -> frozenset[str]:
    """Give every text of the labels, in every language."""
    return frozenset(text for label in labels for text in label.values())
