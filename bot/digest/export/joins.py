"""The groups of answers that may leave: those of the digest, joined on where need be.

An export shows how often each code was given, which no digest does. That can say more
than the same groups say in a digest, so a group goes on until it cannot:

- not all gave the same answer, or everybody's answer would be known;
- a question that only some are asked (`only_if`) ends where the question ends that
  decides about it, as in the digest (`bot.grouping`), also where that one goes on here.

A group that is closed never changes, whatever is released after it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.ballots import Batch
from bot.core.flow import FlowDefinition, Origin, fingerprint
from bot.core.questions.base import NOT_ASKED, OPT_OUT
from bot.digest.export.history import History
from bot.digest.measures import Measure, groups
from bot.grouping import answered, wordings

OUTSIDE = (OPT_OUT, NOT_ASKED)
"""The codes that are on no scale."""


@dataclass(frozen=True, slots=True)
class Join:
    """Whole groups of one measure, counted together for good.

    Args:
        first: ISO week of the first batch in it.
        week: ISO week of the last one.
        counts: per code on the scale, how many chose it.
        outside: how many of the same people opted out or were not asked. Of the whole
            join only: per batch, subtracting it would give the answers of fewer.
    """

    first: str
    week: str
    counts: Mapping[str, int]
    outside: Mapping[str, int]

    @property
    def n(self) -> int:
        """Say how many people answered."""
        return sum(self.counts.values())


class Joins:
    """The joins of every measure of a history."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._known = wordings(history.flows)
        self._made: dict[tuple[str, Origin], tuple[Join, ...]] = {}

    def of(self, measure: Measure) -> tuple[Join, ...]:
        """Give the closed joins of a measure, oldest first."""
        key = (measure.fingerprint, measure.origin)
        if key not in self._made:
            self._made[key] = tuple(self._join(measure))
        return self._made[key]

    def _join(self, measure: Measure) -> Iterator[Join]:
        after, counts = "", Counter[str]()
        mine = self._batches(measure)
        for group in groups(measure, mine, self._known):
            counts.update(group.counts)
            is_varied = sum(n > 0 for n in counts.values()) > 1
            if not is_varied or not self._is_even(measure, group.week):
                continue
            within = [batch for batch in mine if after < batch.week <= group.week]
            yield Join(
                min(batch.week for batch in within),
                group.week,
                {code: counts[code] for code in measure.question.codes},
                self._outside(measure, within),
            )
            after, counts = group.week, Counter()

    def _batches(self, measure: Measure) -> list[Batch]:
        """Give the batches in which it was asked in this wording."""
        return [
            batch
            for batch in self._history.batches
            if batch.cell.origin is measure.origin
            and self._known[batch.cell.flow].get(measure.question.name)
            == measure.fingerprint
        ]

    def _outside(self, measure: Measure, within: list[Batch]) -> dict[str, int]:
        name, question = measure.question.name, measure.question
        possible = (question.opt_out, question.only_if)
        return {
            code: sum(batch.counts.get(name, {}).get(code, 0) for batch in within)
            for code, can_be in zip(OUTSIDE, possible, strict=True)
            if can_be is not None
        }

    def _is_even(self, measure: Measure, week: str) -> bool:
        """Say whether no answer of a deciding question is in an open join then."""
        for decides in self._deciding(measure, week):
            ends = [one.week for one in self.of(decides) if one.week <= week]
            after = max(ends, default="")
            for batch in self._batches(decides):
                if after < batch.week <= week and answered(
                    batch, decides.question.name
                ):
                    return False
        return True

    def _deciding(self, measure: Measure, week: str) -> list[Measure]:
        """Give the question that decides who is asked, in each of its wordings."""
        if measure.question.only_if is None:
            return []
        name = measure.question.only_if.question
        asked = {
            batch.cell.flow: self._history.flows[batch.cell.flow]
            for batch in self._batches(measure)
            if batch.week <= week
        }
        found = (measured(flow, name, measure.origin) for flow in asked.values())
        return list({one.fingerprint: one for one in found}.values())


def measured(flow: FlowDefinition, name: str, origin: Origin) -> Measure:
    """Give what a question of a version measures."""
    return Measure(flow.question(name), fingerprint(flow, name), origin)
