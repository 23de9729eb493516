"""Cards for whom chance drew, to hand out in a closed envelope: eight on a sheet of A4.

The person's reference stands on a strip that is cut off: a card must not show its
reader a number of theirs beside the code.
"""

from collections.abc import Iterable
from html import escape

from bot.core.codes import spaced
from bot.invited import Invited, Mailing, in_words
from bot.paper import document
from bot.sheets.letters import small_print
from bot.sheets.looks import CARD_QR, STYLE, sheets_of_cards
from bot.sheets.qr import qr
from bot.sheets.tongue import Tongue, Words


def cards(
    rows: Iterable[Invited], mailing: Mailing, words: Words, language: str
) -> str:
    """Make the page with a card for each of them, in their order.

    Args:
        language: that of whoever hands them out.
    """
    cells = [_cell(row, mailing, words, language) for row in rows]
    body = sheets_of_cards(cells, small_print(mailing, words, language))
    return document(language, words.text("staff.sheets.cards", language), STYLE, body)


def _cell(row: Invited, mailing: Mailing, words: Words, language: str) -> str:
    tongue = Tongue.of(words, row.language)
    day = in_words(mailing.last_day, words, tongue.language)
    cut = escape(words.text("staff.sheets.cut", language))
    return "\n".join(
        (
            '<div class="cell">',
            f'<p class="stub small">{cut} <bdi>{escape(row.reference)}</bdi></p>',
            f'<div class="card" {tongue.marks}>',
            f'<p class="small">{tongue.municipality(mailing.municipality)}</p>',
            f'<div class="both">{qr(row.link, CARD_QR)}<div>',
            f"<h2>{tongue.say('letter.title')}</h2>",
            tongue.paragraph("card.scan"),
            f'<p><bdi class="code">{escape(spaced(row.code))}</bdi></p>',
            tongue.paragraph("card.last_day", date=day),
            "</div></div>",
            tongue.called("letter.no_telegram", mailing.phone),
            f'<p class="link">{escape(row.link)}</p>',
            "</div>\n</div>",
        )
    )
