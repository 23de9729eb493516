"""A survey as it was published: all its words, its questions, and their identity."""

import hashlib
import json
from enum import StrEnum
from typing import Annotated, Final, Literal, Protocol

from pydantic import Field

from bot.core.questions import Question
from bot.core.questions.base import SOURCE, Label, Value

SPEC: Final = 1
"""The version of the flow format; an older one is migrated, never refused."""


class Phase(StrEnum):
    """Where in the process the client is. It comes with the invitation."""

    FIRST_CONTACT = "first_contact"
    INTAKE = "intake"
    AFTER_AWARD = "after_award"
    UNKNOWN = "unknown"


class Origin(StrEnum):
    """How someone came in. The two are never added up."""

    INVITED = "invited"
    WALK_IN = "walk_in"


class Intro(Value):
    """What a client reads first, and the two ways on."""

    text: Label
    accept: Label
    decline: Label


class RemarkPrompt(Value):
    """The one open question, after the answers are in the box."""

    label: Label
    max_length: Annotated[int, Field(ge=1, le=500)] = 500


class FlowDefinition(Value):
    """One survey, whole: scales written out, so that it needs no other file."""

    spec: Literal[1] = SPEC
    flow: str
    title: Label
    languages: tuple[str, ...]
    phases: tuple[Phase, ...]
    intro: Intro
    questions: Annotated[
        tuple[Annotated[Question, Field(discriminator="type")], ...],
        Field(min_length=3, max_length=4),
    ]
    remark: RemarkPrompt | None = None

    def question(self, name: str) -> Question:
        """Give the question of this name. Raises KeyError for an unknown one."""
        for question in self.questions:
            if question.name == name:
                return question
        raise KeyError(name)

    def index(self, name: str) -> int:
        """Say at which place, from 0, the question stands."""
        return [question.name for question in self.questions].index(name)

    def to_json(self) -> str:
        """Write the definition in its one canonical form, which is archived."""
        plain = self.model_dump(mode="json", exclude_none=True, by_alias=True)
        return json.dumps(
            plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )

    @classmethod
    def from_json(cls, text: str) -> "FlowDefinition":
        """Read the canonical form back. Raises ValueError where it is damaged."""
        return cls.model_validate_json(text)

    @property
    def content_hash(self) -> str:
        """Name this exact content: 32 hexadecimal digits of BLAKE2b."""
        return _digest(self.to_json())


def fingerprint(flow: FlowDefinition, name: str) -> str:
    """Name what is measured: one question's wording, scale and what is asked before.

    A change anywhere else (a later question, a translation, the title) leaves it alone,
    so that the trend of an unchanged question runs on.
    """
    return _digest(
        json.dumps(
            [flow.flow, asked_before(flow, name), asked(flow.question(name))],
            sort_keys=True,
        )
    )


def asked(question: Question) -> object:
    """Give what makes a question the one it is: its Dutch words and its scale."""
    return _only_source(
        question.model_dump(
            mode="json", exclude={"short", "theme"}, exclude_none=True, by_alias=True
        )
    )


def asked_before(flow: FlowDefinition, name: str) -> list[str]:
    """Name the questions that come before one, for they may colour its answers."""
    return [earlier.name for earlier in flow.questions[: flow.index(name)]]


def _only_source(value: object) -> object:
    """Keep of every label the source text alone: translations are not the measure."""
    if isinstance(value, dict):
        if SOURCE in value:
            return value[SOURCE]
        return {key: _only_source(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_only_source(inner) for inner in value]
    return value


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


class FlowArchive(Protocol):
    """Every version that was ever published, and which one is live."""

    async def publish(self, flow: FlowDefinition, week: str) -> int:
        """Archive the flow, make it live, and give its version number.

        The same content twice is one version; publishing it again makes it live again.
        """
        ...

    async def withdraw(self, name: str) -> None:
        """Make no version of this flow live; what was archived stays."""
        ...

    async def live(self) -> dict[str, str]:
        """Give the content hash that is live, by name of flow."""
        ...

    async def definition(self, content_hash: str) -> FlowDefinition:
        """Give an archived version. Raises KeyError for one never published."""
        ...

    async def definitions(self) -> dict[str, FlowDefinition]:
        """Give every version ever published, by content hash."""
        ...

    async def first_week(self) -> str | None:
        """Give the ISO week in which the first version of any flow went live."""
        ...

    async def versions(self, name: str) -> list[tuple[int, str, str]]:
        """List (number, content hash, ISO week it went live first), oldest first."""
        ...
