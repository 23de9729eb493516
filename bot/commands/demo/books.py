"""What people did by their own account, beside what was counted. Pure.

A batch must hold exactly what happened, of people who came in its way, since the batch
before it: nobody lost, nobody twice, every answer as it was given.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.commands.demo.habits import Ending
from bot.commands.demo.remarks import RemarkBooks
from bot.core.flow import Origin

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time that somebody came, or did not; `given` is a code by question."""

    origin: Origin
    ending: Ending
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Tally:
    """How occasions ended, and what was answered by those who went to the end."""

    outcomes: Counter[str] = field(default_factory=Counter)
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def completes(self) -> int:
        """Say how many answered to the end."""
        return self.outcomes[Ending.COMPLETE.value]

    def add(self, outcomes: Mapping[str, int], counts: Counts) -> None:
        """Add what a batch counted, or what one person did."""
        self.outcomes.update(outcomes)
        for name, codes in counts.items():
            self.answers.update({(name, code): n for code, n in codes.items()})


def tally(occasions: Iterable[Occasion]) -> Tally:
    """Count what people did."""
    total = Tally()
    for one in occasions:
        is_complete = one.ending is Ending.COMPLETE
        given = one.given if is_complete else {}
        total.add(
            {one.ending.value: 1}, {name: {code: 1} for name, code in given.items()}
        )
    return total


def _each() -> dict[Origin, Tally]:
    return {origin: Tally() for origin in Origin}


@dataclass(slots=True)
class Books:
    """Keeps both accounts.

    Args:
        did: what people did who were in a batch by now.
        counted: what the batches say.
        waiting: what has ended and was in no batch yet.
        differing: the weeks of batches that were not what people did.
        remarks: the accounts of what people wrote.
    """

    did: dict[Origin, Tally] = field(default_factory=_each)
    counted: dict[Origin, Tally] = field(default_factory=_each)
    waiting: list[Occasion] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    remarks: RemarkBooks = field(default_factory=RemarkBooks)

    @property
    def in_box(self) -> int:
        """Say how many ballots must lie in the box after an opening."""
        return len(self.waiting) + len(self.remarks.waiting)

    def note(self, occasion: Occasion) -> None:
        """Write down that an occasion has ended."""
        self.waiting.append(occasion)

    def release(
        self, week: str, origin: Origin, outcomes: Mapping[str, int], counts: Counts
    ) -> None:
        """Lay a new batch beside what people did since the batch before it."""
        batch = Tally()
        batch.add(outcomes, counts)
        since = tally(one for one in self.waiting if one.origin is origin)
        if batch != since:
            self.differing.append(week)
        self.waiting = [one for one in self.waiting if one.origin is not origin]
        for total, part in ((self.did, since), (self.counted, batch)):
            total[origin].outcomes.update(part.outcomes)
            total[origin].answers.update(part.answers)
