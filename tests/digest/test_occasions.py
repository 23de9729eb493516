"""How occasions ended is told by whole spans, in its time, each way in apart."""

from collections.abc import Sequence

import pytest

from bot.ballots import Batch, Outcome
from bot.core.flow import Origin
from bot.digest.occasions import Occasions, Period, Untold, occasions
from bot.digest.rates import RUN_UP, Rates, Ratio
from tests.digest.examples import PHONE, SOZAWE, archive, at, batch, live

ENDED = {
    Outcome.NOT_OPENED: 30,
    Outcome.NO_REPLY: 2,
    Outcome.REFUSED: 3,
    Outcome.WITHDREW: 1,
    Outcome.BROKE_OFF: 2,
}
TWELVE = {"counter": {"8": 12}}
"""Of fifty people drawn, twelve answered to the end."""


def weekly(weeks: int) -> list[Batch]:
    return [batch(at(week), SOZAWE, TWELVE, ENDED) for week in range(weeks)]


def told(batches: Sequence[Batch], week: int) -> list[Occasions]:
    return occasions(batches, archive(SOZAWE), live(SOZAWE), at(week))


def test_counts_add_up_to_who_was_drawn() -> None:
    whole, window = told(weekly(RUN_UP + 1), RUN_UP)
    assert (whole.period, window.period) == (Period.WHOLE, Period.WINDOW)
    assert (whole.first, whole.last) == (at(0), at(RUN_UP))
    assert (window.first, window.last) == (at(4), at(RUN_UP))
    assert window.counts == {
        "drawn": 13 * 50,
        "not_opened": 13 * 30,
        "opened": 13 * 20,
        "no_reply": 13 * 2,
        "refused": 13 * 4,
        "broke_off": 13 * 2,
        "complete": 13 * 12,
    }
    assert window.rates == Rates(
        Ratio(13 * 12, 13 * 50), Ratio(13 * 12, 13 * 20), Ratio(13 * 20, 13 * 50)
    )
    assert whole.rates == Rates(
        Ratio(17 * 12, 17 * 50), Ratio(17 * 12, 17 * 20), Ratio(17 * 20, 17 * 50)
    )


def test_one_draw_is_told_of_exactly_when_all_of_it_has_ended() -> None:
    whole, window = told(weekly(1), RUN_UP)
    assert whole.rates == Rates(Ratio(12, 50), Ratio(12, 20), Ratio(20, 50))
    assert (window.rates, window.untold) == (None, Untold.TOO_FEW)


def test_where_all_who_are_known_opened_it_there_is_no_rate() -> None:
    # The rest of a single mailing waits for ten more who answer, perhaps in vain.
    opened = [batch(at(0), SOZAWE, TWELVE, {Outcome.REFUSED: 28})]
    whole, _ = told(opened, RUN_UP + 30)
    assert (whole.counts["drawn"], whole.counts["complete"]) == (40, 12)
    assert (whole.rates, whole.untold) == (None, Untold.UNOPENED_UNKNOWN)
    late = batch(at(RUN_UP + 30), SOZAWE, TWELVE, {Outcome.REFUSED: 28})
    whole, window = told([*weekly(1), late], RUN_UP + 30)
    assert (whole.untold, window.untold) == (None, Untold.UNOPENED_UNKNOWN)
    assert window.rates is None


@pytest.mark.parametrize("week", [0, 5, RUN_UP - 1])
def test_before_its_time_there_are_counts_and_no_rate(week: int) -> None:
    for one in told(weekly(week + 1), week):
        assert one.counts["complete"] > 0
        assert (one.rates, one.untold) == (None, Untold.TOO_EARLY)
        assert one.weeks == RUN_UP - week


def test_nothing_is_told_of_fewer_than_twenty_people() -> None:
    few = [batch(at(0), SOZAWE, TWELVE, {Outcome.REFUSED: 7})]
    for one in told(few, RUN_UP):
        assert (one.first, one.last, set(one.outcomes.values())) == ("", "", {0})
        assert (one.rates, one.untold, one.weeks) == (None, Untold.TOO_FEW, 0)


def test_a_survey_of_which_nothing_was_released_is_told_of_as_well() -> None:
    found = occasions([], {}, live(SOZAWE), at(3))
    assert [(one.flow, one.origin, one.untold) for one in found] == [
        ("sozawe", Origin.INVITED, Untold.TOO_FEW)
    ] * 2


def test_what_waits_for_twenty_is_in_no_count() -> None:
    small = batch(at(1), SOZAWE, {"counter": {"8": 12}}, {Outcome.REFUSED: 1})
    assert [one.counts for one in told([*weekly(1), small], 1)] == [
        one.counts for one in told(weekly(1), 1)
    ]


def test_invited_and_walk_in_are_never_mixed_nor_are_surveys() -> None:
    passed_over = {Outcome.NOT_DRAWN: 240, Outcome.WITHDREW: 9}
    batches = [
        *weekly(1),
        batch(at(0), SOZAWE, TWELVE, passed_over, Origin.WALK_IN),
        batch(at(0), PHONE, TWELVE, ENDED),
    ]
    flows, now = archive(SOZAWE, PHONE), live(SOZAWE)
    found = occasions(batches, flows, now, at(RUN_UP))
    assert [(one.flow, one.origin, one.period) for one in found] == [
        (flow, origin, period)
        for flow, origin in (
            ("sozawe", Origin.INVITED),
            ("sozawe", Origin.WALK_IN),
            ("telefoon", Origin.INVITED),
        )
        for period in Period
    ]
    walk_in = next(one for one in found if one.origin is Origin.WALK_IN)
    assert (walk_in.rates, walk_in.untold) == (None, Untold.WALKED_IN)
    assert walk_in.counts == {
        "not_drawn": 240,
        "asked": 21,
        "no_reply": 0,
        "refused": 9,
        "broke_off": 0,
        "complete": 12,
    }


def test_what_a_week_adds_is_a_span_of_twenty_people_or_nothing() -> None:
    ended = [Outcome.REFUSED, Outcome.NOT_OPENED]
    batches = [
        batch(at(n), SOZAWE, {"counter": {"8": 10 + n % 3}}, {ended[n % 2]: n % 12})
        for n in range(30)
    ]
    before = 0
    for week in range(30):
        whole = told(batches[: week + 1], week)[0]
        drawn = whole.counts["drawn"]
        assert drawn == before or drawn - before >= 20
        before = drawn
