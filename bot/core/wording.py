"""The texts of flows and scales, and the rules that each of them must keep."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.core.draft import FlowDraft, GradeDraft, ScaleDraft, Words
from bot.core.fault import not_among
from bot.core.questions.base import SOURCE

Where = tuple[str | int, ...]
Facts = Mapping[str, object]

LONGEST_QUESTION: Final = 200
LONGEST_INTRO: Final = 600
LONGEST_TITLE: Final = 100
LONGEST_SHORT: Final = 40
LONGEST_BUTTON: Final = 28
LONG_BUTTON: Final = 24


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule: at which path of the file, and facts for its text."""

    rule: str
    where: Where
    facts: Facts = field(default_factory=dict)
    level: str = "error"
    on_key: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A map of language to text, with what is asked of it."""

    where: Where
    words: Words
    longest: int
    is_button: bool = False
    is_for_staff: bool = False


def begun_languages(draft: FlowDraft, spoken: Iterable[str]) -> tuple[str, ...]:
    """Give the languages of the flow that the bot speaks and that have any text yet."""
    texts = [text.words for text in flow_texts(draft) if not text.is_for_staff]
    return tuple(
        language
        for language in dict.fromkeys(draft.languages)
        if language in spoken and any(words.get(language) for words in texts)
    )


def utf16(text: str) -> int:
    """Count as Telegram counts: an emoji or a rare letter is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def flow_texts(draft: FlowDraft) -> Iterator[Text]:
    """Give every text of a flow that has a limit, in the order of the file."""
    intro = draft.intro
    yield Text(("title",), draft.title, LONGEST_TITLE)
    yield Text(("intro", "text"), intro.text, LONGEST_INTRO)
    yield Text(("intro", "accept"), intro.accept, LONGEST_BUTTON, is_button=True)
    yield Text(("intro", "decline"), intro.decline, LONGEST_BUTTON, is_button=True)
    for place, question in enumerate(draft.questions):
        where: Where = ("questions", place)
        short = (*where, "short")
        yield Text(short, question.short, LONGEST_SHORT, is_for_staff=True)
        yield Text((*where, "label"), question.label, LONGEST_QUESTION)
        yield from _opt_out(where, question.opt_out)
    if draft.remark:
        yield Text(("remark", "label"), draft.remark.label, LONGEST_QUESTION)


def scale_texts(where: Where, scale: ScaleDraft) -> Iterator[Text]:
    """Give every text of the scale that stands at a path."""
    if isinstance(scale, GradeDraft):
        yield Text((*where, "from_label"), scale.lowest_label, LONGEST_SHORT)
        yield Text((*where, "to_label"), scale.highest_label, LONGEST_SHORT)
    else:
        for place, option in enumerate(scale.options):
            here = (*where, "options", place, "label")
            yield Text(here, option.label, LONGEST_BUTTON, is_button=True)
    yield from _opt_out(where, scale.opt_out)


def _opt_out(where: Where, words: Words | None) -> Iterator[Text]:
    if words is not None:
        yield Text((*where, "opt_out"), words, LONGEST_BUTTON, is_button=True)


def is_too_long(text: Text, said: str) -> bool:
    """Say whether one of its texts is longer than the chat can show."""
    return utf16(said.strip()) > text.longest


def words_errors(text: Text, known: Iterable[str]) -> Iterator[Finding]:
    """Find what keeps a text from going live: a language, no Dutch, its length."""
    known = tuple(known)
    for language in text.words:
        if language not in known:
            where = (*text.where, language)
            told = not_among(language, known) | {"case": "language"}
            yield Finding("unknown-key", where, told, on_key=True)
    if not text.words.get(SOURCE, "").strip():
        yield Finding("missing-source", (*text.where, SOURCE), {"case": "text"})
    for language, said in text.words.items():
        if is_too_long(text, said):
            rule = "button-too-long" if text.is_button else "too-long"
            facts: Facts = {"length": utf16(said.strip()), "limit": text.longest}
            yield Finding(rule, (*text.where, language), facts)


def words_warnings(text: Text, languages: Iterable[str]) -> Iterator[Finding]:
    """Find what is still to be mended: no translation, a button nearly too long."""
    for language in languages:
        said = text.words.get(language, "").strip()
        where = (*text.where, language)
        if not said and language != SOURCE:
            yield Finding("missing-translation", where, {"language": language}, "warn")
        if text.is_button and LONG_BUTTON < utf16(said) <= LONGEST_BUTTON:
            facts = {"length": utf16(said), "limit": LONG_BUTTON}
            yield Finding("button-too-long", where, facts, "warn")
