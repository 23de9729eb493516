"""What is counted together: one question in one wording, invited and walk-in apart.

A group of answers, once closed, never changes; a published figure is a sum of whole
groups. So the difference of any two figures is a sum of groups of K people or more.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.ballots import Batch
from bot.core.flow import Origin
from bot.core.questions import Question
from bot.core.weeks import weeks_between
from bot.digest.model import WINDOW
from bot.grouping import Wordings, grouped


@dataclass(frozen=True, slots=True)
class Measure:
    """One closed question as it is asked now, of those who came in one way."""

    question: Question
    fingerprint: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Group:
    """Answers of K people or more, which are only ever published together.

    Args:
        week: ISO week of the last batch in it; the group is dated by it.
        counts: per code on the scale, how many chose it.
    """

    week: str
    counts: Mapping[str, int]

    @property
    def n(self) -> int:
        """Say how many people answered."""
        return sum(self.counts.values())


def groups(
    measure: Measure, batches: Iterable[Batch], known: Wordings
) -> tuple[Group, ...]:
    """Join what was released in consecutive weeks, as `bot.grouping` says.

    The last batches may be too few for a group: they are in none, and wait.
    """
    name, codes = measure.question.name, measure.question.codes
    batches = list(batches)
    found = grouped(name, measure.fingerprint, measure.origin, batches, known)
    closed = [week for week, _ in found.closed]
    counts: dict[str, Counter[str]] = {week: Counter() for week in closed}
    for batch in batches:
        place = bisect_left(closed, batch.week)
        is_own = _wording(measure, batch, known) == measure.fingerprint
        if is_own and place < len(closed):
            chosen = batch.counts.get(name, {})
            on_scale = {code: chosen.get(code, 0) for code in codes}
            counts[closed[place]].update(on_scale)
    return tuple(Group(week, counts[week]) for week in closed)


def in_window(week: str, at: str) -> bool:
    """Say whether a release of this week still counts at the opening of `at`."""
    return 0 <= weeks_between(week, at) < WINDOW


def pooled(found: Sequence[Group], at: str) -> Counter[str]:
    """Add up the groups that count at the opening of `at`."""
    total: Counter[str] = Counter()
    for group in found:
        if in_window(group.week, at):
            total.update(group.counts)
    return total


def is_new(
    measure: Measure, batches: Sequence[Batch], known: Wordings, at: str
) -> bool:
    """Say whether the question was asked differently until less than a window ago."""
    own, other = _weeks(measure, batches, known)
    if not other:
        return False
    # One opening may release the last answers to the old question with the first ones
    # to the new. What is asked now is then the new one.
    return not own or (min(other) <= min(own) and in_window(min(own), at))


def began_anew(
    measure: Measure, batches: Sequence[Batch], known: Wordings
) -> str | None:
    """Give the first week of this wording, where another one came before it."""
    own, other = _weeks(measure, batches, known)
    return min(own) if own and other and min(other) < min(own) else None


def _weeks(
    measure: Measure, batches: Sequence[Batch], known: Wordings
) -> tuple[set[str], set[str]]:
    """List in which weeks this wording was released, and in which another."""
    own, other = set[str](), set[str]()
    for batch in batches:
        wording = _wording(measure, batch, known)
        if wording == measure.fingerprint:
            own.add(batch.week)
        elif wording is not None:
            other.add(batch.week)
    return own, other


def _wording(measure: Measure, batch: Batch, known: Wordings) -> str | None:
    """Name what the batch measured under this name; None where it did not ask."""
    if batch.cell.origin is not measure.origin:
        return None
    return known.of(batch, measure.question.name)
