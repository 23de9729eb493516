"""What hangs at an entry, and the cards that lie there: the same for everybody.

Their link is the entry's own. There is no other way to come in through a poster, so
nothing on it can tell one reader from the next.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from bot.digest.voice import shortened
from bot.paper import document
from bot.sheets.looks import CARD_QR, CARDS, STYLE, sheet, sheets_of_cards
from bot.sheets.qr import qr
from bot.sheets.tongue import Tongue, Words

DEEDS: Final = 3
"""So many fit on a poster; the newest."""

_LONGEST_DEED: Final = 100
"""UTF-16 units; a longer one is cut."""

_QR: Final = 60.0
"""Millimetres: read from a step or two away."""
_QR_ALONE: Final = 84.0
"""With one language there is room for more."""

_STYLE: Final = (
    STYLE
    + """
.poster { padding: 10mm 15mm; }
.from { font-size: 14pt; font-weight: 700; text-align: center; }
.poster > h1 { font-size: 34pt; line-height: 1.15; text-align: center; }
/* The quiet zone of the code may lie below the words, never over them. */
.poster > h1 { position: relative; z-index: 1; }
.poster > .qr { margin: -2mm auto; }
.poster > .link { text-align: center; font-size: 12pt; }
.tongues { display: grid; grid-template-columns: 1fr 1fr; gap: 3mm 8mm; }
.tongues { margin-top: 3mm; font-size: 10.5pt; line-height: 1.35; }
.tongues.one { grid-template-columns: 1fr; font-size: 15pt; text-align: center; }
/* It stands above already, in large letters. */
.tongues.one h2 { display: none; }
.more h2 { font-size: 14pt; line-height: 1.2; }
.tongues p { margin-top: 0.8mm; }
.done { flex: 1; display: flex; flex-direction: column; margin-top: 4mm; }
.done { padding: 3mm 4mm; border: 0.5mm solid; border-radius: 2mm; min-height: 0; }
.done h2 { font-size: 16pt; line-height: 1.2; }
.done .others { display: flex; flex-wrap: wrap; gap: 0 6mm; }
.done ul { margin: 2mm 0 0; padding-left: 5mm; font-size: 11pt; line-height: 1.3; }
.done li + li { margin-top: 1.5mm; }
.done i { flex: 1; max-height: 22mm; border-bottom: 0.3mm solid; }
.walk .card { font-size: 8pt; line-height: 1.25; }
.walk .both { margin: auto 0; }
.walk .card h2 { font-size: 8.5pt; }
.walk .card h2 + p { margin-top: 0; }
.walk .one { font-size: 10pt; }
.walk .one h2 { font-size: 11pt; }
.walk .both div div + div { margin-top: 1.5mm; }
.walk .ends { display: flex; flex-wrap: wrap; gap: 0 3mm; }
.walk .ends { justify-content: space-between; }
.walk .ends p { margin: 0; }
.phone { font-weight: 700; white-space: nowrap; }
/* Says in every language at once what the number is. */
.phone::before { content: "\\260E\\FE0E  "; }
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
    is_alone = len(tongues) == 1
    inside = "\n".join(
        (
            f'<p class="from" {first.marks}>'
            f"{first.municipality(entrance.municipality)}</p>",
            f"<h1 {first.marks}>{first.say('letter.title')}</h1>",
            qr(entrance.link, _QR_ALONE if is_alone else _QR),
            f'<p class="link">{escape(entrance.link)}</p>',
            f'<div class="tongues {"one" if is_alone else "more"}">\n{blocks}\n</div>',
            *_done(tongues, deeds, language),
        )
    )
    title = words.text("staff.sheets.poster", language, name=entrance.name)
    return document(language, title, _STYLE, sheet(inside, "poster"))


def entry_cards(entrance: Entrance, words: Words, language: str) -> str:
    """Make a sheet of cards for the counter, all of them alike."""
    tongues = _tongues(entrance, words)
    inside = "\n".join(
        f"<div {tongue.marks}><h2>{tongue.say('letter.title')}</h2>"
        f"{tongue.paragraph('card.scan')}</div>"
        for tongue in tongues
    )
    if len(tongues) == 1:
        inside = f'<div class="one">{_block(tongues[0], entrance)}</div>'
    cell = (
        '<div class="cell walk">\n<div class="card">\n'
        f'<div class="both">{qr(entrance.link, CARD_QR)}<div>\n{inside}\n</div></div>\n'
        f'<div class="ends"><p class="link">{escape(entrance.link)}</p>'
        f'<p class="phone">{escape(entrance.phone)}</p></div>\n</div>\n</div>'
    )
    title = words.text("staff.sheets.entry-cards", language, name=entrance.name)
    return document(language, title, _STYLE, sheets_of_cards([cell] * CARDS))


def _tongues(entrance: Entrance, words: Words) -> list[Tongue]:
    """Give each language once; those without texts are Dutch."""
    spoken = [Tongue.of(words, each) for each in entrance.languages]
    return list(dict.fromkeys(spoken))


def _block(tongue: Tongue, entrance: Entrance) -> str:
    lines = (
        tongue.paragraph("poster.scan"),
        _chance(tongue, entrance.one_in),
        tongue.paragraph("poster.free"),
        tongue.called("poster.help", entrance.phone),
    )
    title = f"<h2>{tongue.say('letter.title')}</h2>"
    return f"<div {tongue.marks}>{title}\n" + "\n".join(lines) + "</div>"


def _chance(tongue: Tongue, one_in: int) -> str:
    if one_in == 1:
        return tongue.paragraph("poster.all")
    return tongue.paragraph("poster.some", one_in=one_in)


def _done(
    tongues: Iterable[Tongue], deeds: Sequence[str], language: str
) -> Iterator[str]:
    first, *others = tongues
    yield f'<div class="done"><h2 {first.marks}>{first.say("poster.done")}</h2>'
    if others:
        said = (f"<p {one.marks}>{one.say('poster.done')}</p>" for one in others)
        yield f'<div class="others small">{"".join(said)}</div>'
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
