"""Find how to reach somebody: e-mail, links and names of users. Never telephones."""

import re
from collections.abc import Iterator
from typing import Final

from bot.scrub.pieces import Kind, Piece

_DOT_WORD: Final = (
    r"(?:punt|punkt|dot|stip|nokta|kropka|punto|point|ponto|крапка|точка|دوت|نقطة|نقطه)"
)
_DOT: Final = (
    rf"(?: ?\.{{1,2}} ?| ?[(\[{{<*_](?:{_DOT_WORD}|\.)[)\]}}>*_] ?| {_DOT_WORD} )"
)
_AT_WORD: Final = (
    r"(?:at(?:[- ]teken|[- ]sign)?|ad|"
    r"apen?s?t?aart(?:je)?|apen?staa?r?t?(?:je|ja)?|"
    r"aapje|"
    r"arroba|arr?obase|kuyruklu(?: ?a)?|et|ma[lł]pa|собака|равлик|ат|klammeraffe|"
    r"آت|ات|اتساين)"
)
_AT: Final = re.compile(
    rf" ?@ ?| ?[(\[{{<*_] ?(?:{_AT_WORD}|a|@) ?[)\]}}>*_] ?| {_AT_WORD} "
    r"|#(?=(?:gmail|hotmail|outlook|yahoo|ziggo|live|icloud)\b)",
    re.IGNORECASE,
)
_HYPHEN: Final = (
    r" (?:(?:laag|liggend|lage) )?(?:streepje|underscore|koppelteken|onderstreepje|"
    r"dash|hyphen|minus|tiret|gui[oó]n|alt çizgi|podkre[sś]lnik) "
)
_PROVIDER: Final = (
    r"gmail|googlemail|hotmail|outlook|yahoo|icloud|ziggo|kpnmail|hetnet|xs4all|"
    r"protonmail"
)
_TOP: Final = (
    r"nl|com|con|net|org|eu|be|de|fr|es|pl|ua|ru|tr|info|gov|edu|io|app|me|co|uk|it|aw|"
    r"cw|ma|se|no|dk|at|ch|pt|ro|bg|hu|gr|ie|email|work|dev|care|zorg|"
    r"sr|so|ir|sy|online|shop|site|amsterdam|frl"
)
_DOMAIN: Final = re.compile(
    rf"[\w-]{{1,60}}(?:{_DOT}[\w-]{{1,40}}){{0,3}}{_DOT}(?:{_TOP})(?!\w)"
    rf"|(?:{_PROVIDER})(?!\w)",
    re.IGNORECASE,
)
_NEAR: Final = re.compile(
    r"[\w-]{1,60}(?:[.,]{1,2}[\w-]{1,40}){0,4}(?: (?:nl|com|be|net|org)(?!\w))?"
)
_LOCAL: Final = re.compile(
    rf"(?<![\w.+%-])[\w+%-]{{1,40}}(?:(?:{_DOT}|{_HYPHEN}|[.+_'&/-]{{1,2}})[\w+%-]{{1,40}}){{0,4}}\.?$",
    re.IGNORECASE,
)
_PROVIDERS: Final = re.compile(_PROVIDER, re.IGNORECASE)
_FARTHEST: Final = 130
_SPOKEN: Final = re.compile(r"(?i)\b(?:at|apenstaart|punt|dot|aan|naar|mail|is)$")

_SPACED: Final = re.compile(r"(?<!\S)(?:\S ){3,40}@ (?:\S ){3,40}\S(?!\S)")

_SCHEME: Final = re.compile(r"(?i)(?<![a-z])(?:https?|ftp|tg) ?:/{1,2} ?[^\s<>]{1,400}")
_WWW: Final = re.compile(
    rf"(?i)(?<!\w)www(?:\.[^\s<>]{{1,300}}|(?:{_DOT}[\w-]{{1,60}}){{1,4}})"
)
_BARE: Final = re.compile(
    r"(?i)(?<![\w.@-])(?:[\w-]{1,60}\.){1,4}(?:"
    r"(?:nl|com|net|org|eu|be|info|gov|io|app|online|shop|site|frl)"
    r"(?![\w.-]\w|\w)(?:[/?#][^\s<>]{0,300})?"
    r"|[a-z]{2,12}/[^\s<>]{1,300})"
)

_USER: Final = re.compile(r"(?<![\w@])@(?: (?=[\w.]{0,40}[\d_]))?(?=\w)[\w.]{2,40}")
_NETWORK: Final = re.compile(
    r"(?i)(?<!\w)(?:insta(?:gram)?|snap(?:chat)?|tele(?:gram)?|tik ?tok|facebook|fb|"
    r"twitter|x|skype|discord|signal|linkedin|username|gebruikersnaam|user|"
    r"gmail|hotmail|outlook|e?-?mail(?:adres)?)(?!\w)"
    r"(?: (?:is|heet|naam|account|name|id|van mij|me|mij|op|als))?\s?[:=]?\s?"
)
_HANDLE: Final = re.compile(r"(?=[\w.]{0,40}[\d_])[A-Za-z_][\w.]{2,40}")


def _trimmed(text: str, start: int, end: int) -> int:
    """Give where a piece ends without the punctuation of the sentence behind it."""
    while end > start and text[end - 1] in ".,;:!?)]}'\"":
        end -= 1
    return end


def emails(text: str) -> Iterator[Piece]:
    """Find addresses of mail, also spelled out: `jan punt smit at gmail punt com`."""
    for spaced in _SPACED.finditer(text):
        yield Piece(*spaced.span(), Kind.EMAIL)
    for at in _AT.finditer(text):
        before = text[max(at.start() - _FARTHEST, 0) : at.start()]
        if not (local := _LOCAL.search(before)):
            continue
        start = at.start() - len(before) + local.start()
        # A blank may stand in a spoken address; what leads to it does not belong to it.
        domain = _DOMAIN.match(text, at.end())
        is_bare = domain is not None and _PROVIDERS.fullmatch(domain[0]) is not None
        if (domain is None or is_bare) and "@" in at[0] and " " not in at[0]:
            domain = _NEAR.match(text, at.end())
        if domain is not None and not _SPOKEN.search(local[0]):
            yield Piece(start, _trimmed(text, start, domain.end()), Kind.EMAIL)


def links(text: str) -> Iterator[Piece]:
    """Find links, also without `https://` in front."""
    for pattern in (_SCHEME, _WWW, _BARE):
        for found in pattern.finditer(text):
            end = _trimmed(text, *found.span())
            yield Piece(found.start(), end, Kind.LINK)


def users(text: str) -> Iterator[Piece]:
    """Find names of users: `@name`, and what stands behind the name of a network."""
    for found in _USER.finditer(text):
        end = _trimmed(text, *found.span())
        yield Piece(found.start(), end, Kind.USER)
    for network in _NETWORK.finditer(text):
        if handle := _HANDLE.match(text, network.end()):
            end = _trimmed(text, *handle.span())
            yield Piece(handle.start(), end, Kind.USER)
