"""Find whole dates, which with a birth or a letter lead to one person.

A day without its year stays, and so does a year by itself: `op 12 maart`, `in 2023`.
Only behind a word of birth a day and month are enough.
"""

import re
from collections.abc import Iterator
from typing import Final

from bot.scrub.pieces import Kind, Piece

_MONTHS: Final = (
    r"jan(?:uari|uary|uar|vier)?|feb(?:ruari|ruary|ruar)?|f[ée]v(?:rier)?|mrt|maart|"
    r"mar(?:ch|s|zo)?|märz|apr(?:il)?|avril|mei|may(?:o|[ıi]s)?|mai|jun[i]?|june|juin|"
    r"jul[i]?|july|juillet|aug(?:ustus|ust)?|ao[uû]t|sep(?:t(?:ember|embre)?)?|"
    r"o[kc]t(?:ober|obre)?|nov(?:ember|embre)?|de[cz](?:ember)?|d[ée]cembre|"
    r"enero|febrero|abril|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    r"ocak|şubat|subat|mart|nisan|haziran|temmuz|a[gğ]ustos|eyl[uü]l|ekim|"
    r"kas[ıi]m|aral[ıi]k|"
    r"stycz\w+|luty|lutego|mar(?:zec|ca)|kwie\w+|maja?|czerw\w+|lip(?:iec|ca)|"
    r"sierp\w+|wrze\w+|październik\w*|listopad\w*|grud\w+|"
    r"січ\w+|лют\w+|берез\w+|квіт\w+|трав\w+|черв\w+|лип\w+|серп\w+|верес\w+|"
    r"жовт\w+|листопад\w*|груд\w+|январ\w+|феврал\w+|марта?|апрел\w+|мая|июн\w+|"
    r"июл\w+|август\w*|сентябр\w+|октябр\w+|ноябр\w+|декабр\w+|"
    r"يناير|فبراير|مارس|[أا]بريل|مايو|يونيو|يوليو|[أا]غسطس|سبتمبر|[أا]كتوبر|نوفمبر|"
    r"ديسمبر|كانون ال[أا]ول|كانون الثاني|شباط|[آا]ذار|نيسان|[أا]يار|حزيران|تموز|[آا]ب|"
    r"[أا]يلول|تشرين ال[أا]ول|تشرين الثاني|"
    r"فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند|"
    r"ጥሪ|ለካቲት|መጋቢት|ሚያዝያ|ግንቦት|ሰነ|ሓምለ|ነሓሰ|መስከረም|ጥቅምቲ|ሕዳር|ታሕሳስ|"
    r"yanua?ri|febr[ué]ari|mart|aprel|y[ué]ni|y[ué]li|ougùstùs|sèptèmber|òktober|"
    r"janaayo|febraayo|maarso|abriil|maajo|juun|luulyo|agoosto|sebtembar|oktoobar|"
    r"nofembar|disembar"
)
_ORDINAL: Final = r"(?:st|nd|rd|th|e|er|de|ste|\.|º|°|-?го)?"
_OF: Final = r"(?:[ .,/-]{0,2}(?:of |de |del |di |von |van )?)"
_YEAR: Final = r"(?:1[39]\d\d|20\d\d|['´`]?\d\d(?![\d:.,]\d|\d))"
_UNITS: Final = (
    r"een|eerste|twee|tweede|drie|derde|vier|vierde|vijf|vijfde|zes|zesde|zeven|zevende|"
    r"acht|achtste|negen|negende|tien|tiende|elf|elfde|twaalf|twaalfde|dertien|dertiende|"
    r"veertien|veertiende|vijftien|vijftiende|zestien|zestiende|zeventien|zeventiende|"
    r"achttien|achttiende|negentien|negentiende|twintig|twintigste|"
    r"\w{3,6}[eë]ntwintig(?:ste)?|dertig|dertigste|[eé][eé]nendertig(?:ste)?"
)
_NUMERIC: Final = (
    # The same mark twice; blanks alone only with a year of four digits.
    r"(?<![\d])(?<!\d[.,/-])\d{1,2}(?P<s>[-./\\]| [-./] | )\d{1,2}(?P=s)(?P<y>"
    r"1[39]\d\d|20\d\d|['´`’]?\d\d)(?![\d]|[-./:,]\d)",
    r"(?<![\d])(?<!\d[.,/-])(?:1[39]\d\d|20\d\d)(?P<s>[-./])\d{1,2}(?P=s)\d{1,2}(?!\d)",
)
_WORDED: Final = (
    rf"(?i)(?<!\d)\d{{1,2}}{_ORDINAL}{_OF}(?:{_MONTHS}){_OF}{_YEAR}",
    rf"(?i)(?<!\w)(?:{_MONTHS})\.? ?\d{{1,2}}{_ORDINAL},? {_YEAR}",
    rf"(?i)(?<!\w)(?:{_UNITS}) (?:{_MONTHS}) (?:{_YEAR}|negentien\w{{0,20}}|"
    r"tweeduizend\w{0,20}|twintig\w{3,20})",
)
_BIRTH: Final = re.compile(
    r"(?i)(?<!\w)(?:geb(?:oren|oortedatum|oortedag|\.)?|gebdatum|verjaardag|jarig|"
    r"born|birth ?(?:day|date)|date of birth|dob|do[gğ]um\w*|do[gğ]dum|urodz\w+|"
    r"народ\w+|родил\w+|مواليد|تاريخ (?:ال)?ميلاد\w*|ولدت|متولد|تاریخ تولد|ተወሊደ\w*|"
    r"ልደት|nacid[ao]|nac[ií]|nacimiento|geburt\w*|né|née|naissance|dhashay\w*|nasí|"
    r"nase)(?!\w)"
    r"[^\d\n\ufffc]{0,20}?(?P<date>"
    rf"\d{{1,2}}{_ORDINAL}{_OF}(?:{_MONTHS})(?!\w)(?:{_OF}{_YEAR})?"
    r"|\d{1,2}[-./ ]{1,3}\d{1,2}(?:[-./ ]{1,3}['´`’]?\d{2,4})?(?!\d)"
    r"|\d{8}(?!\d)|\d{6}(?!\d))"
)
_NUMBERS: Final = tuple(map(re.compile, _NUMERIC))
_TEXTS: Final = tuple(map(re.compile, _WORDED))
_DIGITS: Final = re.compile(r"\d+")
_DAYS, _MONTHS_OF_YEAR = 31, 12


def dates(text: str) -> Iterator[Piece]:
    """Find dates that have a day, a month and a year."""
    for pattern in _NUMBERS:
        for found in pattern.finditer(text):
            if _can_be(found):
                yield Piece(*found.span(), Kind.DATE)
    for pattern in _TEXTS:
        for found in pattern.finditer(text):
            yield Piece(*found.span(), Kind.DATE)
    for born in _BIRTH.finditer(text):
        yield Piece(*born.span("date"), Kind.DATE)


def _can_be(found: re.Match[str]) -> bool:
    """Say whether there is such a day; `1 2 05` with blanks is none."""
    parts = [int(one) for one in _DIGITS.findall(found[0])]
    year = next((one for one in parts if one > _DAYS), None)
    small = [one for one in parts if one != year]
    if found["s"] == " " and (year is None or len(str(year)) != len("2000")):
        return False
    return min(small) >= 1 and max(small) <= _DAYS and min(small) <= _MONTHS_OF_YEAR
