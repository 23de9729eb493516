"""Write a text the plain way, before anything is looked for in it.

What cannot be seen goes, digits of any script become ASCII, and letters that only look
like others become those others: else a number or a name could hide behind them.
"""

import re
import unicodedata
from typing import Final

LONGEST: Final = 1_000
"""Letters of a text that are looked at, and kept; the rest is cut off."""

_ZWNJ: Final = "\u200c"
_ZWJ: Final = "\u200d"
_KEYCAP: Final = "\u20e3"
_TATWEEL: Final = "\u0640"
_UNSEEN: Final = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc" + _KEYCAP + _TATWEEL
)
_STYLED: Final = ("<font>", "<wide>", "<narrow>", "<circle>", "<super>", "<sub>")
_BLANKS: Final = re.compile(r"[^\S\n]+")
_BREAKS: Final = re.compile(r" ?\n ?")
_MANY_BREAKS: Final = re.compile(r"\n{3,}")
_RUNS: Final = re.compile(r"(.)\1{15,}", re.S)
_MARKS: Final = 3
_WORD: Final = re.compile(r"[^\W\d_]+")
_LATIN: Final = re.compile(r"[A-Za-z]")
_LOOKALIKE: Final = str.maketrans(
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425"
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0406\u0458\u0455\u0501"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5"
    "\u03a7\u03bf\u03b1\u03b9\u03bd\u03c1\u03c5\u03ba",
    "ABEKMHOPCTYXaeopcyxiIjsdABEZHIKMNOPTYXoaivpuk",
)
_ROOM: Final = 4
"""How many times the longest text is read, for what vanishes as it is normalised."""


def cut(text: str) -> str:
    """Cut a text to its longest, and off what the cut may have gone through."""
    if len(text) <= LONGEST:
        return text
    kept = text[:LONGEST]
    if not text[LONGEST].isspace():
        kept = _without_last(kept)
    # Half a number is still a number, but is found less well.
    while any(letter.isdigit() for letter in kept.rstrip().rpartition(" ")[2]):
        kept = _without_last(kept)
    return kept


def _without_last(text: str) -> str:
    before, _, _ = text.rstrip().rpartition(" ")
    return before


def normalised(text: str) -> str:
    """Give a text as the layers read it and as it may be stored."""
    plain = "".join(map(_plain, unicodedata.normalize("NFC", text[: LONGEST * _ROOM])))
    plain = _without_unseen(unicodedata.normalize("NFC", plain))
    plain = _WORD.sub(_in_one_script, plain)
    plain = _BREAKS.sub("\n", _BLANKS.sub(" ", plain))
    plain = _MANY_BREAKS.sub("\n\n", plain)
    plain = _RUNS.sub(lambda run: run[1] * 15, plain)
    return cut(plain.strip())


def _plain(letter: str) -> str:
    if letter.isascii():
        is_control = letter < " " and letter != "\n"
        return " " if is_control or letter == "\x7f" else letter
    kind = unicodedata.category(letter)
    if kind in ("Nd", "No") and (digit := unicodedata.digit(letter, None)) is not None:
        return str(digit)
    if kind in ("Zs", "Zl", "Zp", "Cc"):
        return "\n" if kind in ("Zl", "Zp") else " "
    if unicodedata.decomposition(letter).startswith(_STYLED):
        return unicodedata.normalize("NFKC", letter)
    if kind in ("Cs", "Co", "Cn"):
        return ""
    return letter


def _without_unseen(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for place, letter in enumerate(text):
        if letter.isascii():
            marks = 0
            kept.append(letter)
            continue
        kind = unicodedata.category(letter)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if letter in _UNSEEN or marks > _MARKS or "\ufe00" <= letter <= "\ufe0f":
            continue
        if kind == "Cf":
            around = text[max(place - 1, 0) : place], text[place + 1 : place + 2]
            joins = letter == _ZWNJ and all(map(_is_arabic, around))
            pictures = letter == _ZWJ and not any(one.isalnum() for one in around)
            if not joins and not pictures:
                continue
        kept.append(letter)
    return "".join(kept)


def _is_arabic(letter: str) -> bool:
    return "\u0600" <= letter <= "\u06ff"


def _in_one_script(found: re.Match[str]) -> str:
    """Write a word in Latin letters where some of it is, and the rest looks as if."""
    word = found[0]
    if word.isascii() or not _LATIN.search(word):
        return word
    return word.translate(_LOOKALIKE)
