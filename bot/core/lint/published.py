"""stale-translation and reused-name: what a draft does to what was published.

The versions come in as an argument, oldest first, as the archive numbers them.
"""

from collections.abc import Iterator, Sequence

from bot.core.draft import ChoiceDraft, FlowDraft, ScaleDraft
from bot.core.flow import FlowDefinition
from bot.core.questions import Choice, Grade, Question
from bot.core.questions.base import SOURCE, Label
from bot.core.wording import Finding, Where, flow_texts, scale_texts


def stale_translation(
    draft: FlowDraft, before: Sequence[FlowDefinition]
) -> Iterator[Finding]:
    """Find each translation of a flow that stayed when its Dutch text changed.

    The last version that was offered in a language counts, also where later ones were
    not: a translation that was stale once does not become fresh by waiting.
    """
    published = [_labels(flow) for flow in before]
    names = [question.name for question in draft.questions]
    for text in flow_texts(draft):
        if not text.is_for_staff:
            key = _by_name(text.where, names)
            earlier = [labels[key] for labels in published if key in labels]
            yield from _stale(text.where, text.words, earlier)


def stale_scale_translation(
    name: str, scale: ScaleDraft, before: Sequence[FlowDefinition]
) -> Iterator[Finding]:
    """Find the same in a scale; the places are those of the file of scales."""
    published = [_scale_labels(name, scale, flow) for flow in before]
    for text in scale_texts(("scales", name), scale):
        key = _by_code(text.where[2:], scale)
        earlier = [labels[key] for labels in published if key in labels]
        yield from _stale(text.where, text.words, earlier)


def reused_name(
    draft: FlowDraft, history: Sequence[FlowDefinition]
) -> Iterator[Finding]:
    """Find each name that was gone and comes back for another question."""
    if not history:
        return
    last = {question.name for question in history[-1].questions}
    for place, question in enumerate(draft.questions):
        meanings = [
            earlier
            for flow in history
            for earlier in flow.questions
            if earlier.name == question.name
        ]
        if question.name in last or not meanings:
            continue
        meant = meanings[-1]
        has_same_scale = not isinstance(meant, Choice) or meant.scale == question.scale
        label = question.label.get(SOURCE, "").strip()
        if label != meant.label[SOURCE] or not has_same_scale:
            where = ("questions", place, "name")
            yield Finding("reused-name", where, {"found": question.name})


def _stale(where: Where, words: Label, earlier: Sequence[Label]) -> Iterator[Finding]:
    source = words.get(SOURCE, "").strip()
    for language, said in words.items():
        offered = [label for label in earlier if language in label]
        if language == SOURCE or not said.strip() or not offered:
            continue
        last = offered[-1]
        if last[language] == said.strip() and last[SOURCE] != source:
            facts = {"language": language}
            yield Finding("stale-translation", (*where, language), facts, "warn")


def _labels(flow: FlowDefinition) -> dict[Where, Label]:
    """Give the texts of a version, by path; a question by its name, not its place."""
    labels: dict[Where, Label] = {
        ("title",): flow.title,
        ("intro", "text"): flow.intro.text,
        ("intro", "accept"): flow.intro.accept,
        ("intro", "decline"): flow.intro.decline,
    }
    for question in flow.questions:
        labels["questions", question.name, "label"] = question.label
        if question.opt_out is not None:
            labels["questions", question.name, "opt_out"] = question.opt_out
    if flow.remark is not None:
        labels["remark", "label"] = flow.remark.label
    return labels


def _by_name(where: Where, names: Sequence[str]) -> Where:
    match where:
        case ("questions", int(place), *rest):
            return ("questions", names[place], *rest)
        case _:
            return where


def _scale_labels(
    name: str, scale: ScaleDraft, flow: FlowDefinition
) -> dict[Where, Label]:
    """Give the texts that a version had of a scale, by path; an option by its code."""
    labels: dict[Where, Label] = {}
    for question in flow.questions:
        if _is_on(question, name, scale):
            if isinstance(question, Grade):
                labels["from_label",] = question.lowest_label
                labels["to_label",] = question.highest_label
            else:
                for option in question.options:
                    labels["options", option.code, "label"] = option.label
    return labels


def _is_on(question: Question, name: str, scale: ScaleDraft) -> bool:
    # A version does not say how its scale of grades was called.
    if isinstance(question, Grade):
        return not isinstance(scale, ChoiceDraft)
    return question.scale == name


def _by_code(where: Where, scale: ScaleDraft) -> Where:
    match where, scale:
        case ("options", int(place), *rest), ChoiceDraft():
            return ("options", scale.options[place].code, *rest)
        case _:
            return where
