"""One measure of a made-up department, opening after opening, judged by the bot itself.

Groups are made in two ways. As the bar is stated: every week is a group, of whatever
came in. As the bot works: people wait until ten of them do, some opt out, and batches
are joined until a join holds ten answers.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from bench.department import Clients, arrivals
from bench.place import flow_to_ask
from bot.ballots import Batch, Cell, K
from bot.core.flow import FlowDefinition, Origin, fingerprint
from bot.core.questions.base import OPT_OUT
from bot.core.weeks import week_after
from bot.digest.figures import sample, scale_of
from bot.digest.measures import Group, Measure, groups
from bot.digest.model import Standing, Verdict
from bot.digest.signals import Sample, judge
from bot.grouping import wordings

_FIRST: Final = "2026-W01"
_OPT_OUT: Final = 0.1
_FLOW: Final[FlowDefinition] = flow_to_ask()
_KNOWN: Final = wordings({_FLOW.content_hash: _FLOW})
_CELL: Final = Cell(_FLOW.content_hash, Origin.INVITED)


@dataclass(frozen=True, slots=True)
class Opening:
    """What one week brought, and what is said of it.

    Args:
        came: the answers of this week, whether released or not.
    """

    came: Sample
    verdict: Verdict


class Openings:
    """The openings of one measure, from the first week on.

    Args:
        rate: how many answers to the question a week brings, on average.
        is_released: as the bot works, and not every week by itself.
    """

    def __init__(
        self, clients: Clients, rate: float, chance: Random, *, is_released: bool
    ) -> None:
        self._clients = clients
        question = clients.question
        of = fingerprint(_FLOW, question.name)
        self._measure = Measure(question, of, Origin.INVITED)
        self._rate = rate
        self._chance = chance
        self._is_released = is_released
        self._week = _FIRST
        self._waiting: Counter[str] = Counter()
        self._batches: list[Batch] = []
        self._samples: list[Sample] = []
        self._scale = scale_of(clients.question)

    def next(self, change: float = 0.0) -> Opening:
        """Let a week go by, with this change to what people usually say."""
        week, self._week = self._week, week_after(self._week)
        n = arrivals(self._chance, self._rate)
        came = self._clients.answers(self._chance, n, change)
        group = Group(week, came)
        if self._is_released:
            self._wait(group)
        elif n:
            self._samples.append(self._sample(group))
        return Opening(self._sample(group), judge(self._samples, self._scale, week))

    def after_the_baseline(self) -> "Openings":
        """Let weeks go by until the nulmeting is frozen."""
        while self.next().verdict.standing is Standing.RUNNING:
            pass
        return self

    def weeks(self, count: int, change: float = 0.0) -> Iterator[Opening]:
        """Let so many weeks go by."""
        return (self.next(change) for _ in range(count))

    def _wait(self, group: Group) -> None:
        self._waiting.update(group.counts)
        self._waiting[OPT_OUT] += arrivals(
            self._chance, self._rate * _OPT_OUT / (1 - _OPT_OUT)
        )
        if self._waiting.total() < K:
            return
        counts = {self._clients.question.name: dict(self._waiting)}
        self._batches.append(Batch(group.week, _CELL, counts, {}))
        self._waiting = Counter()
        found = groups(self._measure, self._batches, _KNOWN)
        # A group that is closed never changes.
        self._samples += map(self._sample, found[len(self._samples) :])

    def _sample(self, group: Group) -> Sample:
        return sample(self._clients.question, group)
