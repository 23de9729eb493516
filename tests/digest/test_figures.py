"""What a figure says of its measure: its line, its beginning, its nulmeting."""

from collections.abc import Sequence

import pytest

from bot.ballots import Batch
from bot.core.flow import FlowDefinition, Origin, fingerprint
from bot.core.questions import Question
from bot.decisions import NewBaseline
from bot.digest.figures import figure, last_decision, sample, scale_of
from bot.digest.measures import Group, Measure
from bot.digest.model import (
    TREND,
    ChoiceFigure,
    Direction,
    Figure,
    GradeFigure,
    Point,
    Standing,
    TooFew,
    Verdict,
)
from bot.digest.signals import GRADES, SHARES, Sample
from bot.grouping import wordings
from tests.digest.examples import (
    CALLED,
    COUNTER,
    FIVE,
    KIND,
    MANAGER,
    NEXT,
    SOZAWE,
    archive,
    at,
    batch,
    choice,
    flow,
    grade,
    made_up,
)

ASKED_ANEW = grade("counter", "Balie", "Counter", asks="Hoe vond u de balie?")
REWORDED = flow(ASKED_ANEW, MANAGER, KIND, NEXT)
KNOWN = wordings(archive(SOZAWE, REWORDED))


def of(
    question: Question,
    batches: Sequence[Batch],
    number: int,
    *baselines: NewBaseline,
    asked: FlowDefinition = SOZAWE,
) -> Figure:
    """Give the figure at the opening so many weeks after the first."""
    measure = Measure(question, fingerprint(asked, question.name), Origin.INVITED)
    known = [one for one in batches if one.week <= at(number)]
    return figure(measure, known, KNOWN, at(number), baselines)


def of_counter(batches: Sequence[Batch], number: int) -> GradeFigure:
    found = of(COUNTER, batches, number)
    assert isinstance(found, GradeFigure)
    return found


def verdict_on(
    question: Question, batches: Sequence[Batch], number: int, *baselines: NewBaseline
) -> Verdict:
    found = of(question, batches, number, *baselines)
    assert not isinstance(found, TooFew)
    return found.verdict


def weeks_of(grade: int, first: int, last: int) -> list[Batch]:
    """Give ten people every week who all give this grade, and all agree."""
    counts = {"counter": {str(grade): 10}, "kind_and_efficient": {"agree": 10}}
    return [batch(at(number), SOZAWE, counts) for number in range(first, last + 1)]


YEARS = [made_up(number, at(number), SOZAWE, 14) for number in range(0, 60, 2)]


def test_the_line_is_what_earlier_digests_said() -> None:
    now = of_counter(YEARS, 58)
    earlier = [of_counter(YEARS, number) for number in range(58 - TREND + 2, 60, 2)]
    assert now.trend == tuple(
        Point(at(number), then.mean, then.low, then.high)
        for number, then in zip(range(58 - TREND + 2, 60, 2), earlier, strict=True)
    )
    assert (now.mean, now.low, now.high) == (
        now.trend[-1].mean,
        now.trend[-1].low,
        now.trend[-1].high,
    )


def test_the_line_begins_when_there_are_enough_answers_for_a_grade() -> None:
    few = weeks_of(7, 0, 3)
    assert isinstance(of(COUNTER, few, 0), TooFew)
    assert [point.week for point in of_counter(few, 3).trend] == [at(1), at(2), at(3)]


def test_the_line_has_no_point_in_a_week_without_new_figures() -> None:
    some = [*weeks_of(7, 0, 1), *weeks_of(8, 5, 5)]
    assert [point.week for point in of_counter(some, 5).trend] == [at(1), at(5)]


def test_the_line_has_a_point_where_another_question_had_answers() -> None:
    other = batch(at(6), SOZAWE, {"kind_and_efficient": {"agree": 12}})
    assert [
        point.week for point in of_counter([*weeks_of(7, 0, 1), other], 6).trend
    ] == [
        at(1),
        at(6),
    ]


