"""What no schema can see: the content rules of flows and scales.

Only rules that need a draft's own words; it is called when the shape is right.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.core.draft import (
    ChoiceDraft,
    ConditionDraft,
    FlowDraft,
    GradeDraft,
    ScalesDraft,
    Words,
)
from bot.core.fault import not_among
from bot.core.questions.base import SOURCE

Where = tuple[str | int, ...]
Facts = Mapping[str, object]

FEWEST_QUESTIONS: Final = 3
MOST_QUESTIONS: Final = 4
LONGEST_QUESTION: Final = 200
LONGEST_INTRO: Final = 600
LONGEST_TITLE: Final = 100
LONGEST_SHORT: Final = 40
LONGEST_BUTTON: Final = 28
LONG_BUTTON: Final = 24

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


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule: at which path of the file, and facts for its text."""

    rule: str
    where: Where
    facts: Facts = field(default_factory=dict)
    level: str = "error"
    on_key: bool = False


@dataclass(frozen=True, slots=True)
class _Text:
    """A map of language to text, with what is asked of it."""

    where: Where
    words: Words
    longest: int
    is_button: bool = False
    is_for_staff: bool = False


def lint_scales(draft: ScalesDraft, spoken: Iterable[str]) -> Iterator[Finding]:
    """Find what no flow can do with: the errors of the file of scales.

    Args:
        spoken: every language that a text may be in.
    """
    for name, scale in draft.scales.items():
        where: Where = ("scales", name)
        for text in _scale_texts(where, scale):
            yield from _words_errors(text, spoken)
        if isinstance(scale, ChoiceDraft):
            codes = [option.code for option in scale.options]
            yield from _twice((*where, "options"), codes, "code")
            ranks = [_RANK[option.direction] for option in scale.options]
            goes_one_way = ranks in (sorted(ranks), sorted(ranks, reverse=True))
            if sum(ranks) or not goes_one_way or not any(ranks):
                yield Finding("unbalanced-scale", (*where, "options"), on_key=True)


def lint_scale_use(
    name: str, scale: GradeDraft | ChoiceDraft, languages: Iterable[str]
) -> Iterator[Finding]:
    """Find the warnings of a scale that a flow in these languages uses."""
    for text in _scale_texts(("scales", name), scale):
        yield from _words_warnings(text, languages)


def lint_flow(
    draft: FlowDraft,
    scales: Mapping[str, GradeDraft | ChoiceDraft],
    spoken: Iterable[str],
    staff: Iterable[str],
) -> Iterator[Finding]:
    """Find every broken rule of a flow's content.

    Args:
        scales: the scales by name.
        spoken: the languages that the bot itself has its texts in.
        staff: the languages that staff read.
    """
    yield from _languages(draft, tuple(spoken))
    yield from _twice(("phases",), draft.phases, "")
    for text in _flow_texts(draft):
        known = (*draft.languages, *staff) if text.is_for_staff else draft.languages
        yield from _words_errors(text, dict.fromkeys((SOURCE, *known)))
        if not text.is_for_staff:
            yield from _words_warnings(text, draft.languages)
    yield from _questions(draft, scales)
    yield from _promised_count(draft)
    yield from _signatures(draft)


