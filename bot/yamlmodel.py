"""A YAML file read as a pydantic model; every fault as an `Issue` at its place.

    config = read_model("config.yaml", text, Config)      # or checked(document, Config)

Raises FlowError with all issues. The models forbid extra keys; pydantic's own texts are
never shown: each error becomes a rule of our catalogue (`issues.<lang>.yaml`). A
validator that knows better than pydantic raises `bot.core.fault.fault(rule, case=...)`;
texts for a new rule or case belong in the catalogue.
"""

import re
from collections.abc import Iterable, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.core.fault import OWN, not_among, shown
from bot.errors import FlowError, Issue
from bot.filetext import MOST_ISSUES
from bot.yamlfile import Document, Plain, Where, read

Model = TypeVar("Model", bound=BaseModel)

_LEAVES: Final[Mapping[str, tuple[str, str | None]]] = {
    # pydantic's type of error -> our rule, and the case of it
    "int_parsing": ("not-a-number", None),
    "int_type": ("not-a-number", None),
    "int_from_float": ("not-a-number", None),
    "int_parsing_size": ("not-a-number", None),
    "float_parsing": ("not-a-number", None),
    "float_type": ("not-a-number", None),
    "finite_number": ("not-a-number", None),
    "bool_parsing": ("yes-or-no", None),
    "bool_type": ("yes-or-no", None),
    "string_type": ("wrong-shape", "text"),
    "too_short": ("wrong-value", "few"),
    "too_long": ("wrong-value", "many"),
    "greater_than_equal": ("wrong-value", "low"),
    "less_than_equal": ("wrong-value", "high"),
    "string_too_short": ("wrong-value", "short"),
    "string_too_long": ("wrong-value", "long"),
    "date_type": ("wrong-value", "date"),
    "time_parsing": ("wrong-value", "time"),
    "time_type": ("wrong-value", "time"),
}
_BRANCHES: Final[Mapping[str, str]] = {
    "model_type": "map",
    "model_attributes_type": "map",
    "dict_type": "map",
    "list_type": "list",
    "tuple_type": "list",
    "set_type": "list",
    "frozen_set_type": "list",
}
_SCALARS: Final = {*_LEAVES, "literal_error", "enum", "union_tag_invalid"} - {
    "too_short",
    "too_long",
}
_LIMITS: Final = ("ge", "le", "min_length", "max_length")


def read_model(path: str, content: str | bytes, model: type[Model]) -> Model:
    """Read a file's content as a model. Raises FlowError with every fault."""
    return checked(read(path, content), model)


def checked(document: Document, model: type[Model]) -> Model:
    """Read a document as a model. Raises FlowError with every fault of its shape."""
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
        issues = _issues(document, model, errors[:MOST_ISSUES])
        # The cause says nothing that the issues do not say better.
        raise FlowError(tuple(sorted(set(issues)))) from None


def _issues(
    document: Document, model: type[BaseModel], errors: list[ErrorDetails]
) -> list[Issue]:
    lacking: dict[Where, list[str]] = {}
    for error in errors:
        if error["type"] == "missing":
            parent, _ = _place(document, error["loc"][:-1])
            lacking.setdefault(parent, []).append(str(error["loc"][-1]))
    issues = []
    meant = set()
    for error in errors:
        if error["type"] == "extra_forbidden":
            where, _ = _place(document, error["loc"])
            known = _keys(model, error["loc"][:-1])
            missing = lacking.get(where[:-1], [])
            about = not_among(str(where[-1]), known, likely=missing)
            issues.append(document.issue("unknown-key", where, about, on_key=True))
            meant.add((where[:-1], about.get("near")))
    for error in errors:
        where, value = _place(document, error["loc"])
        if error["type"] == "missing":
            key = str(error["loc"][-1])
            # A misspelt key is one fault: what it was meant to be is not missing too.
            if (where, key) not in meant:
                issues.append(
                    document.issue("missing-key", (*where, key), {"found": key})
                )
        # pydantic counts only what is right: a list with a wrong item is not too short.
        elif error["type"] == "too_short" and len(value) >= error["ctx"]["min_length"]:
            continue
        elif error["type"] != "extra_forbidden":
            issues.append(_issue(document, error, where, value))
    return issues


def _issue(
    document: Document, error: ErrorDetails, where: Where, value: Plain
) -> Issue:
    kind = error["type"]
    facts = error.get("ctx", {})
    if kind in _BRANCHES:
        rule, told = "wrong-shape", {"case": _BRANCHES[kind]}
    elif kind in ("union_tag_not_found", "union_tag_invalid"):
        tag = _quoted(facts["discriminator"])[0]
        if kind == "union_tag_not_found":
            return document.issue("missing-key", (*where, tag), {"found": tag})
        where, value = _place(document, (*where, tag))
        rule, told = "wrong-value", {"choices": facts["expected_tags"]}
    elif kind.startswith(OWN):
        rule, told = kind.removeprefix(OWN), dict(facts)
        if at := told.pop("at", None):
            where, value = _place(document, (*where, at))
    elif kind in ("literal_error", "enum"):
        rule, told = "wrong-value", {"choices": facts["expected"]}
    else:
        rule, case = _LEAVES.get(kind, ("wrong-value", "other"))
        limits = [fact for name, fact in facts.items() if name in _LIMITS]
        told = {"case": case} if case else {}
        told |= {"limit": limits[0]} if limits else {}
    on_key = error["loc"][-1:] == ("[key]",)
    found = where[-1] if on_key else value
    if value == "" and (rule == "wrong-shape" or kind == "literal_error"):
        rule, on_key, told = "wrong-shape", True, {"case": "empty"}
    elif not isinstance(found, str) and kind in _SCALARS:
        rule, told = "wrong-shape", {"case": "text"}
    elif "choices" in told:
        told = not_among(str(found), _quoted(told["choices"]))
    text = shown(found) if isinstance(found, str) else ""
    return document.issue(rule, where, {"found": text} | told, on_key=on_key)


def _quoted(text: str) -> list[str]:
    return re.findall(r"'([^']*)'", text)


def _place(document: Document, loc: Iterable[str | int]) -> tuple[Where, Plain]:
    """Follow pydantic's path through the file, passing over what only pydantic sees."""
    where: Where = ()
    value = document.value
    for step in loc:
        # What is no step in the file is passed over: the tag of a union, or the place
        # in a list that the model made of one value.
        match value, step:
            case dict(), str() if step in value:
                where, value = (*where, step), value[step]
            case list(), int() if step < len(value):
                where, value = (*where, step), value[step]
    return where, value


def _keys(kind: Any, steps: tuple[str | int, ...]) -> list[str]:
    """Give the keys that the model knows at the end of pydantic's path."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _keys(inner[0], steps)
    if origin in (Union, UnionType):
        members = [member for member in inner if member is not NoneType]
        if len(members) == 1:
            return _keys(members[0], steps)
        tagged = [member for member in members if _has_tag(member, steps[0])]
        return _keys(tagged[0], steps[1:])
    if origin is not None:  # a list or a tuple of one kind, or a map to one kind
        return _keys(inner[-1] if origin in (dict, Mapping) else inner[0], steps[1:])
    fields = {field.alias or name: field for name, field in kind.model_fields.items()}
    if not steps:
        return list(fields)
    return _keys(fields[str(steps[0])].annotation, steps[1:])


def _has_tag(model: type[BaseModel], tag: str | int) -> bool:
    return any(
        get_origin(field.annotation) is Literal and tag in get_args(field.annotation)
        for field in model.model_fields.values()
    )
