"""Flow files -> definitions, or every issue at once, each with file, line and column.

A file in the folder is a draft: nothing here makes it live. Syntax faults come alone,
then faults of shape, and the content rules only when the shape is right, so that no
issue follows from another.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from bot.core.draft import (
    FlowDraft,
    GradeDraft,
    QuestionDraft,
    ScaleDraft,
    ScalesDraft,
    Words,
)
from bot.core.flow import FlowDefinition, Intro, Phase, RemarkPrompt
from bot.core.lint import (
    lint_flow,
    lint_scale_use,
    lint_scales,
    phase_coverage,
)
from bot.core.lint.published import (
    reused_name,
    stale_scale_translation,
    stale_translation,
)
from bot.core.questions import Choice, Grade, Option, Question
from bot.core.questions.base import Condition, Label
from bot.core.reading import Lexicon
from bot.core.wording import Finding, begun_languages
from bot.errors import FlowError, Issue
from bot.messages import spoken
from bot.words import frequencies
from bot.words.own import WORDS, read_words
from bot.yamlfile import Document, read_file
from bot.yamlmodel import checked

SCALES: Final = "scales.yaml"
"""The one file of YAML in a folder of flows that is not a flow."""

LEAVES_MENU: Final = frozenset(
    ("missing-translation", "wrong-script", "stale-translation")
)
"""The rules that take a language out of the menu for as long as they are broken."""


class Loaded(NamedTuple):
    """A flow that can go live, and what is still to be mended or accepted."""

    flow: FlowDefinition
    warnings: tuple[Issue, ...]


class FlowFile(NamedTuple):
    """A flow whose shape is right, and the file that it came from."""

    document: Document
    draft: FlowDraft


@dataclass(frozen=True, slots=True)
class Scales:
    """The scales by name, the file they came from, and the words beside it."""

    by_name: Mapping[str, ScaleDraft]
    document: Document
    lexicon: Lexicon = field(default_factory=Lexicon)


def load_scales(path: Path) -> Scales:
    """Read the file of scales, and the list of words in the same folder.

    Raises FlowError with every fault.
    """
    document = read_file(path)
    draft = checked(document, ScalesDraft)
    _refuse(_issues(document, lint_scales(draft, spoken("client"))))
    own = read_words(path.parent / WORDS)
    return Scales(draft.scales, document, Lexicon(frequencies(), *own))


def load_flow(
    path: Path,
    scales: Scales,
    today: date | None = None,
    before: Sequence[FlowDefinition] = (),
) -> Loaded:
    """Read one flow. Raises FlowError with every fault; warnings come with the flow.

    Args:
        today: the day by which waivers expire; without it none does.
        before: every version of it that was published, what clients saw last at the
            end.
    """
    return judged(read_flow(path), scales, today, before)


def read_flow(path: Path) -> FlowFile:
    """Read one flow as far as its shape. Raises FlowError with every fault of that."""
    document = read_file(path)
    return FlowFile(document, checked(document, FlowDraft))


def judged(
    file: FlowFile,
    scales: Scales,
    today: date | None = None,
    before: Sequence[FlowDefinition] = (),
) -> Loaded:
    """Hold the content of a flow against the rules. Raises FlowError."""
    document, draft = file
    client, staff = spoken("client"), spoken("digest")
    by_name, lexicon = scales.by_name, scales.lexicon
    findings = lint_flow(draft, by_name, client, staff, lexicon, today)
    issues = _issues(document, findings)
    name = Path(document.path).stem
    if draft.flow != name:
        facts = {"case": "file-name", "found": draft.flow, "name": name}
        issues.append(document.issue("wrong-value", ("flow",), facts))
    issues += _issues(document, stale_translation(draft, before))
    issues += _issues(document, reused_name(draft, before))
    _refuse(issues)
    used = dict.fromkeys(question.scale for question in draft.questions)
    begun = begun_languages(draft, client)
    for name in used:
        findings = lint_scale_use(name, by_name[name], begun, lexicon)
        issues.extend(_issues(scales.document, findings))
        stale = stale_scale_translation(name, by_name[name], before)
        issues.extend(_issues(scales.document, stale))
    # A language that is not whole leaves the menu; the Dutch goes on.
    lacking = {
        dict(issue.facts)["language"] for issue in issues if issue.rule in LEAVES_MENU
    }
    offered = tuple(n for n in draft.languages if n not in lacking)
    return Loaded(_definition(draft, scales, offered), tuple(sorted(issues)))


def folder_issues(files: Sequence[FlowFile]) -> list[Issue]:
    """Find what all flows of a folder lack together; told at the first of them."""
    findings = phase_coverage([file.draft for file in files])
    return _issues(files[0].document, findings) if files else []


def load_folder(folder: Path) -> dict[str, Loaded]:
    """Read every flow of a folder, by name. Raises FlowError with all their faults."""
    issues: list[Issue] = []
    flows: dict[str, Loaded] = {}
    scales = None
    try:
        scales = load_scales(folder / SCALES)
    except FlowError as error:
        issues.extend(error.issues)
    for path in flow_paths(folder):
        try:
            if scales is None:  # what a flow says of its scales cannot be judged
                checked(read_file(path), FlowDraft)
            else:
                loaded = load_flow(path, scales)
                flows[loaded.flow.flow] = loaded
        except FlowError as error:
            issues.extend(error.issues)
    _refuse(issues)
    return flows


def flow_paths(folder: Path) -> list[Path]:
    """List the files of a folder that hold a flow, by name."""
    return sorted(path for path in folder.glob("*.yaml") if path.name != SCALES)


def _issues(document: Document, findings: Iterable[Finding]) -> list[Issue]:
    return [
        document.issue(
            finding.rule,
            finding.where,
            finding.facts,
            on_key=finding.on_key,
            level=finding.level,
        )
        for finding in findings
    ]


def _refuse(issues: Iterable[Issue]) -> None:
    """Raise all issues if one of them is an error."""
    issues = tuple(sorted(issues))
    if any(issue.level == "error" for issue in issues):
        raise FlowError(issues)


def _definition(
    draft: FlowDraft, scales: Scales, offered: tuple[str, ...]
) -> FlowDefinition:
    def label(words: Words) -> Label:
        return {language: words[language].strip() for language in offered}

    def question(draft: QuestionDraft) -> Question:
        scale = scales.by_name[draft.scale]
        opt_out = scale.opt_out if draft.opt_out is None else draft.opt_out
        # What staff read may be in languages that no client of this flow is offered.
        short = {key: said.strip() for key, said in draft.short.items() if said.strip()}
        condition = draft.only_if
        shared: dict[str, Any] = {
            "name": draft.name,
            "theme": draft.theme,
            "short": short,
            "label": label(draft.label),
            "opt_out": None if opt_out is None else label(opt_out),
            "only_if": condition and Condition(**condition.model_dump()),
        }
        if isinstance(scale, GradeDraft):
            return Grade(
                lowest=scale.lowest,
                highest=scale.highest,
                lowest_label=label(scale.lowest_label),
                highest_label=label(scale.highest_label),
                **shared,
            )
        options = tuple(
            Option(code=o.code, direction=o.direction, label=label(o.label))
            for o in scale.options
        )
        return Choice(scale=draft.scale, options=options, **shared)

    remark = draft.remark
    return FlowDefinition(
        flow=draft.flow,
        title=label(draft.title),
        languages=offered,
        phases=tuple(Phase(phase) for phase in draft.phases),
        intro=Intro(
            text=label(draft.intro.text),
            accept=label(draft.intro.accept),
            decline=label(draft.intro.decline),
        ),
        questions=tuple(question(each) for each in draft.questions),
        remark=None
        if remark is None
        else RemarkPrompt(label=label(remark.label), max_length=remark.max_length),
    )
