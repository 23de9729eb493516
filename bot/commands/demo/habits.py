"""What a made-up person is like: drawn by chance, before they see anything.

The shares are guesses that look like the earlier surveys: about 35 of 100 people who
were invited answer to the end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from random import Random
from typing import Final, TypeVar, assert_never

from bot.core.questions import Choice, Grade, Question
from bot.core.questions.base import OPT_OUT

T = TypeVar("T")


class Ending(StrEnum):
    """How an occasion ended, as the person would tell it; in the words of AAPOR."""

    NOT_DRAWN = "not_drawn"
    NOT_OPENED = "not_opened"
    NO_REPLY = "no_reply"
    REFUSED = "refused"
    WITHDREW = "withdrew"
    BROKE_OFF = "broke_off"
    COMPLETE = "complete"


OPENS: Final = 0.45
"""Which part of the invited open their invitation at all."""

_INTENDS: Final = {
    Ending.COMPLETE: 79,
    Ending.REFUSED: 8,
    Ending.NO_REPLY: 5,
    Ending.BROKE_OFF: 5,
    Ending.WITHDREW: 3,
}
_PHONES: Final = {"nl": 66, "ar": 12, "tr": 9, "en": 8, "pl": 3, "uk": 2}
_READS: Final = ("nl", "en", "ar", "tr")

_MEAN: Final = 7.25
_BETWEEN: Final = 1.0
_WITHIN: Final = 1.4
"""Together a standard deviation of 1.7 between grades, as earlier surveys had."""
_AGREES: Final = 0.82
_NO_CONTACT: Final = 0.12
_DOES_NOT_KNOW: Final = 0.04


@dataclass(frozen=True, slots=True)
class Habits:
    """How one person goes about a survey.

    Args:
        phone: the language of their phone; the survey may not speak it.
        reads: the language they want to read.
        intends: how they mean to end; time may end it otherwise.
        leaves_at: before which question they leave, where they do; 0 is the intro.
        rests_at: before which question they put the phone down for a while.
        rest: for how long.
        changes_at: before which question they look for their own language.
    """

    phone: str
    reads: str
    intends: Ending
    leaves_at: int
    rests_at: int
    rest: timedelta
    changes_at: int
    types: bool
    types_nonsense: bool
    types_code: bool
    goes_back: bool
    reads_privacy: bool
    taps_twice: bool
    taps_old: bool
    comes_again: bool
    comes_back: bool
    blocks: bool
    stutters: bool


def draw_habits(chance: Random, questions: int) -> Habits:
    """Draw what somebody is like."""

    def does(share: float) -> bool:
        return chance.random() < share

    phone = _one_of(_PHONES, chance)
    own = phone if phone in _READS else "en"
    is_slow = does(0.12)
    return Habits(
        phone=phone,
        reads=chance.choice(_READS) if does(0.04) else own,
        intends=_one_of(_INTENDS, chance),
        leaves_at=chance.randint(1, questions),
        rests_at=chance.randint(1, questions) if is_slow else -1,
        rest=timedelta(hours=chance.uniform(4, 34)),
        changes_at=chance.choice((0, 0, 2)),
        types=does(0.15),
        types_nonsense=does(0.06),
        types_code=does(0.10),
        goes_back=does(0.06),
        reads_privacy=does(0.05),
        taps_twice=does(0.05),
        taps_old=does(0.05),
        comes_again=does(0.06),
        comes_back=does(0.3),
        blocks=does(0.1),
        stutters=does(0.03),
    )


Shifts = Mapping[str, float]
"""By question how much better than usual somebody was treated; 0 where it is not."""


def draw_opinions(
    questions: Sequence[Question], chance: Random, shifts: Shifts
) -> dict[str, str]:
    """Draw what somebody thinks: a code for every question, of one mood."""
    mood = chance.gauss(0, _BETWEEN)
    return {
        question.name: _opinion(question, mood + shifts.get(question.name, 0), chance)
        for question in questions
    }


def new_opinion(question: Question, chance: Random, shifts: Shifts) -> str:
    """Draw another opinion, for who thinks again."""
    mood = chance.gauss(0, _BETWEEN)
    return _opinion(question, mood + shifts.get(question.name, 0), chance)


def _opinion(question: Question, mood: float, chance: Random) -> str:
    match question:
        case Grade():
            if chance.random() < _NO_CONTACT:
                return OPT_OUT
            grade = round(chance.gauss(_MEAN + mood, _WITHIN))
            return str(min(max(grade, question.lowest), question.highest))
        case Choice():
            if chance.random() < _DOES_NOT_KNOW:
                return OPT_OUT
            agrees = chance.random() < _AGREES + 0.12 * mood
            options = [o.code for o in question.options]
            side = [code for code in options if (code in question.positive) is agrees]
            # More people keep to the middle of a scale than go to its ends.
            outwards = side if agrees else side[::-1]
            weights = range(len(outwards), 0, -1)
            return chance.choices(outwards, weights)[0]
        case _:
            assert_never(question)


def _one_of(shares: Mapping[T, int], chance: Random) -> T:
    return chance.choices(tuple(shares), tuple(shares.values()))[0]
