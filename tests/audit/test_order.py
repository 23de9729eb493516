"""Kendall's tau is what its definition says, and its p is what chance does."""

import itertools
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.audit.order import Order, in_order, kendall

NUMBERS = st.integers(0, 6)


def _by_definition(first: list[int], second: list[int]) -> float:
    score = one = other = 0
    for (a, b), (c, d) in itertools.combinations(zip(first, second, strict=True), 2):
        x, y = (a > c) - (a < c), (b > d) - (b < d)
        score, one, other = score + x * y, one + x * x, other + y * y
    return score / math.sqrt(one * other) if one and other else 0.0


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=40))
def test_tau_is_as_defined(pairs: list[tuple[int, int]]) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    order = kendall(first, second)

    assert order.tau == pytest.approx(_by_definition(first, second))
    assert 0 <= order.p <= 1


def test_one_order_twice_is_not_chance() -> None:
    order = kendall(range(50), range(50))
    assert order.tau == pytest.approx(1)
    assert order.p < 1e-20
    assert kendall(range(50), range(0, -50, -1)).tau == pytest.approx(-1)


def test_the_p_of_a_known_example_is_right() -> None:
    # The example in the documentation of scipy.stats.kendalltau.
    order = kendall([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])

    assert order.tau == pytest.approx(-0.47140452079103173)
    assert order.p == pytest.approx(0.2827454599327748)


def test_p_is_small_as_often_as_it_says() -> None:
    chance = random.Random(3)
    small = 0
    for _ in range(400):
        values = [chance.randrange(8) for _ in range(60)]
        small += kendall(range(60), values).p < 0.05
    assert 8 <= small <= 36


@pytest.mark.parametrize("values", [[], [1], [2, 2, 2]])
def test_where_there_is_no_order_nothing_is_said(values: list[int]) -> None:
    assert kendall(range(len(values)), values) == Order(0.0, 1.0, len(values))


def test_two_alone_are_in_order() -> None:
    assert kendall([1, 2], [1, 2]).tau == 1


def test_what_came_and_does_not_lie_there_is_passed_over() -> None:
    order = in_order(["a", "b", "gone", "c", "d"], ["d", "new", "c", "b", "a"])
    assert (order.tau, order.n) == (-1, 4)
