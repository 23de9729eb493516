"""Find where somebody lives: a postcode, or a street with a number.

A street without a number stays, and so does the name of a town.
"""

import re
from collections.abc import Iterator
from typing import Final

from bot.scrub.pieces import Kind, Piece

_POSTCODE: Final = re.compile(r"(?<![\d.,€])[1-9]\d{3} ?-?([A-Za-z]{2})(?![A-Za-z\d])")
_POSTCODE_WORD: Final = re.compile(
    r"(?i)(?:postcode|post ?code|zip(?: ?code)?|posta kodu|kod pocztowy|"
    r"поштовий індекс|الرمز البريدي|código postal|code postal|plz)"
    r"[^\d\n\ufffc]{0,12}?(?P<code>[1-9]\d{3}(?: ?[A-Za-z]{2}(?![A-Za-z]))?)(?!\d)"
)
# Two letters behind four digits that are a word there: `2024 is`, `1200 of`.
_WORDS: Final = re.compile(
    r"(?i)al|am|an|as|at|au|be|bu|by|ce|cm|da|de|do|dr|du|el|en|"
    r"er|es|et|eu|ff|gb|gr|he|i|if|ik|in|is|it|ja|je|jr|kb|"
    r"kg|km|la|le|lo|mb|me|mi|mm|mn|my|na|ne|nl|no|nr|nu|o|"
    r"od|of|om|on|op|or|ou|pk|pm|po|si|so|st|su|te|to|tu|un|"
    r"us|uw|ve|w|was|we|ya|z|za|ze|zn|zo"
)
_SUFFIX: Final = (
    r"straat|str|laan|weg|plein|gracht|kade|singel|dijk|hof|plantsoen|park|dreef|pad|"
    r"steeg|vaart|poort|markt|oever|ring|baan|veld|wal|haven|dam|brug|kamp|hoek|heide|"
    r"akker|weide|tuin|boulevard|allee|burg|rade|horst|meent|erf|stede|zoom|rak|plas|wijk|"
    r"wetering|sloot|bos|duin|laantje|straatje|weggetje|pleintje|gaarde|hage|sluis|"
    r"straße|strasse|gasse|platz|allee|street"
)
_BARE_SUFFIX: Final = (
    r"straat|str|laan|weg|plein|gracht|kade|singel|dijk|hof|plantsoen|park|dreef|pad|"
    r"steeg|vaart|poort|markt|oever|boulevard|vest|herenvest|street|road|avenue|lane"
)
_HOUSE: Final = (
    r"(?:(?:[ ,]{1,2}|(?<=\.))(?:t/o )?"
    r"(?:(?:op )?(?:nr\.? ?|nummer |no\.? ?|huisnummer ))?"
    r"|(?<=[a-z]{3}g)(?=\d{1,3}\b)|(?<=straat)|(?<=laan)|(?<=plein))\d{1,4}(?!\d)"
    r"(?:(?: ?[-/]? ?(?:[a-zA-Z]|[iI]{1,3}|zw|rd|hs|bis|rood|zwart|boven|beneden)"
    r"| ?[-/] ?[A-Za-z]?\d{1,3}| t/o| ?,? ?(?:app(?:artement)?\.?|flat|kamer|unit|m\.) "
    r"?\d{1,4}| \d ?hoog(?: (?:achter|voor))?)(?![\w:]))?"
    r"(?! ?(?:uur|uren|week|weken|keer|x\b|euro|eur|min|dag|dagen|maand|jaar|km|mensen|"
    r"kind|%|€|mail|mensen|personen|collega|tot|of \d|ste|de\b|e\b|[.,:]\d|"
    r"januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december))"
)
_NO_STREET: Final = re.compile(
    r"(?i)onderweg|halverwege?|vanweg|snelweg|werkplein|opweg|stadhuisplein loket|"
    r"afdeling|regeling|uitkering|aanvaard|beleid"
)
_STREET: Final = re.compile(
    r"(?<![\w-])(?P<street>"
    r"(?:(?:[A-Z][\w.'-]{1,20}|[A-Z]\.) "
    r"(?:(?:[A-Z][\w.'-]{1,20}|van|de|der|den|het|'t|[A-Z]\.) ){0,3})?"
    rf"(?:[A-Z][\w'.-]{{1,30}}|[a-zà-ÿ][\w'-]{{2,30}})(?:{_SUFFIX})\.?){_HOUSE}"
)
_FIRST: Final = (
    r"(?:(?:van|ged\.|gr\.|kl\.|nw\.|"
    r"prins(?:es)?|koning(?:in)?|jan|pieter|willem|hendrik|burg(?:emeester|\.)?|dr\.|"
    r"gen(?:eraal|\.)|pres(?:ident|\.)|st\.?|sint|oude|nieuwe|grote|kleine|lange|korte|"
    r"gedempte|anna|maria|emma|frans|jacob|johan|karel|anton|albert|"
    r"louis|prof(?:essor|\.)|dokter|admiraal|kapitein|luitenant|ds\.|pater|eerste|tweede|"
    r"derde|hoge|lage|[123]e) (?:(?:van|de|der|den|la|en) ){0,2}){1,4}"
)
_FORE: Final = re.compile(
    rf"(?i)(?<![\w-])(?P<street>{_FIRST}(?:[^\W\d_][\w'-]{{0,20}}(?:{_SUFFIX})|"
    rf"(?:{_BARE_SUFFIX}))\.?){_HOUSE}"
)
_JOINED: Final = re.compile(
    r"(?<![\w-])(?P<street>(?:[A-Z][\w'-]{1,20} ){1,3}en (?:[A-Z][\w'-]{1,20} ){0,2}"
    rf"[A-Z][\w'-]{{1,20}}(?:{_SUFFIX})){_HOUSE}"
)
_TURNED: Final = re.compile(
    r"(?i)(?<![\w-])(?<!bus )(?<!lijn )(?<!tram )(?<!loket )(?<!balie )(?<!halte )"
    r"(?<!kamer )(?:(?:nummer|nr\.?|flat|huis|no\.?) \d{1,4}[a-z]? (?:op|in|aan|van) "
    rf"(?:de|het) (?P<street>[^\W\d_][\w'-]{{2,25}}(?:{_SUFFIX}))(?!\w)"
    r"|\d{1,4}[a-z]? (?P<bare>(?-i:[A-Z])[\w'-]{2,20}(?:straat|laan|weg|plein|gracht|"
    r"kade|singel|dijk))(?![\w-]))"
)
_AT: Final = re.compile(
    r"(?<!\w)(?:[Oo]p|[Aa]an)(?: (?:de|"
    r"het))? (?P<street>(?:'t )?(?:[A-Z][a-zà-ÿ'-]{2,20} ?"
    r"){1,3}) ?\d{1,3}[a-z]?(?![\w.,:/-]*\d)(?![\w])"
    r"(?= ?(?:$|[,.!?;)\n]|(?:in|te|en|of|boven|beneden|maar|is|dus|want|bij|daar|waar|"
    r"hier|moet|naar|als|ik|we|wij|woon\w{0,2}|zit|staat|heeft|nu|al|met|sinds|hs|rd)\b))"
)
_NO_PLACE: Final = re.compile(
    r"(?i)loket|balie|kamer|lijn|bus|tram|perron|verdieping|etage|week|fase|artikel|stap|"
    r"punt|vraag|deel|groep|klas|niveau|januari|februari|maart|april|mei|juni|juli|"
    r"augustus|september|oktober|november|december|maandag|dinsdag|woensdag|donderdag|"
    r"vrijdag|zaterdag|zondag|tafel|bladzijde|pagina|nummer|ongeveer|minstens|teams|"
    r"station|formulier|module|blok|plek|afdeling|windows|office|iphone|samsung|pasen|"
    r"kerst"
)
_SHOUTED: Final = re.compile(
    rf"(?<![\w-])(?P<street>[A-Z][A-Z'.-]{{2,30}}(?:{_SUFFIX.upper()})){_HOUSE}"
)
_WORDED: Final = re.compile(
    r"(?<![\w-])(?P<street>(?:[A-Z][\w.'-]{1,20} |(?:van|de|der|den|het) ){1,4}"
    rf"(?i:{_BARE_SUFFIX})){_HOUSE}"
)
_NAMED: Final = re.compile(
    r"(?<![\w-])(?P<street>(?i:laan|plein|weg|hof|kade|straat|park|pad|burg|burgemeester|"
    r"prins|prinses|koningin|koning|professor|prof|dokter|dr|sint|st|jan|pieter)\.?"
    r"(?: (?:van|der|de|den|het|'t|en|[A-Z][\w.'-]{1,20})){0,3}"
    rf" (?-i:[A-Z])[\w.'-]{{1,20}}){_HOUSE}"
)
_LIVES: Final = re.compile(
    r"(?i)(?<!\w)(?:wo+n(?:en|t|ende|de|ing)?|woonachtig|ingeschreven|verhuisd|adres\w{0,4}|"
    r"briefadres|huisbezoek|verblijf|slaap|staat|opvang|live|lives|living|adresim|adres|"
    r"mieszkam|wohne|habito|vivo|j'habite|oturuyorum|adrè[s]?s?|biba)"
    r"(?: (?:ik|we|nu|al|is|was|mijn|me|zelf|samen|weer))?"
    r"(?: ?:| (?:op|aan|in|bij|naar|at|on|de|het|van|an|en|na|à|te))"
    r"(?: (?:de|het|the|la|el))?"
    r" (?P<place>(?:[^\W\d_][\w.'-]{1,24} ){1,3}(?:nr\.? ?|nummer |no\.? ?)?\d{1,4}"
    r"(?: ?[a-zA-Z](?!\w))?)(?![\d:]|[.,]\d)"
    r"(?! ?(?:uur|week|weken|keer|x\b|euro|eur|min|dag|maand|jaar|km|mensen|kind|%|€"
    r"|year|month|weeks|lat|yıl|años|ans))"
)
_FOREIGN: Final = (
    re.compile(
        r"(?i)(?<!\w)(?:ul(?:ica|icy|\.)|al\.|calle|c/|rue|avenue|av\.|via|kaya|"
        r"вул(?:иця|иці|\.)|улиц\w|شارع|خیابان)"
        r" (?:[^\W\d_][\w.'-]{0,24}[ ,]{1,2}){1,4}(?:nr |no |n° )?\d{1,4}"
        r"(?:(?: ?[a-z]|/\d{1,3}| m\. ?\d{1,3})(?!\w))?(?!\d)"
    ),
    re.compile(
        r"(?i)(?<!\w)(?:[^\W\d_][\w.'-]{0,24} ){1,3}"
        r"(?:sok(?:ak|ağı|agi)|sk\.|cad(?:desi|\.)|mah(?:allesi|\.)|bulvarı)"
        r"[ ,]{1,2}(?:no ?:? ?)?\d{1,4}(?:/\d{1,3})?(?!\d)"
    ),
    re.compile(
        r"(?<!\w)\d{1,4}[a-zA-Z]? (?:[A-Z][\w'-]{1,20} ){1,3}"
        r"(?:[Ss]treet|[Rr]oad|[Aa]venue|[Ll]ane|[Dd]rive|St\.|Rd\.)(?!\w)"
    ),
    re.compile(r"(?i)(?<!\w)\d{1,4},? (?:bis,? )?rue (?:[^\W\d_][\w'-]{0,20} ?){1,4}"),
)


