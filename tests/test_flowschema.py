"""An editor accepts what `check` accepts, and says so while one types."""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.cli import LANGUAGE, main
from bot.commands.authoring import Schemas, schemas
from bot.core import draft
from bot.core.wording import flow_texts, scale_texts
from bot.flowfiles import load_scales
from bot.flowschema import _TEXTS
from bot.messages import Catalogue, spoken
from bot.yamlfile import read_file
from bot.yamlmodel import checked

ROOT = Path(__file__).parent.parent
FLOWS = sorted(set((ROOT / "flows").glob("*.yaml")) - {ROOT / "flows" / "scales.yaml"})
SCALES = ROOT / "flows" / "scales.yaml"
COMMITTED = Schemas(
    (ROOT / "docs" / "flow.schema.json").read_text("utf-8"),
    (ROOT / "docs" / "scales.schema.json").read_text("utf-8"),
)


class Editor(yaml.SafeLoader):
    """Reads YAML as editors do (1.2): `no` is a word, and a day is a text."""


Editor.yaml_implicit_resolvers = {}
for kind, form, first in (
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("bool", r"true|false", "tf"),
    ("null", r"~|null|", ["~", "n", ""]),
):
    Editor.add_implicit_resolver(
        f"tag:yaml.org,2002:{kind}", re.compile(f"^(?:{form})$"), list(first)
    )


def seen(text: str) -> Any:
    return yaml.load(text, Loader=Editor)  # noqa: S506 - made of SafeLoader


def faults(schema: str, value: Any) -> list[str]:
    validator = jsonschema.Draft7Validator(json.loads(schema))
    return [error.message for error in validator.iter_errors(value)]


def test_what_is_committed_is_what_the_models_say() -> None:
    # polsslag schema docs/flow.schema.json; the other with --scales
    assert schemas(Catalogue.load(), "nl") == COMMITTED


