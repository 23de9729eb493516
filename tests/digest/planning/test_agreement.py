"""What a plan foretells is what the counting and the digest themselves come to.

The department here is made up anew, and shares nothing with the plan but the clients:
every person is a ballot, which the real opening counts and the real digest judges.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from math import inf, sqrt
from random import Random
from statistics import median

import pytest

from bot.anonymity.counting import count
from bot.anonymity.phases import release
from bot.anonymity.seal import pack_ballot
from bot.ballots import Ballot, Batch, Cell, Outcome, PhaseSums, PhaseTotal
from bot.core.flow import Origin, Phase, fingerprint
from bot.core.questions.base import OPT_OUT
from bot.core.weeks import week_after
from bot.digest.figures import figure
from bot.digest.measures import Measure
from bot.digest.model import Direction, GradeFigure, Standing
from bot.digest.planning.future import Future
from bot.digest.simulation.chance import Rate, rate
from bot.digest.simulation.clients import MEAN, latent
from bot.grouping import wordings
from tests.digest.examples import COUNTER, KIND, MANAGER, archive, flow

PHASES = (Phase.FIRST_CONTACT, Phase.INTAKE, Phase.AFTER_AWARD)
FLOW = flow(COUNTER, MANAGER, KIND).model_copy(update={"phases": PHASES})
FLOWS = archive(FLOW)
LIVE = {FLOW.flow: FLOW.content_hash}
KNOWN = wordings(FLOWS)
CELL = Cell(FLOW.content_hash, Origin.INVITED)
MEASURE = Measure(COUNTER, fingerprint(FLOW, COUNTER.name), Origin.INVITED)
_packed = cache(pack_ballot)
"""Many ballots say the same, and those that wait say it every week."""


@dataclass
class Department:
    """A box, a box of sums, and all that was released of them."""

    chance: Random
    completes: float
    unopened: float
    """How many invitations a week turn out to be opened by nobody."""
    week: str = "2026-W01"
    box: list[Ballot] = field(default_factory=list)
    sums: PhaseSums = field(default_factory=PhaseSums)
    batches: list[Batch] = field(default_factory=list)
    phases: list[PhaseTotal] = field(default_factory=list)

    def open(self, drop: float = 0.0) -> bool:
        """Let a week of people come and open the box; say whether it released any."""
        mood, spread = latent(MEAN - drop)
        for outcome, expected in (
            (Outcome.COMPLETE, self.completes),
            (Outcome.NOT_OPENED, self.unopened),
        ):
            for _ in range(self._come(expected)):
                codes = (self._grade(mood, spread), "7", "agree")
                given = codes if outcome is Outcome.COMPLETE else ()
                phase = self.chance.choice(PHASES)
                self.box.append(Ballot(CELL, phase, outcome, given))
        week, self.week = self.week, week_after(self.week)
        told, sums = release(self.sums, week, FLOWS, LIVE, self.batches)
        counted = count(map(_packed, self.box), sums, week, FLOWS, self.batches)
        self.box, self.sums = counted.waiting, counted.sums
        self.phases += told
        self.batches += counted.batches
        return bool(counted.batches)

    def verdict(self) -> tuple[Standing, Direction | None] | None:
        """Give what the digest of the week says of the grade, where it has one."""
        last = week_after(self.week, -1)
        shown = figure(MEASURE, self.batches, KNOWN, last)
        if not isinstance(shown, GradeFigure):
            return None
        return shown.verdict.standing, shown.verdict.direction

    def _come(self, expected: float) -> int:
        """Draw how many come: the arrivals within one unit of time."""
        number, moment = 0, self.chance.expovariate(expected)
        while moment < 1:
            number, moment = number + 1, moment + self.chance.expovariate(expected)
        return number

    def _grade(self, mood: float, spread: float) -> str:
        if self.chance.random() < 0.1:
            return OPT_OUT
        return str(min(10, max(1, round(self.chance.normalvariate(mood, spread)))))


@dataclass
class Lived:
    """What one department came to."""

    figure: float = inf
    nulmeting: float = inf
    found: bool = False
    released: int = 0


def lived(number: int, completes: float, drop: float) -> Lived:
    """Live up to the nulmeting, then a quiet quarter, then one with a drop."""
    made = Lived()
    department = Department(Random(f"real {number}"), completes, unopened=8)
    for week in range(1, 60):
        made.released += department.open()
        said = department.verdict()
        if said is not None:
            made.figure = min(made.figure, week)
            if said[0] is not Standing.RUNNING:
                made.nulmeting = week
                break
    for _ in range(13):
        department.open()
    for _ in range(13):
        if department.open(drop):
            made.found |= department.verdict() == (Standing.STARTED, Direction.WORSE)
    return made


def years(completes: float, drop: float, count: int) -> list[Lived]:
    return [lived(number, completes, drop) for number in range(count)]


def apart(one: Rate, other: Rate) -> float:
    """Say how many standard errors two rates differ."""
    return abs(one.percent - other.percent) / sqrt(one.error**2 + other.error**2)


def agrees(completes: float, drop: float, real: int, runs: int) -> Iterator[str]:
    """Compare everything; give the name of whatever does not agree."""
    future = Future(FLOW, completes, Random, runs)
    made = years(completes, drop, real)
    spent = sum(one.nulmeting for one in made)
    checks = {
        "found": apart(future.found(drop), rate(one.found for one in made)) < 3,
        "figure": abs(future.first_figure.middle - median(o.figure for o in made)) <= 1,
        "nulmeting": abs(future.nulmeting.middle - median(o.nulmeting for o in made))
        <= 1,
        "between": abs(future.between * sum(o.released for o in made) / spent - 1)
        < 0.1,
    }
    yield from (name for name, holds in checks.items() if not holds)


def test_a_plan_agrees_with_the_counting_and_the_digest_themselves() -> None:
    assert list(agrees(8.0, 1.0, real=30, runs=150)) == []


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("completes", "drop"), [(4.0, 1.5), (8.0, 1.0), (16.0, 0.8)])
def test_many_years_agree_as_well(completes: float, drop: float) -> None:
    assert list(agrees(completes, drop, real=400, runs=400)) == []


def released(completes: float, weeks: int, real: int) -> float:
    """Say how many weeks go by for one release, as the real box has it."""
    number = 0
    for seed in range(real):
        chance = Random(f"small {seed}")
        department = Department(chance, completes, unopened=4 * completes)
        number += sum(department.open() for _ in range(weeks))
    return real * weeks / number


def test_answers_that_wait_too_long_are_gone_in_the_plan_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # 0.7 a week mostly do not reach ten in time, and are destroyed.
    real = released(0.7, weeks=78, real=20)
    assert Future(FLOW, 0.7, Random, 60).between == pytest.approx(real, rel=0.2)
    # A plan that lets them wait for ever would be noticed.
    monkeypatch.setattr("bot.digest.simulation.openings.PATIENCE", 999)
    assert Future(FLOW, 0.7, Random, 60).between != pytest.approx(real, rel=0.2)


def told_of(completes: float, real: int) -> Rate:
    """Say in how many quarters the real gates let a phase be told of by itself."""
    quarters = Counter[bool]()
    for seed in range(real):
        department = Department(Random(f"phases {seed}"), completes, unopened=8)
        for _ in range(40):
            department.open()
        spans = {
            (one.since, one.until)
            for one in department.phases
            if one.question == COUNTER.name
        }
        for during in ("2026-Q2", "2026-Q3"):
            quarters[(during, during) in spans] += 1
    return Rate(quarters[True], quarters.total())


def test_as_many_quarters_can_be_told_by_phase() -> None:
    completes = 6.5
    plan = Future(FLOW, completes, Random, 150).phases([Fraction(1, 3)] * 3).one
    real = told_of(completes, real=12)
    assert 20 < plan.percent < 80
    assert apart(plan, real) < 3
