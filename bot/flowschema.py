"""The shape of the two files as JSON Schema, for editors that help while one types.

Made from the models of `bot.core.draft`, so that it cannot say anything else. It knows
what has a shape; what needs two places of a file at once is for `polsslag check` alone.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, get_args

from pydantic import BaseModel

from bot.core.draft import (
    LONGEST_CODE,
    LONGEST_NAME,
    SHORTEST_REASON,
    FlowDraft,
    ScalesDraft,
)
from bot.core.flow import Phase
from bot.core.lint.structure import FEWEST_QUESTIONS, MOST_QUESTIONS
from bot.core.questions.base import NOT_ASKED, OPT_OUT, SOURCE, Theme
from bot.core.wording import (
    LONGEST_BUTTON,
    LONGEST_INTRO,
    LONGEST_QUESTION,
    LONGEST_SHORT,
    LONGEST_TITLE,
)

Schema = dict[str, Any]
Says = Callable[..., str]
"""Gives a text of the catalogue's group `schema`."""

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
"""The version that every editor reads; its name is an address, and is never fetched."""

_PHASES: Final = [str(phase) for phase in Phase if phase is not Phase.UNKNOWN]
_NAME: Final = "^[a-z][a-z0-9_]*$"
_DAY: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TEXTS: Final = {
    "FlowDraft.title": LONGEST_TITLE,
    "IntroDraft.text": LONGEST_INTRO,
    "IntroDraft.accept": LONGEST_BUTTON,
    "IntroDraft.decline": LONGEST_BUTTON,
    "QuestionDraft.short": LONGEST_SHORT,
    "QuestionDraft.label": LONGEST_QUESTION,
    "QuestionDraft.opt_out": LONGEST_BUTTON,
    "RemarkDraft.label": LONGEST_QUESTION,
    "GradeDraft.from_label": LONGEST_SHORT,
    "GradeDraft.to_label": LONGEST_SHORT,
    "GradeDraft.opt_out": LONGEST_BUTTON,
    "ChoiceDraft.opt_out": LONGEST_BUTTON,
    "OptionDraft.label": LONGEST_BUTTON,
}
"""The longest text of each field that holds one a language."""


def flow_schema(says: Says, spoken: Iterable[str]) -> str:
    """Write the schema of a flow, for clients in these languages."""
    return _written(FlowDraft, says, tuple(spoken))


def scales_schema(says: Says, spoken: Iterable[str]) -> str:
    """Write the schema of the file of scales."""
    return _written(ScalesDraft, says, tuple(spoken))


def _written(model: type[BaseModel], says: Says, spoken: tuple[str, ...]) -> str:
    made = model.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
    parts = {model.__name__: made} | made.pop("$defs")
    shaped = {name: _part(name, part, says, spoken) for name, part in parts.items()}
    texts = {_texts_name(limit): _texts(limit, says, spoken) for limit in _used(shaped)}
    whole = {"$schema": DRAFT, **shaped.pop(model.__name__)}
    definitions = dict(sorted((shaped | texts).items()))
    return (
        json.dumps({**whole, "definitions": definitions}, ensure_ascii=False, indent=2)
        + "\n"
    )


def _part(name: str, made: Schema, says: Says, spoken: tuple[str, ...]) -> Schema:
    """Describe one kind of part, and each of its fields."""
    fields = {
        key: _field(f"{name}.{key}", field, says, spoken)
        for key, field in made["properties"].items()
    }
    part: Schema = {"type": "object", "description": says(f"{name}.about")}
    if "required" in made:
        part["required"] = made["required"]
    if name == "ConditionDraft":
        bounds = [{"required": [bound]} for bound in ("at_most", "at_least")]
        part["oneOf"] = [{"anyOf": bounds}, {"required": ["is"]}]
    return {**part, "properties": fields, "additionalProperties": False}


def _field(path: str, made: Schema, says: Says, spoken: tuple[str, ...]) -> Schema:
    said = {"description": says(path)}
    if path in _TEXTS:
        return said | {"allOf": [_ref(_texts_name(_TEXTS[path]))]}
    own = _own(path, spoken)
    return said | (_plain(made) if own is None else own)


def _own(path: str, spoken: tuple[str, ...]) -> Schema | None:
    """Give what our validators ask of a field, which pydantic cannot tell."""
    match path.partition(".")[2]:
        case "spec":
            # An editor reads a number, we read a text.
            return {"enum": [1, "1"]}
        case "flow" | "name" | "question":
            return {"type": "string", "pattern": _NAME, "maxLength": LONGEST_NAME}
        case "code":
            kept = {"enum": [OPT_OUT, NOT_ASKED]}
            named = {"type": "string", "pattern": _NAME, "maxLength": LONGEST_CODE}
            return named | {"not": kept}
        case "languages":
            return _list({"enum": list(spoken)}, minItems=1, uniqueItems=True)
        case "phases":
            return _list({"enum": _PHASES}, minItems=1, uniqueItems=True)
        case "theme":
            one = {"enum": list(get_args(Theme))}
            return {"anyOf": [one, _list(one, minItems=1, uniqueItems=True)]}
        case "checked":
            translations = [language for language in spoken if language != SOURCE]
            signed = dict.fromkeys(translations, _ref("Signature"))
            return _map(signed)
        case "questions":
            limits = {"minItems": FEWEST_QUESTIONS, "maxItems": MOST_QUESTIONS}
            return _list(_ref("QuestionDraft"), **limits)
        case "is":
            return {"type": ["string", "integer"]}
        case "on":
            return {"type": "string", "pattern": f"^({_DAY})?$"}
        case "until":
            return {"type": "string", "pattern": f"^{_DAY}$"}
        case "reason":
            return {"type": "string", "minLength": SHORTEST_REASON}
        case "scales":
            named = {"pattern": _NAME, "maxLength": LONGEST_NAME}
            kinds = [_ref("GradeDraft"), _ref("ChoiceDraft")]
            kind = {"oneOf": kinds}
            return {
                "type": "object",
                "propertyNames": named,
                "additionalProperties": kind,
            }
    return None


def _plain(made: Schema) -> Schema:
    """Keep of what pydantic made what an author can see: no `null`, no titles."""
    kept = {
        key: value
        for key, value in made.items()
        if key not in ("title", "default", "description")
    }
    if "anyOf" in kept:
        [kept] = [one for one in kept["anyOf"] if one != {"type": "null"}]
    if "$ref" in kept:
        # Beside `$ref` draft-07 sees nothing, the description neither.
        return {"allOf": [kept]}
    return kept


def _texts(longest: int, says: Says, spoken: tuple[str, ...]) -> Schema:
    limit = says("text.longest", longest=longest)
    texts = {
        language: {
            "type": "string",
            "minLength": 1 if language == SOURCE else 0,
            "maxLength": longest,
            "description": f"{says(f'text.{language}')} {limit}",
        }
        for language in spoken
    }
    return {"description": says("text.about"), **_map(texts), "required": [SOURCE]}


def _used(parts: Mapping[str, Schema]) -> list[int]:
    found = {limit for path, limit in _TEXTS.items() if path.partition(".")[0] in parts}
    return sorted(found)


def _texts_name(longest: int) -> str:
    return f"text{longest}"


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _list(items: Schema, **limits: object) -> Schema:
    return {"type": "array", "items": items, **limits}


def _map(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}
