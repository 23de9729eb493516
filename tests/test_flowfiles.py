"""Flow files as definitions, with what is still to be mended."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.flow import FlowDefinition, Intro, Phase, RemarkPrompt
from bot.core.questions import Choice, Grade, Option
from bot.core.questions.base import Condition
from bot.errors import FlowError
from bot.flowfiles import Loaded, Scales, load_flow, load_folder, load_scales
from bot.yamlfile import Plain, dump, read_file

SHIPPED = Path(__file__).parent.parent / "flows"

SCALES = """\
spec: 1
scales:
  grade:
    type: grade
    from: 1
    to: 10
    from_label: {nl: "slecht", en: "bad"}
    to_label: {nl: "goed", en: "good"}
    opt_out: {nl: "Weet ik niet", en: "I do not know", tr: "Bilmiyorum"}
  agree:
    type: choice
    options:
      - {code: disagree, direction: negative, label: {nl: "Oneens", en: "No"}}
      - {code: agree, direction: positive, label: {nl: "Eens", en: "Yes"}}
"""
FLOW = """\
spec: 1
flow: counter
title: {nl: "Balie", en: "Counter"}
languages: [nl, en]
phases: [first_contact, intake]
reviewed: {by: "De werkgroep", on: 2026-01-15}
checked: {en: {by: "Iemand", on: 2026-01-15}}
intro:
  text: {nl: "Wij stellen u 3 vragen.", en: "We ask 3 questions."}
  accept: {nl: "Ja", en: "Yes"}
  decline: {nl: "Nee", en: "No"}
questions:
  - name: treated
    theme: bejegening
    short: {nl: "Omgang", en: "Treatment"}
    label: {nl: "Hoe ging het?", en: "How was it?"}
    scale: grade
  - name: kind
    theme: [bejegening, efficiency]
    short: {nl: "Vriendelijk"}
    label: {nl: "Was het goed?", en: "Was it good?"}
    scale: agree
    opt_out: {nl: "Geen contact", en: "No contact"}
    only_if: {question: treated, at_most: 5}
  - name: quick
    theme: efficiency
    short: {nl: "Snel"}
    label:
      nl: |
        Was het snel?
      en: "Was it quick?"
    scale: agree
remark:
  label: {nl: "Nog iets? Noem geen namen.", en: "Anything else?"}
  max_length: 300
