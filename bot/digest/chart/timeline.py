"""The weeks below a line: half a year at most, the same for every line of a picture.

Where another wording was asked within that time, the line of the new one begins behind
a block of that; what was before has no place on this line.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bot.core.weeks import week_after, weeks_between
from bot.digest.chart.blocks import SMALL, scale_text
from bot.digest.chart.letters import width
from bot.digest.model import TREND, WINDOW, GradeFigure
from bot.digest.voice import Voice
from bot.picture import Anchor, Text

LEFT: Final = 588
RIGHT: Final = 1224
LAST: Final = RIGHT - 24
"""Where the newest week is; its sign needs the rest."""

PADDING: Final = 16
_LABELS: Final = 452


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where each week is.

    Args:
        first: the week at the left end.
        start: where that is.
        other: the words for another wording that was asked before it, if one was.
    """

    first: str
    last: str
    start: int
    other: tuple[str, ...] = ()

    def at(self, week: str) -> int:
        """Give the place of a week."""
        if self.first == self.last:
            return LAST
        all_of_it = weeks_between(self.first, self.last)
        part = Fraction(weeks_between(self.first, week), all_of_it)
        return round(self.start + part * (LAST - self.start))

    @property
    def edge(self) -> int:
        """Give where the line may begin: behind the other wording, if there is one."""
        return self.start - PADDING if self.other else self.start


def timeline(
    figure: GradeFigure, shown: Iterable[GradeFigure], week: str, voice: Voice
) -> Timeline:
    """Lay out the weeks of a figure, as long as any of the shown ones needs."""
    if figure.since is not None and weeks_between(figure.since, week) < TREND:
        other = tuple(voice.say("chart.other_wording").split(" "))
        block = max(width(word, SMALL) for word in other) + 2 * PADDING
        return Timeline(figure.since, week, LEFT + block + PADDING, other)
    # A line of a few weeks is not stretched: it would look like a long one.
    weeks = [point.week for one in shown for point in one.trend]
    return Timeline(min([*weeks, week_after(week, 1 - WINDOW)]), week, LEFT)


def labels(weeks: Timeline, voice: Voice) -> Iterator[Text]:
    """Name the last week, the first and one between them, as far as there is room."""

    def text(week: str) -> str:
        return voice.say("chart.week", week=voice.week(week))

    last = text(weeks.last)
    yield scale_text(RIGHT, _LABELS, last, Anchor.END)
    first = text(weeks.first)
    start = weeks.start + width(first, SMALL) + PADDING
    end = RIGHT - width(last, SMALL) - PADDING
    if weeks.first == weeks.last or start > end:
        return
    yield scale_text(weeks.start, _LABELS, first, Anchor.START)
    passed = (weeks_between(weeks.first, weeks.last) + 1) // 2
    middle = text(week_after(weeks.first, passed))
    x, half = weeks.at(week_after(weeks.first, passed)), width(middle, SMALL) // 2 + 1
    if start <= x - half and x + half <= end:
        yield scale_text(x, _LABELS, middle, Anchor.MIDDLE)
