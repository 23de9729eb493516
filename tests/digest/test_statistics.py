"""The formulas against published values, and against made-up departments."""

import random
from collections import Counter
from fractions import Fraction
from itertools import combinations

import pytest

from bot.digest.statistics import (
    Summary,
    difference,
    holm,
    interval,
    summary,
    t_quantile,
    t_tails,
    totals,
)


@pytest.mark.parametrize(
    ("freedom", "tabled"),
    [
        (25, 2.0595385527532972),
        (30, 2.0422724563012378),
        (40, 2.0210753903062730),
        (60, 2.0002978220142604),
        (100, 1.9839715185235518),
        (500, 1.9647198374673676),
    ],
)
def test_the_quantile_is_that_of_the_tables(freedom: int, tabled: float) -> None:
    assert t_quantile(freedom) == pytest.approx(tabled, abs=1e-7)


def test_a_summary_is_exact() -> None:
    assert summary({6: 1, 7: 2, 9: 1}) == Summary(4, Fraction(29, 4), Fraction(19, 12))


def test_a_summary_does_not_mind_grades_that_nobody_gave() -> None:
    assert summary({1: 0, 8: 20}) == Summary(20, Fraction(8), Fraction(0))


def test_the_range_is_that_of_the_written_formula() -> None:
    # n = 20, mean 7, s^2 = 40/19: t(0.975, 25) * sqrt((24 + 40) / 25) / sqrt(20).
    found = summary({5: 5, 7: 10, 9: 5})
    assert found == Summary(20, Fraction(7), Fraction(40, 19))
    half = 2.0595385527532972 * 1.6 / 20**0.5
    assert interval(found, 1, 10) == pytest.approx((7 - half, 7 + half))


@pytest.mark.parametrize(("grade", "kept"), [(10, (9.5, 10.0)), (1, (1.0, 1.5))])
def test_the_range_does_not_leave_the_scale(
    grade: int, kept: tuple[float, float]
) -> None:
    assert interval(summary({grade: 20}), 1, 10) == pytest.approx(kept, abs=0.05)


def test_equal_grades_still_have_a_range() -> None:
    low, high = interval(summary({7: 20}), 1, 10)
    assert low < 7 < high


@pytest.mark.parametrize("n", [20, 40, 80, 130])
def test_the_range_holds_the_true_mean_in_93_of_100_samples(n: int) -> None:
    # What staff see of a department of mean 7.3 and standard deviation 1.67.
    chance = random.Random(20 + n)
    given = [min(10, max(1, round(chance.gauss(7.35, 1.7)))) for _ in range(100_000)]
    true_mean = sum(given) / len(given)
    held = 0
    for _ in range(2_000):
        low, high = interval(summary(Counter(chance.choices(given, k=n))), 1, 10)
        held += low <= true_mean <= high
    assert held >= 0.93 * 2_000


@pytest.mark.parametrize(
    ("freedom", "t", "chance"),
    [
        (25, 2.0595, 0.05),
        (25, 2.7874, 0.01),
        (60, 2.0003, 0.05),
        (60, 3.4602, 0.001),
        (120, 1.9799, 0.05),
        (120, 3.3735, 0.001),
    ],
)
def test_the_tails_of_t_are_those_of_the_tables(
    freedom: int, t: float, chance: float
) -> None:
    assert t_tails(t, freedom) == pytest.approx(chance, abs=0.0005)


def test_totals_say_what_the_counts_say() -> None:
    counts = {3: 4, 7: 11, 8: 6}
    n = sum(counts.values())
    total = sum(number * count for number, count in counts.items())
    squares = sum(number**2 * count for number, count in counts.items())

    assert totals(n, total, squares) == summary(counts)


def test_a_difference_is_unlikely_when_it_is_large_for_so_many_people() -> None:
    one, same = summary({6: 20, 8: 20}), summary({7: 40})
    lower, few = summary({5: 20, 7: 20}), summary({5: 10, 7: 10})

    assert difference(one, same) == 1.0
    assert difference(one, lower) == difference(lower, one) < 0.01
    assert difference(one, lower) < difference(one, few)
    # The same numbers, of a kind that usually spreads more, say less.
    assert difference(one, lower, 1.0) < difference(one, lower, 4.0)


def test_holm_rejects_one_after_another_and_stops() -> None:
    # Holm (1979): 0.05 / 4, then 0.05 / 3, and so on, until one does not pass.
    assert holm([0.01, 0.04, 0.03, 0.005]) == (True, False, False, True)
    assert holm([0.013, 0.02]) == (True, True)
    assert holm([0.03, 0.03, 0.03]) == (False, False, False)
    assert holm([]) == ()


def test_in_equal_phases_one_set_in_twenty_differs_at_the_most() -> None:
    chance = random.Random(7)
    found = 0
    for _ in range(400):
        sets = [
            summary(Counter(_a_grade(chance) for _ in range(n))) for n in (25, 40, 60)
        ]
        chances = [difference(one, other) for one, other in combinations(sets, 2)]
        found += any(holm(chances))
    assert found <= 400 * 0.05 + 9


def _a_grade(chance: random.Random) -> int:
    return min(10, max(1, round(chance.gauss(7.3, 1.67))))
