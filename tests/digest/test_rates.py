"""Outcomes in AAPOR's words."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ballots import Outcome
from bot.core.flow import Origin
from bot.digest.model import ENOUGH
from bot.digest.rates import DISPOSITIONS, Rates, Ratio, asked, funnel, rates
from tests.digest.examples import CATALOGUE, SOZAWE, at, batch

EIGHTS = {"counter": {"8": 12}}


def test_every_outcome_has_one_disposition() -> None:
    assert sorted(d.outcome for d in DISPOSITIONS) == sorted(Outcome)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_disposition_has_a_name(language: str) -> None:
    names = [
        CATALOGUE.text(f"digest.disposition.{d.outcome}", language)
        for d in DISPOSITIONS
    ]
    assert len(set(names)) == len(Outcome)


def test_the_funnel_keeps_invited_and_walk_in_apart() -> None:
    unopened = {Outcome.NOT_OPENED: 20, Outcome.REFUSED: 3}
    passed_over = {Outcome.NOT_DRAWN: 240, Outcome.BROKE_OFF: 2}
    batches = [
        batch(at(0), SOZAWE, EIGHTS, unopened),
        batch(at(1), SOZAWE, EIGHTS, unopened),
        batch(at(1), SOZAWE, EIGHTS, passed_over, Origin.WALK_IN),
    ]
    none = dict.fromkeys([d.outcome for d in DISPOSITIONS], 0)
    assert funnel(batches) == {
        Origin.INVITED: none
        | {Outcome.NOT_OPENED: 40, Outcome.REFUSED: 6, Outcome.COMPLETE: 24},
        Origin.WALK_IN: none
        | {Outcome.NOT_DRAWN: 240, Outcome.BROKE_OFF: 2, Outcome.COMPLETE: 12},
    }


def test_whoever_was_not_drawn_was_not_asked() -> None:
    every = dict.fromkeys(Outcome, 5)
    assert asked(every) == 5 * (len(Outcome) - 1)


WORKED = {
    Outcome.NOT_DRAWN: 4800,
    Outcome.NOT_OPENED: 120,
    Outcome.NO_REPLY: 9,
    Outcome.REFUSED: 11,
    Outcome.WITHDREW: 4,
    Outcome.BROKE_OFF: 15,
    Outcome.COMPLETE: 41,
}
"""Two hundred drawn of five thousand, of whom eighty opened their invitation."""


def test_the_worked_example_of_the_manual() -> None:
    assert rates(WORKED) == Rates(
        rr1=Ratio(41, 200), coop1=Ratio(41, 80), con1=Ratio(80, 200)
    )


@pytest.mark.parametrize(
    ("outcomes", "rr1", "coop1", "con1"),
    [
        # Everybody answered to the end.
        ({Outcome.COMPLETE: 20}, (20, 20), (20, 20), (20, 20)),
        # Nobody opened it: there is nobody to cooperate.
        ({Outcome.NOT_OPENED: 20}, (0, 20), (0, 0), (0, 20)),
        # Explicit refusal, implicit refusal and break-off are all R.
        ({Outcome.REFUSED: 20}, (0, 20), (0, 20), (20, 20)),
        ({Outcome.NO_REPLY: 7, Outcome.COMPLETE: 13}, (13, 20), (13, 20), (20, 20)),
        ({Outcome.BROKE_OFF: 7, Outcome.NOT_OPENED: 5}, (0, 12), (0, 7), (7, 12)),
        ({Outcome.WITHDREW: 1, Outcome.NOT_DRAWN: 99}, (0, 1), (0, 1), (1, 1)),
        ({}, (0, 0), (0, 0), (0, 0)),
    ],
)
def test_each_disposition_counts_where_aapor_puts_it(
    outcomes: dict[Outcome, int],
    rr1: tuple[int, int],
    coop1: tuple[int, int],
    con1: tuple[int, int],
) -> None:
    assert rates(outcomes) == Rates(Ratio(*rr1), Ratio(*coop1), Ratio(*con1))


def whole_formulas(outcomes: Mapping[Outcome, int]) -> tuple[Fraction, ...]:
    """Reckon with all letters of the Standard Definitions, as they stand there."""
    letters = Counter(
        {
            "I": outcomes[Outcome.COMPLETE],
            "R": sum(
                outcomes[one]
                for one in (
                    Outcome.NO_REPLY,
                    Outcome.REFUSED,
                    Outcome.WITHDREW,
                    Outcome.BROKE_OFF,
                )
            ),
            "UH": outcomes[Outcome.NOT_OPENED],
        }
    )
    i, p, r, nc, o, uh, uo = (
        letters[one] for one in ("I", "P", "R", "NC", "O", "UH", "UO")
    )
    interviewed, everybody = i + p, (i + p) + (r + nc + o) + (uh + uo)
    return (
        Fraction(i, everybody),
        Fraction(i, interviewed + r + o),
        Fraction(interviewed + r + o, interviewed + r + o + nc + uh + uo),
    )


@given(st.fixed_dictionaries({one: st.integers(4, 99) for one in Outcome}))
def test_the_rates_are_those_of_the_whole_formulas(
    outcomes: dict[Outcome, int],
) -> None:
    found = rates(outcomes)
    told = (found.rr1.told, found.coop1.told, found.con1.told)
    rr1, coop1, con1 = whole_formulas(outcomes)
    if outcomes[Outcome.COMPLETE] >= ENOUGH:
        assert told == (rr1, coop1, con1)
    # Response is cooperation of those who were contacted.
    assert rr1 == coop1 * con1


def test_a_rate_stands_on_twenty_people_or_is_not_told() -> None:
    assert Ratio(12, 19).told is None
    assert Ratio(12, 20).told == Fraction(3, 5)
    assert Ratio(0, 20).told == 0
