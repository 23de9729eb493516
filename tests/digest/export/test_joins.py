"""Which groups may leave, and when."""

from bot.core.flow import Origin
from bot.core.questions.base import NOT_ASKED, OPT_OUT
from bot.digest.export import History
from bot.digest.export.joins import Join, Joins, measured
from tests.digest.examples import SOZAWE, at, batch
from tests.digest.export.histories import AGREED, ROUTED, WHOLE, history, routed

UNEVEN = ((6, 6, 2, 0), (6, 1, 3, 5), (6, 6, 1, 0), (6, 6, 5, 0))
SCALE = dict.fromkeys(map(str, range(1, 11)), 0)


def joins_of(
    found: History, name: str = "counter", origin: Origin = Origin.INVITED
) -> tuple[Join, ...]:
    flow = found.versions[0].flow
    return Joins(found).of(measured(flow, name, origin))


def shape(found: tuple[Join, ...]) -> list[tuple[str, str, int]]:
    return [(join.first, join.week, join.n) for join in found]


def test_who_opted_out_is_told_of_whole_joins_only() -> None:
    found = joins_of(WHOLE, "case_manager")
    assert found[0] == Join(
        at(0), at(1), SCALE | {"6": 5, "7": 4, "9": 4}, {OPT_OUT: 11}
    )


def test_what_waits_is_in_nothing() -> None:
    assert shape(joins_of(WHOLE, "case_manager", Origin.WALK_IN)) == [
        (at(6), at(6), 12)
    ]


def test_a_group_that_agrees_entirely_goes_on_with_the_next() -> None:
    found = history(
        [
            batch(at(0), SOZAWE, {"counter": {"8": 12}}),
            batch(at(1), SOZAWE, {"counter": {"8": 10}}),
        ]
    )
    assert joins_of(found) == ()
    more = batch(at(2), SOZAWE, {"counter": {"8": 9, "7": 1}})
    found = history([*found.batches, more])
    assert shape(joins_of(found)) == [(at(0), at(2), 32)]


def test_a_question_for_some_ends_where_the_one_that_decides_ends() -> None:
    # Of the second week the counter has seven answers, which wait for the third.
    weeks = ((4, 8, 2, 0), (4, 3, 3, 5), (4, 8, 1, 0))
    assert shape(joins_of(routed(*weeks))) == [
        (at(0), at(0), 12),
        (at(1), at(2), 19),
    ]
    assert shape(joins_of(routed(*weeks), "next_step")) == [(at(0), at(2), 12)]
    # Now twelve were asked on when seven answers to the counter still wait.
    assert shape(joins_of(routed(*UNEVEN[:2]), "next_step")) == []
    assert shape(joins_of(routed(*UNEVEN), "next_step")) == [(at(0), at(2), 18)]


def test_a_question_for_some_waits_where_all_gave_the_deciding_answer() -> None:
    # Twelve fours are a group of the digest; that twelve were asked on would say so.
    found = routed((12, 0, 2, 0), (10, 2, 1, 0))

    assert shape(joins_of(found)) == [(at(0), at(1), 24)]
    assert shape(joins_of(found, "next_step")) == [(at(0), at(1), 22)]


def test_how_many_were_asked_on_is_what_the_deciding_question_says_already() -> None:
    found = routed(*UNEVEN)
    [asked] = joins_of(found, "next_step")
    decided = [one for one in joins_of(found) if one.week <= asked.week]
    assert asked.n == sum(one.counts["4"] for one in decided)
    everyone = sum(one.n + sum(one.outside.values()) for one in decided)
    assert asked.outside == {NOT_ASKED: everyone - asked.n}


def test_a_deciding_question_in_other_words_is_looked_at_as_well() -> None:
    first, *others = ROUTED.questions
    reworded = ROUTED.model_copy(
        update={
            "questions": (first.model_copy(update={"label": {"nl": "Anders"}}), *others)
        }
    )
    asked = {"kind_and_efficient": AGREED, "next_step": {"agree": 9, "disagree": 3}}
    batches = [
        batch(at(0), ROUTED, {"counter": {"4": 8, OPT_OUT: 4}} | asked),
        batch(at(1), reworded, {"counter": {"3": 6, "4": 6}} | asked),
    ]
    found = history(batches, ROUTED, reworded)
    # Eight answers to the first wording never find company.
    assert joins_of(found, "next_step") == ()
    found = history(batches[1:], ROUTED, reworded)
    assert shape(joins_of(found, "next_step")) == [(at(1), at(1), 12)]
