"""How long a measure takes to have a figure again, at the answers that come in."""

from collections.abc import Iterator
from fractions import Fraction

import pytest

from bot.ballots import Batch, Cell, K, Outcome
from bot.core.flow import Origin
from bot.core.weeks import week_after, weeks_between
from bot.digest.model import ENOUGH, Standing
from bot.digest.signals import SHARES, Sample, judge
from bot.digest.waiting import (
    Waiting,
    answers_a_week,
    answers_in_window,
    waiting,
    weeks_to_figure,
)

FIRST = "2026-W10"


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        (40, Waiting(1, 13)),
        (20, Waiting(1, 13)),
        (10, Waiting(2, 13)),
        (5, Waiting(4, 20)),
        (2, Waiting(10, 30)),
        (Fraction(5, 3), Waiting(12, 31)),
        (1, Waiting(None, None)),
        (0, Waiting(None, None)),
    ],
)
def test_fewer_answers_take_longer_or_are_never_enough(
    answers: Fraction, found: Waiting
) -> None:
    assert waiting(Fraction(answers)) == found


def releases(answers: Fraction, weeks: int) -> Iterator[Sample]:
    """Let so many come every week, and release them by ten or more."""
    came = told = 0
    for number in range(weeks):
        came = int(answers * (number + 1))
        if came - told >= K:
            n = came - told
            yield Sample(week_after(FIRST, number), n, n // 2, n // 2)
            told = came


@pytest.mark.parametrize("answers", [2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 30])
def test_it_takes_about_as_long_as_was_said(answers: int) -> None:
    said = waiting(Fraction(answers))
    assert said.figure is not None
    assert said.nulmeting is not None

    samples = list(releases(Fraction(answers), 60))
    total, figure = 0, 0
    for sample in samples:
        total += sample.n
        if total >= ENOUGH:
            figure = weeks_between(FIRST, sample.week) + 1
            break
    frozen = next(
        number + 1
        for number in range(60)
        if judge(samples, SHARES, week_after(FIRST, number)).standing
        is not Standing.RUNNING
    )
    assert abs(figure - said.figure) <= 1
    assert abs(frozen - said.nulmeting) <= 2


def batch(week: str, origin: Origin, n: int, opted_out: int = 0) -> Batch:
    counts = {"counter": {"7": n - opted_out, "opt_out": opted_out}}
    return Batch(week, Cell("h", origin), counts, {Outcome.COMPLETE: n})


def test_the_pace_is_that_of_the_last_window_by_the_larger_way_in() -> None:
    week = week_after(FIRST, 25)
    old = [batch(FIRST, Origin.INVITED, 500)]
    new = [
        batch(week_after(week, -n), origin, 20, 10 if origin is Origin.WALK_IN else 0)
        for n in range(13)
        for origin in Origin
    ]
    assert answers_a_week(old + new, "counter", week) == 20
    assert answers_a_week(new, "new_question", week) == 20
    assert answers_a_week(old, "counter", week) is None
    assert answers_a_week([], "counter", week) is None
    assert answers_a_week(new, "counter", None) is None


def test_a_young_flow_has_had_fewer_weeks_to_gather_in() -> None:
    found = [batch(FIRST, Origin.INVITED, 20), batch("2026-W11", Origin.INVITED, 10)]
    assert answers_a_week(found, "counter", "2026-W11") == 15


def test_a_window_holds_whole_releases_only() -> None:
    assert answers_in_window(Fraction(3)) == 36  # every four weeks, three times
    assert weeks_to_figure(Fraction(3)) == 8
