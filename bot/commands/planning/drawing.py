"""The picture of a plan, in the words of its text. Pure."""

from collections.abc import Iterator
from math import inf
from typing import Final

from bot.commands.planning.saying import Saying
from bot.digest.planning.chart import Bar, Bars, chart
from bot.digest.planning.future import YEAR, Weeks
from bot.digest.planning.plan import Plan
from bot.picture import Picture

_THIN: Final = 0.5
"""Weeks to either side: what is sure to the week is still to be seen."""


def drawn(plan: Plan, saying: Saying) -> Picture:
    """Draw when there is what, and which drops are found."""
    return chart(
        saying.say("title"),
        saying.outset(plan),
        (
            Bars(saying.say("chart.weeks", weeks=YEAR), tuple(_when(plan, saying))),
            Bars(
                saying.say("chart.power"),
                tuple(
                    Bar(
                        saying.drop(found),
                        saying.often(found.rate),
                        0.0,
                        found.rate.share,
                    )
                    for found in plan.power
                ),
            ),
        ),
    )


def _when(plan: Plan, saying: Saying) -> Iterator[Bar]:
    for key, found in (
        ("first-figure", plan.first_figure),
        ("nulmeting", plan.nulmeting),
    ):
        start, end = _stretch(found)
        yield Bar(saying.say(f"row.{key}"), saying.weeks(found), start, end)


def _stretch(found: Weeks) -> tuple[float, float]:
    """Give from where to where it may be, of a year; nowhere where it mostly is not."""
    if found.middle == inf:
        return 0.0, 0.0
    start, end = (week / YEAR for week in (found.low - _THIN, found.high + _THIN))
    return min(start, 1.0), min(end, 1.0)
