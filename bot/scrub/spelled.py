"""Find telephone numbers of which some or all is written in words: `nul zes 12 ...`.

It takes nothing that does not begin with a nought or a plus: `drie van de vier` stays.
"""

import re
from collections.abc import Iterator
from typing import Final

_NOUGHT: Final = "nul nulzes oh zero sifir sıfır нуль ноль صفر cero null zéro plus"
_ONES: Final = (
    "een één eén twee drie vier vijf zes zeven acht negen one two three four five six "
    "seven eight nine bir iki üç uc dört dort beş bes altı alti yedi sekiz dokuz jeden "
    "dwa trzy cztery pięć piec sześć szesc siedem osiem dziewięć dziewiec один два три "
    "чотири четыре п'ять пять шість шесть сім семь вісім восемь дев'ять девять uno dos "
    "tres cuatro cinco seis siete ocho nueve eins zwei drei vier fünf sechs sieben "
    "neun un deux trois quatre cinq sept huit neuf double dubbel واحد اثنان ثلاثة "
    "اربعة أربعة خمسة ستة سبعة ثمانية تسعة"
)
_DIGITS_OF: Final = dict.fromkeys(_ONES.split(), 1) | dict.fromkeys(_NOUGHT.split(), 1)
_TENS: Final = re.compile(
    r"tien|elf|twaalf|[a-z]{3,6}tien|[a-zë]{0,12}(?:twin|der|veer|vijf|zes|zeven|tach|"
    r"negen)tig|ten|eleven|twelve|[a-z]{3,6}teen|(?:twen|thir|for|fif|six|seven|eigh|"
    r"nine)ty"
)
_TOKEN: Final = re.compile(r"\+ ?\d{1,3}|\d{1,9}|[^\W\d_]{2,16}(?:'[^\W\d_]{1,5})?")
_GAP: Final = re.compile(r"[ ,.\-/()–—]{0,4}")
_FEWEST: Final = 8
"""Digits of a telephone number, at least."""


def spelled(text: str) -> Iterator[tuple[int, int]]:
    """Give where such numbers begin and have ended."""
    begin = end = digits = 0
    has_words = False
    for token in _TOKEN.finditer(text):
        worth = _worth(token[0])
        follows = digits > 0 and _GAP.fullmatch(text, end, token.start())
        if digits and not (worth and follows):
            if has_words and digits >= _FEWEST:
                yield begin, end
            digits = 0
        if not worth or not (digits or _is_first(token[0])):
            continue
        if not digits:
            begin, has_words = token.start(), False
        digits += worth
        end = token.end()
        has_words = has_words or token[0][-1].isalpha()
    if digits >= _FEWEST and has_words:
        yield begin, end


def _worth(token: str) -> int:
    """Give how many digits a word or a group stands for; none where it is no number."""
    if token[-1].isdigit():
        return sum(map(str.isdigit, token))
    word = token.lower()
    return _DIGITS_OF.get(word) or 2 * (_TENS.fullmatch(word) is not None)


def _is_first(token: str) -> bool:
    return token[0] in "+0" or token.lower() in _NOUGHT.split()
