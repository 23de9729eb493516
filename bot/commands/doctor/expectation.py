"""How many answers to expect, and what so many can show.

Arithmetic with averages, no promise: chance makes some weeks emptier than others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bot.commands.doctor.finding import Finding, mind, note, ok
from bot.digest.model import ENOUGH, WINDOW
from bot.digest.statistics import Summary, interval
from bot.digest.waiting import answers_in_window, weeks_to_figure

_SHARE: Final = 3
"""Of so many people asked, one answers: what surveys of such clients reach at best."""
USUAL: Final = (125, 250, 500, 1000, 2000)
"""Contacts a week, to choose from for whoever does not know how many there are."""

_USUAL_GRADE: Final = Fraction(6)
_USUAL_VARIANCE: Final = Fraction(4)
"""Of grades on a scale of ten: two points up or down is ordinary."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What so many contacts a week come to, on average.

    Args:
        contacts: a week.
        asked: people who get an invitation, a week.
        answers: people who answer to the end, a week.
        first: weeks until the first figure; None when there will never be one.
        in_window: answers that a figure stands on once the window is full.
        margin: how far a grade may be off then, either way; None without a figure.
    """

    contacts: int
    asked: Fraction
    answers: Fraction
    first: int | None
    in_window: int
    margin: float | None


def expect(contacts: int, one_in: int) -> Expectation:
    """Work out what to expect when chance asks one in so many contacts."""
    asked = Fraction(contacts, one_in)
    answers = asked / _SHARE
    in_window = answers_in_window(answers)
    first = weeks_to_figure(answers)
    if first is None:
        return Expectation(contacts, asked, answers, None, in_window, None)
    low, high = interval(Summary(in_window, _USUAL_GRADE, _USUAL_VARIANCE), 1, 10)
    return Expectation(contacts, asked, answers, first, in_window, (high - low) / 2)


def check_expectation(one_in: int, contacts: int | None) -> Iterator[Finding]:
    """Say how many answers will come, and what they can and cannot show.

    Args:
        contacts: a week; None when nobody said, which gives a table to choose from.
    """
    yield note("expect-how", one_in=one_in, share=_SHARE, least=ENOUGH, window=WINDOW)
    for each in USUAL if contacts is None else (contacts,):
        found = expect(each, one_in)
        facts = {
            "contacts": found.contacts,
            "asked": float(found.asked),
            "answers": float(found.answers),
        }
        if found.first is None or found.margin is None:
            say = note if contacts is None else mind
            yield say("expect-nothing", **facts)
        else:
            say = note if contacts is None else ok
            yield say("expect", first=found.first, margin=found.margin, **facts)
