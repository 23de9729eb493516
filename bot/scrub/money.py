"""Find accounts at a bank by their shape. The check digits are of no concern: a number
with a slip of the finger still leads to somebody.
"""

import re
from collections.abc import Iterator
from typing import Final

from bot.scrub.pieces import Kind, Piece

_LENGTHS: Final = {
    code: length
    for length, codes in {
        15: "NO",
        16: "BE",
        18: "DK FI FO GL NL",
        19: "MK SI",
        20: "AT BA EE KZ LT LU XK",
        21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS",
        23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST",
        26: "IS TR IR",
        27: "FR GR IT MC SM BI DJ",
        28: "AL AZ BY CY DO EG GT HU LB MA NI PL SV DZ",
        29: "BR PS QA UA",
        30: "JO KW MU",
        31: "MT SC",
    }.items()
    for code in codes.split()
}
_BEGIN: Final = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{2}) ?\d ?\d(?!\d?$)")
_BODY: Final = re.compile(r"[ .-]?[A-Za-z0-9]")
_DUTCH: Final = re.compile(
    r"(?i)(?<![a-z0-9])(?:nl ?\d ?\d[ .-]?(?:[a-z] ?){4}"
    r"|(?:ingb|rabo|abna|asnb|snsb|trio|bunq|knab|rbrb) ?)(?:[ .-]?\d){7,12}"
)
_KEYWORD: Final = re.compile(
    r"(?i)(?:iban|bank ?rek\w{0,12}|rekening ?(?:nummer|nr)?|rek\.? ?(?:nr|nummer)?|"
    r"giro(?:rekening)?|account number|konto|hesap no|cuenta|рахунок|счет|"
    r"رقم الحساب|شماره حساب)"
    r"[^\d\n\ufffc]{0,20}?(?P<number>\d(?:[ .-]?\d){6,11})(?![.,]?\d)"
)
_DIGITS: Final = 5


def accounts(text: str) -> Iterator[Piece]:
    """Find IBANs of any country, whole or in groups, and old numbers that say so."""
    for begin in _BEGIN.finditer(text):
        if end := _end(text, begin):
            yield Piece(begin.start(), end, Kind.IBAN)
    for found in _DUTCH.finditer(text):
        yield Piece(*found.span(), Kind.IBAN)
    for named in _KEYWORD.finditer(text):
        yield Piece(*named.span("number"), Kind.IBAN)


def _end(text: str, begin: re.Match[str]) -> int | None:
    """Give where an IBAN ends that begins here, by what its country has of letters."""
    length = _LENGTHS.get(begin[1].upper())
    if length is None:
        return None
    end, digits = begin.end(), 0
    for _ in range(length - 4):
        one = _BODY.match(text, end)
        if one is None:
            break
        end = one.end()
        digits += one[0][-1].isdigit()
    whole = one is not None
    # What follows at once belongs to it, whatever its country says of its length.
    while end < len(text) and text[end].isalnum() and text[end].isascii():
        end += 1
    groups = re.split(r"[ .-]", text[begin.start() : end])
    letters = [n for n, group in enumerate(groups) if group.isalpha()]
    # Only the code of a bank is letters alone; anything else are words of a sentence.
    is_code = all(len(groups[n]) <= 4 and n in (0, 1, 2) for n in letters)
    return end if whole and is_code and digits >= _DIGITS else None
