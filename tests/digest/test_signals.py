"""A verdict starts, is held and ends as the manual says, and by nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.weeks import week_after, weeks_between
from bot.digest.model import Baseline, Direction, Standing, Verdict
from bot.digest.signals import GRADES, SHARES, Course, Sample, Scale, judge, pooled

FIRST = "2026-W40"
"""Thirteen weeks from here lie in two years."""

WORSE, BETTER = Direction.WORSE, Direction.BETTER

Told = tuple[Standing, Direction | None]

NO_DIFFERENCE: Told = (Standing.NO_DIFFERENCE, None)
ENDED: Told = (Standing.ENDED, None)


def at(number: int) -> str:
    return week_after(FIRST, number)


def sample(number: int, counts: Mapping[int, int]) -> Sample:
    """Make the answers of the week so many after the first."""
    return Sample(
        at(number),
        sum(counts.values()),
        sum(grade * n for grade, n in counts.items()),
        sum(grade * grade * n for grade, n in counts.items()),
    )


def weekly(counts: Mapping[int, int], first: int, last: int) -> list[Sample]:
    """Give the same answers every week, from the one to the other."""
    return [sample(number, counts) for number in range(first, last + 1)]


CALM = weekly({6: 4, 8: 4}, 0, 12)
"""A nulmeting of 104 answers, mean 7, in weeks that do not differ at all.

