"""A QR code as a drawing inside a page. The only module that knows the library."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

import segno

QUIET: Final = 4
"""Empty modules on each side, as the standard wants them."""


def qr(text: str, millimetres: float) -> str:
    """Draw a text as a QR code: error level M, or better where that costs no room.

    Args:
        millimetres: how wide the code is on paper; its quiet zone comes on top of that.
    """
    matrix = segno.make_qr(text, error="m").matrix
    count = len(matrix)
    side = count + 2 * QUIET
    width = millimetres * side / count
    return (
        f'<svg class="qr" role="img" aria-label="{escape(text)}"'
        f' viewBox="0 0 {side} {side}" shape-rendering="crispEdges"'
        f' style="width: {width:.2f}mm; height: {width:.2f}mm">'
        f'<rect width="{side}" height="{side}" fill="#fff"/>'
        f'<path fill="#000" d="{"".join(_bars(matrix))}"/></svg>'
    )


def _bars(matrix: Sequence[Sequence[int]]) -> Iterator[str]:
    """Draw each run of dark modules in a row as one bar."""
    for y, row in enumerate(matrix, QUIET):
        start = None
        for x, module in enumerate((*row, 0), QUIET):
            if module and start is None:
                start = x
            elif not module and start is not None:
                yield f"M{start} {y}h{x - start}v1h{start - x}z"
                start = None
