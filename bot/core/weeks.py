"""ISO weeks as text (`2026-W30`): they sort as they follow, and name no day."""

from datetime import date, datetime, timedelta, tzinfo


def iso_week(moment: datetime, zone: tzinfo) -> str:
    """Give the ISO week in which the moment falls, in this time zone."""
    year, week, _ = moment.astimezone(zone).isocalendar()
    return f"{year:04}-W{week:02}"


def week_number(week: str) -> int:
    """Give the number within the year, as people say it: week 30."""
    return int(week[-2:])


def weeks_between(earlier: str, later: str) -> int:
    """Count the weeks from one to the other; negative when they are turned round."""
    return (_monday(later) - _monday(earlier)).days // 7


def week_after(week: str, count: int = 1) -> str:
    """Give the week so many weeks later (or earlier, when negative)."""
    year, number, _ = (_monday(week) + timedelta(weeks=count)).isocalendar()
    return f"{year:04}-W{number:02}"


def quarter(week: str) -> str:
    """Give the quarter a week lies in: thirteen weeks each, a 53rd in the last."""
    return f"{week[:4]}-Q{min((week_number(week) - 1) // 13, 3) + 1}"


def month(week: str) -> str:
    """Give the month in which a week begins (`2026-10`)."""
    return _monday(week).isoformat()[:7]


def month_before(during: str) -> str:
    """Give the month before a month."""
    year, number = int(during[:4]), int(during[5:])
    return f"{year}-{number - 1:02}" if number > 1 else f"{year - 1:04}-12"


def _monday(week: str) -> date:
    return date.fromisocalendar(int(week[:4]), int(week[-2:]), 1)
