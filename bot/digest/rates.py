"""How occasions ended, in the words of AAPOR, and the rates RR1, COOP1 and CON1.

AAPOR, Standard Definitions, 9th edition (2016), internet surveys of specifically named
persons. `docs/digest.md` defines each disposition in terms of this bot. It must never
add up people who were invited and people who walked in.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bot.ballots import Batch, Outcome
from bot.core.flow import Origin
from bot.digest.model import ENOUGH, WINDOW


@dataclass(frozen=True, slots=True)
class Disposition:
    """What AAPOR calls an outcome.

    Args:
        code: the final disposition code; empty for who was never in the sample.
        group: the letter in the formulas (I, R, UH); empty likewise.
    """

    outcome: Outcome
    code: str
    group: str


DISPOSITIONS: Final = (
    Disposition(Outcome.NOT_DRAWN, "", ""),
    Disposition(Outcome.NOT_OPENED, "3.19", "UH"),
    Disposition(Outcome.NO_REPLY, "2.1121", "R"),
    Disposition(Outcome.REFUSED, "2.111", "R"),
    Disposition(Outcome.WITHDREW, "2.111", "R"),
    Disposition(Outcome.BROKE_OFF, "2.12", "R"),
    Disposition(Outcome.COMPLETE, "1.1", "I"),
)
"""Every outcome, in the order of the way through a survey."""

RUN_UP: Final = WINDOW + 3
"""So many weeks after the first release the response can be said.

An invitation that nobody opens is known as such only after its three weeks. Until the
whole window lies behind that, those who answer are counted and those who do not are
not yet: the response would look far higher than it is.
"""

_ASKED: Final = frozenset(d.outcome for d in DISPOSITIONS if d.group)

Funnel = Mapping[Origin, Mapping[Outcome, int]]


def funnel(batches: Iterable[Batch]) -> Funnel:
    """Count the occasions of released batches by outcome, invited and walk-in apart.

    Every origin and every outcome is there, in the order of `DISPOSITIONS`.
    """
    found: dict[Origin, Counter[Outcome]] = {origin: Counter() for origin in Origin}
    for batch in batches:
        found[batch.cell.origin].update(batch.outcomes)
    return {
        origin: {d.outcome: counts[d.outcome] for d in DISPOSITIONS}
        for origin, counts in found.items()
    }


def asked(outcomes: Mapping[Outcome, int]) -> int:
    """Count the people who were asked; whom chance passed over was not."""
    return sum(n for outcome, n in outcomes.items() if outcome in _ASKED)


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many of so many people."""

    part: int
    whole: int

    @property
    def told(self) -> Fraction | None:
        """Give the rate; None where it would stand on fewer than 20 people."""
        return Fraction(self.part, self.whole) if self.whole >= ENOUGH else None


@dataclass(frozen=True, slots=True)
class Rates:
    """AAPOR's outcome rates of one survey.

    P, NC, O and UO cannot occur: a partial answer is never kept, and every other end is
    one of I, R and UH. So contact is opening the invitation.

    Args:
        rr1: response rate 1, I / ((I + P) + (R + NC + O) + (UH + UO)).
        coop1: cooperation rate 1, I / ((I + P) + R + O).
        con1: contact rate 1, ((I + P) + R + O) / ((I + P) + R + O + NC + (UH + UO)).
    """

    rr1: Ratio
    coop1: Ratio
    con1: Ratio


def rates(outcomes: Mapping[Outcome, int]) -> Rates:
    """Work out the rates of people who were invited; walk-ins have none."""
    letters = by_letter(outcomes)
    complete, refused, unknown = (letters[one] for one in ("I", "R", "UH"))
    opened = complete + refused
    drawn = opened + unknown
    return Rates(Ratio(complete, drawn), Ratio(complete, opened), Ratio(opened, drawn))


def by_letter(outcomes: Mapping[Outcome, int]) -> Counter[str]:
    """Count the people who were asked by the letters of the formulas: I, R and UH."""
    found = Counter[str]()
    for one in DISPOSITIONS:
        if one.group:
            found[one.group] += outcomes.get(one.outcome, 0)
    return found
