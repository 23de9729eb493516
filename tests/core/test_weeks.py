"""Weeks are texts that sort as they follow each other."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.weeks import iso_week, quarter, week_after, week_number, weeks_between

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        (datetime(2026, 7, 20, tzinfo=UTC), "2026-W30"),
        (datetime(2026, 7, 19, 21, 59, tzinfo=UTC), "2026-W29"),
        (datetime(2026, 7, 19, 22, tzinfo=UTC), "2026-W30"),
        (datetime(2027, 1, 3, tzinfo=UTC), "2026-W53"),
        (datetime(2025, 12, 29, tzinfo=UTC), "2026-W01"),
    ],
)
def test_a_moment_falls_in_the_week_of_the_clock_on_the_wall(
    moment: datetime, week: str
) -> None:
    assert iso_week(moment, AMSTERDAM) == week


def test_weeks_follow_over_the_turn_of_a_year() -> None:
    assert week_after("2026-W52") == "2026-W53"
    assert week_after("2026-W53") == "2027-W01"
    assert week_after("2027-W01", -1) == "2026-W53"
    assert weeks_between("2026-W50", "2027-W02") == 5
    assert weeks_between("2027-W02", "2026-W50") == -5
    assert week_number("2026-W07") == 7


@given(st.integers(2000, 2100), st.integers(1, 52), st.integers(-60, 60))
def test_counting_on_and_back_comes_to_the_same(
    year: int, number: int, count: int
) -> None:
    week = f"{year}-W{number:02}"
    assert weeks_between(week, week_after(week, count)) == count
    assert week_after(week_after(week, count), -count) == week
    assert (week < week_after(week, count)) == (count > 0)


def test_a_quarter_has_thirteen_weeks_and_the_last_a_53rd() -> None:
    weeks = [f"2026-W{number:02}" for number in range(1, 54)]
    counts = [sum(quarter(w) == f"2026-Q{q}" for w in weeks) for q in (1, 2, 3, 4)]
    assert counts == [13, 13, 13, 14]
    assert [quarter(weeks[i]) for i in (0, 12, 13, 38, 39, 52)] == [
        "2026-Q1",
        "2026-Q1",
        "2026-Q2",
        "2026-Q3",
        "2026-Q4",
        "2026-Q4",
    ]
