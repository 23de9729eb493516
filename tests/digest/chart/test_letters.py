import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import get_data_path
from matplotlib.ft2font import FT2Font, LoadFlags

from bot.digest.chart.letters import cut, fitted, plain, width, wrapped
from bot.digest.chart.widths import BOLD, EM, REGULAR, WIDEST

FONTS = Path(get_data_path(), "fonts", "ttf")
FILES = {False: FONTS / "DejaVuSans.ttf", True: FONTS / "DejaVuSans-Bold.ttf"}

names = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


@pytest.mark.parametrize("is_bold", [False, True])
def test_the_widths_are_those_of_the_font(is_bold: bool) -> None:
    font = FT2Font(FILES[is_bold])
    advances = {
        chr(code): font.load_char(code, LoadFlags.NO_SCALE).horiAdvance
        for code in font.get_charmap()
    }
    table = BOLD if is_bold else REGULAR
    assert font.units_per_EM == EM
    assert {letter: advances[letter] for letter in table} == table
    assert max(advances.values()) <= WIDEST


@given(names, st.booleans())
def test_words_are_never_wider_than_was_thought(text: str, is_bold: bool) -> None:
    shown = plain(text)
    font = FT2Font(FILES[is_bold])
    font.set_size(100, 72)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        font.set_text(shown, flags=LoadFlags.NO_HINTING)
    real = font.get_width_height()[0] / 64
    # Kerning, and a stroke that reaches past its letter.
    assert real <= width(shown, 100, is_bold) * 1.005 + 12


@given(names, st.integers(50, 900), st.booleans())
def test_no_line_is_wider_than_the_room(text: str, room: int, is_bold: bool) -> None:
    shown = plain(text)
    lines = list(wrapped(shown, 38, room, is_bold))
    for line in lines:
        assert width(line, 38, is_bold) <= room or len(line) == 1
    assert "".join(lines).replace(" ", "") == shown.replace(" ", "")


@given(names, st.integers(200, 900), st.integers(1, 3))
def test_what_does_not_fit_is_cut_on_the_last_line(
    text: str, room: int, most: int
) -> None:
    size, lines = fitted(plain(text), (46, 38), room, most)
    assert 1 <= len(lines) <= most
    assert all(width(line, size) <= room for line in lines)
    whole = "".join(lines).replace(" ", "") == plain(text).replace(" ", "")
    assert whole or (size == 38 and lines[-1].endswith("…"))


def test_words_stay_whole_where_they_can() -> None:
    text = "Hoe vriendelijk u werd geholpen"
    assert list(wrapped(text, 38, 400)) == ["Hoe vriendelijk u", "werd geholpen"]
    assert cut(text, 38, 400) == "Hoe vriendelijk u…"
    assert cut(text, 38, 900) == text


@pytest.mark.parametrize("control", ["\u202e", "\u200b", "\x00", "\u00ad"])
def test_nothing_is_drawn_that_has_no_shape(control: str) -> None:
    assert plain(f" Ba{control}lie\n en\tmeer ") == "Balie en meer"