"""
OPTIONS = (
    Option(code="disagree", direction="negative", label={"nl": "Oneens", "en": "No"}),
    Option(code="agree", direction="positive", label={"nl": "Eens", "en": "Yes"}),
)
DEFINITION = FlowDefinition(
    flow="counter",
    title={"nl": "Balie", "en": "Counter"},
    languages=("nl", "en"),
    phases=(Phase.FIRST_CONTACT, Phase.INTAKE),
    intro=Intro(
        text={"nl": "Wij stellen u 3 vragen.", "en": "We ask 3 questions."},
        accept={"nl": "Ja", "en": "Yes"},
        decline={"nl": "Nee", "en": "No"},
    ),
    questions=(
        Grade(
            name="treated",
            theme=("bejegening",),
            short={"nl": "Omgang", "en": "Treatment"},
            label={"nl": "Hoe ging het?", "en": "How was it?"},
            opt_out={"nl": "Weet ik niet", "en": "I do not know"},
            lowest=1,
            highest=10,
            lowest_label={"nl": "slecht", "en": "bad"},
            highest_label={"nl": "goed", "en": "good"},
        ),
        Choice(
            name="kind",
            theme=("bejegening", "efficiency"),
            short={"nl": "Vriendelijk"},
            label={"nl": "Was het goed?", "en": "Was it good?"},
            opt_out={"nl": "Geen contact", "en": "No contact"},
            only_if=Condition(question="treated", at_most=5),
            scale="agree",
            options=OPTIONS,
        ),
        Choice(
            name="quick",
            theme=("efficiency",),
            short={"nl": "Snel"},
            label={"nl": "Was het snel?", "en": "Was it quick?"},
            scale="agree",
            options=OPTIONS,
        ),
    ),
    remark=RemarkPrompt(
        label={"nl": "Nog iets? Noem geen namen.", "en": "Anything else?"},
        max_length=300,
    ),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "scales.yaml").write_text(SCALES, encoding="utf-8")
    (tmp_path / "counter.yaml").write_text(FLOW, encoding="utf-8")
    return tmp_path


def load(folder: Path, name: str = "counter") -> Loaded:
    return load_flow(folder / f"{name}.yaml", load_scales(folder / "scales.yaml"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def places(error: FlowError) -> list[tuple[str, int, str]]:
    return [(Path(i.path).name, i.line, i.rule) for i in error.issues]


def test_a_right_flow_is_whole_and_without_warnings(folder: Path) -> None:
    assert load(folder) == Loaded(DEFINITION, ())


def test_a_definition_survives_the_archive(folder: Path) -> None:
    assert FlowDefinition.from_json(load(folder).flow.to_json()) == DEFINITION


def test_a_language_of_the_scales_alone_changes_no_flow(folder: Path) -> None:
    change(folder / "scales.yaml", 'en: "bad"', 'en: "bad", tr: "kötü"')
    assert load(folder).flow.content_hash == DEFINITION.content_hash


@pytest.mark.parametrize("file", ["counter", "scales"])
def test_a_language_that_is_not_whole_leaves_the_menu(folder: Path, file: str) -> None:
    lost = {"counter": ', en: "How was it?"', "scales": ', en: "good"'}[file]
    change(folder / f"{file}.yaml", lost, "")
    flow, warnings = load(folder)
    assert [(Path(w.path).stem, w.rule, w.level) for w in warnings] == [
        (file, "missing-translation", "warn")
    ]
    assert flow.languages == ("nl",)
    assert flow.questions[0].label == {"nl": "Hoe ging het?"}
    assert flow.questions[0].short == {"nl": "Omgang", "en": "Treatment"}


def test_a_language_that_was_not_begun_is_told_of_once(folder: Path) -> None:
    change(folder / "counter.yaml", "[nl, en]", "[nl, en, ar]")
    flow, warnings = load(folder)
    assert flow.languages == ("nl", "en")
    assert [w.rule for w in warnings] == ["missing-translation"]


def test_warnings_come_along_with_errors(folder: Path) -> None:
    change(
        folder / "counter.yaml", 'reviewed: {by: "De werkgroep", on: 2026-01-15}\n', ""
    )
    change(folder / "counter.yaml", "scale: grade", "scale: grades")
    with pytest.raises(FlowError) as error:
        load(folder)
    assert places(error.value) == [
        ("counter.yaml", 1, "not-reviewed"),
        ("counter.yaml", 16, "unknown-scale"),
    ]


def test_a_copy_is_called_as_its_file(folder: Path) -> None:
    (folder / "copy.yaml").write_text(FLOW, encoding="utf-8")
    with pytest.raises(FlowError) as error:
        load(folder, "copy")
    assert places(error.value) == [("copy.yaml", 2, "wrong-value")]


def test_faults_of_content_wait_for_the_shape(folder: Path) -> None:
    change(folder / "counter.yaml", "scale: grade", "scale: grades\n    verplicht: ja")
    with pytest.raises(FlowError) as error:
        load(folder)
    assert places(error.value) == [("counter.yaml", 18, "unknown-key")]


def test_a_folder_is_read_by_name(folder: Path) -> None:
    (folder / "README.md").write_text("not a flow", encoding="utf-8")
    other = FLOW.replace("flow: counter", "flow: other")
    (folder / "other.yaml").write_text(other, encoding="utf-8")
    flows = load_folder(folder)
    assert list(flows) == ["counter", "other"]
    assert flows["counter"] == Loaded(DEFINITION, ())


def test_a_folder_tells_all_faults_of_all_files_at_once(folder: Path) -> None:
    other = FLOW.replace("flow: counter", "flow: other").replace(
        "at_most: 5", "at_most: vijf"
    )
    (folder / "other.yaml").write_text(other, encoding="utf-8")
    change(folder / "counter.yaml", "scale: grade", "scale: grades")
    with pytest.raises(FlowError) as error:
        load_folder(folder)
    assert places(error.value) == [
        ("counter.yaml", 17, "unknown-scale"),
        ("other.yaml", 24, "not-a-number"),
    ]


def test_broken_scales_are_no_fault_of_the_flows(folder: Path) -> None:
    change(folder / "scales.yaml", "to: 10", "to: 1")
    with pytest.raises(FlowError) as error:
        load_folder(folder)
    assert places(error.value) == [("scales.yaml", 6, "wrong-value")]


def test_a_folder_without_scales_says_so(tmp_path: Path) -> None:
    with pytest.raises(FlowError) as error:
        load_folder(tmp_path)
    assert places(error.value) == [("scales.yaml", 1, "yaml")]


def test_the_shipped_flows_load() -> None:
    names = ["journey", "klantmanager", "sozawe", "telefoon"]
    assert list(load_folder(SHIPPED)) == names


REAL = load_scales(SHIPPED / "scales.yaml")


def refused_or_loaded(path: Path, scales: Scales) -> None:
    """Fail on anything but a definition or issues."""
    try:
        flow = load_flow(path, scales).flow
    except FlowError as error:
        levels = {issue.level for issue in error.issues}
    else:
        levels = {"error"}
        assert FlowDefinition.from_json(flow.to_json()) == flow
    assert "error" in levels


@given(text=st.text())
def test_any_text_is_a_flow_or_an_issue(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    refused_or_loaded(path, REAL)


def parts(value: Plain) -> list[tuple[Any, Any]]:
    """List every place in a value: (what holds it, key or place)."""
    inner: list[tuple[Any, Any]] = []
    match value:
        case dict():
            inner = list(value.items())
        case list():
            inner = list(enumerate(value))
    return [found for key, each in inner for found in [(value, key), *parts(each)]]


WORDS = st.sampled_from(
    [
        "",
        "nl",
        "5",
        "99",
        "quick",
        "kind",
        "grade",
        "agree_4",
        "opt_out",
        "is",
        "x" * 700,
    ]
)
VALUES = st.recursive(
    WORDS,
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(WORDS, inner, max_size=3)
    ),
    max_leaves=6,
)


@given(changes=st.lists(st.tuples(st.integers(0), VALUES | st.none()), max_size=4))
def test_any_change_of_a_flow_is_a_flow_or_an_issue(
    changes: list[tuple[int, Plain | None]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    value = read_file(SHIPPED / "sozawe.yaml").value
    for place, new in changes:
        all_parts = parts(value)
        if all_parts:
            holder, key = all_parts[place % len(all_parts)]
            if new is None:
                del holder[key]
            else:
                holder[key] = new
    path = tmp_path_factory.getbasetemp() / "sozawe.yaml"
    # A value that was put in twice would be written with an alias.
    text = re.sub(r"[&*]id\d+", "", dump(value))
    path.write_text(text, encoding="utf-8")
    refused_or_loaded(path, REAL)
