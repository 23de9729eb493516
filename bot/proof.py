"""A survey on paper: every screen of its conversation, all languages side by side.

To be read with clients and to be handed to those who have to agree to the words. The
page needs nothing but itself: no script, no font, no address on the network. What
people wrote is escaped wherever it stands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, Literal

from bot.dialogue import Key, View
from bot.paper import direction, document, look
from bot.picture import HEX, Colour

_MOST_COLUMNS: Final = 4
"""So many phones stand beside each other on a sheet of A4 on its side."""
_FEW_COLUMNS: Final = 2
"""And so many on a sheet that stands up."""
_NOTE_LINES: Final = 5
"""On paper; on a screen nobody writes between them, and two say what they are."""

_STYLE: Final = f"""{look("1.0625rem", 1.45)}
main {{ max-width: 84rem; margin: 0 auto; padding: 1rem 1.25rem 2rem; }}
h1, h2, h3 {{ line-height: 1.25; }}
h1 {{ font-size: 1.75rem; margin: 0.5rem 0 0.25rem; }}
h2 {{ font-size: 1.25rem; margin: 0 0 0.25rem; }}
h3 {{ font-size: 0.9375rem; margin: 0 0 0.375rem; color: {HEX[Colour.MUTED]}; }}
p {{ margin: 0 0 0.5rem; }}
.lead, .about {{ max-width: 48rem; }}
.about {{ margin: 0 0 0.75rem; padding: 0; list-style: none; }}
dl {{ display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; }}
dl {{ margin: 1rem 0 0; max-width: 48rem; }}
dt {{ font-weight: 600; }}
dd {{ margin: 0; }}
section {{
  margin-top: 1.5rem;
  padding-top: 1rem;
  border-top: 4px solid {HEX[Colour.GRID]};
}}
.phones {{ display: grid; gap: 1rem; grid-template-columns: 1fr; }}
.screen {{
  padding: 0.75rem;
  border: 1px solid {HEX[Colour.GRID]};
  border-radius: 0.875rem;
  background: #E9EEF2;
}}
.bubble {{
  padding: 0.625rem 0.75rem;
  border: 1px solid {HEX[Colour.GRID]};
  border-radius: 0.75rem;
  background: {HEX[Colour.PAPER]};
}}
.bubble p:last-child {{ margin: 0; }}
.keys {{ margin: 0; padding: 0; list-style: none; direction: ltr; }}
.row {{ display: flex; gap: 0.375rem; margin: 0.375rem 0 0; padding: 0; }}
.row {{ list-style: none; }}
.row li {{
  flex: 1 1 0;
  min-width: 0;
  padding: 0.375rem 0.25rem;
  border: 1px solid {HEX[Colour.MUTED]};
  border-radius: 0.5rem;
  background: {HEX[Colour.PAPER]};
  text-align: center;
}}
.ways li {{ border-style: dashed; color: {HEX[Colour.MUTED]}; font-size: 0.9em; }}
.notes {{ margin-top: 0.75rem; color: {HEX[Colour.MUTED]}; }}
.notes i {{ display: block; height: 2rem; border-bottom: 1px solid; }}
.notes i:nth-of-type(n + 3) {{ display: none; }}
.hidden {{
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}}
@media screen and (max-width: 44rem) {{
  /* Nobody writes on a telephone. */
  .notes {{ display: none; }}
}}
@media (min-width: 44rem) {{
  .phones {{ grid-template-columns: repeat(2, minmax(0, 1fr)); }}
  .phones.one {{ grid-template-columns: minmax(0, 26rem); }}
}}
@media (min-width: 72rem) {{
  .phones.three {{ grid-template-columns: repeat(3, minmax(0, 1fr)); }}
  .phones.four {{ grid-template-columns: repeat(4, minmax(0, 1fr)); }}
}}
@media print {{
  body {{ font-size: 9pt; line-height: 1.35; print-color-adjust: exact; }}
  body {{ -webkit-print-color-adjust: exact; }}
  main {{ max-width: none; padding: 0; }}
  h1 {{ font-size: 16pt; margin: 0 0 1mm; }}
  h2 {{ font-size: 12pt; break-after: avoid; }}
  h3 {{ font-size: 9pt; break-after: avoid; }}
  .lead, .about {{ max-width: none; }}
  .about {{ margin-bottom: 2mm; break-after: avoid; }}
  dl {{ grid-template-columns: repeat(2, max-content 1fr); gap: 0.5mm 4mm; }}
  dl {{ margin-top: 2mm; max-width: none; }}
  section {{ margin-top: 4mm; padding-top: 3mm; break-inside: avoid; }}
  .phones {{ gap: 3mm; }}
  .phones.one {{ grid-template-columns: 80mm; }}
  .phones.two {{ grid-template-columns: repeat(2, minmax(0, 1fr)); }}
  .phones.three {{ grid-template-columns: repeat(3, minmax(0, 1fr)); }}
  .phones.four {{ grid-template-columns: repeat(4, minmax(0, 1fr)); }}
  .screen {{ padding: 2mm; border-radius: 3mm; }}
  .bubble {{ padding: 2mm 2.5mm; border-radius: 2.5mm; }}
  .row {{ gap: 1mm; margin-top: 1mm; }}
  .row li {{ padding: 1mm 0.5mm; border-radius: 1.5mm; }}
  .notes {{ margin-top: 2mm; }}
  .notes i {{ height: 7mm; }}
  .notes i:nth-of-type(n + 3) {{ display: block; }}
  .brief .notes i:nth-of-type(n + 3) {{ display: none; }}
  .phones.two + .notes i:nth-of-type(n + 4) {{ display: none; }}
  .long .bubble {{ font-size: 8pt; line-height: 1.25; }}
  .long .notes {{ display: none; }}
  /* One language leaves half a sheet beside it to write on. */
  .alone {{ display: grid; grid-template-columns: 84mm 1fr; gap: 0 8mm; }}
  .alone h2, .alone .about {{ grid-column: 1 / -1; }}
}}
"""
_UPRIGHT: Final = "@page { size: A4; margin: 12mm 14mm; }"
_ON_ITS_SIDE: Final = "@page { size: A4 landscape; margin: 11mm 12mm; }"
_NUMBERS: Final = ("one", "two", "three", "four")


@dataclass(frozen=True, slots=True)
class Column:
    """One language: its code, and what the readers of the page call it."""

    language: str
    name: str


@dataclass(frozen=True, slots=True)
class Scene:
    """One screen of the conversation, in every language.

    Args:
        about: lines that tell the reader what it is.
        shown: what stands on it, one a column.
        ways: rows of buttons at the end that every screen has: they lead elsewhere.
        size: `whole` has most room for notes, `brief` has less, `long` has none and is
            in small print.
    """

    title: str
    about: tuple[str, ...]
    shown: tuple[View, ...]
    ways: int = 0
    size: Literal["whole", "brief", "long"] = "whole"


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the page holds; `language` is that of its readers.

    Args:
        lead: what the page is, in a sentence or two.
        facts: (name, value) of what is known of the survey.
        notes: what stands above the lines to write on.
        buttons: what a screen reader says before the buttons.
    """

    language: str
    title: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    scenes: tuple[Scene, ...]
    notes: str
    buttons: str


