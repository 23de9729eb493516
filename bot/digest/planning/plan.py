"""The plan: what a department may expect, and how many people it should ask.

Pure: the same outset with the same chance gives the same plan.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bot.digest.planning.future import Future, Weeks
from bot.digest.planning.outset import MOST_ONE_IN, USUAL_ONE_IN, Outset
from bot.digest.planning.quarters import Sharing, Told
from bot.digest.simulation.chance import Rate

POWER: Final = 0.8
"""So often a change must be found before it is said that it is."""

WISH: Final = Fraction(1)
"""The drop that should be found within a quarter, unless somebody says otherwise."""

SMALLEST: Final = Fraction(1, 2)
"""A drop of no more than this is found within no quarter, however many are asked.

So much of each answer's difference falls away before it is added up: 0.30 times the
standard deviation.
"""

LARGEST: Final = Fraction(3)
"""No larger drop is looked for: who needs no survey to notice, needs none."""

SHOWN: Final = tuple(map(Fraction, ("0.6", "0.8", "1", "1.5")))
"""The drops of which is told how often they are found."""

SOON: Final = 26
"""Who has no figure after so many weeks, sees nothing."""

_STEP: Final = Fraction(1, 10)

_FINE: Final = 20
"""A one_in is looked for to one part in so many: the years say it no better."""

_NEEDED: Final = Fraction(17, 4)
_NEEDED_TO_SHOW: Final = Fraction(19, 10)
"""About so many people a week are needed: to find a drop of 1 more than SMALLEST, and
to have a figure. Here a search begins; where it ends, the made-up years say."""

Futures = Callable[[float], Future]
"""Gives the future of a department by how many people answer to the end in a week."""


@dataclass(frozen=True, slots=True)
class Found:
    """How often a drop is found within a quarter, in made-up years."""

    drop: Fraction
    rate: Rate

    @property
    def is_enough(self) -> bool:
        """Say whether it may be said that it is found."""
        return self.rate.share >= POWER


@dataclass(frozen=True, slots=True)
class Asking:
    """How many contacts there should be to one invitation; None where all are too few.

    Args:
        finds: the largest with which the wish is found within a quarter.
        found: how often it is with that; with everybody asked, where that is too few.
        shows: the largest with which there is a figure within half a year.
    """

    wish: Fraction
    finds: int | None
    found: Found
    shows: int | None

    @property
    def proposed(self) -> int:
        """Give what to begin with: no more people than are needed, nor than usual."""
        if self.finds is None:
            return 1
        return min(USUAL_ONE_IN, self.finds)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a department may expect.

    Args:
        between: weeks from one release to the next; endless for none.
        smallest: the smallest drop that is found within a quarter, in tenths; None
            where not even the largest is.
        power: how often the shown drops are found.
        false: a year in which nothing happens has a verdict all the same, for one
            measure.
        phases: how often the phases can be told of.
    """

    outset: Outset
    between: float
    first_figure: Weeks
    nulmeting: Weeks
    smallest: Found | None
    power: tuple[Found, ...]
    false: Rate
    phases: Told
    asking: Asking

    @property
    def shows(self) -> bool:
        """Say whether there is a figure within half a year."""
        return _is_soon(self.first_figure)

    @property
    def wished(self) -> Found:
        """Say how often the wish is found as it is now."""
        return next(one for one in self.power if one.drop == self.asking.wish)

    def falsely(self, questions: int) -> float:
        """Say of 1 how often it is so for any of so many questions.

        As if they had nothing to do with one another, which is the worst case.
        """
        return float(1 - (1 - self.false.share) ** questions)


def plan(outset: Outset, wish: Fraction, sharing: Sharing, futures: Futures) -> Plan:
    """Work out what to expect, and how many people a wish needs.

    Args:
        wish: the drop that should be found within a quarter.
        sharing: which part of the contacts is in each phase.
    """
    future = futures(float(outset.completes))
    return Plan(
        outset=outset,
        between=future.between,
        first_figure=future.first_figure,
        nulmeting=future.nulmeting,
        smallest=_smallest(future),
        power=tuple(
            Found(drop, future.found(float(drop))) for drop in sorted({*SHOWN, wish})
        ),
        false=future.false,
        phases=future.phases(sharing),
        asking=asking(outset, wish, futures),
    )


def asking(outset: Outset, wish: Fraction, futures: Futures) -> Asking:
    """Say how many people a wish needs, and how many a figure."""

    def future(one_in: int) -> Future:
        completes = outset.contacts * outset.response / one_in
        return futures(float(completes))

    def found(one_in: int) -> Found:
        return Found(wish, future(one_in).found(float(wish)))

    everybody = outset.contacts * outset.response
    finds = _largest(
        lambda one_in: found(one_in).is_enough,
        everybody * (wish - SMALLEST) / _NEEDED,
    )
    return Asking(
        wish,
        finds,
        found(finds or 1),
        _largest(
            lambda one_in: _is_soon(future(one_in).first_figure),
            everybody / _NEEDED_TO_SHOW,
        ),
    )


def _is_soon(figure: Weeks) -> bool:
    return figure.came.share >= POWER and figure.high <= SOON


def _largest(is_enough: Callable[[int], bool], about: Fraction) -> int | None:
    """Find the largest one_in that is enough; every smaller one is, too.

    Args:
        about: where it probably is, so that few of them need be tried.
    """
    low, high = 0, MOST_ONE_IN + 1
    tried = min(max(round(about), 1), MOST_ONE_IN)
    while high - low > 1 and high * _FINE > low * (_FINE + 1):
        if is_enough(tried):
            low = tried
        else:
            high = tried
        if high > MOST_ONE_IN:
            tried = min(max(tried * 5 // 4, low + 1), MOST_ONE_IN)
        elif low == 0:
            tried = max(tried * 4 // 5, 1)
        else:
            tried = (low + high) // 2
    return low or None


def _smallest(future: Future) -> Found | None:
    """Find the smallest drop, in tenths, that is found; every larger one is, too."""
    low, high = int(SMALLEST / _STEP), int(LARGEST / _STEP)
    if not Found(LARGEST, future.found(float(LARGEST))).is_enough:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        drop = middle * _STEP
        is_enough = Found(drop, future.found(float(drop))).is_enough
        low, high = (low, middle) if is_enough else (middle, high)
    drop = high * _STEP
    return Found(drop, future.found(float(drop)))
