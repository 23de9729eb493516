"""What no schema can see: the content rules of flows and scales.

Only rules that need a draft's own words; it is called when the shape is right.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bot.core.draft import (
    ChoiceDraft,
    ConditionDraft,
    FlowDraft,
    GradeDraft,
    ScaleDraft,
    ScalesDraft,
)
from bot.core.fault import not_among
from bot.core.questions.base import SOURCE
from bot.core.wording import (
    Finding,
    Where,
    begun_languages,
    flow_texts,
    scale_texts,
    words_errors,
    words_warnings,
)

FEWEST_QUESTIONS: Final = 3
MOST_QUESTIONS: Final = 4

_NUMBERS: Final = {
    "één": 1,
    "twee": 2,
    "drie": 3,
    "vier": 4,
    "vijf": 5,
    "zes": 6,
    "zeven": 7,
    "acht": 8,
    "negen": 9,
    "tien": 10,
}
# "4 korte vragen": a number, at most two adjectives, and the questions.
_COUNT: Final = re.compile(
    rf"\b(\d{{1,3}}|{'|'.join(_NUMBERS)})((?: \w+e)?(?: \w+e)?) vragen\b", re.IGNORECASE
)
_RANK: Final = {"negative": -1, "neutral": 0, "positive": 1}


def lint_scales(draft: ScalesDraft, spoken: Iterable[str]) -> Iterator[Finding]:
    """Find what no flow can do with: the errors of the file of scales.

    Args:
        spoken: every language that a text may be in.
    """
    for name, scale in draft.scales.items():
        where: Where = ("scales", name)
        for text in scale_texts(where, scale):
            yield from words_errors(text, spoken)
        if isinstance(scale, ChoiceDraft):
            codes = [option.code for option in scale.options]
            yield from _twice((*where, "options"), codes, "code")
            ranks = [_RANK[option.direction] for option in scale.options]
            goes_one_way = ranks in (sorted(ranks), sorted(ranks, reverse=True))
            if sum(ranks) or not goes_one_way or not any(ranks):
                yield Finding("unbalanced-scale", (*where, "options"), on_key=True)


def lint_scale_use(
    name: str, scale: ScaleDraft, languages: Iterable[str]
) -> Iterator[Finding]:
    """Find the warnings of a scale that a flow in these languages uses."""
    for text in scale_texts(("scales", name), scale):
        yield from words_warnings(text, languages)


def lint_flow(
    draft: FlowDraft,
    scales: Mapping[str, ScaleDraft],
    spoken: Iterable[str],
    staff: Iterable[str],
) -> Iterator[Finding]:
    """Find every broken rule of a flow's content.

    Args:
        scales: the scales by name.
        spoken: the languages that the bot itself has its texts in.
        staff: the languages that staff read.
    """
    spoken = tuple(spoken)
    begun = begun_languages(draft, spoken)
    yield from _languages(draft, spoken, begun)
    yield from _twice(("phases",), draft.phases, "")
    for text in flow_texts(draft):
        known = (*draft.languages, *staff) if text.is_for_staff else draft.languages
        yield from words_errors(text, dict.fromkeys((SOURCE, *known)))
        if not text.is_for_staff:
            yield from words_warnings(text, begun)
    yield from _questions(draft, scales)
    yield from _promised_count(draft)
    yield from _signatures(draft, begun)


def _languages(
    draft: FlowDraft, spoken: tuple[str, ...], begun: tuple[str, ...]
) -> Iterator[Finding]:
    if SOURCE not in draft.languages:
        yield Finding("missing-source", ("languages",), {"case": "languages"})
    for place, language in enumerate(draft.languages):
        if language not in spoken:
            facts = not_among(language, spoken)
            yield Finding("wrong-value", ("languages", place), facts)
        elif language not in begun and language != SOURCE:
            facts = {"case": "all", "language": language}
            yield Finding("missing-translation", ("languages", place), facts, "warn")
    yield from _twice(("languages",), draft.languages, "")


def _questions(draft: FlowDraft, scales: Mapping[str, ScaleDraft]) -> Iterator[Finding]:
    count = len(draft.questions)
    if not FEWEST_QUESTIONS <= count <= MOST_QUESTIONS:
        limits = {"count": count, "fewest": FEWEST_QUESTIONS, "most": MOST_QUESTIONS}
        yield Finding("question-count", ("questions",), limits, on_key=True)
    names = [question.name for question in draft.questions]
    yield from _twice(("questions",), names, "name")
    for place, question in enumerate(draft.questions):
        where: Where = ("questions", place)
        yield from _twice((*where, "theme"), question.theme, "")
        if question.scale not in scales:
            facts = not_among(question.scale, scales)
            yield Finding("unknown-scale", (*where, "scale"), facts)
        if question.only_if:
            used = {
                earlier.name: scales.get(earlier.scale)
                for earlier in draft.questions[:place]
            }
            later = names[place:]
            for key, told in _reference(question.only_if, used, later):
                yield Finding("bad-reference", (*where, "only_if", key), told)


def _reference(
    condition: ConditionDraft,
    used: Mapping[str, ScaleDraft | None],
    later: list[str],
) -> Iterator[tuple[str, dict[str, str]]]:
    """Find what a condition names that is not there: (key of the condition, facts)."""
    name = condition.question
    if name not in used:
        facts = not_among(name, used)
        if name in later:
            facts["case"] = "below"
        elif not used:
            facts["case"] = "first"
        yield "question", facts
        return
    bounds = {"at_most": condition.at_most, "at_least": condition.at_least}
    scale = used[name]  # None where it is unknown, which is a fault of its own
    if isinstance(scale, GradeDraft):
        codes = [str(n) for n in range(scale.lowest, scale.highest + 1)]
        for key, bound in bounds.items():
            if bound is not None and str(bound) not in codes:
                limits = {"lowest": codes[0], "highest": codes[-1]}
                yield key, {"case": "off-scale", "found": str(bound)} | limits
        if condition.is_ is not None and condition.is_ not in codes:
            yield "is", not_among(condition.is_, codes) | {"case": "choice"}
    elif isinstance(scale, ChoiceDraft):
        codes = [option.code for option in scale.options]
        for key, bound in bounds.items():
            if bound is not None:
                yield key, {"case": "no-grade", "found": name}
        if condition.is_ is not None and condition.is_ not in codes:
            yield "is", not_among(condition.is_, codes)


def _promised_count(draft: FlowDraft) -> Iterator[Finding]:
    count = len(draft.questions)
    for found in _COUNT.finditer(draft.intro.text.get(SOURCE, "")):
        number = found[1].lower()
        if (_NUMBERS.get(number) or int(number)) != count:
            facts = {"found": found[0], "fix": f"{count}{found[2]} vragen"}
            yield Finding("wrong-count", ("intro", "text", SOURCE), facts)


def _signatures(draft: FlowDraft, begun: tuple[str, ...]) -> Iterator[Finding]:
    translations = [language for language in draft.languages if language != SOURCE]
    for language in draft.checked:
        if language not in translations:
            facts = not_among(language, translations) | {"case": "language"}
            yield Finding("unknown-key", ("checked", language), facts, on_key=True)
    for language in begun:
        signature = draft.checked.get(language)
        is_checked = signature is not None and signature.is_signed
        if language != SOURCE and not is_checked:
            where = ("languages", draft.languages.index(language))
            facts = {"language": language}
            yield Finding("unchecked-translation", where, facts, "warn")
    if draft.reviewed is None or not draft.reviewed.is_signed:
        yield Finding("not-reviewed", ("reviewed",), level="warn", on_key=True)


def _twice(where: Where, names: Iterable[str], key: str) -> Iterator[Finding]:
    """Find each name that was there before; `key` is where in the item it stands."""
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name in seen:
            item = (*where, place, key) if key else (*where, place)
            yield Finding("duplicate-name", item, {"found": name})
        seen.add(name)