def postcodes(text: str) -> Iterator[Piece]:
    """Find postcodes: four digits and two letters that are no word."""
    for named in _POSTCODE_WORD.finditer(text):
        yield Piece(*named.span("code"), Kind.POSTCODE)
    is_shouted = text.isupper()
    for found in _POSTCODE.finditer(text):
        letters = found[1]
        is_word = _WORDS.fullmatch(letters) is not None
        glued = found[0][-3] not in " -"
        if glued or not is_word or (letters.isupper() and not is_shouted):
            yield Piece(*found.span(), Kind.POSTCODE)


def addresses(text: str) -> Iterator[Piece]:
    """Find streets with a number."""
    for pattern in (_FORE, _JOINED, _STREET, _SHOUTED, _WORDED, _NAMED):
        for found in pattern.finditer(text):
            if not _NO_STREET.search(found["street"]):
                yield Piece(*found.span(), Kind.ADDRESS)
    for found in _TURNED.finditer(text):
        if not _NO_STREET.search(found["street"] or found["bare"]):
            yield Piece(*found.span(), Kind.ADDRESS)
    for found in _AT.finditer(text):
        if not _NO_PLACE.search(found["street"]):
            yield Piece(found.start("street"), found.end(), Kind.ADDRESS)
    for lives in _LIVES.finditer(text):
        yield Piece(*lives.span("place"), Kind.ADDRESS)
    for pattern in _FOREIGN:
        for found in pattern.finditer(text):
            yield Piece(*found.span(), Kind.ADDRESS)
