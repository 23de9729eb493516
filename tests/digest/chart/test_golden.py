"""Where what stands in a picture. `--update-golden` writes the files anew."""

from collections.abc import Iterator
from pathlib import Path
from typing import assert_never

import pytest

from bot.digest.chart import chart
from bot.digest.chart.phases import phase_chart
from bot.digest.voice import Voice
from bot.picture import Area, Line, Mark, Picture, Rectangle, Shape, Text
from tests.digest.chart.pictures import PHASES, REPORTS
from tests.digest.examples import speaks

FOLDER = Path(__file__).parent / "golden"
CASES = [*REPORTS, "phases"]


def picture_of(name: str, language: str) -> Picture:
    voice = Voice(speaks(language))
    if name == "phases":
        drawn = phase_chart(PHASES, voice)
    else:
        drawn = chart(REPORTS[name], voice)
    assert drawn is not None
    return drawn


def specification(picture: Picture) -> Iterator[str]:
    """Write a picture so that people can read what has changed."""
    yield f"{picture.width} x {picture.height}"
    yield from picture.alt.replace(". ", ".\n").splitlines()
    yield ""
    yield from map(line_of, picture.shapes)


def line_of(shape: Shape) -> str:
    match shape:
        case Text():
            marks: list[str] = [shape.colour, shape.anchor]
            marks += ["bold"] * shape.is_bold + ["scale"] * shape.is_scale
            how = " ".join(marks)
            return f"{shape.x:5},{shape.y:<5} {shape.size:3}  {shape.words}  ({how})"
        case Mark():
            return (
                f"{shape.x:5},{shape.y:<5} {shape.size:3}  {shape.sign} {shape.colour}"
            )
        case Rectangle(x, y, width, height, colour):
            return f"{x:5},{y:<5} box {width} x {height} {colour}"
        case Line():
            kind = "dashed" if shape.is_dashed else "line"
            spots = " ".join(f"{x},{y}" for x, y in shape.spots)
            return f"{kind} {shape.width} {shape.colour}: {spots}"
        case Area():
            spots = " ".join(f"{x},{y}" for x, y in shape.spots)
            return f"area {shape.colour}: {spots}"
        case _:
            assert_never(shape)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", CASES)
def test_a_picture_is_as_the_golden_file_says(
    name: str, language: str, request: pytest.FixtureRequest
) -> None:
    text = "\n".join(specification(picture_of(name, language))) + "\n"
    file = FOLDER / f"{name}.{language}.txt"
    if request.config.getoption("--update-golden"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_every_golden_file_belongs_to_a_case() -> None:
    found = {file.name for file in FOLDER.iterdir()}
    assert found == {f"{name}.{code}.txt" for name in CASES for code in ("nl", "en")}