def test_a_figure_says_since_when_its_question_is_asked_so() -> None:
    before = weeks_of(7, 0, 4)
    assert of_counter(before, 4).since is None
    counts = {"counter": {"8": 12}, "kind_and_efficient": {"agree": 12}}
    after = [batch(at(number), REWORDED, counts) for number in (5, 6)]
    once = of(ASKED_ANEW, [*before, *after[:1]], 5, asked=REWORDED)
    assert once == TooFew(ASKED_ANEW, since=at(5))
    found = of(ASKED_ANEW, [*before, *after], 6, asked=REWORDED)
    assert isinstance(found, GradeFigure)
    assert (found.n, found.since) == (24, at(5))
    # Nothing of the other wording is in the line.
    assert [point.week for point in found.trend] == [at(6)]


def test_a_statement_is_judged_by_the_share_that_agrees() -> None:
    def weeks(agree: int, first: int, last: int) -> list[Batch]:
        counts = {"kind_and_efficient": {"agree": agree, "disagree": 20 - agree}}
        return [batch(at(n), SOZAWE, counts) for n in range(first, last + 1)]

    fewer = [*weeks(18, 0, 12), *weeks(8, 13, 13)]
    assert verdict_on(KIND, fewer, 12).standing is Standing.NO_DIFFERENCE
    found = of(KIND, fewer, 13)
    assert isinstance(found, ChoiceFigure)
    assert (found.n, found.positive) == (260, 18 * 12 + 8)
    assert found.chosen == {
        "strongly_disagree": 0,
        "disagree": 260 - found.positive,
        "agree": found.positive,
        "strongly_agree": 0,
    }
    assert found.verdict.standing is Standing.STARTED
    assert found.verdict.direction is Direction.WORSE


def decision(number: int, question: str = "counter", reason: str = "x") -> NewBaseline:
    return NewBaseline(at(number), "sozawe", question, reason)


def test_a_new_nulmeting_begins_after_the_week_of_the_decision() -> None:
    lower = [*weeks_of(8, 0, 12), *weeks_of(6, 13, 40)]
    assert verdict_on(COUNTER, lower, 16).standing is Standing.HELD
    anew = decision(16)
    assert verdict_on(COUNTER, lower, 17, anew) == Verdict(
        Standing.RUNNING, collected=10
    )
    begun = verdict_on(COUNTER, lower, 40, anew)
    assert begun.standing is Standing.NO_DIFFERENCE
    assert begun.baseline is not None
    assert (begun.baseline.first, begun.baseline.total) == (at(17), 6 * 130)


def test_a_decision_changes_no_figure_of_before_it_and_none_of_another_question() -> (
    None
):
    lower = [*weeks_of(8, 0, 12), *weeks_of(6, 13, 40)]
    for one in (decision(30), decision(10, "kind_and_efficient")):
        assert verdict_on(COUNTER, lower, 20, one) == verdict_on(COUNTER, lower, 20)


def test_of_several_decisions_the_last_one_counts() -> None:
    decisions = [decision(3), decision(9), decision(5), decision(12, "case_manager")]
    assert last_decision("counter", decisions, at(20)) == at(9)
    assert last_decision("counter", decisions, at(8)) == at(5)
    assert last_decision("counter", decisions, at(2)) < at(0)
    assert last_decision("next_step", decisions, at(20)) < at(0)


STEP = choice("step", "Deze stap", "This step", "journey_5", FIVE)


@pytest.mark.parametrize(
    ("question", "counts", "total", "squares"),
    [
        (COUNTER, {"1": 2, "7": 3, "10": 5}, 73, 649),
        (
            KIND,
            {"strongly_disagree": 1, "disagree": 2, "agree": 3, "strongly_agree": 4},
            7,
            7,
        ),
        (CALLED, {"no": 4, "yes": 6}, 6, 6),
        # Those who are neutral have answered, and are not on the positive side.
        (STEP, {"bad": 1, "fair": 4, "good": 2, "great": 3}, 5, 5),
    ],
)
def test_a_sample_is_of_grades_or_of_those_on_the_positive_side(
    question: Question, counts: dict[str, int], total: int, squares: int
) -> None:
    assert sample(question, Group(at(0), counts)) == Sample(at(0), 10, total, squares)


def test_grades_and_shares_have_scales_of_their_own() -> None:
    assert [scale_of(one) for one in (COUNTER, KIND, CALLED)] == [
        GRADES,
        SHARES,
        SHARES,
    ]
