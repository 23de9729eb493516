"""What hangs at an entry, and the cards that lie there: the same for everybody.

Their link is the entry's own. There is no other way to come in through a poster, so
nothing on it can tell one reader from the next.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from bot.core.questions.base import SOURCE
from bot.digest.voice import shortened
from bot.paper import document
from bot.sheets.looks import CARD_QR, CARDS, STYLE, sheet, sheets_of_cards
from bot.sheets.qr import qr
from bot.sheets.tongue import Tongue, Words

DEEDS: Final = 3
"""So many fit on a poster; the newest."""

_LONGEST_DEED: Final = 140
"""UTF-16 units; a longer one is cut."""

_QR: Final = 66.0
"""Millimetres: read from two metres away."""

_STYLE: Final = (
    STYLE
    + """
.poster { padding: 10mm 15mm; }
.from { font-size: 14pt; font-weight: 700; text-align: center; }
.poster > h1 { font-size: 36pt; line-height: 1.15; text-align: center; }
.poster > .qr { margin: 0 auto; }
.poster > .link { text-align: center; font-size: 12pt; }
.tongues { display: grid; grid-template-columns: 1fr 1fr; gap: 4mm 8mm; }
.tongues { margin-top: 4mm; font-size: 10.5pt; line-height: 1.35; }
.tongues.one { grid-template-columns: 1fr; font-size: 15pt; text-align: center; }
.tongues h2 { font-size: 14pt; line-height: 1.2; }
.tongues p { margin-top: 0.8mm; }
.done { flex: 1; display: flex; flex-direction: column; margin-top: 5mm; }
.done { padding: 3mm 4mm; border: 0.5mm solid; border-radius: 2mm; min-height: 0; }
.done h2 { font-size: 16pt; line-height: 1.2; }
.done ul { margin: 2mm 0 0; padding-left: 5mm; font-size: 12.5pt; line-height: 1.3; }
.done li + li { margin-top: 1.5mm; }
.done i { flex: 1; max-height: 14mm; border-bottom: 0.3mm solid; }
.walk .card { font-size: 7.5pt; line-height: 1.25; justify-content: center; }
"""
)


@dataclass(frozen=True, slots=True)
class Entrance:
    """An entry as people meet it.

    Args:
        name: as it stands in the configuration.
        link: its one fixed link.
        languages: those of its survey, the first of them in large letters.
        one_in: so many people, one of whom is asked.
        municipality: its name; empty where the configuration names none.
    """

    name: str
    link: str
    languages: tuple[str, ...]
    one_in: int
    municipality: str
    phone: str


def poster(
    entrance: Entrance, words: Words, language: str, deeds: Sequence[str] = ()
) -> str:
    """Make the poster.

    Args:
        language: that of whoever prints it, and of the deeds.
        deeds: what was done with the results, oldest first; the newest are printed.
            Where there are none, there are lines to write on.
    """
    tongues = _tongues(entrance, words)
    first = tongues[0]
    blocks = "\n".join(_block(tongue, entrance) for tongue in tongues)
    count = "one" if len(tongues) == 1 else "more"
    inside = "\n".join(
        (
            f'<p class="from" {first.marks}>'
            f"{first.municipality(entrance.municipality)}</p>",
            f"<h1 {first.marks}>{first.say('letter.title')}</h1>",
            qr(entrance.link, _QR),
            f'<p class="link">{escape(entrance.link)}</p>',
            f'<div class="tongues {count}">\n{blocks}\n</div>',
            *_done(tongues, deeds, language),
        )
    )
    title = words.text("staff.sheets.poster", language, name=entrance.name)
    return document(language, title, _STYLE, sheet(inside, "poster"))


def entry_cards(entrance: Entrance, words: Words, language: str) -> str:
    """Make a sheet of cards for the counter, all of them alike."""
    tongues = _tongues(entrance, words)
    inside = "\n".join(_card(tongue, entrance) for tongue in tongues)
    cell = (
        '<div class="cell walk">\n<div class="card">\n'
        f'<div class="both">{qr(entrance.link, CARD_QR)}<div>\n{inside}\n</div></div>\n'
        f'<p class="link">{escape(entrance.link)}</p>\n</div>\n</div>'
    )
    title = words.text("staff.sheets.entry-cards", language, name=entrance.name)
    return document(language, title, _STYLE, sheets_of_cards([cell] * CARDS))


def _tongues(entrance: Entrance, words: Words) -> list[Tongue]:
    """Give each language once; those without texts are Dutch."""
    spoken = [Tongue.of(words, each) for each in entrance.languages]
    return list(dict.fromkeys(spoken)) or [Tongue(words, SOURCE)]


def _block(tongue: Tongue, entrance: Entrance) -> str:
    lines = (
        tongue.paragraph("poster.scan"),
        _chance(tongue, entrance.one_in),
        tongue.paragraph("poster.free"),
        tongue.paragraph("poster.help", phone=entrance.phone),
    )
    title = f"<h2>{tongue.say('letter.title')}</h2>"
    return f"<div {tongue.marks}>{title}\n" + "\n".join(lines) + "</div>"


def _chance(tongue: Tongue, one_in: int) -> str:
    if one_in == 1:
        return tongue.paragraph("poster.all")
    return tongue.paragraph("poster.some", one_in=one_in)


def _card(tongue: Tongue, entrance: Entrance) -> str:
    title = f"<strong>{tongue.say('letter.title')}</strong>"
    scan = tongue.say("card.scan")
    called = tongue.say("poster.help", phone=entrance.phone)
    return f"<p {tongue.marks}>{title} {scan} {called}</p>"


def _done(
    tongues: Iterable[Tongue], deeds: Sequence[str], language: str
) -> Iterator[str]:
    first, *others = tongues
    yield f'<div class="done"><h2 {first.marks}>{first.say("poster.done")}</h2>'
    for tongue in others:
        yield f'<p class="small" {tongue.marks}>{tongue.say("poster.done")}</p>'
    if deeds:
        # As the staff wrote them, whatever the poster speaks.
        yield f'<ul lang="{escape(language)}" dir="ltr">'
        for deed in deeds[: -DEEDS - 1 : -1]:
            text = shortened(" ".join(deed.split()), _LONGEST_DEED)
            yield f"<li>{escape(text)}</li>"
        yield "</ul>"
    else:
        yield "<i></i>" * DEEDS
    yield "</div>"
