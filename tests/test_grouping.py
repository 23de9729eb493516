"""Answers are told of in whole groups, and no difference of two is a smaller one."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ballots import Batch, K
from bot.core.flow import FlowDefinition, Origin, fingerprint
from bot.core.questions.base import NOT_ASKED, OPT_OUT, Condition
from bot.core.weeks import week_after
from bot.grouping import Grouped, answered, grouped, wordings
from tests.digest.examples import CALLED, COUNTER, KIND, NEXT, at, batch, flow

ROUTED = flow(
    CALLED,
    KIND.model_copy(
        update={
            "only_if": Condition.model_validate(
                {"question": "called_back", "is_": "yes"}
            )
        }
    ),
    NEXT.model_copy(
        update={
            "only_if": Condition.model_validate(
                {"question": "kind_and_efficient", "is_": "agree"}
            )
        }
    ),
)
"""Each question after the first is asked only of some who answered the one before."""

FLOWS = {ROUTED.content_hash: ROUTED}
KNOWN = wordings(FLOWS)


def released(week: int, yes: int, no: int, none: int = 0, agree: int = 0) -> Batch:
    """Make a batch: so many were called back or not, and so many gave no answer."""
    counts = {
        "called_back": {"yes": yes, "no": no, OPT_OUT: none},
        "kind_and_efficient": {
            "agree": agree,
            "disagree": yes - agree,
            NOT_ASKED: no + none,
        },
        "next_step": {"agree": agree, NOT_ASKED: yes - agree + no + none},
    }
    return batch(at(week), ROUTED, counts)


def followed(
    name: str,
    batches: Sequence[Batch],
    of: FlowDefinition = ROUTED,
    origin: Origin = Origin.INVITED,
) -> Grouped:
    known = wordings({of.content_hash: of})
    return grouped(name, fingerprint(of, name), origin, batches, known)


def test_weeks_are_joined_until_they_hold_ten() -> None:
    batches = [released(0, 3, 3, 4), released(1, 2, 2, 6), released(2, 4, 2, 4)]

    assert followed("called_back", batches) == Grouped(((at(1), 10),), 6, at(2))


def test_a_question_nobody_was_asked_has_no_groups() -> None:
    assert followed("called_back", []) == Grouped()
    walked_in = followed("called_back", [released(0, 10, 0)], origin=Origin.WALK_IN)
    assert walked_in == Grouped()


def test_a_week_without_an_answer_opens_no_group() -> None:
    batches = [released(0, 0, 0, 10), released(1, 0, 6, 4)]

    assert followed("called_back", batches) == Grouped((), 6, at(1))


def test_a_question_that_some_are_asked_ends_where_the_one_ends_that_decides() -> None:
    # Ten were asked, but three answers to the question before them wait: their digest
    # would count how many of those three said yes.
    batches = [released(0, 9, 1), released(1, 1, 2, 7)]
    assert followed("called_back", batches) == Grouped(((at(0), 10),), 3, at(1))

    assert followed("kind_and_efficient", batches) == Grouped((), 10, at(0))

    batches.append(released(2, 2, 5, 3))
    assert followed("called_back", batches).waiting == 0
    assert followed("kind_and_efficient", batches) == Grouped(((at(2), 12),))


def test_a_question_that_depends_on_one_that_depends_ends_where_both_end() -> None:
    batches = [
        released(0, 10, 0, agree=10),
        released(1, 3, 4, 3, agree=3),
        released(2, 8, 0, 2, agree=8),
    ]

    assert followed("next_step", batches[:2]).closed == ((at(0), 10),)
    assert followed("next_step", batches).closed == ((at(0), 10), (at(2), 11))


weeks = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12)).map(
        lambda three: (three[0], three[1], max(three[2], K - three[0] - three[1]))
    ),
    max_size=20,
)


@given(weeks, st.data())
def test_no_group_of_a_routed_question_ends_within_one_of_the_question_before_it(
    made: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    batches = [
        released(week, *three, agree=data.draw(st.integers(0, three[0])))
        for week, three in enumerate(made)
    ]
    borders = [
        {week for week, _ in followed(question.name, batches).closed}
        for question in ROUTED.questions
    ]
    for question, before in zip(ROUTED.questions[1:], ROUTED.questions, strict=False):
        ends = followed(question.name, batches).closed
        for week, _ in ends:
            until = [one for one in batches if one.week <= week]
            # What was told of the question before it by then is all there was.
            told = sum(n for _, n in followed(before.name, until).closed)
            assert told == sum(answered(one, before.name) for one in until)
    assert borders[2] <= borders[1] or not borders[2]


@given(weeks)
def test_what_is_closed_stays_as_it_is(made: list[tuple[int, int, int]]) -> None:
    batches = [released(week, *three) for week, three in enumerate(made)]
    for question in ROUTED.questions:
        so_far: tuple[tuple[str, int], ...] = ()
        for count in range(len(batches) + 1):
            closed = followed(question.name, batches[:count]).closed
            assert closed[: len(so_far)] == so_far
            assert all(n >= K for _, n in closed)
            so_far = closed


@pytest.mark.parametrize("later", [1, 30])
def test_what_another_version_asks_so_too_is_counted_with_it(later: int) -> None:
    retitled = flow(*ROUTED.questions, title="Anders")
    known = wordings({one.content_hash: one for one in (ROUTED, retitled)})
    week = week_after(at(0), later)
    batches = [
        released(0, 3, 4, 3),
        batch(week, retitled, {"called_back": {"yes": 4}, "kind_and_efficient": {}}),
    ]

    measure = fingerprint(ROUTED, "called_back")
    found = grouped("called_back", measure, Origin.INVITED, batches, known)

    assert found.closed == ((week, 11),)


def test_the_question_that_decides_is_known_by_name() -> None:
    assert KNOWN.deciding[ROUTED.content_hash] == {
        "kind_and_efficient": "called_back",
        "next_step": "kind_and_efficient",
    }
    assert COUNTER.name not in KNOWN[ROUTED.content_hash]
