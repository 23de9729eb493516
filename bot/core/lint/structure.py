"""The rules of what a flow holds: languages, names, numbers, references, signatures."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bot.core.draft import (
    ChoiceDraft,
    ConditionDraft,
    FlowDraft,
    GradeDraft,
    ScaleDraft,
    Signature,
)
from bot.core.fault import not_among
from bot.core.questions.base import SOURCE
from bot.core.wording import Finding, Where

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
    rf"\b(\d{{1,2}}|{'|'.join(_NUMBERS)})((?: \w+e)?(?: \w+e)?) vragen\b", re.IGNORECASE
)


def languages(
    draft: FlowDraft, spoken: tuple[str, ...], begun: tuple[str, ...]
) -> Iterator[Finding]:
    """Find languages that cannot be, or that no text is in yet."""
    if SOURCE not in draft.languages:
        yield Finding("missing-source", ("languages",), {"case": "languages"})
    for place, language in enumerate(draft.languages):
        if language not in spoken:
            facts = not_among(language, spoken)
            yield Finding("wrong-value", ("languages", place), facts)
        elif language not in begun and language != SOURCE:
            facts = {"case": "all", "language": language}
            yield Finding("missing-translation", ("languages", place), facts, "warn")
    yield from twice(("languages",), draft.languages, "")


def has_right_count(draft: FlowDraft) -> bool:
    """Say whether there are three or four questions."""
    return FEWEST_QUESTIONS <= len(draft.questions) <= MOST_QUESTIONS


def questions(draft: FlowDraft, scales: Mapping[str, ScaleDraft]) -> Iterator[Finding]:
    """Find what is wrong with the questions among each other."""
    count = len(draft.questions)
    if not has_right_count(draft):
        limits = {"count": count, "fewest": FEWEST_QUESTIONS, "most": MOST_QUESTIONS}
        yield Finding("question-count", ("questions",), limits, on_key=True)
    names = [question.name for question in draft.questions]
    yield from twice(("questions",), names, "name")
    for place, question in enumerate(draft.questions):
        where: Where = ("questions", place)
        yield from twice((*where, "theme"), question.theme, "")
        waivers = [waiver.rule for waiver in question.waivers]
        yield from twice((*where, "waivers"), waivers, "rule")
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


def wrong_count(draft: FlowDraft) -> Iterator[Finding]:
    """Find a number of questions in the introduction that the flow does not have."""
    count = len(draft.questions)
    if not has_right_count(draft):
        return  # which of the two is wrong is not known yet
    for found in _COUNT.finditer(draft.intro.text.get(SOURCE, "")):
        number = found[1].lower()
        if (_NUMBERS.get(number) or int(number)) != count:
            facts = {"found": found[0], "fix": f"{count}{found[2]} vragen"}
            yield Finding("wrong-count", ("intro", "text", SOURCE), facts)


def signatures(draft: FlowDraft, begun: tuple[str, ...]) -> Iterator[Finding]:
    """Find what nobody has agreed to yet."""
    translations = [language for language in draft.languages if language != SOURCE]
    for language in draft.checked:
        if language not in translations:
            facts = not_among(language, translations) | {"case": "language"}
            yield Finding("unknown-key", ("checked", language), facts, on_key=True)
    # Nobody mends these one by one, so they are told together.
    unread = [
        language
        for language in begun
        if language != SOURCE and not _is_signed(draft.checked.get(language))
    ]
    if unread:
        told = {"languages": ", ".join(unread), "language": unread[0]}
        yield Finding("unchecked-translation", ("languages",), told, "warn")
    if draft.reviewed is None or not draft.reviewed.is_signed:
        yield Finding("not-reviewed", ("reviewed",), level="warn", on_key=True)


def _is_signed(signature: Signature | None) -> bool:
    return signature is not None and signature.is_signed


def twice(where: Where, names: Iterable[str], key: str) -> Iterator[Finding]:
    """Find each name that was there before; `key` is where in the item it stands."""
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name in seen:
            item = (*where, place, key) if key else (*where, place)
            yield Finding("duplicate-name", item, {"found": name})
        seen.add(name)