def utf16(text: str) -> int:
    """Count as Telegram counts: an emoji or a rare letter is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _flow_texts(draft: FlowDraft) -> Iterator[_Text]:
    intro = draft.intro
    yield _Text(("title",), draft.title, LONGEST_TITLE)
    yield _Text(("intro", "text"), intro.text, LONGEST_INTRO)
    yield _Text(("intro", "accept"), intro.accept, LONGEST_BUTTON, is_button=True)
    yield _Text(("intro", "decline"), intro.decline, LONGEST_BUTTON, is_button=True)
    for place, question in enumerate(draft.questions):
        where: Where = ("questions", place)
        short = (*where, "short")
        yield _Text(short, question.short, LONGEST_SHORT, is_for_staff=True)
        yield _Text((*where, "label"), question.label, LONGEST_QUESTION)
        yield from _opt_out(where, question.opt_out)
    if draft.remark:
        yield _Text(("remark", "label"), draft.remark.label, LONGEST_QUESTION)


def _scale_texts(where: Where, scale: GradeDraft | ChoiceDraft) -> Iterator[_Text]:
    if isinstance(scale, GradeDraft):
        yield _Text((*where, "from_label"), scale.lowest_label, LONGEST_SHORT)
        yield _Text((*where, "to_label"), scale.highest_label, LONGEST_SHORT)
    else:
        for place, option in enumerate(scale.options):
            here = (*where, "options", place, "label")
            yield _Text(here, option.label, LONGEST_BUTTON, is_button=True)
    yield from _opt_out(where, scale.opt_out)


def _opt_out(where: Where, words: Words | None) -> Iterator[_Text]:
    if words is not None:
        yield _Text((*where, "opt_out"), words, LONGEST_BUTTON, is_button=True)


def _words_errors(text: _Text, known: Iterable[str]) -> Iterator[Finding]:
    known = tuple(known)
    for language in text.words:
        if language not in known:
            where = (*text.where, language)
            told = not_among(language, known) | {"case": "language"}
            yield Finding("unknown-key", where, told, on_key=True)
    if not text.words.get(SOURCE, "").strip():
        yield Finding("missing-source", (*text.where, SOURCE), {"case": "text"})
    for language, said in text.words.items():
        length = utf16(said.strip())
        if length > text.longest:
            rule = "button-too-long" if text.is_button else "too-long"
            facts: Facts = {"length": length, "limit": text.longest}
            yield Finding(rule, (*text.where, language), facts)


def _words_warnings(text: _Text, languages: Iterable[str]) -> Iterator[Finding]:
    for language in languages:
        said = text.words.get(language, "").strip()
        where = (*text.where, language)
        if not said and language != SOURCE:
            yield Finding("missing-translation", where, {"language": language}, "warn")
        if text.is_button and LONG_BUTTON < utf16(said) <= LONGEST_BUTTON:
            facts = {"length": utf16(said), "limit": LONG_BUTTON}
            yield Finding("button-too-long", where, facts, "warn")


def _languages(draft: FlowDraft, spoken: tuple[str, ...]) -> Iterator[Finding]:
    if SOURCE not in draft.languages:
        yield Finding("missing-source", ("languages",), {"case": "languages"})
    for place, language in enumerate(draft.languages):
        if language not in spoken:
            facts = not_among(language, spoken)
            yield Finding("wrong-value", ("languages", place), facts)
    yield from _twice(("languages",), draft.languages, "")


def _questions(
    draft: FlowDraft, scales: Mapping[str, GradeDraft | ChoiceDraft]
) -> Iterator[Finding]:
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
    used: Mapping[str, GradeDraft | ChoiceDraft | None],
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
    match used[name]:
        case GradeDraft() as scale:
            codes = [str(n) for n in range(scale.lowest, scale.highest + 1)]
            for key, bound in bounds.items():
                if bound is not None and str(bound) not in codes:
                    limits = {"lowest": codes[0], "highest": codes[-1]}
                    yield key, {"case": "off-scale", "found": str(bound)} | limits
            if condition.is_ is not None and condition.is_ not in codes:
                yield "is", not_among(condition.is_, codes) | {"case": "choice"}
        case ChoiceDraft() as scale:
            codes = [option.code for option in scale.options]
            for key, bound in bounds.items():
                if bound is not None:
                    yield key, {"case": "no-grade", "found": name}
            if condition.is_ is not None and condition.is_ not in codes:
                yield "is", not_among(condition.is_, codes)
        case None:  # its scale is unknown, which is a fault of its own
            return


def _promised_count(draft: FlowDraft) -> Iterator[Finding]:
    count = len(draft.questions)
    for found in _COUNT.finditer(draft.intro.text.get(SOURCE, "")):
        number = found[1].lower()
        if (_NUMBERS.get(number) or int(number)) != count:
            facts = {"found": found[0], "fix": f"{count}{found[2]} vragen"}
            yield Finding("wrong-count", ("intro", "text", SOURCE), facts)


def _signatures(draft: FlowDraft) -> Iterator[Finding]:
    translations = [language for language in draft.languages if language != SOURCE]
    for language in draft.checked:
        if language not in translations:
            facts = not_among(language, translations) | {"case": "language"}
            yield Finding("unknown-key", ("checked", language), facts, on_key=True)
    for language in dict.fromkeys(translations):
        signature = draft.checked.get(language)
        if signature is None or not signature.is_signed:
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
