"""Sums per phase are of whole groups, and leave nobody over or ten people."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.anonymity.counting import count
from bot.anonymity.phases import ENOUGH, OPEN, groups_of, release
from bot.anonymity.seal import pack_ballot
from bot.ballots import (
    PHASE_BATCHES,
    Ballot,
    Batch,
    Cell,
    K,
    PhaseSums,
    PhaseTotal,
    Sum,
)
from bot.core.flow import FlowDefinition, Origin, Phase, fingerprint
from bot.core.questions.base import NOT_ASKED, OPT_OUT, Condition
from bot.core.weeks import quarter, week_after
from bot.digest.measures import Measure, groups
from bot.grouping import wordings
from tests.anonymity.examples import complete
from tests.core.examples import FLOW, YES_NO, choice, grade

PHASED = FLOW.model_copy(update={"phases": (Phase.INTAKE, Phase.AFTER_AWARD)})
FLOWS = {PHASED.content_hash: PHASED}
LIVE = {PHASED.flow: PHASED.content_hash}
FIRST = "2026-W27"
"""The first week of a quarter."""
TURN = "2026-W40"
"""The first week of the next one."""
NEXT = "2027-W01"
"""And of the one after it."""


class Books:
    """Openings one after another, and what is left of the sums after each."""

    def __init__(self, flow: FlowDefinition = PHASED) -> None:
        self.flow = flow
        self.sums = PhaseSums()
        self.batches: list[Batch] = []
        self.told: list[PhaseTotal] = []

    def open(self, week: str, *ballots: Ballot) -> Sequence[PhaseTotal]:
        flows = {self.flow.content_hash: self.flow}
        live = {self.flow.flow: self.flow.content_hash}
        told, self.sums = release(self.sums, week, flows, live, self.batches)
        packed = [pack_ballot(ballot) for ballot in ballots]
        counted = count(packed, self.sums, week, flows, self.batches)
        self.sums = counted.sums
        self.batches += counted.batches
        self.told += told
        return told


def people(
    n: int,
    phase: Phase,
    *codes: str,
    origin: Origin = Origin.INVITED,
    flow: FlowDefinition = PHASED,
) -> list[Ballot]:
    answers = codes or ("7", NOT_ASKED, "agree", "yes")
    return [complete(*answers, flow=flow, phase=phase, origin=origin) for _ in range(n)]


def weekly(books: Books, weeks: int, intake: int, after: int, unknown: int = 0) -> None:
    for number in range(weeks):
        books.open(
            week_after(FIRST, number),
            *people(intake, Phase.INTAKE),
            *people(after, Phase.AFTER_AWARD, "5", NOT_ASKED, "disagree", "no"),
            *people(unknown, Phase.UNKNOWN),
        )


def test_a_quarter_that_is_over_is_told_phase_by_phase() -> None:
    books = Books()
    weekly(books, 4, 6, 8)
    assert books.told == []

    told = {(one.question, one.phase): one for one in books.open(TURN)}

    # Nobody was asked whether they were listened to: there is nothing to tell.
    assert {question for question, _ in told} == {"counter", "agreed", "called"}
    counter = told["counter", Phase.AFTER_AWARD]
    assert (counter.n, counter.total, counter.squares) == (32, 160, 800)
    assert (counter.since, counter.until, counter.week) == ("2026-Q3",) * 2 + (TURN,)
    assert told["agreed", Phase.INTAKE].total == 24
    assert told["agreed", Phase.AFTER_AWARD].total == 0


def test_what_was_told_is_destroyed_and_never_told_again() -> None:
    books = Books()
    weekly(books, 4, 6, 8)
    books.open(TURN)

    assert books.open(NEXT) == ()
    assert books.sums == PhaseSums()


@pytest.mark.parametrize(
    ("weeks", "intake", "after"),
    [(4, 4, 20), (2, 30, 30)],
    ids=["too few of one phase", "too few batches"],
)
def test_all_phases_or_none(weeks: int, intake: int, after: int) -> None:
    assert intake * weeks < ENOUGH or weeks < PHASE_BATCHES
    books = Books()
    weekly(books, weeks, intake, after)

    assert books.open(TURN) == ()
    assert books.sums != PhaseSums()


def test_a_quarter_with_too_few_is_told_with_the_next_one() -> None:
    books = Books()
    weekly(books, 3, 5, 8)
    books.open(TURN, *people(7, Phase.INTAKE), *people(6, Phase.AFTER_AWARD))

    told = books.open(NEXT)

    assert {(one.since, one.until) for one in told} == {("2026-Q3", "2026-Q4")}
    assert {(one.phase, one.n) for one in told} == {
        (Phase.INTAKE, 22),
        (Phase.AFTER_AWARD, 30),
    }


def test_a_quarter_that_had_too_few_twice_is_destroyed() -> None:
    books = Books()
    weekly(books, 3, 5, 8)
    books.open(TURN)
    books.open(NEXT)

    assert books.sums == PhaseSums()
    assert books.told == []


@pytest.mark.parametrize(
    ("unknown", "is_told"), [(0, True), (1, False), (2, False), (3, True)]
)
def test_those_of_no_phase_are_nobody_or_ten(unknown: int, is_told: bool) -> None:
    # Four weeks of so many: 4 and 8 people could be reckoned out, 12 may.
    books = Books()
    weekly(books, 4, 6, 8, unknown)

    assert bool(books.open(TURN)) is is_told
    assert (4 * unknown >= K or unknown == 0) is is_told


def test_a_flow_of_one_phase_has_nothing_to_compare() -> None:
    books = Books(FLOW.model_copy(update={"phases": (Phase.INTAKE, Phase.UNKNOWN)}))
    for number in range(4):
        ballots = people(20, Phase.INTAKE, flow=books.flow)
        books.open(week_after(FIRST, number), *ballots)

    assert books.open(TURN) == ()


def test_walk_ins_are_in_no_sum() -> None:
    books = Books()
    books.open(FIRST, *people(K, Phase.INTAKE, origin=Origin.WALK_IN))

    assert books.sums == PhaseSums()


def test_a_group_that_is_open_at_the_turn_counts_where_it_is_closed() -> None:
    books = Books()
    weekly(books, 3, 8, 8)
    few = ("7", NOT_ASKED, OPT_OUT, "yes")
    books.open(
        "2026-W39", *people(12, Phase.INTAKE, *few), *people(3, Phase.AFTER_AWARD)
    )

    told = [one for one in books.open(TURN) if one.question == "agreed"]

    # The three of week 39 are no group yet, and would be if they were told of.
    assert {(one.phase, one.n) for one in told} == {
        (Phase.INTAKE, 24),
        (Phase.AFTER_AWARD, 24),
    }
    agreed = fingerprint(PHASED, "agreed")
    assert [
        (key, one.n) for key, one in books.sums.sums.items() if key[1] == agreed
    ] == [((OPEN, agreed, "invited", "after_award"), 3)]


ROUTED = PHASED.model_copy(
    update={
        "questions": (
            choice("called", YES_NO),
            grade(
                "caller",
                only_if=Condition.model_validate({"question": "called", "is_": "yes"}),
            ),
            PHASED.question("agreed"),
        )
    }
)
"""Whoever was called back is asked by whom: both tell how many that were."""


def called(yes: int, no: int, *phases: Phase) -> list[Ballot]:
    return [
        ballot
        for phase in phases or ROUTED.phases
        for ballot in (
            *people(yes, phase, "yes", "7", "agree", flow=ROUTED),
            *people(no, phase, "no", NOT_ASKED, "agree", flow=ROUTED),
        )
    ]


def told_at_the_turn(books: Books) -> set[str]:
    return {one.question for one in books.open(TURN)}


def test_a_question_that_depends_on_another_is_told_of_the_same_weeks() -> None:
    books = Books(ROUTED)
    for number in range(4):
        books.open(week_after(FIRST, number), *called(6, 2))

    assert told_at_the_turn(books) == {"called", "caller", "agreed"}


@pytest.mark.parametrize("place", [0, 4], ids=["begins later", "ends earlier"])
def test_one_that_is_of_other_weeks_is_not_told(place: int) -> None:
    # Else subtracting gives how many were called back in one week, phase by phase.
    books = Books(ROUTED)
    before = week_after(FIRST, -1)
    if place == 0:
        books.open(before, *called(2, 6))
    for number in range(4):
        books.open(week_after(FIRST, number), *called(6, 2))
    if place == 4:
        books.open(week_after(FIRST, 4), *called(2, 6))

    assert told_at_the_turn(books) == {"called", "agreed"}


def test_one_is_not_told_where_the_other_is_not() -> None:
    # Three who were not called back have no phase: they could be reckoned out.
    books = Books(ROUTED)
    for number in range(4):
        books.open(
            week_after(FIRST, number),
            *called(6, 2),
            *called(0, 1 if number else 0, Phase.UNKNOWN),
        )

    assert told_at_the_turn(books) == set()


def test_one_that_not_every_version_asked_is_not_told() -> None:
    books = Books(ROUTED)
    shorter = ROUTED.model_copy(update={"questions": ROUTED.questions[:1]})
    flows = {one.content_hash: one for one in (ROUTED, shorter)}
    for number in range(5):
        flow = shorter if number == 1 else ROUTED
        ballots = [
            replace(
                ballot,
                cell=Cell(flow.content_hash, Origin.INVITED),
                codes=ballot.codes[: len(flow.questions)],
            )
            for ballot in called(6, 2)
        ]
        packed = [pack_ballot(ballot) for ballot in ballots]
        week = week_after(FIRST, number)
        counted = count(packed, books.sums, week, flows, books.batches)
        books.sums = counted.sums
        books.batches += counted.batches
    live = {ROUTED.flow: ROUTED.content_hash}

    told, _ = release(books.sums, TURN, flows, live, books.batches)

    assert {one.question for one in told} == {"called", "agreed"}


def test_sums_that_were_lost_halfway_are_not_told() -> None:
    books = Books()
    weekly(books, 2, 8, 8)
    lost = 1
    books.sums = PhaseSums()
    for number in range(2, 6):
        books.open(
            week_after(FIRST, number),
            *people(8, Phase.INTAKE),
            *people(8, Phase.AFTER_AWARD),
        )
    # Thirty-two people are missing: enough to be a group of their own.
    assert books.open(TURN) != ()
    books = Books()
    books.open(FIRST, *people(12, Phase.INTAKE, OPT_OUT, NOT_ASKED, "agree", "yes"))
    books.open(
        week_after(FIRST),
        *people(lost, Phase.INTAKE),
        *people(12, Phase.INTAKE, OPT_OUT, NOT_ASKED, "agree", "yes"),
    )
    books.sums = PhaseSums()
    for number in range(2, 6):
        books.open(
            week_after(FIRST, number),
            *people(8, Phase.INTAKE),
            *people(8, Phase.AFTER_AWARD),
        )
    assert not [one for one in books.open(TURN) if one.question == "counter"]


answered = st.sampled_from(
    [
        ("7", NOT_ASKED, "agree", "yes"),
        (OPT_OUT, NOT_ASKED, "disagree", "no"),
        ("4", "3", OPT_OUT, NOT_ASKED),
    ]
)
weeks_of_ballots = st.lists(
    st.lists(
        st.builds(
            lambda codes, phase, origin, n: people(n, phase, *codes, origin=origin),
            answered,
            st.sampled_from(Phase),
            st.sampled_from(Origin),
            st.integers(1, 12),
        ),
        max_size=5,
    ),
    min_size=1,
    max_size=30,
)


@given(weeks_of_ballots, st.integers(0, 40))
def test_the_groups_are_those_of_the_digest(
    weeks: list[list[list[Ballot]]], first: int
) -> None:
    books = Books()
    for number, ballots in enumerate(weeks):
        week = week_after(FIRST, first + number)
        books.open(week, *(one for some in ballots for one in some))

    found = groups_of(books.batches, FLOWS)

    for question in PHASED.questions:
        measure = Measure(
            question,
            wordings(FLOWS)[PHASED.content_hash][question.name],
            Origin.INVITED,
        )
        shown = groups(measure, books.batches, wordings(FLOWS))
        closed = found[measure.fingerprint].closed
        assert closed == tuple((group.week, group.n) for group in shown)


@given(weeks_of_ballots, st.integers(0, 40))
def test_every_quarter_that_is_told_is_apart_from_the_others(
    weeks: list[list[list[Ballot]]], first: int
) -> None:
    books = Books()
    for number, ballots in enumerate(weeks):
        week = week_after(FIRST, first + number)
        books.open(week, *(one for some in ballots for one in some))
    books.open(week_after(FIRST, 80))

    found = groups_of(books.batches, FLOWS)
    for name, measure in wordings(FLOWS)[PHASED.content_hash].items():
        told = [one for one in books.told if one.question == name]
        spans = sorted({(one.since, one.until) for one in told})
        for (_, until), (since, _) in pairwise(spans):
            assert until < since
        for since, until in spans:
            of_span = [one for one in told if one.since == since]
            closed = found[measure].closed
            people = sum(n for week, n in closed if since <= quarter(week) <= until)
            others = people - sum(one.n for one in of_span)
            assert [one.phase for one in of_span] == list(PHASED.phases)
            assert all(one.n >= ENOUGH for one in of_span)
            assert others == 0 or others >= K


def test_the_sum_of_a_part_that_is_missing_counts_as_nothing() -> None:
    sums = PhaseSums({("2026-Q3", "else", "invited", "intake"): Sum(40, 1, 1, 4)})

    assert release(sums, TURN, FLOWS, LIVE, ()) == ((), sums)
