"""Requests are spaced in time."""

from hypothesis import given
from hypothesis import strategies as st

from bot.transports.telegram.pace import Pace


def test_a_few_may_go_at_once_and_then_one_after_every_interval() -> None:
    pace = Pace(1.0, burst=3)
    assert [pace.reserve(10.0) for _ in range(5)] == [0, 0, 0, 1, 2]


def test_a_rest_gives_the_burst_back() -> None:
    pace = Pace(1.0, burst=2)
    assert [pace.reserve(0.0), pace.reserve(0.0), pace.reserve(0.0)] == [0, 0, 1]
    assert not pace.is_rested(2.9)
    assert pace.is_rested(3.0)
    assert [pace.reserve(3.0), pace.reserve(3.0)] == [0, 0]


@given(
    st.lists(st.floats(min_value=0, max_value=5), min_size=1, max_size=60),
    st.integers(min_value=1, max_value=4),
)
def test_no_span_of_time_holds_more_than_its_length_and_the_burst(
    gaps: list[float], burst: int
) -> None:
    pace, now, sent = Pace(1.0, burst), 0.0, []
    for gap in gaps:
        now += gap
        sent.append(now + pace.reserve(now))
    sent.sort()
    for first in range(len(sent)):
        for last in range(first, len(sent)):
            assert last - first + 1 <= burst + (sent[last] - sent[first]) + 1e-6
