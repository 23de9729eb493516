"""Find whole dates, which with a birth or a letter lead to one person.

A day without its year stays, and so does a year by itself: `op 12 maart`, `in 2023`.
Only behind a word of birth a day and month are enough.
"""

import re
from collections.abc import Iterator
from typing import Final

from bot.scrub.pieces import Kind, Piece

_MONTHS: Final = (
    # As people misspell them too: a day and a year stand on either side.
    r"jan(?:n?u?ar\w{0,3}|v(?:ier)?)?|feb[a-z]{0,7}|f[ée]vr?(?:ier)?|mrt|maa?r[td]?|"
    r"mar(?:ch|s|zo)?|m[äa]r[zt]|mrz|apr[a-z]{0,3}|avr(?:il)?|mei|may(?:o|[ıi]s)?|mai|"
    r"jun[ie]?|juin|juil(?:let)?|jul[iy]?|aug[a-z]{0,6}|agust\w{0,3}|ago|ao[uû]t|"
    r"sep[a-z]{0,7}|o[kc]t[a-z]{0,6}|nov[a-z]{0,6}|de[csz](?:em[a-z]{0,5})?|"
    r"d[ée]c(?:embre)?|j[äa]n(?:ner)?|ene|abr|dic|"
    r"oca|şub|sub|nis|haz|tem|a[ğg]u|eyl|eki|kas|ara|"
    r"sty|lut|kwi|cze|lip|sie|wrz|pa[źz]|lis|gru|"
    r"çile|sibat|adar|nîsan|gulan|hezîran|tîrmeh|tebax|îlon|cotmeh|mijdar|berfanbar|"
    r"enero|febrero|abril|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    r"ocak|şubat|subat|mart|nisan|haziran|temmuz|a[gğ]ustos|eyl[uü]l|ekim|"
    r"kas[ıi]m|aral[ıi]k|"
    r"stycz\w+|luty|lutego|mar(?:zec|ca)|kwie\w+|maja?|czerw\w+|lip(?:iec|ca)|"
    r"sierp\w+|wrze\w+|październik\w*|listopad\w*|grud\w+|"
    r"січ\w*|лют\w*|бер(?:ез\w*)?|квіт?\w*|трав\w*|черв\w*|лип\w*|серп\w*|вер\w*|"
    r"жовт?\w*|лист\w*|груд\w*|янв\w*|фев\w*|мар(?:та?)?|апр\w*|мая|май|июн\w*|"
    r"июл\w*|авг\w*|сен\w*|окт\w*|ноя\w*|дек\w*|"
    r"يناير|فبراير|مارس|[أا]بريل|مايو|يونيو|يوليو|[أا]غسطس|سبتمبر|[أا]كتوبر|نوفمبر|"
    r"ديسمبر|كانون ال[أا]ول|كانون الثاني|شباط|[آا]ذار|نيسان|[أا]يار|حزيران|تموز|[آا]ب|"
    r"[أا]يلول|تشرين ال[أا]ول|تشرين الثاني|"
    r"فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند|"
    r"ጥሪ|ለካቲት|መጋቢት|ሚያዝያ|ግንቦት|ሰነ|ሓምለ|ነሓሰ|መስከረም|ጥቅምቲ|ሕዳር|ታሕሳስ|"
    r"محرم|صفر|ربيع ال\w{3,5}|جماد[ىي] ال\w{3,5}|رجب|شعبان|رمضان|شوال|ذو ال[قح]\w{3,4}|"
    r"ጥር|የካቲት|ጥቅምት|ኅዳር|ህዳር|ታኅሣሥ|ታህሳስ|ሰኔ|ሐምሌ|ሀምሌ|ነሐሴ|ነሀሴ|"
    r"yanua?ri|febr[ué]ari|mart|aprel|y[uéü]ni|y[uéü]li|ougùstùs|sèptèmber|òktober|"
    r"janaayo|febraayo|maarso|abriil|maajo|juun|luulyo|agoosto|sebtembar|oktoobar|"
    r"nofembar|disembar"
)
_ORDINAL: Final = r"(?:st|nd|rd|th|e|er|de|ste|\.|º|°|-?го)?"
_OF: Final = (
    r"(?:[ .,/_(-]{0,3}(?:of |de |del |di |von |van |من |عام |سنة |سال |anno )?"
    r"| in )"
)
_YEAR: Final = (
    r"(?:1[349]\d\d|20\d\d|['´`’]?\d\d(?![\d:.,]\d|\d|"
    r" ?(?:uur|u\b|min|eur|€|weken|dagen|mensen|keer|x\b)))"
)
_SEVERAL: Final = r"(?:\d{1,2}\.? ?(?:en|t/m|tm|tot|and|to|-|/|&|und|i|ve|et|y) ?)?"
"""An earlier day of the same month: `1 en 2 maart 2023`."""
_UNITS: Final = (
    r"[eé][eé]n|eerste|twee|tweede|drie|derde|vier|vierde|vijf|vijfde|zes|zesde|zeven|zevende|"
    r"acht|achtste|negen|negende|tien|tiende|elf|elfde|twaalf|twaalfde|dertien|dertiende|"
    r"veertien|veertiende|vijftien|vijftiende|zestien|zestiende|zeventien|zeventiende|"
    r"achttien|achttiende|negentien|negentiende|twintig|twintigste|"
    r"\w{3,6}[eë]ntwintig(?:ste)?|dertig|dertigste|[eé][eé]nendertig(?:ste)?|"
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|"
    r"twelfth|\w{3,6}teenth|twentieth|twenty.\w{3,7}|thirtieth|thirty.first"
)
_NUMERIC: Final = (
    # The same mark twice; blanks alone only with a year of four digits.
    r"(?<![\d])(?<!\d[.,/-])\d{1,2}(?P<s>[-./\\]| [-./] | )\d{1,2}(?P=s)(?P<y>"
    r"1[349]\d\d|20\d\d|['´`’]?\d\d)(?![\d]|[-./:,]\d)",
    r"(?<![\d])(?<!\d[.,/-])(?:1[349]\d\d|20\d\d)(?P<s>[-./])\d{1,2}(?P=s)\d{1,2}(?!\d)",
    # Different marks, as long as the year is whole.
    r"(?<![\d])(?<!\d[.,/-])\d{1,2} ?(?P<s>[-./:,_]) ?\d{1,2} ?[-./:,_] ?"
    r"(?:19|20)\d\d(?![\d]|[-./:,]\d)",
)
_WORDED: Final = (
    rf"(?i)(?<!\d){_SEVERAL}\d{{1,2}}{_ORDINAL}{_OF}(?:{_MONTHS}){_OF}{_YEAR}",
    rf"(?i)(?<!\w)(?:{_MONTHS})\.? ?(?:the )?\d{{1,2}}{_ORDINAL},? {_YEAR}",
    rf"(?i)(?<!\d)(?:1[349]|20)\d\d[ ,-]{{1,2}}(?:{_MONTHS})[ -]\d{{1,2}}(?!\d)",
    r"(?<!\d)\d{1,2}[./ -](?:I{1,3}|I?V|VI{1,3}|I?X|XI{1,2})[./ -](?:19|20)\d\d(?!\d)",
    rf"(?i)(?<!\w)(?:{_UNITS}) (?:of |van )?(?:{_MONTHS}) (?:{_YEAR}|negentien"
    r"\w{0,20}(?:(?<=honderd)(?: en)? \w{3,17})?|tweeduizend\w{0,20}|"
    r"twintig\w{3,20}|[a-zë]{0,14}tig(?!\w)|nineteen[ -]\w{3,12}(?:-\w{3,5})?|"
    r"two thousand(?: and)?(?: \w{3,9})?)",
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
    r"|\d{8}(?!\d)|\d{6}(?!\d)"
    rf"|(?:{_MONTHS})\.? (?:the )?\d{{1,2}}{_ORDINAL}(?!\w)"
    rf"|(?:{_MONTHS})\.? (?:19|20)\d\d(?!\d))"
)
_BORN: Final = re.compile(
    rf"(?i)(?<!\d)(?P<date>\d{{1,2}}{_ORDINAL}[ .-]{{1,2}}(?:{_MONTHS})(?!\w)"
    rf"(?:{_OF}{_YEAR})?|\d{{1,2}}[-./]\d{{1,2}})"
    r"(?: (?:ben ik|is|ben|was|ik|zij|hij)){0,2} (?:geboren|jarig|do[ğg]um\w{0,5}|"
    r"do[ğg]du\w{0,3}|born|geboren|mijn verjaardag|my birthday|urodz\w{1,8})(?!\w)"
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
    for pattern in (_BIRTH, _BORN):
        for born in pattern.finditer(text):
            yield Piece(*born.span("date"), Kind.DATE)


def _can_be(found: re.Match[str]) -> bool:
    """Say whether there is such a day; `1 2 05` with blanks is none."""
    parts = [int(one) for one in _DIGITS.findall(found[0])]
    year = next((one for one in parts if one > _DAYS), None)
    small = [one for one in parts if one != year]
    is_short = year is None or len(str(year)) != len("2000")
    if found["s"] == " " and is_short and not set(found[0]) & set("'´`’"):
        return False
    return min(small) >= 1 and max(small) <= _DAYS and min(small) <= _MONTHS_OF_YEAR
