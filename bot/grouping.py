"""Which released answers may be told of together: whole groups of K people or more.

Whoever answered one question of a batch may be fewer than K, so consecutive weeks are
joined. A group that is closed never changes, and what is told is a sum of whole groups.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.ballots import Batch, K
from bot.core.flow import FlowDefinition, Origin, fingerprint
from bot.core.questions.base import NOT_ASKED, OPT_OUT

_NO_ANSWER = (OPT_OUT, NOT_ASKED)


@dataclass(frozen=True, slots=True)
class Wordings:
    """What the questions of every version measure.

    Args:
        measures: by content hash and name of a question, its fingerprint.
        deciding: likewise, the name of the question that decides whether it is asked
            (`only_if`); only where there is one.
    """

    measures: Mapping[str, Mapping[str, str]]
    deciding: Mapping[str, Mapping[str, str]]

    def __getitem__(self, content_hash: str) -> Mapping[str, str]:
        """Give the fingerprints of a version, by name of the question."""
        return self.measures[content_hash]

    def of(self, batch: Batch, name: str) -> str | None:
        """Say what a question measured in a batch; None where it was not asked."""
        return self.measures[batch.cell.flow].get(name)


def wordings(flows: Mapping[str, FlowDefinition]) -> Wordings:
    """Name what each question of each version measures, and what it depends on."""
    return Wordings(
        {
            content_hash: {
                question.name: fingerprint(flow, question.name)
                for question in flow.questions
            }
            for content_hash, flow in flows.items()
        },
        {
            content_hash: {
                question.name: question.only_if.question
                for question in flow.questions
                if question.only_if is not None
            }
            for content_hash, flow in flows.items()
        },
    )


@dataclass(frozen=True, slots=True)
class Grouped:
    """How the answers to one measure fell into groups, week by week.

    Args:
        closed: (ISO week in which it was complete, how many people) of each group.
        waiting: how many are in none yet.
        since: ISO week of the first of these; None for nobody.
    """

    closed: tuple[tuple[str, int], ...] = ()
    waiting: int = 0
    since: str | None = None


def grouped(
    name: str,
    measure: str,
    origin: Origin,
    batches: Iterable[Batch],
    known: Wordings,
) -> Grouped:
    """Follow the groups of one question in one wording.

    How many were asked a question with `only_if` is a count of answers to the question
    that decides about it. So its groups end only where those of that question end, or
    subtracting would count the answers there that still wait.

    Args:
        name: the question's.
        measure: its fingerprint.
    """
    of_origin = [batch for batch in batches if batch.cell.origin is origin]
    return _Follower(of_origin, known).follow(name, measure)[-1][1]


_History = Sequence[tuple[str, Grouped]]
"""How it stood after each week, oldest first; before them all, nothing."""


class _Follower:
    def __init__(self, batches: Sequence[Batch], known: Wordings) -> None:
        self._batches = batches
        self._known = known

    def follow(self, name: str, measure: str) -> _History:
        """Say how the groups stood after each week in which it was asked."""
        answers: dict[str, int] = defaultdict(int)
        deciding: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for batch in self._batches:
            if self._known.of(batch, name) != measure:
                continue
            answers[batch.week] += answered(batch, name)
            content = batch.cell.flow
            decides = self._known.deciding[content].get(name)
            if decides is not None:
                deciding[batch.week].add((decides, self._known[content][decides]))
        followed: dict[tuple[str, str], _History] = {}
        history = [("", Grouped())]
        closed: list[tuple[str, int]] = []
        waiting, since = 0, None
        # What one opening released is one step: two versions may ask the same.
        for week, n in sorted(answers.items()):
            for other in deciding[week] - followed.keys():
                followed[other] = self.follow(*other)
            if n and since is None:
                since = week
            waiting += n
            are_even = all(not _waiting(one, week) for one in followed.values())
            if waiting >= K and are_even:
                closed.append((week, waiting))
                waiting, since = 0, None
            history.append((week, Grouped(tuple(closed), waiting, since)))
        return history


def answered(batch: Batch, name: str) -> int:
    """Count who answered a question: who opted out or was not asked did not."""
    chosen = batch.counts.get(name, {})
    return sum(n for code, n in chosen.items() if code not in _NO_ANSWER)


def _waiting(history: _History, week: str) -> int:
    place = bisect_right(history, week, key=lambda one: one[0])
    return history[place - 1][1].waiting
