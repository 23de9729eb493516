"""The formulas against published values, and against made-up departments."""

import random
from collections import Counter
from fractions import Fraction

import pytest

from bot.digest.statistics import Summary, interval, summary, t_quantile


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
