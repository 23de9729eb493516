"""Ballots become counts over ten people or more; the others wait, or are destroyed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.anonymity import seal
from bot.anonymity.counting import Counted, count
from bot.anonymity.seal import BALLOT_SIZE, pack_ballot
from bot.ballots import PATIENCE, Ballot, Batch, Cell, K, Outcome, PhaseSums, Sum
from bot.core.flow import FlowDefinition, Origin, Phase, fingerprint
from bot.core.questions.base import NOT_ASKED, OPT_OUT
from bot.core.weeks import week_after
from tests.anonymity.examples import HASH, WEEK, complete, ended, valid_codes
from tests.core.examples import FLOW

OTHER = FLOW.model_copy(update={"flow": "other"})
FLOWS = {flow.content_hash: flow for flow in (FLOW, OTHER)}

SHORT = [Outcome.NOT_DRAWN, Outcome.REFUSED, Outcome.BROKE_OFF]

counted_ballots = st.builds(
    lambda flow, origin, phase, outcome, codes: Ballot(
        Cell(flow.content_hash, origin),
        phase,
        outcome,
        codes if outcome is Outcome.COMPLETE else (),
    ),
    st.sampled_from([FLOW, OTHER]),
    st.sampled_from(Origin),
    st.sampled_from(Phase),
    st.sampled_from([Outcome.COMPLETE] * 5 + SHORT),
    valid_codes(FLOW),
)
boxes = st.lists(counted_ballots, max_size=60)


def counted(
    ballots: Sequence[Ballot],
    sums: PhaseSums | None = None,
    week: str = WEEK,
    flows: Mapping[str, FlowDefinition] = FLOWS,
    released: Sequence[Batch] = (),
) -> Counted:
    packed = [pack_ballot(ballot) for ballot in ballots]
    return count(packed, sums or PhaseSums(), week, flows, released)


def released(ballots: Sequence[Ballot]) -> list[Ballot]:
    """Give the ballots that lie in a cell with enough completes."""
    return [
        ballot
        for ballot in ballots
        if sum(
            other.cell == ballot.cell and other.outcome is Outcome.COMPLETE
            for other in ballots
        )
        >= K
    ]


@given(boxes)
def test_whatever_is_published_is_a_sum_over_whole_batches_of_k_or_more(
    box: list[Ballot],
) -> None:
    after = counted(box)

    for batch in after.batches:
        people = [b for b in released(box) if b.cell == batch.cell]
        completes = [b for b in people if b.outcome is Outcome.COMPLETE]
        assert batch.completes == len(completes) >= K
        assert sum(batch.outcomes.values()) == len(people)
        for codes in batch.counts.values():
            assert sum(codes.values()) == len(completes)
    cells = [batch.cell for batch in after.batches]
    assert len(cells) == len(set(cells))
    assert set(cells) == {ballot.cell for ballot in released(box)}


@given(boxes)
def test_every_ballot_is_counted_once_or_waits(box: list[Ballot]) -> None:
    after = counted(box)

    people = sum(sum(batch.outcomes.values()) for batch in after.batches)
    assert people + len(after.waiting) == len(box)
    assert after.destroyed == 0


@given(boxes)
def test_a_ballot_that_waits_leaves_no_trace_in_what_is_published(
    box: list[Ballot],
) -> None:
    without_them = counted(released(box))

    after = counted(box)

    assert after.batches == without_them.batches
    assert after.sums == without_them.sums
    assert [replace(ballot, missed=None) for ballot in after.waiting] == [
        ballot
        for cell in dict.fromkeys(ballot.cell for ballot in after.waiting)
        for ballot in box
        if ballot.cell == cell
    ]


@given(boxes, st.randoms(use_true_random=False))
def test_the_count_does_not_depend_on_the_order_in_the_box(
    box: list[Ballot], chance: Random
) -> None:
    shuffled = list(box)
    chance.shuffle(shuffled)

    one, other = counted(box), counted(shuffled)

    assert (one.batches, one.sums, one.destroyed) == (
        other.batches,
        other.sums,
        other.destroyed,
    )
    key = repr
    assert sorted(one.waiting, key=key) == sorted(other.waiting, key=key)


@given(boxes, st.lists(st.binary(max_size=100) | st.just(b"[" * BALLOT_SIZE)))
def test_nonsense_in_the_box_is_destroyed_and_changes_nothing(
    box: list[Ballot], nonsense: list[bytes]
) -> None:
    clean = counted(box)

    after = count([*map(pack_ballot, box), *nonsense], PhaseSums(), WEEK, FLOWS)

    assert after == replace(clean, destroyed=len(nonsense))


@given(boxes, st.data())
def test_what_waits_is_counted_when_company_comes(
    box: list[Ballot], data: st.DataObject
) -> None:
    first = counted(box)
    more = data.draw(boxes)

    second = counted([*first.waiting, *more], first.sums, week_after(WEEK))

    people = sum(
        sum(batch.outcomes.values()) for batch in first.batches + second.batches
    )
    assert people + len(second.waiting) == len(box) + len(more)
    assert {ballot.missed for ballot in second.waiting} <= {WEEK, week_after(WEEK)}


def test_nine_wait_and_ten_are_counted() -> None:
    nine = [complete() for _ in range(K - 1)]

    assert counted(nine).batches == []
    assert counted([*nine, complete()]).batches == [
        Batch(
            WEEK,
            Cell(FLOW.content_hash, Origin.INVITED),
            {
                "counter": {"7": 10},
                "listened": {NOT_ASKED: 10},
                "agreed": {"agree": 10},
                "called": {"yes": 10},
            },
            {Outcome.COMPLETE: 10},
        )
    ]


def test_ten_who_did_not_answer_are_no_batch() -> None:
    after = counted([ended(Outcome.REFUSED) for _ in range(100)])

    assert after.batches == []
    assert len(after.waiting) == 100


def test_invited_and_walk_in_are_never_added_up() -> None:
    box = [complete(origin=origin) for origin in Origin for _ in range(K - 1)]

    assert counted(box).batches == []


def test_a_batch_counts_how_every_occasion_of_its_cell_ended() -> None:
    box = [*(complete() for _ in range(11)), *map(ended, Outcome)]

    [batch] = counted(box).batches

    assert batch.outcomes == dict.fromkeys(sorted(Outcome), 1) | {Outcome.COMPLETE: 11}
    # The empty ballot that says it is complete is no answer to this flow.
    assert counted(box).destroyed == 1


FORGED = {
    "of a flow never published": replace(complete(), cell=Cell(HASH, Origin.INVITED)),
    "a code outside the scale": complete("11", NOT_ASKED, "agree", "yes"),
    "a name for a code": complete("J. Jansen", NOT_ASKED, "agree", "yes"),
    "an answer too few": complete("7", NOT_ASKED, "agree"),
    "an answer too many": complete("7", NOT_ASKED, "agree", "yes", "yes"),
    "no way out there": complete("7", OPT_OUT, "agree", "yes"),
    "no condition there": complete(NOT_ASKED, NOT_ASKED, "agree", "yes"),
    "answers without completing": replace(complete(), outcome=Outcome.BROKE_OFF),
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_a_value_that_was_not_known_beforehand_is_destroyed(forged: Ballot) -> None:
    box = [complete() for _ in range(K)]

    assert counted([*box, forged]) == replace(counted(box), destroyed=1)


def test_a_ballot_waits_thirteen_weeks_from_its_first_missed_opening() -> None:
    waiting = [complete()]
    week = WEEK
    for _ in range(PATIENCE):
        after = counted(waiting, week=week)
        waiting, week = after.waiting, week_after(week)
        assert waiting == [complete(missed=WEEK)]

    after = counted(waiting, week=week)

    assert (after.waiting, after.destroyed) == ([], 1)


def test_all_that_wait_together_bear_the_week_of_the_first_and_go_with_it() -> None:
    first, later = complete(missed=week_after(WEEK, -12)), complete()
    elsewhere = replace(complete(), cell=Cell(FLOW.content_hash, Origin.WALK_IN))

    after = counted([first, later, elsewhere])

    assert {b.missed for b in after.waiting if b.cell == first.cell} == {first.missed}
    assert {b.missed for b in after.waiting if b.cell != first.cell} == {WEEK}
    over = counted(after.waiting, week=week_after(WEEK))
    assert (over.waiting, over.destroyed) == ([replace(elsewhere, missed=WEEK)], 2)


def test_an_old_ballot_is_counted_after_all_when_company_comes_in_time() -> None:
    old = complete(missed=week_after(WEEK, -20))

    after = counted([old, *(complete() for _ in range(K - 1))])

    assert [batch.completes for batch in after.batches] == [K]
    assert after.destroyed == 0


def test_sums_are_of_numbers_where_there_is_a_grade_and_of_sides_where_not() -> None:
    box = [
        *(complete("8", NOT_ASKED, "agree", "yes") for _ in range(6)),
        *(complete("4", "2", "strongly_disagree", NOT_ASKED) for _ in range(3)),
        complete(OPT_OUT, NOT_ASKED, OPT_OUT, "no"),
    ]

    sums = counted(box).sums.sums

    # Nine answers, and three: their groups are still open, and so is their quarter.
    def key(name: str) -> tuple[str, str, str, str]:
        return ("", fingerprint(FLOW, name), "invited", "intake")

    assert sums == {
        key("counter"): Sum(n=9, total=60, squares=6 * 64 + 3 * 16, batches=1),
        key("listened"): Sum(n=3, total=6, squares=12, batches=1),
        key("agreed"): Sum(n=9, total=6, squares=6, batches=1),
        key("called"): Sum(n=7, total=6, squares=6, batches=1),
    }


def test_who_came_in_an_unknown_phase_is_in_no_sum() -> None:
    box = [complete(phase=Phase.UNKNOWN) for _ in range(K)]

    assert counted(box).sums == PhaseSums()


def test_a_second_batch_adds_to_the_sums_of_its_quarter() -> None:
    box = [complete() for _ in range(K)]

    first = counted(box)
    kept = replace(first)
    second = counted(box, first.sums, week_after(WEEK), released=first.batches)

    assert first == kept
    assert {one.batches for one in second.sums.sums.values()} == {2}
    assert {one.n for one in second.sums.sums.values()} == {2 * K}


@pytest.mark.parametrize(
    ("week", "kept"),
    [
        ("2026-W39", {"2026-Q2", "2026-Q3"}),
        ("2026-W40", {"2026-Q3", "2026-Q4"}),
        ("2026-W53", {"2026-Q3", "2026-Q4"}),
        ("2027-W01", {"2026-Q4", "2027-Q1"}),
        ("2027-W30", set()),
    ],
)
def test_sums_are_destroyed_after_two_quarters_even_if_nobody_answered_since(
    week: str, kept: set[str]
) -> None:
    quarters = ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1"]
    sums = PhaseSums({(q, HASH, "invited", "intake"): Sum(1) for q in quarters})

    after = counted([], sums, week)

    assert {key[0] for key in after.sums.sums} == kept


def test_a_ballot_of_another_version_of_the_code_is_destroyed() -> None:
    newer = seal._pad({"v": 2}, BALLOT_SIZE)

    assert count([newer], PhaseSums(), WEEK, FLOWS).destroyed == 1
