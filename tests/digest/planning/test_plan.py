"""A plan follows from its numbers; the largest and the smallest are what they say."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from math import inf
from random import Random

import pytest

from bot.ballots import PHASE_BATCHES, Sum
from bot.digest.model import ENOUGH
from bot.digest.planning.future import LONGEST, Future, Weeks, weeks
from bot.digest.planning.outset import MOST_ONE_IN, Outset
from bot.digest.planning.plan import (
    LARGEST,
    SHOWN,
    Asking,
    Found,
    Plan,
    _largest,
    plan,
)
from bot.digest.planning.quarters import is_enough
from bot.digest.simulation.chance import Rate
from tests.digest.planning.test_agreement import FLOW

EVENLY = (Fraction(1, 3),) * 3
RUNS = 20


def futures(runs: int = RUNS) -> Callable[[float], Future]:
    return cache(lambda completes: Future(FLOW, completes, Random, runs))


def planned(contacts: int, wish: str = "1", response: str = "0.2") -> Plan:
    outset = Outset(contacts, response=Fraction(response))
    return plan(outset, Fraction(wish), EVENLY, futures())


@pytest.fixture(scope="module")
def usual() -> Plan:
    return planned(1000)


@pytest.fixture(scope="module")
def small() -> Plan:
    return planned(125)


def test_a_week_comes_to_what_arithmetic_says() -> None:
    outset = Outset(1000)
    assert (float(outset.invitations), float(outset.completes)) == (40, 8)
    assert Outset(10).margin is None
    margins = [Outset(each).margin or 0.0 for each in (250, 1000, 4000)]
    assert [round(margin, 1) for margin in margins] == [0.9, 0.4, 0.2]


def test_the_plan_of_a_thousand_contacts(usual: Plan) -> None:
    assert usual.shows
    assert usual.between == pytest.approx(1.8, abs=0.1)
    assert (usual.first_figure.middle, usual.nulmeting.middle) == (4, 15)
    assert usual.nulmeting.came == Rate(RUNS, RUNS)
    assert [found.drop for found in usual.power] == list(SHOWN)
    shares = [found.rate.share for found in usual.power]
    assert shares == sorted(shares)
    assert usual.wished == usual.power[2]
    assert usual.smallest is not None
    assert usual.smallest.is_enough
    assert Fraction(8, 10) <= usual.smallest.drop <= Fraction(14, 10)
    assert usual.phases.one.share > 0.8
    assert usual.asking.finds is not None
    assert 15 <= usual.asking.finds <= 35


def test_one_in_25_of_a_small_department_shows_nothing(small: Plan) -> None:
    assert not small.shows
    assert small.smallest is None
    assert small.nulmeting.middle == inf
    assert small.false.hits == 0
    assert (small.phases.one.hits, small.phases.two.hits) == (0, 0)
    assert small.asking.shows is not None
    assert small.asking.finds is not None
    assert 1 < small.asking.finds < small.asking.shows < 25


def test_the_one_in_that_is_named_is_one_that_is_enough(usual: Plan) -> None:
    found = usual.asking.found
    assert found.is_enough
    assert usual.asking.finds is not None
    there = futures()(200 / usual.asking.finds)
    assert found == Found(Fraction(1), there.found(1.0))


def test_the_same_numbers_give_the_same_plan(small: Plan) -> None:
    assert planned(125) == small


def test_who_asks_everybody_and_hears_nobody_is_told_so() -> None:
    made = planned(4)
    assert made.between == inf
    assert made.asking.finds is None
    assert made.asking.shows is None
    assert made.asking.proposed == 1


def test_a_wish_of_its_own_is_among_the_drops_that_are_shown() -> None:
    made = planned(4, wish="1.2")
    drops = [Fraction(1, 10) * tenths for tenths in (6, 8, 10, 12, 15)]
    assert [found.drop for found in made.power] == drops
    assert made.wished == Found(Fraction(6, 5), Rate(0, RUNS))


def test_nobody_is_told_to_ask_fewer_than_usual(usual: Plan) -> None:
    def proposed(finds: int | None) -> int:
        return replace(usual.asking, finds=finds).proposed

    assert [proposed(finds) for finds in (None, 1, 24, 25, 300)] == [1, 1, 24, 25, 25]


def test_false_verdicts_of_several_measures_add_up(usual: Plan) -> None:
    made = replace(usual, false=Rate(2, 100))
    assert made.falsely(1) == pytest.approx(0.02)
    assert made.falsely(4) == pytest.approx(0.0776, abs=0.0001)


@pytest.mark.parametrize("about", [1, 7, 40, 300, 5000])
@pytest.mark.parametrize("limit", [0, 1, 2, 9, 25, 110, 999, 1000])
def test_the_largest_that_is_enough_is_found_from_wherever_it_is_looked_for(
    about: int, limit: int
) -> None:
    found = _largest(lambda one_in: one_in <= limit, Fraction(about))
    if limit == 0:
        assert found is None
    else:
        assert found is not None
        assert found <= limit
        # To one part in twenty.
        assert limit * 20 <= found * 21
    assert found is None or 1 <= found <= MOST_ONE_IN


def test_weeks_are_summed_up_by_tenths() -> None:
    assert weeks([5, 1, 3, 2, 4]) == Weeks(1, 3, 4, Rate(5, 5))
    assert weeks([inf, 2, inf]) == Weeks(2, inf, inf, Rate(1, 3))


def test_a_nulmeting_that_never_comes_is_not_waited_for_longer() -> None:
    future = Future(FLOW, 0.3, Random, 5)
    assert future.nulmeting == Weeks(inf, inf, inf, Rate(0, 5))
    assert future.between > LONGEST
    assert future.found(float(LARGEST)) == Rate(0, 5)


def test_so_many_answer_that_no_more_are_made_up() -> None:
    one, other = (Future(FLOW, each, Random, 3) for each in (500.0, 5000.0))
    assert one.nulmeting == other.nulmeting
    assert one.found(1.0) == other.found(1.0) == Rate(3, 3)


def phase(n: int, batches: int) -> Sum:
    return Sum(n=n, batches=batches)


@pytest.mark.parametrize(
    ("phases", "enough"),
    [
        ([phase(ENOUGH, PHASE_BATCHES)] * 2, True),
        ([phase(ENOUGH, PHASE_BATCHES), phase(ENOUGH - 1, PHASE_BATCHES)], False),
        ([phase(ENOUGH, PHASE_BATCHES), phase(99, PHASE_BATCHES - 1)], False),
    ],
)
def test_all_phases_are_told_of_or_none(phases: list[Sum], enough: bool) -> None:
    assert is_enough(phases) is enough


def test_a_small_phase_keeps_all_of_them_waiting() -> None:
    future = Future(FLOW, 8.0, Random, 10)
    even = future.phases(EVENLY)
    uneven = future.phases((Fraction(9, 10), Fraction(1, 20), Fraction(1, 20)))
    assert even.one.share > 0.8
    assert (uneven.one.hits, uneven.two.hits) == (0, 0)


def test_an_asking_that_finds_nothing_proposes_everybody() -> None:
    nothing = Found(Fraction(1), Rate(0, 10))
    assert Asking(Fraction(1), None, nothing, None).proposed == 1
