"""One measure of made-up clients, opening after opening, judged by the bot itself.

Groups are made in two ways. As the bar is stated: every week is a group, of whatever
came in. As the bot works: people wait until ten of them do, some opt out, and batches
are joined until a join holds ten answers. It must never judge by rules of its own.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from math import inf
from typing import Final

from bot.ballots import PATIENCE, Batch, Cell, K
from bot.core.flow import FlowDefinition, Origin, fingerprint
from bot.core.questions.base import OPT_OUT
from bot.core.weeks import week_after, weeks_between
from bot.digest.figures import sample, scale_of
from bot.digest.measures import Group, Measure, groups
from bot.digest.model import Direction, Standing, Verdict
from bot.digest.signals import Course, Sample
from bot.digest.simulation.chance import Chance, arrivals
from bot.digest.simulation.clients import Clients
from bot.grouping import wordings

QUIET: Final = 13
"""So many weeks after the nulmeting was frozen something changes."""

OPTS_OUT: Final = 0.1
"""Which part of those who answer to the end cannot answer one question."""

FIRST: Final = "2026-W01"
"""The first week; quarters and made-up years begin with it."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What one week brought, and what is said of it.

    Args:
        came: the answers of this week, whether released or not.
        released: people who answered to the end, in the batch of this week; 0 where
            there was none.
        answers: how many of them answered the question.
        groups: the groups that this opening closed.
    """

    week: str
    came: Group
    verdict: Verdict
    released: int = 0
    answers: int = 0
    groups: tuple[Sample, ...] = ()


class Asked:
    """One question as a survey asks it, worked out once for many made-up years.

    Args:
        flow: one that asks the question of these clients.
    """

    def __init__(self, flow: FlowDefinition, clients: Clients) -> None:
        self.clients = clients
        question = clients.question
        of = fingerprint(flow, question.name)
        self.measure = Measure(question, of, Origin.INVITED)
        self.cell = Cell(flow.content_hash, Origin.INVITED)
        self.known = wordings({flow.content_hash: flow})


class Openings:
    """The openings of one measure, from the first week on.

    Args:
        rate: how many answers to the question a week brings, on average.
        is_released: as the bot works, and not every week by itself.
    """

    def __init__(
        self, asked: Asked, rate: float, chance: Chance, *, is_released: bool
    ) -> None:
        self._asked = asked
        self._rate = rate
        self._chance = chance
        self._is_released = is_released
        self._week = FIRST
        self._since = FIRST
        self._waiting: Counter[str] = Counter()
        self._open: list[Batch] = []
        self._course = Course(scale_of(asked.clients.question))

    def next(self, change: float = 0.0) -> Opening:
        """Let a week go by, with this change to what people usually say."""
        week, self._week = self._week, week_after(self._week)
        n = arrivals(self._chance, self._rate)
        came = Group(week, self._asked.clients.answers(self._chance, n, change))
        if self._is_released:
            released, answers, closed = self._wait(came)
        else:
            released, answers, closed = n, n, (came,)
        samples = tuple(
            sample(self._asked.clients.question, one) for one in closed if one.n
        )
        for one in samples:
            self._course.take(one)
        verdict = self._course.verdict(week)
        return Opening(week, came, verdict, released, answers, samples)

    def until_the_baseline(self, most: int) -> Iterator[Opening]:
        """Let weeks go by until the nulmeting is over, or so many at most."""
        for _ in range(most):
            opening = self.next()
            yield opening
            if opening.verdict.standing is not Standing.RUNNING:
                return

    def after_the_baseline(self) -> "Openings":
        """Let weeks go by until the nulmeting is over."""
        while self.next().verdict.standing is Standing.RUNNING:
            pass
        return self

    def weeks(self, count: int, change: float = 0.0) -> Iterator[Opening]:
        """Let so many weeks go by."""
        return (self.next(change) for _ in range(count))

    def fork(self, chance: Chance) -> "Openings":
        """Give one that goes on from here by itself, with chance of its own."""
        other = copy(self)
        other._chance = chance
        other._waiting, other._open = Counter(self._waiting), list(self._open)
        other._course = self._course.fork()
        return other

    def _wait(self, group: Group) -> tuple[int, int, Sequence[Group]]:
        """Put a week in the box; give whom that releases, and the groups it closes."""
        self._waiting.update(group.counts)
        self._waiting[OPT_OUT] += arrivals(
            self._chance, self._rate * OPTS_OUT / (1 - OPTS_OUT)
        )
        people = self._waiting.total()
        if people < K:
            # Some of the people asked do not answer, and wait from the first week on.
            if weeks_between(self._since, group.week) >= PATIENCE:
                self._empty()
            return 0, 0, ()
        counts = {self._asked.clients.question.name: dict(self._waiting)}
        self._open.append(Batch(group.week, self._asked.cell, counts, {}))
        answers = people - self._waiting[OPT_OUT]
        self._empty()
        closed = groups(self._asked.measure, self._open, self._asked.known)
        if closed:
            # A group that is closed never changes, and what follows begins anew.
            self._open = []
        return people, answers, closed

    def _empty(self) -> None:
        self._waiting, self._since = Counter(), self._week


def first(
    openings: Sequence[Opening], standing: Standing, direction: Direction | None
) -> float:
    """Count the openings up to the first with this verdict; endless without one."""
    for number, one in enumerate(openings, 1):
        verdict = one.verdict
        if (verdict.standing, verdict.direction) == (standing, direction):
            return number
    return inf