def proof(sheet: Sheet) -> str:
    """Make the page."""
    scenes = "\n".join(
        _scene(number, scene, sheet) for number, scene in enumerate(sheet.scenes, 1)
    )
    facts = "\n".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>"
        for name, value in sheet.facts
    )
    paper = _UPRIGHT if len(sheet.columns) <= _FEW_COLUMNS else _ON_ITS_SIDE
    body = (
        f"<h1>{escape(sheet.title)}</h1>\n"
        f'<p class="lead">{escape(sheet.lead)}</p>\n'
        f"<dl>\n{facts}\n</dl>\n{scenes}"
    )
    return document(sheet.language, sheet.title, f"{paper}{_STYLE}", body)


def _scene(number: int, scene: Scene, sheet: Sheet) -> str:
    phones = "\n".join(
        _phone(column, view, scene.ways, sheet.buttons)
        for column, view in zip(sheet.columns, scene.shown, strict=True)
    )
    about = "".join(f"<li>{escape(line)}</li>" for line in scene.about)
    width = _NUMBERS[min(len(sheet.columns), _MOST_COLUMNS) - 1]
    lines = "<i></i>" * _NOTE_LINES
    kind = f"{scene.size} alone" if len(sheet.columns) == 1 else scene.size
    return (
        f'<section class="{kind}" aria-labelledby="s{number}">\n'
        f'<h2 id="s{number}">{escape(scene.title)}</h2>\n'
        + (f'<ul class="about">{about}</ul>\n' if about else "")
        + f'<div class="phones {width}">\n{phones}\n</div>\n'
        f'<div class="notes">{escape(sheet.notes)}{lines}</div>\n</section>'
    )


def _phone(column: Column, view: View, ways: int, buttons: str) -> str:
    code = escape(column.language)
    side = direction(column.language)
    keys = ""
    if view.rows:
        first = len(view.rows) - ways
        rows = "\n".join(
            _row(row, code, side, "row ways" if place >= first else "row")
            for place, row in enumerate(view.rows)
        )
        keys = (
            f'<p class="hidden">{escape(buttons)}</p>\n<ul class="keys">{rows}</ul>\n'
        )
    return (
        f"<div>\n<h3>{escape(column.name)}</h3>\n"
        '<div class="screen">\n'
        f'<div class="bubble" lang="{code}" dir="{side}">\n'
        + "\n".join(_paragraphs(view.text))
        + f"\n</div>\n{keys}</div>\n</div>"
    )


def _row(row: Sequence[Key], code: str, side: str, kind: str) -> str:
    # As on a phone: rows run from left to right, whatever way their words are read.
    keys = "".join(
        f'<li lang="{code}" dir="{side}">{escape(key.label)}</li>' for key in row
    )
    return f'<li><ul class="{kind}">{keys}</ul></li>'


def _paragraphs(text: str) -> Iterator[str]:
    for block in text.strip().split("\n\n"):
        lines = "<br>\n".join(escape(line) for line in block.split("\n"))
        yield f"<p>{lines}</p>"
