"""What is known before starting, and what it comes to on average.

Arithmetic alone, and no promise: chance makes some weeks emptier than others.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bot.ballots import K
from bot.digest.statistics import Summary, interval
from bot.digest.waiting import answers_in_window, weeks_to_figure

LEAST: Final = K
"""No figure is made of fewer people than this."""

USUAL_ONE_IN: Final = 25
"""So many contacts to one invitation, unless somebody says otherwise."""

MOST_ONE_IN: Final = 1000
"""The largest that a configuration can hold."""

USUAL_RESPONSE: Final = Fraction(1, 5)
"""Which part of the people asked takes part, where nobody knows better.

Surveys of such clients reached 17, 20 and 35 of 100; who plans with too much of it is
disappointed.
"""

_USUAL_GRADE: Final = Fraction(6)
_USUAL_VARIANCE: Final = Fraction(4)
"""Of grades on a scale of ten: two points up or down is ordinary."""


@dataclass(frozen=True, slots=True)
class Outset:
    """A department before it starts.

    Args:
        contacts: a week.
        one_in: of so many contacts, one is asked.
        response: which part of the people asked answers to the end, of 1.
    """

    contacts: int
    one_in: int = USUAL_ONE_IN
    response: Fraction = USUAL_RESPONSE

    @property
    def invitations(self) -> Fraction:
        """Say how many people are asked in a week, on average."""
        return Fraction(self.contacts, self.one_in)

    @property
    def completes(self) -> Fraction:
        """Say how many people answer to the end in a week, on average."""
        return self.invitations * self.response

    @property
    def margin(self) -> float | None:
        """Say how far a grade may be off by chance once its window is full.

        None where there will be no figure, on average.
        """
        if weeks_to_figure(self.completes) is None:
            return None
        in_window = answers_in_window(self.completes)
        low, high = interval(Summary(in_window, _USUAL_GRADE, _USUAL_VARIANCE), 1, 10)
        return (high - low) / 2
