"""What holds for every picture, whatever was answered and however things are named."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from bot.core.flow import Origin, Phase
from bot.core.questions import Choice, Grade, Question
from bot.digest.chart import chart
from bot.digest.chart.blocks import LEFT, RIGHT
from bot.digest.chart.letters import width
from bot.digest.chart.phases import phase_chart
from bot.digest.chart.sides import Segment, Side, segments
from bot.digest.model import (
    Baseline,
    ChoiceFigure,
    Direction,
    Figure,
    GradeFigure,
    Part,
    PhaseComparison,
    PhaseFigure,
    PhaseReport,
    Point,
    Report,
    Standing,
    TooFew,
    Verdict,
)
from bot.digest.render import render
from bot.digest.sections.choices import SINGLED_OUT
from bot.digest.voice import Voice
from bot.picture import (
    SMALLEST,
    WIDTH,
    Anchor,
    Area,
    Line,
    Mark,
    Picture,
    Rectangle,
    Shape,
    Text,
)
from tests.digest.chart.pictures import NOW, STEP, ago, named
from tests.digest.examples import CALLED, COUNTER, KIND, MANAGER, NEXT, speaks

NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
LANGUAGES = st.sampled_from(["nl", "en"])

any_name = st.text(min_size=1, max_size=150)
without_digits = st.text(
    st.characters(exclude_categories=["C", "N"]), min_size=1, max_size=40
)
tenths = st.integers(10, 100).map(lambda number: Fraction(number, 10))


@st.composite
def verdicts(draw: st.DrawFn) -> Verdict:
    standing = draw(st.sampled_from(Standing))
    side = None
    if standing in (Standing.STARTED, Standing.HELD):
        side = draw(st.sampled_from(Direction))
    baseline = None
    if standing not in (Standing.RUNNING, Standing.NO_BASELINE):
        n = draw(st.integers(50, 200))
        baseline = Baseline(n, draw(st.integers(n, 10 * n)), ago(60), ago(40))
    return Verdict(standing, side, baseline, draw(st.integers(0, 200)))


@st.composite
def grades(draw: st.DrawFn, question: Grade) -> GradeFigure:
    weeks = draw(st.sets(st.integers(1, 25), max_size=25))
    points = []
    for weeks_ago in sorted({*weeks, 0}, reverse=True):
        mean = draw(tenths)
        half = draw(st.floats(0, 3))
        low, high = max(1.0, float(mean) - half), min(10.0, float(mean) + half)
        points.append(Point(ago(weeks_ago), mean, low, high))
    since = draw(st.none() | st.integers(0, 60).map(ago))
    shown = tuple(point for point in points if since is None or point.week >= since)
    now, n = points[-1], draw(st.integers(20, 3000))
    return GradeFigure(
        question, n, now.mean, now.low, now.high, draw(verdicts()), shown, since
    )


@st.composite
def choices(draw: st.DrawFn, question: Choice) -> ChoiceFigure:
    few = st.integers(0, 4) | st.integers(0, 300)
    counts = [draw(few) for _ in question.codes]
    counts[draw(st.integers(0, len(counts) - 1))] += 20
    chosen = dict(zip(question.codes, counts, strict=True))
    positive = sum(chosen[code] for code in question.positive)
    return ChoiceFigure(question, sum(counts), positive, draw(verdicts()), chosen)


@st.composite
def figures(draw: st.DrawFn, names: st.SearchStrategy[str]) -> Figure:
    asked: list[Question] = [COUNTER, MANAGER, KIND, NEXT, CALLED, STEP]
    question = named(draw(st.sampled_from(asked)), draw(names))
    if draw(st.integers(0, 5)) == 0:
        return TooFew(question, draw(st.sampled_from([None, NOW])))
    if isinstance(question, Grade):
        return draw(grades(question))
    return draw(choices(question))


@st.composite
def reports(draw: st.DrawFn, names: st.SearchStrategy[str] = any_name) -> Report:
    part = Part(
        draw(st.sampled_from(Origin)),
        draw(st.integers(20, 3000)),
        None,
        tuple(draw(st.lists(figures(names), min_size=1, max_size=4))),
    )
    return Report(NOW, None, (part,), (), {"nl": draw(names)})


@st.composite
def phase_reports(
    draw: st.DrawFn, names: st.SearchStrategy[str] = any_name
) -> PhaseReport:
    compared = []
    for question in (COUNTER, MANAGER):
        found = []
        for phase in (Phase.FIRST_CONTACT, Phase.INTAKE, Phase.AFTER_AWARD):
            mean, half = draw(tenths), draw(st.floats(0, 3))
            low, high = max(1.0, float(mean) - half), min(10.0, float(mean) + half)
            n = draw(st.integers(20, 3000))
            found.append(PhaseFigure(phase, n, mean, low, high))
        asked = named(question, draw(names))
        origin = draw(st.sampled_from(Origin))
        compared.append(PhaseComparison(asked, origin, tuple(found)))
    quarters = draw(st.sampled_from([("2026-Q2", "2026-Q2"), ("2025-Q4", "2026-Q1")]))
    return PhaseReport(NOW, None, {"nl": draw(names)}, *quarters, tuple(compared))


def drawn(report: Report | PhaseReport, language: str) -> Picture:
    voice = Voice(speaks(language))
    if isinstance(report, Report):
        picture = chart(report, voice)
    else:
        picture = phase_chart(report, voice)
    assert picture is not None
    return picture


def texts(picture: Picture) -> list[Text]:
    return [shape for shape in picture.shapes if isinstance(shape, Text)]


def box(text: Text) -> tuple[float, float, float, float]:
    """Give left, top, right and bottom of some words, without what an accent adds."""
    wide = width(text.words, text.size, text.is_bold)
    left = (
        text.x
        - {Anchor.START: 0, Anchor.MIDDLE: wide / 2, Anchor.END: wide}[text.anchor]
    )
    return left, text.y - 0.76 * text.size, left + wide, text.y + 0.24 * text.size


anything = reports() | phase_reports()


@given(anything, LANGUAGES)
def test_no_words_cover_other_words_or_leave_the_picture(
    report: Report | PhaseReport, language: str
) -> None:
    picture = drawn(report, language)
    boxes = [(text.words, *box(text)) for text in texts(picture)]
    for words, left, top, right, bottom in boxes:
        assert left >= LEFT, words
        assert right <= RIGHT, words
        assert 0 <= top <= bottom <= picture.height, words
    for one, other in combinations(boxes, 2):
        beside = one[3] <= other[1] or other[3] <= one[1]
        below = one[4] <= other[2] or other[4] <= one[2]
        assert beside or below, (one, other)


@given(anything, LANGUAGES)
def test_all_is_inside_the_picture_and_large_enough(
    report: Report | PhaseReport, language: str
) -> None:
    picture = drawn(report, language)
    assert picture.width == WIDTH
    assert all(text.size >= SMALLEST for text in texts(picture))
    for shape in picture.shapes:
        for x, y in spots_of(shape):
            assert 0 <= x <= picture.width
            assert 0 <= y <= picture.height
    assert Picture.from_json(picture.to_json()) == picture


def spots_of(shape: Shape) -> Iterator[tuple[float, float]]:
    if isinstance(shape, Rectangle):
        assert shape.width >= 0
        assert shape.height >= 0
        yield shape.x, shape.y
        yield shape.x + shape.width, shape.y + shape.height
    elif isinstance(shape, Mark):
        half = shape.size / 2
        yield shape.x - half, shape.y - half
        yield shape.x + half, shape.y + half
    elif isinstance(shape, Line | Area):
        yield from shape.spots


@given(reports(without_digits) | phase_reports(without_digits), LANGUAGES)
def test_every_number_in_the_picture_is_in_the_text(
    report: Report | PhaseReport, language: str
) -> None:
    picture = drawn(report, language)
    said = set(NUMBER.findall(render(report, speaks(language))))
    shown = [text.words for text in texts(picture) if not text.is_scale]
    assert set(NUMBER.findall(" ".join(shown))) <= said
    assert set(NUMBER.findall(picture.alt)) <= said


@given(reports(), LANGUAGES)
def test_what_is_a_place_on_an_axis_is_a_whole_grade_or_a_week(
    report: Report, language: str
) -> None:
    for text in texts(drawn(report, language)):
        if text.is_scale:
            assert re.fullmatch(r"(week )?\d{1,2}", text.words)


measured = st.sampled_from([KIND, NEXT, CALLED, STEP]).flatmap(choices)


@given(measured)
def test_nobody_is_singled_out_in_a_bar(figure: ChoiceFigure) -> None:
    parts = segments(figure)
    assert sum(part.n for part in parts) == figure.n
    assert all(part.n >= SINGLED_OUT for part in parts)
    positive = sum(part.n for part in parts if part.side is Side.POSITIVE)
    if figure.positive < SINGLED_OUT:
        assert len(parts) == 1
        assert positive == 0
    elif figure.n - figure.positive < SINGLED_OUT:
        assert len(parts) == 1
        assert positive == figure.n
    else:
        assert positive == figure.positive


@given(measured)
def test_a_bar_shows_nobody_as_more_than_one_does(figure: ChoiceFigure) -> None:
    """What is too small to be drawn apart looks the same, whoever it is."""
    parts = segments(figure)
    colours = [part.colour for part in parts]
    assert len(set(colours)) == len(colours)
    order = list(Side)
    sides = [order.index(part.side) for part in parts]
    assert sides == sorted(sides)


def test_none_and_two_on_an_end_of_the_scale_look_the_same() -> None:
    def bar(*counts: int) -> tuple[Segment, ...]:
        chosen = dict(zip(KIND.codes, counts, strict=True))
        verdict = Verdict(Standing.RUNNING)
        return segments(ChoiceFigure(KIND, 60, sum(counts[2:]), verdict, chosen))

    assert bar(0, 20, 40, 0) == bar(2, 18, 38, 2) == bar(1, 19, 39, 1)
    assert bar(0, 0, 30, 30) == bar(1, 1, 2, 56) == bar(2, 0, 58, 0)
    assert bar(30, 30, 0, 0) == bar(2, 56, 1, 1)


@given(reports(), LANGUAGES)
def test_every_sign_stands_beside_its_words(report: Report, language: str) -> None:
    picture = drawn(report, language)
    signs = [s for s in picture.shapes if isinstance(s, Mark) and s.x < 100]
    for sign in signs:
        beside = [t for t in texts(picture) if t.y == sign.y + 16 and t.x == 100]
        assert [t.colour for t in beside] == [sign.colour]
