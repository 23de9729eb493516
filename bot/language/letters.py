"""Find the letters of a text that tell of its language, and the script they are of.

It reads the first three hundred characters, so that no text takes longer than that.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

LATIN: Final = "LATIN"
KANA: Final = "KANA"
_READ: Final = 300
_OTHERS_WIN: Final = 3
"""One letter in so many: names, loan words and links are Latin in any language."""
_OTHERS_MIX: Final = 10
"""One in so many amid Latin ones: nobody has loan words in another script."""
_PLAIN: Final = str.maketrans({"İ": "i", "\N{ARABIC TATWEEL}": None})
"""The small form of a dotted capital I would be two signs; a tatweel only stretches."""
_ADDRESS: Final = ("://", "www.", "@")
_DOMAINS: Final = (".nl", ".com", ".org", ".net", ".eu", ".me", ".info")
_SPELT_WITH_DIGITS: Final = re.compile(r"[a-z][2-9][a-z]")
"""As Arabic is typed in Latin letters (`m3amle`): no spelling that a table knows."""


@dataclass(frozen=True, slots=True)
class Letters:
    """What is left of a text when all that is not of its language is gone.

    Args:
        words: in small letters, each of the script alone.
        typed: how many words the text has, those of other scripts too.
        count: how many letters it has, in whatever script.
        script: as Unicode names it (`LATIN`); None where there is no letter, or where
            two scripts, or letters and digits, are so mixed that no language has it.
    """

    words: tuple[str, ...]
    typed: int
    count: int
    script: str | None


def letters_of(text: str) -> Letters:
    """Clean a text: no links, addresses, names with @, digits, signs, capitals."""
    # Cut first: to order a million marks on one letter takes minutes.
    pieces = unicodedata.normalize("NFC", text[:_READ]).split()
    small = [p.translate(_PLAIN).lower() for p in pieces if not _is_address(p)]
    typed = [piece for piece in small if any(map(str.isalpha, piece))]
    scripts = Counter(map(script_of, filter(str.isalpha, "".join(typed))))
    script = _script_of_all(scripts)
    if script == LATIN and sum(map(_has_digits_for_letters, typed)) > 1:
        script = None
    kept = (_kept(character, script) for character in " ".join(typed))
    words = "".join(kept).split()
    return Letters(tuple(words), len(typed), scripts.total(), script)


@lru_cache(maxsize=4_096)
def script_of(letter: str) -> str:
    """Name the script of a letter, as Unicode does; both kinds of kana are one."""
    script = unicodedata.name(letter, "").partition(" ")[0]
    return KANA if script in ("HIRAGANA", "KATAKANA") else script


def _is_address(piece: str) -> bool:
    bare = piece.lower().rstrip(".,;:!?)").partition("/")[0]
    return bare.endswith(_DOMAINS) or any(sign in piece.lower() for sign in _ADDRESS)


def _has_digits_for_letters(piece: str) -> bool:
    return _SPELT_WITH_DIGITS.search(piece) is not None


def _script_of_all(scripts: Counter[str]) -> str | None:
    others = Counter({name: n for name, n in scripts.items() if name != LATIN})
    if others[KANA]:
        # A Japanese text has Chinese characters; a Chinese one has no kana.
        others[KANA] += others.pop("CJK", 0)
    script, count = max(others.items(), key=lambda each: each[1], default=(None, 0))
    if count and count * _OTHERS_WIN >= scripts.total():
        return script
    is_latin = scripts[LATIN] and count * _OTHERS_MIX < scripts.total()
    return LATIN if is_latin else None


def _kept(character: str, script: str | None) -> str:
    if character.isalpha():
        return character if script_of(character) == script else " "
    return character if unicodedata.category(character).startswith("M") else " "
