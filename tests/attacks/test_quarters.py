"""Attack 6, with the figures by phase: all that is told of a year, as linear equations.

The roll-up of a month holds what a weekly digest holds, so it adds no equation. The
people here are invited, so each has a phase; what they answered is made up. Every
opening is done by the door's own counting, and every figure is traced to the people
behind it, who must give just that figure.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field

import pytest

from bot.anonymity import phases
from bot.anonymity.counting import count
from bot.anonymity.phases import release
from bot.anonymity.seal import pack_ballot
from bot.ballots import Ballot, Batch, Cell, K, Outcome, PhaseSums, PhaseTotal
from bot.core.flow import Origin, Phase, fingerprint
from bot.core.questions import Grade, Question
from bot.core.questions.base import OPT_OUT
from bot.core.weeks import quarter, week_after
from bot.digest.measures import Measure, groups, in_window
from bot.grouping import wordings
from tests.attacks.solver import People, solve
from tests.attacks.table import Finding, Table
from tests.attacks.town import SOZAWE

FLOW = SOZAWE.model_copy(
    update={"phases": (Phase.FIRST_CONTACT, Phase.INTAKE, Phase.AFTER_AWARD)}
)
FLOWS = {FLOW.content_hash: FLOW}
LIVE = {FLOW.flow: FLOW.content_hash}
KNOWN = wordings(FLOWS)
FIRST = "2026-W01"
WEEKS = 53
CELL = Cell(FLOW.content_hash, Origin.INVITED)
SHARES = {Phase.FIRST_CONTACT: 30, Phase.INTAKE: 28, Phase.AFTER_AWARD: 42}
OPTS_OUT = 0.35
"""So many had no contact: questions that many skip are the hardest case."""


@dataclass(slots=True)
class Told:
    """What was told of one question, and of whom.

    Args:
        weekly: the people behind the figure of each week's window.
        quarters: the people of each phase of each quarter that was told.
    """

    weekly: list[People] = field(default_factory=list)
    quarters: list[People] = field(default_factory=list)


@dataclass(slots=True)
class Books:
    """A year of openings, told by who knows everybody."""

    told: Mapping[str, Told]
    batches: list[Batch] = field(default_factory=list)
    in_batch: list[list[tuple[int, Ballot]]] = field(default_factory=list)


def lived(seed: int, answers: int, unknown: float) -> Books:
    """Let so many people a week answer for a year, some of whom have no phase."""
    dice = random.Random(f"{seed} {answers}")
    books = Books({question.name: Told() for question in FLOW.questions})
    sums = PhaseSums()
    waiting: list[tuple[int, Ballot]] = []
    person = 0
    for number in range(WEEKS):
        week = week_after(FIRST, number)
        for _ in range(dice.choice((answers - 1, answers, answers + 1))):
            waiting.append((person, a_ballot(dice, unknown)))
            person += 1
        told, sums = release(sums, week, FLOWS, LIVE, books.batches)
        packed = [pack_ballot(ballot) for _, ballot in waiting]
        counted = count(packed, sums, week, FLOWS, books.batches)
        sums = counted.sums
        if counted.batches:
            books.batches += counted.batches
            books.in_batch.append(waiting)
            waiting = []
        note(books, told, week)
    return books


def a_ballot(dice: random.Random, unknown: float) -> Ballot:
    phase = dice.choices(tuple(SHARES), tuple(SHARES.values()))[0]
    if dice.random() < unknown:
        phase = Phase.UNKNOWN
    codes = tuple(
        OPT_OUT
        if question.opt_out and dice.random() < OPTS_OUT
        else dice.choice(question.codes)
        for question in FLOW.questions
    )
    return Ballot(CELL, phase, Outcome.COMPLETE, codes)


def note(books: Books, told: Sequence[PhaseTotal], week: str) -> None:
    """Trace what this opening told to people; the figures must be theirs."""
    for place, question in enumerate(FLOW.questions):
        measure = Measure(question, fingerprint(FLOW, question.name), Origin.INVITED)
        closed = groups(measure, books.batches, KNOWN)
        ends = [group.week for group in closed]
        within: dict[str, list[tuple[int, Ballot]]] = defaultdict(list)
        for batch, people in zip(books.batches, books.in_batch, strict=True):
            end = next((one for one in ends if batch.week <= one), None)
            if end is not None:
                within[end] += [p for p in people if p[1].codes[place] != OPT_OUT]
        for group in closed:
            chosen = Counter(one.codes[place] for _, one in within[group.week])
            assert chosen == {code: n for code, n in group.counts.items() if n}
        window = [p for end in ends if in_window(end, week) for p in within[end]]
        books.told[question.name].weekly.append(frozenset(p for p, _ in window))
        for one in told:
            if one.question == question.name:
                during = [
                    (person, ballot)
                    for end in ends
                    if one.since <= quarter(end) <= one.until
                    for person, ballot in within[end]
                    if ballot.phase is one.phase
                ]
                numbers = [number(question, b.codes[place]) for _, b in during]
                assert (len(numbers), sum(numbers)) == (one.n, one.total)
                behind = frozenset(person for person, _ in during)
                books.told[question.name].quarters.append(behind)


def number(question: Question, code: str) -> int:
    if isinstance(question, Grade):
        return int(code)
    return int(code in question.positive)


def worked_out(books: Books) -> Finding:
    """Solve all figures of each question together; give the smallest group of all."""
    solved = [
        solve([*of.weekly, *of.quarters]) for of in books.told.values() if of.weekly
    ]
    smallest = min(one.smallest for one in solved if one.smallest)
    determined = max(one.determined for one in solved)
    quarters = sum(len(of.quarters) for of in books.told.values())
    said = f"smallest group {smallest}, determined {determined}, {quarters} by phase"
    return Finding(said, smallest < K or determined > 0)


@contextmanager
def whatever_is_left_over() -> Iterator[None]:
    """Tell of the phases however few people have none."""

    class Few(int):
        """A number that any other is as large as."""

        def __le__(self, _other: object) -> bool:
            return True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(phases, "K", Few(0))
        yield


def lives(
    seed: int, answers: int, unknown: float, plant: AbstractContextManager[None]
) -> Books:
    with plant:
        return lived(seed, answers, unknown)


@pytest.mark.parametrize("answers", [pytest.param(15, marks=pytest.mark.soak), 30])
def test_quarters_by_phase_give_no_group_below_k(table: Table, answers: int) -> None:
    unknown = 1.5 / answers / 13
    real = [lives(seed, answers, unknown, nullcontext()) for seed in range(3)]
    naive = [
        lives(seed, answers, unknown, whatever_is_left_over()) for seed in range(3)
    ]
    how = f"with quarters by phase, {answers} a week for {WEEKS} weeks"
    found, leaky = (
        max(map(worked_out, some), key=lambda one: one.leaks) for some in (real, naive)
    )
    table.hold(6, how, "phases with few left over", found, leaky)


def test_quarters_are_told_in_the_year_that_is_attacked() -> None:
    books = lived(1, 30, 0.0)

    assert all(of.quarters for of in books.told.values())
