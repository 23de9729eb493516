"""What holds for every export, whatever was released, and for all digests beside it."""

from collections.abc import Sequence
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from bot.ballots import Batch, Cell, K
from bot.core.flow import FlowDefinition, Origin, fingerprint
from bot.core.questions import Question
from bot.core.questions.base import NOT_ASKED, OPT_OUT
from bot.digest.export import History
from bot.digest.export.joins import Join, Joins
from bot.digest.measures import Measure, groups, in_window
from bot.digest.model import ENOUGH
from bot.digest.rates import asked
from bot.digest.spans import spans
from bot.grouping import wordings
from tests.attacks.solver import People, solve
from tests.digest.examples import SOZAWE, at, made_up
from tests.digest.export.histories import REWORDED, ROUTED, history

WEEKS = 20

released = st.lists(
    st.builds(
        lambda seed, week, of, n, out, origin: made_up(
            seed, at(week), of, n, out, origin
        ),
        st.integers(0, 10**6),
        st.integers(0, WEEKS),
        st.sampled_from([SOZAWE, REWORDED]),
        st.integers(K, 25),
        st.sampled_from([0.0, 0.1, 0.6, 1.0]),
        st.sampled_from(Origin),
    ),
    max_size=12,
    unique_by=lambda batch: (batch.week, batch.cell),
)


def measures_of(made: History) -> list[Measure]:
    found: dict[tuple[str, Origin], Measure] = {}
    for version in made.versions:
        for question in version.flow.questions:
            for origin in Origin:
                name = fingerprint(version.flow, question.name)
                found[name, origin] = Measure(question, name, origin)
    return list(found.values())


def on_scale(batch: Batch, question: Question) -> int:
    chosen = batch.counts.get(question.name, {})
    return sum(chosen.get(code, 0) for code in question.codes)


def own(made: History, measure: Measure) -> list[Batch]:
    known = wordings(made.flows)
    return sorted(
        (
            batch
            for batch in made.batches
            if batch.cell.origin is measure.origin
            and known[batch.cell.flow].get(measure.question.name) == measure.fingerprint
        ),
        key=lambda batch: (batch.week, batch.cell.flow),
    )


@given(released)
def test_every_group_is_of_ten_people_or_more_who_do_not_all_agree(
    batches: list[Batch],
) -> None:
    made = history(batches)
    joins = Joins(made)
    for measure in measures_of(made):
        for join in joins.of(measure):
            assert join.n >= K
            assert max(join.counts.values()) < join.n
            within = [
                b for b in own(made, measure) if join.first <= b.week <= join.week
            ]
            assert join.n == sum(on_scale(b, measure.question) for b in within)
            everyone = join.n + sum(join.outside.values())
            assert everyone <= sum(b.completes for b in within)


@given(released)
def test_a_closed_join_never_changes(batches: list[Batch]) -> None:
    whole = Joins(history(batches))
    for week in range(0, WEEKS + 1, 4):
        then = Joins(history([b for b in batches if b.week <= at(week)]))
        for measure in measures_of(history(batches)):
            found: tuple[Join, ...] = then.of(measure)
            assert found == whole.of(measure)[: len(found)]


@given(released)
def test_the_joins_of_an_export_are_whole_groups_of_the_digest(
    batches: list[Batch],
) -> None:
    made = history(batches)
    joins = Joins(made)
    for measure in measures_of(made):
        ends = {g.week for g in groups(measure, made.batches, wordings(made.flows))}
        assert {join.week for join in joins.of(measure)} <= ends


@given(released)
def test_outcomes_are_of_twenty_people_who_were_asked(batches: list[Batch]) -> None:
    made = history(batches)
    for span in spans(made.batches, made.flows):
        assert asked(span.outcomes) >= ENOUGH


def behind(batches: Sequence[Batch], question: Question) -> dict[str, People]:
    """Give the people of each week who answered, by made-up numbers."""
    numbers = count()
    found: dict[str, set[int]] = {}
    for batch in batches:
        people = {next(numbers) for _ in range(on_scale(batch, question))}
        found.setdefault(batch.week, set()).update(people)
    return {week: frozenset(people) for week, people in found.items()}


@given(released)
def test_no_figures_of_export_and_digests_together_give_a_group_below_k(
    batches: list[Batch],
) -> None:
    made = history(batches)
    joins, known = Joins(made), wordings(made.flows)
    for measure in measures_of(made):
        people = behind(own(made, measure), measure.question)
        figures = [
            _between(people, join.first, join.week) for join in joins.of(measure)
        ]
        after, digests = "", []
        for group in groups(measure, made.batches, known):
            digests.append(
                (group.week, _between(people, after, group.week, after=True))
            )
            after = group.week
        for week in range(WEEKS + 1):
            window = [one for when, one in digests if in_window(when, at(week))]
            if sum(map(len, window)) >= ENOUGH:
                figures.append(frozenset[int]().union(*window))
        solved = solve(figures)
        assert solved.determined == 0
        assert solved.smallest == 0 or solved.smallest >= K


def _between(
    people: dict[str, People], first: str, last: str, *, after: bool = False
) -> People:
    return frozenset[int]().union(
        *(
            some
            for week, some in people.items()
            if (first < week if after else first <= week) and week <= last
        )
    )


weeks = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)).map(
        lambda one: (one[0], one[1], max(one[2], K - one[0] - one[1]))
    ),
    max_size=12,
)


def asked_on(flow: FlowDefinition, week: str, low: int, high: int, out: int) -> Batch:
    """Make a batch in which whoever gave a low grade was asked on."""
    counts = {
        "counter": {"4": low, "8": high, OPT_OUT: out},
        "kind_and_efficient": {"agree": low, "disagree": high + out},
        "next_step": {
            "agree": low // 2,
            "disagree": low - low // 2,
            NOT_ASKED: high + out,
        },
    }
    return Batch(week, Cell(flow.content_hash, Origin.INVITED), counts, {})


@given(weeks)
def test_a_question_for_some_gives_no_count_of_answers_that_wait(
    counts: list[tuple[int, int, int]],
) -> None:
    batches = [asked_on(ROUTED, at(number), *one) for number, one in enumerate(counts)]
    joins = Joins(history(batches, ROUTED))
    decides, asked_some = (
        Measure(ROUTED.question(name), fingerprint(ROUTED, name), Origin.INVITED)
        for name in ("counter", "next_step")
    )
    ends = {"", *(one.week for one in joins.of(decides))}
    for join in joins.of(asked_some):
        # No low grade was counted by it that was not told of already.
        told = sum(
            one.counts["4"]
            for one in joins.of(decides)
            if join.first <= one.week <= join.week
        )
        assert join.n == told
        between = [
            low + high
            for number, (low, high, _) in enumerate(counts)
            if max(e for e in ends if e <= join.week) < at(number) <= join.week
        ]
        assert sum(between) == 0
