"""What no schema can see: the content rules of flows and scales, a module for each.

Only rules that need a draft's own words; they are called when the shape is right. Those
that need what was published before are in `published`, and take it as an argument.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from bot.core.draft import ChoiceDraft, FlowDraft, ScaleDraft, ScalesDraft
from bot.core.lint import structure
from bot.core.lint.coverage import phase_coverage, theme_coverage
from bot.core.lint.double_barrelled import double_barrelled
from bot.core.lint.hard_word import hard_word
from bot.core.lint.leading import leading
from bot.core.lint.long_sentence import long_sentence
from bot.core.lint.negation import negation
from bot.core.lint.personal_question import inviting_remark, personal_question
from bot.core.lint.unbalanced_scale import unbalanced_scale
from bot.core.lint.waivers import waived
from bot.core.lint.wrong_script import wrong_script
from bot.core.questions.base import SOURCE
from bot.core.reading import Lexicon
from bot.core.wording import (
    Finding,
    Where,
    begun_languages,
    flow_texts,
    is_too_long,
    scale_texts,
    words_errors,
    words_warnings,
)

__all__ = ["lint_flow", "lint_scale_use", "lint_scales", "phase_coverage"]


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
            yield from structure.twice((*where, "options"), codes, "code")
            yield from unbalanced_scale(where, scale)


def lint_scale_use(
    name: str, scale: ScaleDraft, languages: Iterable[str], lexicon: Lexicon
) -> Iterator[Finding]:
    """Find the warnings of a scale that a flow in these languages uses."""
    languages = tuple(languages)
    for text in scale_texts(("scales", name), scale):
        yield from words_warnings(text, languages)
        for language in languages:
            yield from wrong_script(text, language)
        where = (*text.where, SOURCE)
        yield from hard_word(where, text.words.get(SOURCE, ""), lexicon)


def lint_flow(
    draft: FlowDraft,
    scales: Mapping[str, ScaleDraft],
    spoken: Iterable[str],
    staff: Iterable[str],
    lexicon: Lexicon,
    today: date | None = None,
) -> Iterator[Finding]:
    """Find every broken rule of a flow's content.

    Args:
        scales: the scales by name.
        spoken: the languages that the bot itself has its texts in.
        staff: the languages that staff read.
        lexicon: what is known of Dutch words.
        today: by which waivers expire; without it none does.
    """
    spoken = tuple(spoken)
    begun = begun_languages(draft, spoken)
    found = (
        *structure.languages(draft, spoken, begun),
        *structure.twice(("phases",), draft.phases, ""),
        *structure.questions(draft, scales),
        *structure.signatures(draft, begun),
        # Which question is still to come is not known.
        *(theme_coverage(draft) if structure.has_right_count(draft) else ()),
        *_texts(draft, begun, staff),
        *inviting_remark(draft),
        *_read(draft, scales, lexicon),
    )
    yield from waived(draft, found, today)


def _texts(
    draft: FlowDraft, begun: tuple[str, ...], staff: Iterable[str]
) -> Iterator[Finding]:
    """Find what is wrong with texts as such: languages, lengths, letters, numbers."""
    promised = tuple(structure.wrong_count(draft))
    yield from promised
    for text in flow_texts(draft):
        known = (*draft.languages, *staff) if text.is_for_staff else draft.languages
        yield from words_errors(text, dict.fromkeys((SOURCE, *known)))
        if text.is_for_staff:
            continue
        yield from words_warnings(text, begun)
        # A wrong number in the Dutch text says nothing about its translations.
        is_right = not (promised and text.where == ("intro", "text"))
        for language in begun:
            yield from wrong_script(text, language, has_right_numbers=is_right)


def _read(
    draft: FlowDraft, scales: Mapping[str, ScaleDraft], lexicon: Lexicon
) -> Iterator[Finding]:
    """Find what makes the Dutch texts hard to read, or the questions hard to answer."""
    for text in flow_texts(draft):
        said = text.words.get(SOURCE, "")
        where = (*text.where, SOURCE)
        # Of a text that is too long it is enough to say so.
        if not text.is_for_staff and not is_too_long(text, said):
            yield from long_sentence(where, said)
            yield from hard_word(where, said, lexicon)
    for place, question in enumerate(draft.questions):
        where = ("questions", place, "label", SOURCE)
        said = question.label.get(SOURCE, "")
        yield from double_barrelled(where, said, lexicon)
        yield from leading(where, said)
        yield from negation(where, said, scales.get(question.scale), lexicon)
        yield from personal_question(where, said)
