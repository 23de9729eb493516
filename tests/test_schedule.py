"""The opening comes once a week by the clock on the wall, or as soon as it can."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.weeks import iso_week
from bot.schedule import Weekly, last_due, next_due, run_weekly

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
START = datetime(2020, 1, 1, tzinfo=UTC)
MONDAY = Weekly(weekday=1, at=time(7), zone=AMSTERDAM)


def local(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("now", "last_week", "due"),
    [
        # Before, at and after this week's moment, with no opening yet.
        (local(2026, 7, 20, 6), None, local(2026, 7, 20, 7)),
        (local(2026, 7, 20, 7), None, local(2026, 7, 20, 7)),
        (local(2026, 7, 20, 7, 1), None, local(2026, 7, 27, 7)),
        # After an opening: the week after it, whatever time it is.
        (local(2026, 7, 20, 8), "2026-W30", local(2026, 7, 27, 7)),
        (local(2026, 7, 23, 8), "2026-W29", local(2026, 7, 20, 7)),
        (local(2026, 9, 23, 8), "2026-W29", local(2026, 7, 20, 7)),
        # Over the turn of a year with 53 weeks, and of one with 52.
        (local(2026, 12, 29, 8), "2026-W53", local(2027, 1, 4, 7)),
        (local(2025, 12, 29, 6), "2025-W52", local(2025, 12, 29, 7)),
        # The night the clock goes forward, and the night it goes back.
        (local(2026, 3, 28, 8), "2026-W13", local(2026, 3, 30, 7)),
        (local(2026, 10, 24, 8), "2026-W43", local(2026, 10, 26, 7)),
    ],
)
def test_it_is_due_at_its_hour_in_the_week_after_the_last(
    now: datetime, last_week: str | None, due: datetime
) -> None:
    assert next_due(now, MONDAY, last_week) == due


@pytest.mark.parametrize(
    ("now", "week"),
    [
        (local(2026, 7, 20, 6, 59), "2026-W29"),
        (local(2026, 7, 20, 7), "2026-W30"),
        (local(2026, 7, 26, 23), "2026-W30"),
        (local(2026, 1, 1, 12), "2026-W01"),
        (local(2025, 12, 29, 6), "2025-W52"),
    ],
)
def test_the_last_that_was_due_is_known_without_asking_whether_it_was_done(
    now: datetime, week: str
) -> None:
    assert last_due(now, MONDAY) == week


def test_the_hour_is_the_walls_in_summer_and_in_winter() -> None:
    assert MONDAY.moment("2026-W30") == datetime(2026, 7, 20, 5, tzinfo=UTC)
    assert MONDAY.moment("2026-W05") == datetime(2026, 1, 26, 6, tzinfo=UTC)


def test_an_hour_that_the_clock_skips_comes_right_after() -> None:
    night = Weekly(weekday=7, at=time(2, 30), zone=AMSTERDAM)
    assert night.moment("2026-W13") == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@given(
    st.integers(0, 20 * 525_600).map(lambda m: START + timedelta(minutes=m)),
    st.integers(1, 7),
    st.times(),
)
def test_the_first_is_due_within_a_week_and_the_next_in_the_week_after(
    now: datetime, weekday: int, at: time
) -> None:
    spec = Weekly(weekday, at, AMSTERDAM)
    first = next_due(now, spec, None)
    week = iso_week(first, AMSTERDAM)
    assert timedelta(0) <= first - now <= timedelta(days=7, hours=1)
    assert iso_week(next_due(first, spec, week), AMSTERDAM) > week


class Wall:
    """A clock that moves as the code under test sleeps, and an office that opens."""

    def __init__(self, now: datetime, last_week: str | None, end: datetime) -> None:
        self.now = now
        self.last = last_week
        self.end = end
        self.opened: list[str] = []
        self.jump = timedelta(0)

    def clock(self) -> datetime:
        return self.now

    async def last_week(self) -> str | None:
        return self.last

    async def open_box(self) -> None:
        self.opened.append(self.now.astimezone(AMSTERDAM).isoformat(" ", "minutes"))
        self.last = iso_week(self.now, AMSTERDAM)

    async def sleep(self, seconds: float) -> None:
        assert 0 < seconds <= 30
        self.now += timedelta(seconds=seconds) + self.jump
        self.jump = timedelta(0)
        if self.now > self.end:
            raise TimeoutError

    async def run(self) -> list[str]:
        with pytest.raises(TimeoutError):
            await run_weekly(
                MONDAY, self.clock, self.last_week, self.open_box, self.sleep
            )
        return self.opened


async def test_the_box_is_opened_on_the_hour_and_once() -> None:
    wall = Wall(local(2026, 7, 20, 6, 50), None, local(2026, 7, 20, 9))
    assert await wall.run() == ["2026-07-20 07:00+02:00"]


async def test_missed_weeks_are_made_up_by_one_at_once() -> None:
    wall = Wall(local(2026, 7, 22, 15, 3), "2026-W25", local(2026, 7, 22, 18))
    assert await wall.run() == ["2026-07-22 15:03+02:00"]
    assert wall.last == "2026-W30"


async def test_a_clock_that_jumps_over_the_hour_is_noticed() -> None:
    wall = Wall(local(2026, 7, 20, 6, 50), "2026-W29", local(2026, 7, 20, 12))
    wall.jump = timedelta(hours=3)
    (opened,) = await wall.run()
    assert opened == "2026-07-20 09:50+02:00"


async def test_an_opening_that_moved_nothing_is_not_tried_in_a_hurry() -> None:
    wall = Wall(local(2026, 7, 20, 7), "2026-W29", local(2026, 7, 20, 7, 2))
    wall.last_week = lambda: _say("2026-W29")  # type: ignore[method-assign]
    assert len(await wall.run()) == 5


async def _say(week: str) -> str:
    return week
