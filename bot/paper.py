"""What the pages of HTML that we write share: their frame, font and directions.

A page needs nothing but itself: no script, no font, no address on the network.
"""

from html import escape
from typing import Final

from bot.picture import HEX, Colour

FONT: Final = 'system-ui, "Segoe UI", Roboto, "DejaVu Sans", Arial, sans-serif'
"""What the readers' own machines have; nothing is fetched."""

RIGHT_TO_LEFT: Final = frozenset(["ar", "fa", "he", "ku", "ps", "ur"])
"""Languages whose lines begin at the right."""


def look(size: str, line_height: float) -> str:
    """Give the style that a page begins with.

    Args:
        size: that of its letters, as CSS writes it.
    """
    return f"""
:root {{ color-scheme: light; }}
* {{ box-sizing: border-box; }}
body {{
  margin: 0;
  color: {HEX[Colour.INK]};
  background: {HEX[Colour.PAPER]};
  font-family: {FONT};
  font-size: {size};
  line-height: {line_height};
  overflow-wrap: break-word;
}}"""


def direction(language: str) -> str:
    """Give the side that lines begin at, as HTML calls it."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def document(language: str, title: str, style: str, body: str) -> str:
    """Make the whole page.

    Args:
        language: that of whatever on the page names no other.
        title: plain text.
        body: HTML, escaped where it has to be.
    """
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{escape(language)}">\n'
        '<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n"
        f"<style>{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
