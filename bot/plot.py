"""Make an image of a picture: the only home of matplotlib, which never enters the bot.

The bot runs this file as a process of its own, with a picture on standard input and an
image on standard output. So drawing holds up nobody who is answering, its 60 MB go when
it is done, and it cannot reach the keys. Start-up takes longer than drawing, which is
why it imports nothing of ours but the picture, and matplotlib only when it draws.
"""

import os
import sys
import warnings
from collections.abc import Iterable, Mapping
from io import BytesIO
from math import cos, pi, sin, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, assert_never

from bot.errors import DrawingError
from bot.picture import (
    HEX,
    Anchor,
    Area,
    Colour,
    Line,
    Mark,
    Picture,
    Rectangle,
    Shape,
    Sign,
    Text,
)

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.transforms import Affine2D

LONGEST: Final = 1280
"""Pixels on the longest side: what the chat app shows without making it smaller."""

TIME_LIMIT: Final = 45.0
"""Seconds; it takes about one. Less than whoever sends it waits."""

_DPI: Final = 64
_POINTS: Final = 72
_CALM: Final = 10
"""How much the bot itself goes before its drawing."""

_RIM: Final = 10
_DASHES: Final = (3, 2)


def plot(picture: Picture) -> bytes:
    """Draw a picture as a PNG; the same picture gives the same bytes."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.transforms import Affine2D

    scale = LONGEST / max(picture.width, picture.height)
    wide, high = round(picture.width * scale), round(picture.height * scale)
    figure = Figure(figsize=(wide / _DPI, high / _DPI), dpi=_DPI)
    figure.patch.set_facecolor(HEX[Colour.PAPER])
    pen = _Pen(Affine2D().scale(scale, -scale).translate(0, high), scale)
    artists = [artist for shape in picture.shapes for artist in pen.draw(shape)]
    for height, artist in enumerate(artists):
        # Else all planes would be drawn first, then all lines, then all words.
        artist.set_zorder(height)
        figure.add_artist(artist)
    file = BytesIO()
    with warnings.catch_warnings():
        # A letter that the font has not becomes a box: that is all there is to say.
        warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
        # Who made it with what is nobody's business, and changes with every version.
        FigureCanvasAgg(figure)
        figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


class _Pen:
    """Turns shapes into what matplotlib draws, on the spots that they name."""

    def __init__(self, place: "Affine2D", scale: float) -> None:
        from matplotlib import get_data_path
        from matplotlib.font_manager import FontProperties

        folder = Path(get_data_path(), "fonts", "ttf")
        # By their files: no other font can slip in, and none is looked for.
        self._fonts = {
            is_bold: FontProperties(fname=folder / name)
            for is_bold, name in (
                (False, "DejaVuSans.ttf"),
                (True, "DejaVuSans-Bold.ttf"),
            )
        }
        self._place = place
        self._point = scale * _POINTS / _DPI

    def draw(self, shape: Shape) -> "list[Artist]":
        """Give what draws a shape, from back to front."""
        match shape:
            case Text():
                return [self._text(shape)]
            case Line():
                return [self._line(shape)]
            case Area(spots, colour):
                return [self._polygon(spots, colour)]
            case Rectangle(x, y, width, height, colour):
                right, low = x + width, y + height
                corners = ((x, y), (right, y), (right, low), (x, low))
                return [self._polygon(corners, colour)]
            case Mark():
                return self._mark(shape)
            case _:
                assert_never(shape)

    def _text(self, text: Text) -> "Artist":
        from matplotlib.text import Text as Drawn

        x, y = self._place.transform((text.x, text.y))
        return Drawn(
            x,
            y,
            text.words,
            color=HEX[text.colour],
            fontproperties=self._fonts[text.is_bold],
            fontsize=text.size * self._point,
            horizontalalignment=_SIDES[text.anchor],
            verticalalignment="baseline",
            parse_math=False,
            transform=None,
        )

    def _line(self, line: Line) -> "Artist":
        from matplotlib.lines import Line2D

        xs, ys = zip(*line.spots, strict=True)
        return Line2D(
            xs,
            ys,
            color=HEX[line.colour],
            linewidth=line.width * self._point,
            linestyle=(0, _DASHES) if line.is_dashed else "solid",
            solid_capstyle="butt",
            solid_joinstyle="round",
            transform=self._place,
        )

    def _polygon(
        self, spots: Iterable[tuple[float, float]], colour: Colour
    ) -> "Artist":
        from matplotlib.patches import Polygon

        return Polygon(
            list(spots),
            facecolor=HEX[colour],
            linewidth=0,
            transform=self._place,
        )

    def _mark(self, mark: Mark) -> "list[Artist]":
        rims: list[Artist] = []
        signs: list[Artist] = []
        for outline in _outlines(mark):
            for found, colour, edge in (
                (rims, Colour.PAPER, _RIM),
                (signs, mark.colour, 0),
            ):
                polygon = self._polygon(outline, colour)
                polygon.set(
                    edgecolor=HEX[Colour.PAPER],
                    linewidth=edge * self._point,
                    joinstyle="miter",
                )
                found.append(polygon)
        return [*rims, *signs]


_SIDES: Final[Mapping[Anchor, Literal["left", "center", "right"]]] = {
    Anchor.START: "left",
    Anchor.MIDDLE: "center",
    Anchor.END: "right",
}


def _outlines(mark: Mark) -> list[list[tuple[float, float]]]:
    """Give the corners of a sign, of all its parts."""
    x, y, half = mark.x, mark.y, mark.size / 2
    match mark.sign:
        case Sign.UP:
            return [[(x - half, y + half), (x + half, y + half), (x, y - half)]]
        case Sign.DOWN:
            return [[(x - half, y - half), (x + half, y - half), (x, y + half)]]
        case Sign.SQUARE:
            side = half * 0.85
            return [_around(x, y, side * sqrt(2), 4)]
        case Sign.DOT:
            return [_around(x, y, half, 72)]
        case Sign.ELLIPSIS:
            apart = mark.size * 0.4
            return [
                _around(x + step * apart, y, mark.size * 0.17, 36)
                for step in (-1, 0, 1)
            ]
        case _:
            assert_never(mark.sign)


def _around(
    x: float, y: float, radius: float, corners: int
) -> list[tuple[float, float]]:
    turns = ((2 * number + 1) * pi / corners for number in range(corners))
    return [(x + radius * cos(turn), y + radius * sin(turn)) for turn in turns]


async def plot_apart(picture: str) -> bytes:
    """Draw a picture, as `Picture.to_json` wrote it, in a process of its own.

    Raises DrawingError where that fails, or takes longer than TIME_LIMIT.
    """
    # Here, for that process need not wait until they are loaded.
    import asyncio
    import tempfile

    # matplotlib keeps a list of fonts, and must not keep it in anybody's home.
    with tempfile.TemporaryDirectory(prefix="polsslag-") as folder:
        # Isolated: it takes no module and no setting from where the bot was started.
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            "-m",
            __spec__.name,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=folder,
            # With no PATH of ours it finds no program, and asks none for more fonts.
            env={"MPLCONFIGDIR": folder, "HOME": folder, "PATH": folder},
        )
        try:
            async with asyncio.timeout(TIME_LIMIT):
                image, complaint = await process.communicate(picture.encode())
        except TimeoutError:
            raise DrawingError("picture-too-slow", seconds=round(TIME_LIMIT)) from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode:
            cause = RuntimeError(complaint.decode(errors="replace"))
            raise DrawingError("picture-not-drawn") from cause
        return image


def main() -> None:
    """Draw the picture on standard input, on standard output."""
    os.nice(_CALM)
    image = plot(Picture.from_json(sys.stdin.buffer.read().decode()))
    sys.stdout.buffer.write(image)


if __name__ == "__main__":
    main()
