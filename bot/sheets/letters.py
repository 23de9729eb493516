"""Letters to whom chance drew: one sheet of A4 each, in the reader's own language.

The person's reference stands where the address is pasted over it, and nowhere else: a
letter must not show its reader a number of theirs beside the code.
"""

from collections.abc import Iterable
from html import escape
from typing import Final

from bot.core.codes import spaced
from bot.invited import Invited, Mailing, in_words
from bot.paper import document
from bot.sheets.looks import STYLE, sheet
from bot.sheets.qr import qr
from bot.sheets.tongue import Tongue, Words

_QR: Final = 42.0
"""Millimetres."""

_STYLE: Final = (
    STYLE
    + """
.from { font-size: 14pt; font-weight: 700; }
/* Where the window of an envelope is: the left, whatever way the letter is read. */
.address {
  position: absolute;
  top: 40mm;
  left: 20mm;
  width: 85mm;
  height: 32mm;
  padding: 2mm;
  border: 0.3mm dotted;
}
.letter { padding-top: 68mm; }
.letter h1 { font-size: 20pt; line-height: 1.2; margin-bottom: 4mm; }
.letter h2 { font-size: 13pt; margin: 4mm 0 1mm; }
.letter p + p { margin-top: 2mm; }
.free {
  margin-top: 4mm;
  padding-inline-start: 4mm;
  border-inline-start: 1.5mm solid;
  font-size: 13pt;
  font-weight: 700;
}
.ways { display: flex; gap: 4mm; align-items: center; }
/* Its quiet zone is in the margin: the code itself lines up with the words. */
.ways .qr { margin-inline-start: -5mm; }
.ways > div { flex: 1; min-width: 0; }
.label { font-size: 9pt; }
.letter .label { margin-top: 3mm; }
.letter .label + p { margin-top: 0; }
.letter .code { font-size: 20pt; line-height: 1.2; }
.strong { font-weight: 700; }
"""
)


def letters(
    rows: Iterable[Invited], mailing: Mailing, words: Words, language: str
) -> str:
    """Make the page with a letter for each of them, in their order.

    Args:
        language: that of whoever does the mailing.
    """
    body = "\n".join(_letter(row, mailing, words, language) for row in rows)
    title = words.text("staff.sheets.letters", language)
    return document(language, title, _STYLE, body)


def _letter(row: Invited, mailing: Mailing, words: Words, language: str) -> str:
    tongue = Tongue.of(words, row.language)
    day = in_words(mailing.last_day, words, tongue.language)
    paste = escape(words.text("staff.sheets.address", language))
    ways = [
        tongue.paragraph("letter.link", "label"),
        f'<p><bdi class="link">{escape(row.link)}</bdi></p>',
        tongue.paragraph("letter.code", "label"),
        f'<p><bdi class="code">{escape(spaced(row.code))}</bdi></p>',
        tongue.paragraph("letter.last_day", "label", date=day),
    ]
    lines = [
        f'<p class="address small" lang="{escape(language)}" dir="ltr">{paste}<br>'
        f"<bdi>{escape(row.reference)}</bdi></p>",
        f'<div class="letter" {tongue.marks}>',
        f"<h1>{tongue.say('letter.title')}</h1>",
        tongue.paragraph("letter.why"),
        tongue.paragraph("letter.chosen"),
        tongue.paragraph("letter.free", "free"),
        f"<h2>{tongue.say('letter.how')}</h2>",
        tongue.paragraph("letter.scan"),
        f'<div class="ways">{qr(row.link, _QR)}<div>',
        *ways,
        "</div></div>",
        tongue.paragraph("letter.type", bot=f"@{mailing.bot}"),
        tongue.called("letter.no_telegram", mailing.phone, "strong"),
        tongue.paragraph("letter.safe"),
        tongue.paragraph("letter.sender"),
        tongue.called("letter.complaint", mailing.phone),
        "</div>",
    ]
    name = tongue.municipality(mailing.municipality)
    head = f'<p class="from" {tongue.marks}>{name}</p>\n'
    return sheet(head + "\n".join(lines), foot=small_print(mailing, words, language))


def small_print(mailing: Mailing, words: Words, language: str) -> str:
    """Say to whoever does the mailing until when the list may be kept."""
    day = in_words(mailing.delete_by, words, language)
    return escape(words.text("staff.sheets.foot", language, date=day))
