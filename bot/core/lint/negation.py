"""negation: who disagrees with a denial has to think twice to say so."""

import re
from collections.abc import Iterator
from typing import Final

from bot.core.draft import ChoiceDraft, ScaleDraft
from bot.core.reading import SHORTEST_HARD_WORD, Lexicon, sentences
from bot.core.wording import Finding, Where

_DENIAL: Final = re.compile(
    r"(?<!\bof )\b(niet|geen|geeneens|nooit|niemand|niets|niks|nergens|nauwelijks"
    r"|evenmin|noch)\b",
    re.IGNORECASE,
)
_UN: Final = re.compile(r"\bon([^\W\d_]{4,})\b", re.IGNORECASE)
# "Kosten" is a word, and "onkosten" does not deny it.
_NO_DENIAL: Final = re.compile(
    r"onafhankelijk\w*|ongeacht|ongetwijfeld|onkosten|ongevallen|onlusten|onbeperkte?"
)


def negation(
    where: Where, said: str, scale: ScaleDraft | None, lexicon: Lexicon
) -> Iterator[Finding]:
    """Find the first denial in a statement that people agree with or not."""
    if not _is_of_agreement(scale):
        return
    for sentence in sentences(said):
        if sentence.is_explanation:
            continue
        found = _DENIAL.search(sentence.text) or _denied(sentence.text, lexicon)
        if found:
            yield Finding("negation", where, {"found": found[0]}, "warn")
            return


def _is_of_agreement(scale: ScaleDraft | None) -> bool:
    return isinstance(scale, ChoiceDraft) and any(
        "agree" in option.code for option in scale.options
    )


def _denied(said: str, lexicon: Lexicon) -> re.Match[str] | None:
    """Find a word such as `onduidelijk`: `on`, and a word that is common itself."""
    for found in _UN.finditer(said):
        whole, rest = found[0].lower(), found[1].lower()
        is_word = len(rest) >= SHORTEST_HARD_WORD and rest in lexicon.frequencies
        if is_word and not _NO_DENIAL.fullmatch(whole):
            return found
    return None
