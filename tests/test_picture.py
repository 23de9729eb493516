from hypothesis import given
from hypothesis import strategies as st

from bot.picture import (
    HEX,
    SMALLEST,
    WIDTH,
    Anchor,
    Area,
    Colour,
    Line,
    Mark,
    Picture,
    Rectangle,
    Sign,
    Text,
)

place = st.integers(-10, 3000)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
spots = st.lists(st.tuples(place, place), min_size=1, max_size=9).map(tuple)
colours = st.sampled_from(Colour)
shapes = st.one_of(
    st.builds(
        Text,
        place,
        place,
        words,
        place,
        colours,
        st.booleans(),
        st.sampled_from(Anchor),
        st.booleans(),
    ),
    st.builds(Line, spots, place, colours, st.booleans()),
    st.builds(Area, spots, colours),
    st.builds(Rectangle, place, place, place, place, colours),
    st.builds(Mark, place, place, place, st.sampled_from(Sign), colours),
)
pictures = st.builds(
    Picture, st.just(WIDTH), place, words, st.lists(shapes, max_size=9).map(tuple)
)


@given(pictures)
def test_a_picture_comes_back_as_it_was_written(picture: Picture) -> None:
    written = picture.to_json()
    assert Picture.from_json(written) == picture
    assert Picture.from_json(written).to_json() == written


def test_what_is_stored_is_positions_words_and_names_of_colours() -> None:
    shapes = (Text(52, 92, "Balie “1”", 58), Mark(1, 2, 3, Sign.DOT, Colour.LINE))
    assert Picture(WIDTH, 205, "Grafiek.", shapes).to_json() == (
        '{"width":1280,"height":205,"alt":"Grafiek.","shapes":['
        '{"shape":"text","x":52,"y":92,"words":"Balie “1”","size":58,"colour":"ink",'
        '"is_bold":false,"anchor":"start","is_scale":false},'
        '{"shape":"mark","x":1,"y":2,"size":3,"sign":"dot","colour":"line"}]}'
    )


def luminance(colour: Colour) -> float:
    """Give the relative luminance, as WCAG 2.2 defines it."""
    parts = [int(HEX[colour][at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    ]
    return sum(
        weight * part
        for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


def contrast(one: Colour, other: Colour) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_words_stand_out_from_what_is_behind_them() -> None:
    worded = (
        Colour.INK,
        Colour.MUTED,
        Colour.BETTER,
        Colour.WORSE,
        Colour.MOST_POSITIVE,
    )
    assert all(contrast(colour, Colour.PAPER) >= 4.5 for colour in worded)
    assert contrast(Colour.INK, Colour.BAND) >= 4.5
    assert contrast(Colour.INK, Colour.OTHER_WORDING) >= 4.5
    assert contrast(Colour.LINE, Colour.BAND) >= 3


def test_every_colour_has_its_value() -> None:
    assert set(HEX) == set(Colour)
    assert SMALLEST == 38
