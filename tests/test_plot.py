import asyncio
import os
import struct
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

import pytest

from bot import plot as plotting
from bot.digest.chart import chart
from bot.digest.voice import Voice
from bot.errors import DrawingError
from bot.picture import WIDTH, Picture, Text
from bot.plot import plot, plot_apart
from tests.digest.chart.pictures import REPORTS
from tests.digest.examples import speaks


def drawn(name: str) -> Picture:
    found = chart(REPORTS[name], Voice(speaks("nl")))
    assert found is not None
    return found


def size_of(image: bytes) -> tuple[int, int]:
    """Read width and height out of the head of a PNG."""
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert image[12:16] == b"IHDR"
    width, height = struct.unpack(">II", image[16:24])
    return width, height


def chunks_of(image: bytes) -> set[bytes]:
    found, at = set(), 8
    while at < len(image):
        (length,) = struct.unpack(">I", image[at : at + 4])
        found.add(image[at + 4 : at + 8])
        at += length + 12
    return found


@pytest.mark.parametrize("name", REPORTS)
def test_the_longest_side_has_1280_pixels(name: str) -> None:
    picture = drawn(name)
    width, height = size_of(plot(picture))
    assert max(width, height) == 1280
    assert width / height == pytest.approx(picture.width / picture.height, rel=0.001)


def test_the_same_picture_gives_the_same_bytes() -> None:
    picture = drawn("as_in_the_reference")
    image = plot(picture)
    assert plot(picture) == image
    # Nothing of when, by what or of whom it was made.
    assert chunks_of(image) <= {b"IHDR", b"pHYs", b"IDAT", b"IEND"}
    assert len(image) < 200_000


@pytest.mark.parametrize(
    "words", ["$x^2$ $", "\U0001f600 測試", "السلام", "a_{b}\\frac"]
)
def test_any_words_can_be_drawn(words: str) -> None:
    picture = Picture(WIDTH, 200, "", (Text(52, 100, words, 58),))
    assert size_of(plot(picture)) == (1280, 200)


async def test_a_picture_is_drawn_apart_and_the_same() -> None:
    picture = drawn("as_in_the_reference")
    assert await plot_apart(picture.to_json()) == plot(picture)


async def test_the_bot_goes_on_while_a_picture_is_drawn() -> None:
    happened: list[str] = []

    async def tick() -> None:
        while True:
            await asyncio.sleep(0.01)
            happened.append("tick")

    ticking = asyncio.create_task(tick())
    await plot_apart(drawn("as_in_the_reference").to_json())
    happened.append("drawn")
    await asyncio.sleep(0.03)
    ticking.cancel()
    # Before it was drawn, and not only after.
    assert happened.index("drawn") >= 5
    assert happened[-1] == "tick"


async def test_a_picture_that_takes_too_long_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    processes: list[asyncio.subprocess.Process] = []
    start = asyncio.create_subprocess_exec

    async def started(*words: str, **how: object) -> asyncio.subprocess.Process:
        processes.append(await start(*words, **how))  # type: ignore[arg-type]
        return processes[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", started)
    monkeypatch.setattr(plotting, "TIME_LIMIT", 0.01)
    with pytest.raises(DrawingError, match="picture-too-slow"):
        await plot_apart(drawn("four_grades").to_json())
    assert [process.returncode for process in processes] == [-9]


async def test_what_is_no_picture_is_not_drawn() -> None:
    with pytest.raises(DrawingError, match="picture-not-drawn") as caught:
        await plot_apart("{}")
    assert "KeyError" in str(caught.value.__cause__)


async def test_drawing_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    await plot_apart(drawn("too_few").to_json())
    assert os.listdir(tmp_path) == []  # noqa: PTH208  # nothing of it is awaited


def test_matplotlib_is_not_imported_before_something_is_drawn() -> None:
    code = (
        "import sys, bot.plot; print(*sorted({'matplotlib', 'numpy', 'pydantic',"
        " 'telegram', 'yaml'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, check=True, text=True
    )
    assert done.stdout == "\n"


def test_the_process_draws_what_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stream:
        def __init__(self, content: bytes = b"") -> None:
            self.buffer = BytesIO(content)

    picture, out = drawn("too_few"), Stream()
    calmed: list[int] = []
    monkeypatch.setattr(os, "nice", calmed.append)
    monkeypatch.setattr(sys, "stdin", Stream(picture.to_json().encode()))
    monkeypatch.setattr(sys, "stdout", out)
    plotting.main()
    assert out.buffer.getvalue() == plot(picture)
    assert calmed == [10]