@pytest.mark.parametrize("schema", [COMMITTED.flow, COMMITTED.scales])
def test_it_is_a_schema_of_the_version_that_editors_read(schema: str) -> None:
    made = json.loads(schema)
    assert made["$schema"] == "http://json-schema.org/draft-07/schema#"
    jsonschema.Draft7Validator.check_schema(made)
    named = set(re.findall(r"#/definitions/(\w+)", schema))
    assert named == set(made["definitions"])


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_every_survey_that_comes_along_fits(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../docs/flow.schema.json\n")
    assert faults(COMMITTED.flow, seen(text)) == []


def test_the_scales_that_come_along_fit() -> None:
    text = SCALES.read_text("utf-8")
    pointer = "# yaml-language-server: $schema=../docs/scales.schema.json\n"
    assert text.startswith(pointer)
    assert faults(COMMITTED.scales, seen(text)) == []


def test_the_examples_in_the_manual_fit() -> None:
    page = (ROOT / "docs" / "flows.md").read_text("utf-8")
    examples = re.findall(r"^```yaml\n(.*?)^```", page, re.M | re.S)
    flow, scales = (text for text in examples if "spec: 1" in text)
    assert faults(COMMITTED.flow, seen(flow)) == []
    assert faults(COMMITTED.scales, seen(scales)) == []


def put(*steps: str | int) -> Callable[[Any, Any], None]:
    """Give what changes the value at the end of these steps."""

    def change(whole: Any, value: Any) -> None:
        for step in steps[:-1]:
            whole = whole[step]
        if value is None:
            del whole[steps[-1]]
        else:
            whole[steps[-1]] = value

    return change


BAD: list[tuple[tuple[str | int, ...], Any]] = [
    (("spec",), 2),
    (("flow",), "Aan de balie"),
    (("flow",), "x" * 33),
    (("flow",), None),
    (("titel",), {"nl": "Balie"}),
    (("title",), "Aan de balie"),
    (("title", "nl"), None),
    (("title", "nl"), ""),
    (("title", "de"), "Am Schalter"),
    (("languages",), []),
    (("languages",), ["nl", "nl"]),
    (("languages",), ["nl", "de"]),
    (("phases",), ["later"]),
    (("phases",), ["intake", "intake"]),
    (("reviewed",), "de werkgroep"),
    (("reviewed",), {"by": "de werkgroep", "on": "15 januari"}),
    (("checked",), {"nl": {"by": "ik", "on": "2026-01-15"}}),
    (("intro", "accept"), None),
    (("intro", "accept", "nl"), "Ja, ik wil graag meedoen hieraan"),
    (("intro", "text", "nl"), "x" * 601),
    (("questions", 3), None),
    (("questions", 0, "name"), "1e"),
    (("questions", 0, "theme"), "vriendelijkheid"),
    (("questions", 0, "theme"), []),
    (("questions", 0, "short", "nl"), "x" * 41),
    (("questions", 0, "label", "nl"), "x" * 201),
    (("questions", 0, "label", "nl"), ["een", "lijst"]),
    (("questions", 0, "scal"), "agree_4"),
    (("questions", 0, "scale"), None),
    (("questions", 1, "only_if"), {"question": "counter"}),
    (("questions", 1, "only_if"), {"question": "counter", "at_most": "vijf"}),
    (("questions", 1, "only_if"), {"question": "counter", "is": "x", "at_most": 5}),
    (("questions", 1, "only_if"), {"at_most": 5}),
    (("questions", 2, "waivers", 0, "rule"), "question-count"),
    (("questions", 2, "waivers", 0, "reason"), "kort"),
    (("questions", 2, "waivers", 0, "until"), None),
    (("questions", 2, "waivers", 0, "until"), ""),
    (("remark", "max_length"), 501),
    (("remark", "max_length"), "veel"),
    (("remark", "label"), None),
]
"""One edit each, that a person would make in `sozawe`."""


@pytest.mark.parametrize(("where", "value"), BAD, ids=str)
def test_what_check_refuses_has_no_place_in_an_editor(
    where: tuple[str | int, ...], value: Any
) -> None:
    whole = deepcopy(seen((ROOT / "flows" / "sozawe.yaml").read_text("utf-8")))
    if where == ("questions", 3):
        del whole["questions"][2:]
    else:
        put(*where)(whole, value)
    assert faults(COMMITTED.flow, whole) != []


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("agree_4", "type"), "likert"),
        (("agree_4", "options", 0, "code"), "Oneens"),
        (("agree_4", "options", 0, "code"), "opt_out"),
        (("agree_4", "options", 0, "direction"), "up"),
        (("agree_4", "options"), []),
        (("rapportcijfer", "to"), 11),
        (("rapportcijfer", "from_label"), None),
        (("Een schaal",), {"type": "grade"}),
    ],
)
def test_a_scale_that_check_refuses_is_refused(
    where: tuple[str | int, ...], value: Any
) -> None:
    whole = seen(SCALES.read_text("utf-8"))
    put("scales", *where)(whole, value)
    assert faults(COMMITTED.scales, whole) != []


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("questions", 1, "only_if"), {"question": "counter", "at_most": 5}),
        (("questions", 1, "only_if"), {"question": "a", "at_most": 5, "at_least": 2}),
        (("questions", 1, "only_if"), {"question": "counter", "is": "disagree"}),
        (("reviewed",), {"by": "", "on": ""}),
        (("checked",), {"en": {"by": "Ann", "on": "2026-01-20"}}),
        (("remark",), None),
        (("title", "tr"), ""),
    ],
)
def test_what_check_allows_is_allowed(where: tuple[str | int, ...], value: Any) -> None:
    whole = seen((ROOT / "flows" / "sozawe.yaml").read_text("utf-8"))
    put(*where)(whole, value)
    assert faults(COMMITTED.flow, whole) == []


def test_every_text_may_be_as_long_as_check_lets_it() -> None:
    flow = checked(read_file(ROOT / "flows" / "sozawe.yaml"), draft.FlowDraft)
    texts = list(flow_texts(flow))
    for name, scale in load_scales(SCALES).by_name.items():
        texts += scale_texts((name,), scale)
    by_field: dict[str, set[int]] = {}
    for path, longest in _TEXTS.items():
        by_field.setdefault(path.partition(".")[2], set()).add(longest)
    for text in texts:
        assert text.longest in by_field[str(text.where[-1])]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_field_is_explained_and_nothing_else(language: str) -> None:
    words = Catalogue.load()
    asked = set()

    class Listening(Catalogue):
        def text(self, key: str, language: str, /, **facts: object) -> str:
            asked.add(key.removeprefix("schema."))
            return words.text(key, language, **facts)

    schemas(Listening({}), language)
    assert asked == set(words.texts("schema", language))
    assert {f"text.{code}" for code in spoken("client")} <= asked


def test_the_command_writes_or_shows_it(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert main(["schema"]) == 0
    assert capsys.readouterr().out == COMMITTED.flow
    file = tmp_path / "scales.json"
    assert main(["schema", str(file), "--scales"]) == 0
    assert file.read_text("utf-8") == COMMITTED.scales
    assert main(["schema", str(tmp_path)]) == 1
    assert str(tmp_path) in capsys.readouterr().err
    monkeypatch.setenv(LANGUAGE, "en")
    assert main(["schema"]) == 0
    assert "A survey: one file." in capsys.readouterr().out
