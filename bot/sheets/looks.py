"""What printed sheets have in common: the paper, the small print, cards to cut out."""

from collections.abc import Sequence
from typing import Final

from bot.paper import look
from bot.picture import HEX, Colour

CARDS: Final = 8
"""So many go on one sheet of A4: two beside each other, four below."""

CARD_QR: Final = 30.0
"""Millimetres; a smaller code is not read at arm's length."""

STYLE: Final = f"""{look("11.5pt", 1.4)}
@page {{ size: A4; margin: 0; }}
h1, h2, p {{ margin: 0; }}
bdi, .link, .code {{ direction: ltr; unicode-bidi: isolate; }}
.link {{ overflow-wrap: anywhere; }}
.code {{ font-weight: 700; letter-spacing: 0.06em; white-space: nowrap; }}
.qr {{ display: block; flex: none; }}
.small {{ font-size: 8pt; line-height: 1.3; color: {HEX[Colour.MUTED]}; }}
.sheet {{
  position: relative;
  display: flex;
  flex-direction: column;
  width: 210mm;
  height: 296mm;
  margin: 0 auto;
  padding: 12mm 20mm 9mm;
  break-after: page;
  break-inside: avoid;
}}
.sheet:last-child {{ break-after: auto; }}
.foot {{ margin-top: auto; padding-top: 2mm; }}
@media screen {{
  main {{ padding: 6mm; background: {HEX[Colour.GRID]}; min-width: 222mm; }}
  .sheet {{ background: {HEX[Colour.PAPER]}; margin-bottom: 6mm; }}
}}
.sheet.of-cards {{ padding: 6mm 9mm 5mm; }}
.grid {{
  display: grid;
  grid-template-columns: repeat(2, 96mm);
  grid-auto-rows: 69mm;
  border: 0.3mm dashed {HEX[Colour.MUTED]};
  border-width: 0.3mm 0 0 0.3mm;
  width: max-content;
}}
.cell {{
  display: flex;
  flex-direction: column;
  border: 0.3mm dashed {HEX[Colour.MUTED]};
  border-width: 0 0.3mm 0.3mm 0;
}}
.stub {{ padding: 0.8mm 3.5mm; border-bottom: 0.3mm dashed {HEX[Colour.MUTED]}; }}
.card {{
  flex: 1;
  display: flex;
  flex-direction: column;
  padding: 2mm 3.5mm;
  font-size: 9pt;
  line-height: 1.3;
}}
.card .both {{ display: flex; gap: 1.5mm; align-items: center; }}
.card .both > div {{ flex: 1; min-width: 0; }}
.card h2 {{ font-size: 10.5pt; line-height: 1.2; }}
.card .code {{ font-size: 13pt; }}
.card p {{ margin-top: 1mm; }}
.card > .small {{
  flex: none;
  margin: 0;
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}}
.card .link {{ font-size: 7.5pt; line-height: 1.2; margin-top: auto; }}
"""


def sheet(inside: str, kind: str = "", foot: str = "") -> str:
    """Make one sheet of A4; what is small print stands at its foot."""
    known = f"sheet {kind}".strip()
    small = f'\n<p class="foot small">{foot}</p>' if foot else ""
    return f'<section class="{known}">\n{inside}{small}\n</section>'


def sheets_of_cards(cells: Sequence[str], foot: str = "") -> str:
    """Lay out cards to be cut along the dashes, as many sheets as they need."""
    groups = (cells[at : at + CARDS] for at in range(0, len(cells), CARDS))
    return "\n".join(
        sheet('<div class="grid">\n' + "\n".join(group) + "\n</div>", "of-cards", foot)
        for group in groups
    )
