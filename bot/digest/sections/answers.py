"""How many people answered, and which part of those asked. Never a percentage."""

from fractions import Fraction
from typing import Final

from bot.digest.model import WINDOW, Part
from bot.digest.voice import Voice

_FEW: Final = Fraction(1, 20)
_ALMOST_ALL: Final = Fraction(19, 20)

_SAID: Final = {
    Fraction(1, 20): "1_in_20",
    Fraction(1, 10): "1_in_10",
    Fraction(1, 8): "1_in_8",
    Fraction(1, 6): "1_in_6",
    Fraction(1, 5): "1_in_5",
    Fraction(1, 4): "1_in_4",
    Fraction(1, 3): "1_in_3",
    Fraction(1, 2): "1_in_2",
    Fraction(2, 3): "2_in_3",
    Fraction(3, 4): "3_in_4",
    Fraction(9, 10): "9_in_10",
}


def section(part: Part, voice: Voice) -> tuple[str, ...]:
    """Give one line."""
    line = voice.say(f"answers.{part.origin}", n=part.answers, weeks=WINDOW)
    if part.response is None:
        return (line,)
    return (f"{line} {voice.say(f'response.{wording(part.response)}')}",)


def wording(response: Fraction) -> str:
    """Name the sentence for a response: the fraction next to it, the lower of two."""
    if response < _FEW:
        return "few"
    if response > _ALMOST_ALL:
        return "almost_all"
    return _SAID[min(_SAID, key=lambda said: (abs(said - response), said))]
