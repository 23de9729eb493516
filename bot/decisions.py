"""What the staff decide and do about the figures; nothing here is of a client.

A decision is remembered with the week, and never with who took it: the digest is read
by more people than the one who typed it.
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class NewBaseline:
    """Somebody set a new nulmeting for one question.

    What was released up to and in `week` no longer counts for verdicts; the nulmeting
    begins with the first release after it.

    Args:
        week: ISO week of the decision.
        flow: name of the flow.
        question: name of the question; invited and walk-in begin anew alike.
        reason: why, in the words that the digest prints.
    """

    week: str
    flow: str
    question: str
    reason: str


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done with the results, in the words that the monthly roll-up prints."""

    week: str
    text: str


class DecisionLog(Protocol):
    """What was decided and done, for good. The same thing twice is one."""

    async def set_baseline(self, decision: NewBaseline) -> None:
        """Remember a new nulmeting; in the same week the last reason stands."""
        ...

    async def baselines(self) -> list[NewBaseline]:
        """Give every new nulmeting, oldest first."""
        ...

    async def note(self, deed: Deed) -> None:
        """Remember what was done."""
        ...

    async def take_back(self, deed: Deed) -> bool:
        """Forget a deed that should not have been noted; say whether it was there."""
        ...

    async def deeds(self) -> list[Deed]:
        """Give everything that was done, oldest first."""
        ...