Its standard deviation is sqrt((10 * 1.8^2 + 104) / 113) = 1.0987. What falls away is
0.3 of it, and so is a week of eight answers of 6: it adds 8 / 1.0987 - 2.4 = 4.88.
"""

MEASURED = Baseline(104, 728, at(0), at(12))

UNTIL_IT_STARTS = 4
"""4.88, 9.76, 14.65, 19.53: the fourth is above 16."""


def said(samples: Sequence[Sample], number: int, scale: Scale = GRADES) -> Verdict:
    return judge(samples, scale, at(number))


def standings(
    samples: Sequence[Sample], first: int, last: int, scale: Scale = GRADES
) -> list[Told]:
    found = [said(samples, number, scale) for number in range(first, last + 1)]
    return [(one.standing, one.direction) for one in found]


def started(side: Direction) -> Told:
    return Standing.STARTED, side


def held(side: Direction) -> Told:
    return Standing.HELD, side


# The nulmeting.


def test_nothing_released_is_a_nulmeting_that_has_not_begun() -> None:
    assert judge([], GRADES, FIRST) == Verdict(Standing.RUNNING)


def test_a_nulmeting_is_frozen_after_13_weeks_with_100_answers() -> None:
    assert said(CALM, 11) == Verdict(Standing.RUNNING, collected=96)
    assert said(CALM, 12) == Verdict(
        Standing.NO_DIFFERENCE, baseline=MEASURED, collected=104
    )
    assert MEASURED.mean == 7


def test_a_nulmeting_with_fewer_answers_goes_on_until_it_has_100() -> None:
    slow = weekly({7: 7}, 0, 14)
    assert said(slow, 13) == Verdict(Standing.RUNNING, collected=98)
    assert said(slow, 14).baseline == Baseline(105, 735, at(0), at(14))


@pytest.mark.parametrize("n", [50, 99])
def test_after_26_weeks_50_answers_are_a_nulmeting(n: int) -> None:
    some = [sample(0, {7: n - 10}), sample(20, {8: 10})]
    assert said(some, 24) == Verdict(Standing.RUNNING, collected=n)
    assert said(some, 25) == Verdict(
        Standing.NO_DIFFERENCE,
        baseline=Baseline(n, 7 * (n - 10) + 80, at(0), at(20)),
        collected=n,
    )


def test_with_49_answers_after_26_weeks_there_never_is_a_nulmeting() -> None:
    few = [sample(0, {7: 39}), sample(25, {7: 10})]
    assert said(few, 24) == Verdict(Standing.RUNNING, collected=39)
    never = Verdict(Standing.NO_BASELINE, collected=49)
    assert said(few, 25) == never
    assert said([*few, *weekly({7: 30}, 26, 60)], 60) == never


@pytest.mark.parametrize(("number", "is_part"), [(12, True), (13, False)])
def test_what_comes_when_the_nulmeting_is_over_is_not_part_of_it(
    number: int, is_part: bool
) -> None:
    n = 130 if is_part else 100
    assert said([sample(0, {7: 100}), sample(number, {7: 30})], 20).collected == n


def test_a_nulmeting_does_not_move() -> None:
    later = [*CALM, *weekly({3: 8}, 13, 80)]
    assert said(later, 80).baseline == MEASURED


# The sums.


@pytest.mark.parametrize(("grade", "side"), [(6, WORSE), (8, BETTER)])
def test_a_verdict_starts_when_the_sum_has_passed_its_limit(
    grade: int, side: Direction
) -> None:
    lower = [*CALM, *weekly({grade: 8}, 13, 18)]
    assert standings(lower, 13, 18) == [
        *[NO_DIFFERENCE] * (UNTIL_IT_STARTS - 1),
        started(side),
        held(side),
        held(side),
    ]


def test_a_week_without_answers_changes_no_sum() -> None:
    numbers = (13, 19, 25, 30)
    lower = [*CALM, *(sample(number, {6: 8}) for number in numbers)]
    # The last four weeks have 8 answers, which show nothing; the last thirteen 24.
    assert standings(lower, 28, 31) == [
        NO_DIFFERENCE,
        NO_DIFFERENCE,
        started(WORSE),
        held(WORSE),
    ]


def test_weeks_that_differed_already_make_the_sums_grow_slower() -> None:
    # All that varies varies between the weeks: k = sqrt(103 / 12) = 2.93.
    restless = [sample(number, {6 + 2 * (number % 2): 8}) for number in range(13)]
    mean = Fraction(720, 104)
    variance = float(
        (56 * (6 - mean) ** 2 + 48 * (8 - mean) ** 2) / 103,
    )
    sd = sqrt((10 * 1.8**2 + 103 * variance) / 113)
    step = 8 * (float(mean) - 5 - 0.30 * sd) / (sd * sqrt(103 / 12))
    weeks = int(16 / step) + 1
    assert (weeks, round(step, 2)) == (5, 3.97)
    lower = [*restless, *weekly({5: 8}, 13, 12 + weeks)]
    assert standings(lower, 12, 12 + weeks) == [NO_DIFFERENCE] * weeks + [
        started(WORSE)
    ]
    # After a nulmeting of the same answers, told together, three weeks are enough.
    together = [sample(0, {6: 56, 8: 48}), *weekly({5: 8}, 13, 15)]
    assert standings(together, 13, 15)[-1] == started(WORSE)


def test_one_group_says_nothing_about_how_weeks_differ() -> None:
    once = [sample(0, {6: 52, 8: 52}), *weekly({6: 8}, 13, 16)]
    assert standings(once, 12, 16) == [*[NO_DIFFERENCE] * 4, started(WORSE)]


def test_equal_answers_are_a_nulmeting_too() -> None:
    equal = weekly({7: 8}, 0, 12)
    # The standard deviation is sqrt(10 * 1.8^2 / 113) = 0.54.
    assert standings([*equal, *weekly({7: 8}, 13, 16)], 12, 16) == [NO_DIFFERENCE] * 5
    assert standings([*equal, *weekly({6: 10}, 13, 14)], 13, 14) == [
        NO_DIFFERENCE,
        started(WORSE),
    ]


def test_a_sum_grows_no_further_than_21() -> None:
    # Ten answers of 1 would add 51.6, and ten of 9 take away 21.2 of it.
    shock = [*CALM, sample(13, {1: 10}), sample(14, {9: 10})]
    assert standings(shock, 13, 14) == [NO_DIFFERENCE, NO_DIFFERENCE]
    # Ten answers of 7 take away 3: from 21 that leaves more than 16.
    shock[-1] = sample(14, {7: 10})
    assert standings(shock, 13, 14) == [NO_DIFFERENCE, started(WORSE)]


# What is visible.


@pytest.mark.parametrize(("sevens", "is_visible"), [(68, False), (69, True)])
def test_a_grade_has_to_differ_by_three_tenths(sevens: int, is_visible: bool) -> None:
    # So many answers, and so alike, that the sum is at its top after a week.
    base = weekly({8: 1000}, 0, 12)
    later = [*base, sample(13, {8: 230 - sevens, 7: sevens})]
    assert standings(later, 13, 13) == [started(WORSE) if is_visible else NO_DIFFERENCE]


@pytest.mark.parametrize(("yes", "is_visible"), [(85, True), (86, False)])
def test_a_share_has_to_differ_by_ten_points(yes: int, is_visible: bool) -> None:
    base = weekly({1: 950, 0: 50}, 0, 12)
    later = [*base, *weekly({1: yes, 0: 100 - yes}, 13, 30)]
    found = standings(later, 13, 30, SHARES)
    assert (started(WORSE) in found) is is_visible
    assert set(found) <= {NO_DIFFERENCE, started(WORSE), held(WORSE)}


def test_fewer_than_twenty_answers_show_nothing() -> None:
    few = [*CALM, sample(13, {1: 19}), sample(14, {1: 1})]
    assert standings(few, 13, 14) == [NO_DIFFERENCE, started(WORSE)]


def test_what_shows_in_four_weeks_need_not_show_in_thirteen() -> None:
    # Seven good weeks; then four in which the mean of all eleven is 7.09.
    recent = [*CALM, *weekly({8: 4, 7: 4}, 13, 19), *weekly({6: 6, 7: 2}, 20, 26)]
    found = standings(recent, 13, 26)
    assert started(WORSE) in found
    number = 13 + found.index(started(WORSE))
    after = [one for one in recent if at(13) <= one.week <= at(number)]
    assert pooled(after).mean > 7 - Fraction(3, 10)


# How it is held, and how it ends.


def a_drop_that_passes() -> list[Sample]:
    return [*CALM, *weekly({6: 8}, 13, 16), *weekly({7: 8}, 17, 33)]


def test_a_verdict_is_held_while_the_window_clearly_differs_and_then_ends() -> None:
    found = standings(a_drop_that_passes(), 16, 28)
    end = found.index(ENDED)
    assert 3 < end < 12
    assert found[:end] == [started(WORSE), *[held(WORSE)] * (end - 1)]
    assert set(found[end + 1 :]) == {NO_DIFFERENCE}
    # By hand: so many weeks of 6 and of 7 lie in the window, each of eight answers.
    for number in (end - 1, end):
        sixes, weeks = min(4, 13 - number), min(13, 4 + number)
        off = sixes / weeks
        within = 8 * (sixes * (1 - off) ** 2 + (weeks - sixes) * off**2)
        s = sqrt((10 * 1.8**2 + 104 + within) / (10 + 103 + 8 * weeks - 1))
        z = off / (s * sqrt(1 / (8 * weeks) + 1 / 104))
        assert (z >= 2) is (number < end)


def test_when_a_verdict_has_ended_both_sums_begin_at_nothing() -> None:
    passed = a_drop_that_passes()
    end = standings(passed, 13, 33).index(ENDED) + 13
    again = [one for one in passed if one.week <= at(end)]
    # Its sum stood far above nothing. Yet the second drop takes as long as the first.
    again += weekly({6: 8}, end + 1, end + UNTIL_IT_STARTS)
    assert standings(again, end, end + UNTIL_IT_STARTS) == [
        ENDED,
        *[NO_DIFFERENCE] * (UNTIL_IT_STARTS - 1),
        started(WORSE),
    ]


def test_a_verdict_that_is_held_looks_at_thirteen_weeks_only() -> None:
    long = [*CALM, *weekly({6: 8}, 13, 40), *weekly({7: 8}, 41, 60)]
    assert standings(long, 41, 60).count(ENDED) == 1
    assert standings(long, 41, 60).index(ENDED) < 13


def test_to_the_other_side_it_ends_before_it_can_start() -> None:
    turned = [*CALM, *weekly({6: 8}, 13, 20), *weekly({9: 8}, 21, 40)]
    found = standings(turned, 13, 40)
    news = [one for one in found if one[0] in {Standing.STARTED, Standing.ENDED}]
    assert news == [started(WORSE), ENDED, started(BETTER)]


def test_without_new_answers_no_news_is_told_twice() -> None:
    start = [*CALM, *weekly({6: 8}, 13, 16)]
    assert standings(start, 16, 18) == [started(WORSE), held(WORSE), held(WORSE)]
    passed = a_drop_that_passes()
    end = standings(passed, 13, 33).index(ENDED) + 13
    over = [one for one in passed if one.week <= at(end)]
    assert standings(over, end, end + 2) == [ENDED, NO_DIFFERENCE, NO_DIFFERENCE]


# Laws.

LAST = 50
"""The last opening that is looked at; no history is longer."""

some = settings(max_examples=40)


@st.composite
def histories(draw: st.DrawFn) -> list[Sample]:
    """Make up to a year of weeks, some of them empty, with jumps in the mean."""
    chosen: list[Sample] = []
    number = 0
    for _ in range(draw(st.integers(1, 3))):
        usual = draw(st.integers(1, 10))
        for _ in range(draw(st.integers(1, 16))):
            counts = draw(
                st.dictionaries(
                    st.integers(max(1, usual - 2), min(10, usual + 2)),
                    st.integers(1, 9),
                    max_size=4,
                )
            )
            if counts:
                chosen.append(sample(number, counts))
            number += 1
    return chosen


@some
@given(histories(), st.integers(0, LAST), st.integers(-200, 200))
def test_the_calendar_makes_no_difference(
    history: list[Sample], number: int, shift: int
) -> None:
    moved = [replace(one, week=week_after(one.week, shift)) for one in history]
    found = judge(moved, GRADES, at(number + shift))
    if (base := found.baseline) is not None:
        first, last = week_after(base.first, -shift), week_after(base.last, -shift)
        found = replace(found, baseline=replace(base, first=first, last=last))
    assert found == said(history, number)


@some
@given(histories())
def test_turned_round_grades_turn_the_verdict_round(history: list[Sample]) -> None:
    turned = [
        replace(
            one,
            total=11 * one.n - one.total,
            squares=121 * one.n - 22 * one.total + one.squares,
        )
        for one in history
    ]
    other = {WORSE: BETTER, BETTER: WORSE, None: None}
    assert standings(turned, 0, LAST) == [
        (standing, other[side]) for standing, side in standings(history, 0, LAST)
    ]


@some
@given(histories(), st.integers(0, LAST))
def test_what_comes_later_changes_no_earlier_verdict(
    history: list[Sample], number: int
) -> None:
    early = [one for one in history if one.week <= at(number)]
    assert said(history, number) == said(early, number)


@some
@given(histories())
def test_a_verdict_starts_before_it_is_held_or_ends(history: list[Sample]) -> None:
    standing: Direction | None = None
    for kind, side in standings(history, 0, LAST):
        if kind is Standing.STARTED:
            assert standing is None
            assert side is not None
        elif kind is Standing.HELD:
            assert standing is side is not None
        else:
            assert side is None
            assert (kind is Standing.ENDED) is (standing is not None)
        standing = side


@some
@given(histories(), st.sampled_from([GRADES, Scale(0.5, Fraction(1, 10))]))
def test_the_rule_is_that_of_the_manual(history: list[Sample], scale: Scale) -> None:
    assert standings(history, 0, LAST, scale) == by_the_manual(history, scale, LAST)


def by_the_manual(history: Sequence[Sample], scale: Scale, last: int) -> list[Told]:
    """Say what a digest says, week by week, written anew from `docs/digest.md`."""
    by_number = {weeks_between(FIRST, one.week): one for one in history}
    begin = min(by_number, default=0)
    base: list[Sample] = []
    after: dict[int, Sample] = {}
    is_over = False
    sums = {WORSE: 0.0, BETTER: 0.0}
    side: Direction | None = None
    told: list[Told] = []
    for number in range(last + 1):
        one = by_number.get(number)
        news = NO_DIFFERENCE
        if not is_over:
            base += [one] if one else []
            n = sum(b.n for b in base)
            age = number - begin + 1
            is_over = bool(base) and ((age >= 13 and n >= 100) or age >= 26)
            if not is_over:
                news = (Standing.RUNNING, None)
            elif n < 50:
                return told + [(Standing.NO_BASELINE, None)] * (last + 1 - number)
            told.append(news)
            continue
        whole = pooled(base)
        m = float(whole.mean)
        v = float(whole.deviation) / (whole.n - 1)
        sd = sqrt((10 * scale.spread**2 + (whole.n - 1) * v) / (whole.n + 9))
        extra = 1.0
        if len(base) > 1 and v > 0:
            between = sum(b.n * (float(b.mean) - m) ** 2 for b in base)
            extra = max(1.0, sqrt(between / v / (len(base) - 1)))
        if one:
            after[number] = one
            for way in sums:
                step = way.sign * (one.total - one.n * m) - one.n * 0.30 * sd
                sums[way] = min(21.0, max(0.0, sums[way] + step / (sd * extra)))
            if side:
                window = pooled(s for w, s in after.items() if w > number - 13)
                d = way_of(side, window, whole)
                s2 = 10 * scale.spread**2 + float(whole.deviation + window.deviation)
                s = sqrt(s2 / (10 + whole.n - 1 + window.n - 1))
                error = s * sqrt(1 / window.n + 1 / whole.n) * extra
                if d >= 2.0 * error:
                    news = held(side)
                else:
                    news, side = ENDED, None
                    sums = dict.fromkeys(sums, 0.0)
            else:
                for way in sums:
                    recent = [
                        pooled(s for w, s in after.items() if w > number - span)
                        for span in (4, 13)
                    ]
                    shows = any(
                        r.n >= 20 and way_of(way, r, whole) >= scale.visible
                        for r in recent
                    )
                    if sums[way] > 16 and shows and not side:
                        news, side = started(way), way
        elif side:
            news = held(side)
        told.append(news)
    return told


def way_of(side: Direction, window: Sample, whole: Sample) -> Fraction:
    return side.sign * (window.mean - whole.mean)


def course(samples: Sequence[Sample]) -> Course:
    found = Course(GRADES)
    for one in samples:
        found.take(one)
    return found


def test_a_course_says_every_week_what_is_said_of_all_that_came_before() -> None:
    samples = [*CALM, *weekly({5: 4, 7: 4}, 14, 30), *weekly({7: 8}, 33, 50)]
    followed = Course(GRADES)
    for number in range(52):
        for one in samples:
            if one.week == at(number):
                followed.take(one)
        assert followed.verdict(at(number)) == said(samples, number)


@pytest.mark.parametrize("weeks", [5, 13, 20])
def test_two_courses_go_on_from_one_without_a_trace_in_each_other(weeks: int) -> None:
    before = [*CALM, *weekly({5: 4, 7: 4}, 13, 19)][:weeks]
    after = weekly({1: 8}, weeks, weeks + 20)
    one = course(before)
    other = one.fork()
    for sample in after:
        other.take(sample)
    assert one.verdict(at(weeks)) == said(before, weeks)
    assert other.verdict(at(weeks + 20)) == said([*before, *after], weeks + 20)
    for sample in after:
        one.take(sample)
    assert one.verdict(at(weeks + 20)) == other.verdict(at(weeks + 20))
