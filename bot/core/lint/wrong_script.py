"""wrong-script: a translation in other letters, backwards, or with other numbers."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from bot.core.questions.base import SOURCE
from bot.core.wording import Finding, Text

_ARABIC: Final = "ARABIC"
_SCRIPTS: Final = {
    "ar": _ARABIC,
    "fa": _ARABIC,
    "ps": _ARABIC,
    "ur": _ARABIC,
    "ckb": _ARABIC,
    "am": "ETHIOPIC",
    "ti": "ETHIOPIC",
    "ru": "CYRILLIC",
    "uk": "CYRILLIC",
    "bg": "CYRILLIC",
}
_LATIN: Final = "LATIN"
_NUMBER: Final = re.compile(r"\d+")
_WORD: Final = re.compile(r"[^\W\d_]\S*")
# No Arabic word begins with these two letters, and many end in them.
_ENDINGS: Final = "\N{ARABIC LETTER TEH MARBUTA}\N{ARABIC LETTER ALEF MAKSURA}"
_CLOSING: Final = "\N{ARABIC QUESTION MARK}.!"
# As they come out of a PDF: each letter in the form that it has on paper.
_PRESENTED: Final = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")


def wrong_script(
    text: Text, language: str, *, has_right_numbers: bool = True
) -> Iterator[Finding]:
    """Find what shows that a translation is not one of this text.

    Args:
        has_right_numbers: the numbers of the Dutch text are worth comparing with.
    """
    said = text.words.get(language, "").strip()
    source = text.words.get(SOURCE, "").strip()
    if not said or not source or language == SOURCE:
        return
    where = (*text.where, language)
    case = _case(said, language)
    if case:
        facts = {"case": case, "language": language}
        yield Finding("wrong-script", where, facts, "warn")
    elif has_right_numbers and _numbers(said) != _numbers(source):
        facts = {
            "case": "numbers",
            "language": language,
            "found": _listed(said),
            "source": _listed(source),
        }
        yield Finding("wrong-script", where, facts, "warn")


def _case(said: str, language: str) -> str:
    script = _SCRIPTS.get(language, _LATIN)
    letters = [letter for letter in said if letter.isalpha()]
    if letters and not any(_is_of(letter, script) for letter in letters):
        return "letters"
    if script == _ARABIC and (_PRESENTED.search(said) or _is_backwards(said)):
        return "backwards"
    return ""


def _is_of(letter: str, script: str) -> bool:
    return unicodedata.name(letter, "").startswith(script)


def _is_backwards(said: str) -> bool:
    return said[0] in _CLOSING or any(
        word[0] in _ENDINGS for word in _WORD.findall(said)
    )


def _numbers(said: str) -> list[int]:
    """List the numbers, whatever the digits they are written in."""
    return sorted(int(found) for found in _NUMBER.findall(said))


def _listed(said: str) -> str:
    return ", ".join(map(str, _numbers(said))) or "-"
