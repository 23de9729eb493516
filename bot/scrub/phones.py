"""Find telephone numbers, however they are written; a wrong one as well as a right one.

No list of who gives out which numbers decides: whatever looks like one goes.
"""

import re
from collections.abc import Iterator
from typing import Final

from bot.scrub.pieces import Kind, Piece
from bot.scrub.spelled import spelled

_NO_DATE: Final = r"(?!\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d(?!\d))"
_NO_HOURS: Final = r"(?![01]?\d[.:][0-5]\d ?(?:[-–/]|tot|uur|u\b|en\b|of\b|om\b|$))"
_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # +31 (0)6 12 34 56 78, 0031-6-..., +49 151 ...
        r"(?<!\d)(?:\+|(?<![\d+])00 ?)[ (]{0,2}[1-9](?:[ .\-/()]{0,3}\d){6,14}",
        # 06 12 34 56 78, 023-5310784, (023) 531 07 84, 0 6 1 2 ..., o6...
        rf"(?:(?<![\d.,/\-])|(?<=\d{{8}}[/,\-.])){_NO_DATE}{_NO_HOURS}"
        r"\(?[0oO][ )]{0,2}[1-9]"
        r"(?:[ .\-–/()]{0,3}\d){7,9}"
        r"(?!\d)",
        # 06:12345678, 06*12*34..., with an l or an O for a digit
        rf"(?<![\w.,/\-]){_NO_DATE}{_NO_HOURS}[0oO] ?6"
        r"(?:[ .\-/()_–—•·:;=,*~']{0,3}[\dlO]){8}(?!\w)",
        # 31612345678 without its plus, 6 12 34 56 78 without its nought
        r"(?<!\d)(?:31 ?\(?0?\)? ?)6(?:[ .\-]?\d){8}(?!\d)",
    )
)
_FREE: Final = re.compile(r"0[89]00[ .\-/]?(?:[ .\-]?\d){0,7}")
_KEYWORD: Final = re.compile(
    r"(?i)(?<!\w)(?:(?:huis|thuis)?tel(?:efoon)?(?: ?(?:nr|nummer|no))?|"
    r"telefoon[^\W\d]{0,8}|"
    r"mobiel[^\W\d]{0,8}|"
    r"mob|gsm|06(?!\d)|vast nummer|bel(?:len)?(?: mij| me)?|bereikbaar|"
    r"whats ?app[^\W\d]{0,7}|app(?:en)?|"
    r"phone(?: number)?|mobile|call(?: me)?|telefon\w{0,6}|numer\w{0,3}|cep|"
    r"телефон\w{0,3}|номер\w{0,2}|هاتف\w{0,3}|رقمي|جوال\w{0,2}|تلفن\w{0,2}|شماره\w{0,2}|"
    r"ቁጽሪ|ስልክ|ተሌፎን|taleefan\w{0,4}|tel[eé]fono|llamar\w{0,3}|telef[oò]n)"
    r"[^\d\n\ufffc]{0,18}(?P<number>\(?\d(?:[ .\-/()]{0,2}\d){5,13})(?![.,:]?\d)"
    r"(?! ?(?:euro|eur|weken|keer|uur|min))"
)


def phones(text: str) -> Iterator[Piece]:
    """Find telephone numbers by their shape, or by the word in front of them."""
    for begin, end in spelled(text):
        yield Piece(begin, end, Kind.PHONE)
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            # A free number is of an office, and of nobody in particular.
            if not _FREE.fullmatch(found[0]):
                yield Piece(*found.span(), Kind.PHONE)
    for named in _KEYWORD.finditer(text):
        if not _FREE.fullmatch(named["number"]):
            yield Piece(*named.span("number"), Kind.PHONE)
