"""The same digest as one page of HTML: for a browser, a printer and the post.

The page needs nothing but itself: no script, no font, no address on the network. What
people wrote is escaped wherever it stands.
"""

import base64
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Final

from bot.digest.remarks import remark_lines
from bot.digest.voice import Words
from bot.outbox import WrittenDigest
from bot.paper import document, look
from bot.picture import HEX, Colour, Picture

Shown = tuple[WrittenDigest, bytes | None]
"""A digest and its picture, a PNG; None where it has none."""

_ITEMS: Final = ("- ", "· ")
"""How a line of a list begins: one of a roll-up, or of a digest by phase."""

_COMMAND: Final = "/"
_ENDS_OF_SENTENCES: Final = (".", "?", "!", ":")

_STYLE: Final = f"""{look("1.125rem", 1.5)}
main {{ max-width: 70rem; margin: 0 auto; padding: 1rem 1.25rem 2rem; }}
h1, h2, h3 {{ line-height: 1.25; }}
h1 {{ font-size: 1.75rem; margin: 0.5rem 0 1rem; }}
h2 {{ font-size: 1.375rem; margin: 0 0 0.75rem; }}
h3 {{ font-size: 1.125rem; margin: 0; }}
p, ul {{ margin: 0 0 0.75rem; max-width: 40rem; }}
ul {{ padding-left: 1.25rem; }}
article + article, section {{
  margin-top: 1.5rem;
  padding-top: 1.5rem;
  border-top: 1px solid {HEX[Colour.MUTED]};
}}
img {{ display: block; width: 100%; max-width: 40rem; height: auto; }}
/* A picture has a margin of its own: the words in it line up with those around it. */
.picture {{ margin: 0 -4% 1rem; }}
@media (min-width: 60rem) {{
  .both {{ display: flex; gap: 2.5rem; align-items: flex-start; }}
  .both .picture {{ flex: 1 1 0; min-width: 0; margin: 0 0 0 -1.5rem; }}
  .both .words {{ flex: 1 1 0; min-width: 0; }}
  .explained {{ columns: 2; column-gap: 2.5rem; }}
  .explained div {{ break-inside: avoid; }}
}}
@page {{ size: A4; margin: 12mm 14mm; }}
@media print {{
  body {{ font-size: 10pt; line-height: 1.4; }}
  main {{ max-width: none; padding: 0; }}
  h1 {{ font-size: 16pt; margin: 0 0 4mm; }}
  h2 {{ font-size: 12pt; margin: 0 0 2mm; }}
  h3 {{ font-size: 10pt; }}
  p, ul {{ margin: 0 0 2mm; max-width: none; }}
  .both {{ display: flex; gap: 7mm; align-items: flex-start; }}
  .both .picture {{ flex: 0 0 92mm; margin: 0 0 0 -3.5mm; }}
  .both .words {{ flex: 1 1 0; min-width: 0; }}
  img {{ width: auto; max-width: 100%; max-height: 160mm; }}
  article + article {{ break-before: page; border: 0; margin: 0; padding: 0; }}
  section {{ margin-top: 4mm; padding-top: 3mm; font-size: 8.5pt; line-height: 1.3; }}
  section h3 {{ font-size: 8.5pt; }}
  .explained {{ columns: 2; column-gap: 7mm; }}
  .explained div {{ break-inside: avoid; }}
}}
"""


def page(
    digest: WrittenDigest, png: bytes | None, words: Words, explanation: str
) -> str:
    """Make the page of one digest."""
    return pages([(digest, png)], words, explanation)


def pages(shown: Sequence[Shown], words: Words, explanation: str) -> str:
    """Make one page of all digests of an opening, one or more.

    Args:
        words: the message catalogue, in the language of the digests.
        explanation: what the words of a digest mean: blocks between empty lines, the
            first of them the title, each with a heading of its own if it has one.
    """
    if len(shown) == 1:
        title, _ = _split(shown[0][0])
        body = _article(shown[0], "h1", words)
    else:
        title = words("digest.page.title")
        articles = (_article(one, "h2", words) for one in shown)
        body = f"<h1>{escape(title)}</h1>\n" + "\n".join(articles)
    body = f"{body}\n{_section(explanation)}"
    return document(words("digest.language"), title, _STYLE, body)


def _split(digest: WrittenDigest) -> tuple[str, list[str]]:
    """Give the first line, and every other one that says something."""
    title, *lines = digest.text.strip().split("\n")
    return title, [line for line in lines if line.strip()]


def _article(shown: Shown, level: str, words: Words) -> str:
    digest, png = shown
    title, lines = _split(digest)
    lines += remark_lines(digest.remarks, words)
    text = "\n".join(_paragraphs(lines))
    heading = f"<{level}>{escape(title)}</{level}>"
    image = ""
    if png is not None and digest.picture:
        image = f'<div class="picture">{_image(digest.picture, png)}</div>\n'
    return (
        f'<article>\n{heading}\n<div class="both">\n{image}'
        f'<div class="words">\n{text}\n</div>\n</div>\n</article>'
    )


def _image(stored: str, png: bytes) -> str:
    picture = Picture.from_json(stored)
    source = "data:image/png;base64," + base64.b64encode(png).decode()
    return (
        f'<img src="{source}" alt="{escape(picture.alt)}"'
        f' width="{picture.width}" height="{picture.height}">'
    )


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Give each line as it stands; what is a list in the text is one on the page."""
    for is_item, found in groupby(lines, key=lambda line: line.startswith(_ITEMS)):
        if not is_item:
            yield from (f"<p>{escape(line)}</p>" for line in found)
            continue
        items = (escape(line.partition(" ")[2]) for line in found)
        yield "<ul>\n" + "\n".join(f"<li>{item}</li>" for item in items) + "\n</ul>"


def _section(explanation: str) -> str:
    title, *blocks = explanation.strip().split("\n\n")
    explained = "\n".join(block for one in blocks for block in _explained(one))
    return (
        f'<section aria-labelledby="explanation">\n'
        f'<h2 id="explanation">{escape(title)}</h2>\n'
        f'<div class="explained">\n{explained}\n</div>\n</section>'
    )


def _explained(block: str) -> Iterator[str]:
    # A page has no commands to give.
    lines = [line for line in block.split("\n") if not line.startswith(_COMMAND)]
    if not lines:
        return
    yield "<div>"
    if len(lines) > 1 and not lines[0].endswith(_ENDS_OF_SENTENCES):
        yield f"<h3>{escape(lines.pop(0))}</h3>"
    yield from _paragraphs(lines)
    yield "</div>"
