"""Outcomes in AAPOR's words."""

from fractions import Fraction

import pytest

from bot.ballots import Outcome
from bot.core.flow import Origin
from bot.digest.rates import DISPOSITIONS, asked, funnel, response_rate_1
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


def test_the_response_is_complete_by_all_who_were_asked() -> None:
    outcomes = dict.fromkeys(Outcome, 10)
    assert response_rate_1(outcomes) == Fraction(1, 6)


def test_a_response_stands_on_twenty_people_or_is_not_given() -> None:
    assert response_rate_1({Outcome.COMPLETE: 12, Outcome.REFUSED: 7}) is None
    assert response_rate_1({Outcome.COMPLETE: 12, Outcome.REFUSED: 8}) == Fraction(3, 5)


def test_nobody_complete_is_a_response_of_nought() -> None:
    assert response_rate_1({Outcome.REFUSED: 20}) == 0
