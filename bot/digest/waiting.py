"""How long a measure takes to have a figure, and a nulmeting, at so many answers.

Arithmetic with averages, no promise: chance makes some weeks emptier than others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from bot.ballots import Batch, K
from bot.core.flow import Origin
from bot.core.weeks import weeks_between
from bot.digest.model import ENOUGH, WINDOW
from bot.digest.signals import QUICK, SLOW
from bot.grouping import answered


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many weeks a measure that begins now takes; None for never.

    Args:
        figure: until its first figure.
        nulmeting: until a nulmeting is frozen, and verdicts can come.
    """

    figure: int | None
    nulmeting: int | None


def waiting(answers: Fraction) -> Waiting:
    """Say how long it takes at so many answers a week."""
    figure = weeks_to_figure(answers)
    return Waiting(figure, None if figure is None else _weeks_to_nulmeting(answers))


def weeks_to_figure(answers: Fraction) -> int | None:
    """Count the weeks until a figure stands on enough; None where it never will."""
    if answers_in_window(answers) < ENOUGH:
        return None
    every = _weeks_between_releases(answers)
    return every * ceil(ENOUGH / (every * answers))


def answers_in_window(answers: Fraction) -> int:
    """Say how many answers a figure stands on once its window is full."""
    every = _weeks_between_releases(answers)
    return int(WINDOW // every * every * answers)


def _weeks_between_releases(answers: Fraction) -> int:
    """Count the weeks that the box gathers until it holds enough for one release."""
    return ceil(K / answers) if answers > 0 else WINDOW + 1


def _weeks_to_nulmeting(answers: Fraction) -> int | None:
    # The first of its weeks is that of the first release.
    before = _weeks_between_releases(answers) - 1
    weeks = max(QUICK[0], ceil(QUICK[1] / answers) - before)
    if weeks <= SLOW[0]:
        return before + weeks
    return before + SLOW[0] if answers * (before + SLOW[0]) >= SLOW[1] else None


def answers_a_week(
    batches: Iterable[Batch], name: str, week: str | None
) -> Fraction | None:
    """Say how many answers to a question were released a week, of late.

    Invited and walk-in are measured apart: it is the larger of the two. None where
    nothing was released in the last window.

    Args:
        batches: those of its flow.
        name: the question's; one that was never asked gets what any question gets.
        week: ISO week of the newest opening.
    """
    if week is None:
        return None
    batches = list(batches)
    recent = [b for b in batches if 0 <= weeks_between(b.week, week) < WINDOW]
    if not recent:
        return None
    # A flow that is younger than the window has had fewer weeks to gather in.
    age = weeks_between(min(batch.week for batch in batches), week) + 1
    asked = [batch for batch in recent if name in batch.counts]
    totals = dict.fromkeys(Origin, 0)
    for batch in asked or recent:
        n = answered(batch, name) if asked else batch.completes
        totals[batch.cell.origin] += n
    return Fraction(max(totals.values()), min(age, WINDOW))
