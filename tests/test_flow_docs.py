"""docs/flows.md: every rule and field has its place, and its examples are true."""

import re
from pathlib import Path

import pytest

import bot
from bot.core import draft
from bot.flowfiles import Loaded, load_flow, load_scales
from bot.messages import Catalogue
from bot.messages.issues import format_issue
from tests.messages.test_issues import ISSUE

PAGE = (Path(__file__).parent.parent / "docs" / "flows.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def section(heading: str) -> str:
    """Give what stands under a heading of the third level."""
    _, _, rest = PAGE.partition(f"\n### {heading}\n")
    return re.split(r"^##", rest, maxsplit=1, flags=re.MULTILINE)[0]


def rules() -> set[str]:
    keys = Catalogue.load().keys("issues")
    return {key.split(".")[2] for key in keys if key.startswith("issues.rule.")}


@pytest.mark.parametrize("rule", sorted(rules()))
def test_every_rule_has_its_heading_and_an_example(rule: str) -> None:
    assert "```yaml" in section(rule)


def test_every_fault_that_a_validator_raises_has_its_text() -> None:
    raised = re.compile(r'\bfault\(\s*"([\w-]+)",\s*case="([\w-]+)"')
    sources = (
        Path(bot.__file__).parent / name for name in ("core/draft.py", "config.py")
    )
    found = {
        f"issues.rule.{rule}.{case}.says"
        for source in sources
        for rule, case in raised.findall(source.read_text(encoding="utf-8"))
    }
    assert len(found) > 5
    assert found <= Catalogue.load().keys("issues")


@pytest.mark.parametrize("question_type", ["grade", "choice"])
def test_every_type_of_question_has_its_heading(question_type: str) -> None:
    assert section(question_type)


@pytest.mark.parametrize("model", [draft.FlowDraft, draft.QuestionDraft])
def test_every_field_stands_in_a_table_in_its_order(
    model: type[draft.FlowDraft | draft.QuestionDraft],
) -> None:
    fields = "\n.*".join(rf"\| `{name}` \|.*" for name in model.model_fields)
    assert re.search(fields, PAGE)


def test_the_example_is_a_flow_without_a_warning(tmp_path: Path) -> None:
    flow, scales = (text for text in EXAMPLES if "spec: 1" in text)
    (tmp_path / "counter.yaml").write_text(flow, encoding="utf-8")
    (tmp_path / "scales.yaml").write_text(scales, encoding="utf-8")
    loaded = load_flow(tmp_path / "counter.yaml", load_scales(tmp_path / "scales.yaml"))
    assert loaded == Loaded(loaded.flow, ())


def test_the_message_in_the_page_is_as_it_is_printed() -> None:
    fields = ", ".join(
        field.alias or name for name, field in draft.QuestionDraft.model_fields.items()
    )
    facts = dict(ISSUE.facts) | {"choices": fields}
    issue = type(ISSUE)(
        ISSUE.path,
        ISSUE.line,
        ISSUE.column,
        ISSUE.level,
        ISSUE.rule,
        tuple(facts.items()),
        ISSUE.excerpt,
    )
    assert f"```\n{format_issue(issue, Catalogue.load(), 'nl')}\n```" in PAGE
