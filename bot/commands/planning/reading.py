"""The numbers that a plan is made of, as people type them; each fault says its cure."""

from fractions import Fraction
from typing import Final

from bot.digest.planning.outset import MOST_ONE_IN
from bot.digest.planning.plan import LARGEST, SMALLEST
from bot.errors import InputError

MOST_CONTACTS: Final = 1_000_000
MOST_QUESTIONS: Final = 4
MOST_PHASES: Final = 3

_TENTH: Final = Fraction(1, 10)


def read_contacts(number: int) -> int:
    """Take a number of contacts a week. Raises InputError."""
    if not 1 <= number <= MOST_CONTACTS:
        raise InputError("plan-contacts", most=MOST_CONTACTS)
    return number


def read_one_in(number: int) -> int:
    """Take of how many contacts one is asked. Raises InputError."""
    if not 1 <= number <= MOST_ONE_IN:
        raise InputError("plan-one-in", most=MOST_ONE_IN)
    return number


def read_questions(number: int) -> int:
    """Take how many questions a survey has. Raises InputError."""
    if not 1 <= number <= MOST_QUESTIONS:
        raise InputError("plan-questions", most=MOST_QUESTIONS)
    return number


def read_response(text: str) -> Fraction:
    """Read a share of 1, with a point or a comma. Raises InputError."""
    share = _number(text)
    # Who means 20 of a hundred types 20 as easily; 1 would be everybody.
    if share is None or not 0 < share <= 1:
        raise InputError("plan-response")
    return share


def read_find(text: str) -> Fraction:
    """Read a drop of a grade, in tenths. Raises InputError."""
    drop = _number(text)
    if (
        drop is None
        or not SMALLEST < drop <= LARGEST
        or (drop / _TENTH).denominator != 1
    ):
        raise InputError("plan-find", least=float(SMALLEST + _TENTH), most=LARGEST)
    return drop


def read_phases(text: str) -> tuple[Fraction, ...]:
    """Read how the contacts are shared among the phases: `30,25,45`.

    Raises InputError.
    """
    parts = [_number(part) for part in text.split(",")]
    if not 2 <= len(parts) <= MOST_PHASES:
        raise InputError("plan-phases", most=MOST_PHASES)
    found = [part for part in parts if part is not None and part > 0]
    if len(found) != len(parts):
        raise InputError("plan-phases", most=MOST_PHASES)
    return tuple(part / sum(found) for part in found)


def _number(text: str) -> Fraction | None:
    """Read digits with at most one point or comma; None for anything else."""
    whole, _, part = text.strip().replace(",", ".").partition(".")
    digits = whole + part
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 9:
        return None
    return Fraction(int(digits), 10 ** len(part))
