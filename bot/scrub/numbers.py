"""Find numbers that an office gave somebody: BSN, dossier, client, document.

A check digit may name a number here; it never decides whether the number goes.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from bot.scrub.pieces import Kind, Piece

_BSN_WORD: Final = re.compile(
    r"(?i)(?:bsn|burger ?service|sofi|citizen service|citizen number|numer bsn|"
    r"vatandaş|персональн|بي اس ان|الرقم الوطني|شماره ملی)[^\W\d]{0,12}"
    r"[^\d\n\ufffc]{0,30}?(?P<number>\d(?:[ .\-/]{0,2}\d){6,9})(?!\d)"
)
_NINE: Final = re.compile(
    r"(?<![\d])(?<!\d[.,)])(?<![A-Za-z][-/])\d(?:[ .\-]?\d){8}(?![ .\-/]?\d)"
)

_MORE: Final = re.compile(r"[A-Za-z]{1,2}\d")

_NUMBER_WORD: Final = (
    r"(?: ?-?(?:nummer|nr|num|number|no|nº|n°|numara\w{0,3}|numer\w?|número|numero|"
    r"номер\w{0,2}|رقم|شماره|code|nummers|numer|numbers|№|lambar\w{0,2}|ቁጽሪ|ቁጥር)\.?)"
)
_CASE_WORD: Final = (
    r"dos(?:s?i?j?er|ye)s?|dos+\w{0,2}[ei]+r|doss|zaaks?(?:nr|nummer)?|zk|klant(?:en)?|"
    r"[ck]li[eëè]nt(?:en)?|kenmr?e?rk|aanvraa?g|beschik+ings?|ref(?:er\w{0,6})?|"
    r"registratie|betalings?kenmerk|betaling|o\.?v\.?v\.?|procedure|rechtbank|relatie|traject|kenm\.|cl\.|"
    r"application|claim|customer|العميل|الملف|المعاملة|معاملة|الطلب|مشتری|درخواست|"
    r"дел[оау]?|faylka|ፋይል|ጉዳይ|case|file|reference|dosya|başvuru|müşteri|"
    r"spraw[ayięe]|akt|wniosk\w{0,3}|klienta|справ\w|заяв\w{1,2}|клієнт\w?|акт|"
    r"ملف\w?|ملفي|القضية|طلب\w?|پرونده\w{0,3}|expediente|caso|solicitud|cliente|"
    r"fall|akten\w{0,7}|kunden|aktenzeichen|aktennummer|dosyem|ዶሰ|መዝገብ\w?|feyl|kiis\w{0,3}|"
    r"besluit|factuur|melding|bezwaar|ticket|order|vordering|wmo|szw|klacht"
)
_CASE: Final = re.compile(
    rf"(?i)(?<!\w)(?:(?:{_CASE_WORD}){_NUMBER_WORD}?|{_NUMBER_WORD}"
    rf" (?:van )?(?:de |het |mijn )?(?:{_CASE_WORD}))(?P<between>[^\w\n\ufffc]{{0,4}}"
    r"(?:(?:is|met|van|op|onder|nummer|nr|no|number|num|het|mijn|este|to|це|هو|رقم|es|من|heeft|begint|ergens|rond|ongeveer|iets|als|bij|jullie|rechtbank|was|waren|my|"
    r"numer|número|numero|номер|numarası|numarasi|numaram|num|ist|est|ta|waa|#|kod)"
    r"[^\w\n\ufffc]{1,3}){0,3})"
    r"(?P<number>(?:[A-Za-z]{1,6}[-/.]?|(?-i:[A-Z]{1,5}) )?\d[\dA-Za-z]*"
    r"(?:[-/.]{1,2}[\dA-Za-z]{1,12}| [/-] ?\d{2,12}|"
    r" \d{1,6}(?!\w)){0,7})"
)
_NEXT: Final = re.compile(
    r",? ?(?:en|of|and|or|und|et|ve|i|y|&|/) ?(?P<number>\d[\dA-Za-z./-]{2,20})"
)
_NUMBER_FIRST: Final = re.compile(
    r"(?i)(?<![\w.,/-])(?P<number>[A-Za-z]{0,4}[-/.]?\d[\dA-Za-z/.-]{2,18})"
    rf" (?:is|was|are|staat als|als) (?:mijn |het |ons |my |the |een )?(?:{_CASE_WORD})"
    rf"{_NUMBER_WORD}"
)
_OF_MINE: Final = re.compile(
    r"(?i)(?<!\w)(?:nummer|nr|number|num) (?:(?:van|of|for|bij|voor|from) "
    rf"(?:(?:de|het|mijn|my|the|ons|our) )?(?:(?:{_CASE_WORD})|jullie|de gemeente|u)) ?"
    r"(?:is|was|:|=)? ?(?:nu |toen )?"
    r"(?P<number>[A-Za-z]{0,4}[-/.]?\d[\dA-Za-z/.-]{2,18})"
)
_COMPOUND: Final = re.compile(
    r"(?i)(?<!\w)(?!huis|kamer|telefoon|mobiel|volg|lijn|artikel|bus)[^\W\d]{3,20}"
    r"(?: ?(?<=brief )| ?(?<=bijstand ))?(?:nummer|nr\.?)[ :=]{0,2}(?:is |van )?"
    r"(?P<number>[A-Za-z]{0,4}[-/.]?\d(?:[-/. ]?[A-Za-z]{0,2}\d){3,15})(?![\w,])"
)
_LETTERED: Final = re.compile(
    r"(?<![\w-])(?:[A-Za-z]{1,6}(?:[-/.][A-Za-z]{1,5})?"
    r"[-/.]?\d{2,4}[-/.]\d{2,}[\w/.-]{0,20}"
    r"|(?:19|20)\d\d[-/.]\d{4,}[\w/-]{0,12}"
    r"|[A-Z]{2,5} \d\d ?/ ?\d{2,5}(?!\w)"
    r"|[A-Z]{1,6}[-/. ]?\d{5,12}(?!\w)(?:[-/.]\d{1,6}(?!\w))?)"
)
_DOCUMENT_WORD: Final = (
    r"paspoort|passport|pasaport\w{0,3}|paszport\w{0,3}|паспорт\w{0,2}|id(?:-?kaart|-?bewijs)?|"
    r"identiteit\w{0,10}|rijbewijs|verblijf\w{0,20}|document|v-?(?:nummer|nr)|vnummer|"
    r"polis|kvk|kenteken|zorgpas|pas(?:je)?|haarlempas|bankpas|pasnummer|meldcode|"
    r"verzeker\w{0,12}|alien|ikamet|visum|visa|جواز\w{0,4}|اقامة|کارت"
)
_DOCUMENT: Final = re.compile(
    rf"(?i)(?<!\w)(?:{_DOCUMENT_WORD}){_NUMBER_WORD}?[^\w\n\ufffc]{{0,4}}"
    r"(?:(?:is|met|nummer|nr|no|number|van|numer|номер|رقم)[^\w\n\ufffc]{1,3}){0,2}"
    r"(?P<number>[A-Za-z0-9]{1,4}(?:-[A-Za-z0-9]{1,4}){2}"
    r"|[A-Za-z]{0,4}[- ]?\d(?:[ .-]?[\dA-Za-z]{0,6}\d[A-Za-z]?){2,8})(?!\w)"
)
_PLATE: Final = re.compile(
    r"(?<![\w-])(?=[A-Za-z0-9-]{6,9}(?![\w-]))(?=[A-Z-]*\d)(?=[\d-]*[A-Z])"
    r"[A-Z0-9]{1,3}-[A-Z0-9]{2,3}-[A-Z0-9]{1,3}(?![\w-])"
)
_MIXED: Final = re.compile(
    r"(?<![\w-])(?=[A-Za-z]{0,20}\d)(?=\d{0,20}[A-Za-z])[A-Za-z0-9]{7,24}(?![\w-])"
)
# These are of a bank, or documents, which other layers know better.
_BANK: Final = re.compile(
    r"(?i)bank|rek|iban|paspoort|id|rijb|docu|polis|verblijf|pas|kvk|verzek"
)
_LIKELY_DIGITS: Final = 4
_ENOUGH_DIGITS: Final = 3
_TAIL: Final = re.compile(
    r"(?:[-/][A-Za-z0-9]{1,12}|\.(?:[0-9][A-Za-z0-9]{0,11}|[A-Z]{2,12}))*"
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_AMOUNT: Final = re.compile(
    r"(?i) ?(?:euro?|€|weken|week|maand|dagen|dag|keer|x|uur|jaar|min|%|km|mensen|"
    r"kind|person|years|weeks|months|days|times|hafta|ay|gün|tygodni|dni|lat)"
)


def passes_proof(number: str) -> bool:
    """Say whether nine digits pass the eleven-proof of a BSN."""
    digits = [int(one) for one in number if one.isdigit()]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(d * w for d, w in zip(digits, weights, strict=True))
    return total % 11 == 0


def service_numbers(text: str) -> Iterator[Piece]:
    """Find BSNs: what a word calls so, right or wrong, and nine digits that pass."""
    for named in _BSN_WORD.finditer(text):
        yield Piece(*named.span("number"), Kind.BSN)
    for nine in _NINE.finditer(text):
        if passes_proof(nine[0]) and not _MORE.match(text, nine.end()):
            yield Piece(*nine.span(), Kind.BSN)


def cases(text: str) -> Iterator[Piece]:
    """Find numbers of dossiers, clients and letters."""
    for start, end in _whole(text, sorted(_spans(text))):
        yield Piece(start, end, Kind.CASE)


def _whole(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join spans that overlap, for two patterns may each see a part of one number."""
    begin = end = 0
    for start, stop in spans:
        if start >= end:
            if end:
                yield begin, end
            begin = start
        tail = _TAIL.match(text, stop)
        end = max(end, stop if tail is None else tail.end())
    if end:
        yield begin, end


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for found in _LETTERED.finditer(text):
        yield found.start(), found.end() - (found[0][-1] in "./-")
    for pattern in (_NUMBER_FIRST, _OF_MINE):
        for found in pattern.finditer(text):
            if sum(map(str.isdigit, found["number"])) >= _ENOUGH_DIGITS:
                yield found.start("number"), found.end("number")
    for named in _CASE.finditer(text):
        number = named["number"]
        digits = sum(letter.isdigit() for letter in number)
        # `een betaling van 150` is no number of anything.
        is_sum = number.isdigit() and named["between"].strip() == "van"
        if is_sum and digits <= _ENOUGH_DIGITS:
            continue
        if digits < _ENOUGH_DIGITS or _YEAR.fullmatch(number.strip()):
            continue
        if not _AMOUNT.match(text, named.end()):
            yield named.span("number")
            if more := _NEXT.match(text, named.end()):
                yield more.span("number")
    for compound in _COMPOUND.finditer(text):
        if not _BANK.match(compound[0]):
            yield compound.span("number")


def documents(text: str) -> Iterator[Piece]:
    """Find numbers of passports, cards, plates and policies."""
    for named in _DOCUMENT.finditer(text):
        if not _AMOUNT.match(text, named.end()):
            yield Piece(*named.span("number"), Kind.NUMBER)
    for found in (*_PLATE.finditer(text), *_MIXED.finditer(text)):
        if sum(letter.isdigit() for letter in found[0]) >= _LIKELY_DIGITS or (
            "-" in found[0]
        ):
            yield Piece(*found.span(), Kind.NUMBER)
