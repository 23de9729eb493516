"""What may be counted together."""

from collections import Counter

from bot.ballots import Batch
from bot.core.flow import FlowDefinition, Origin, fingerprint
from bot.digest.measures import (
    Group,
    Measure,
    groups,
    in_window,
    is_new,
    pooled,
)
from bot.grouping import wordings
from tests.digest.examples import (
    AGREE,
    COUNTER,
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
    option,
)

REWORDED = flow(grade("counter", "Balie", "Counter", asks="Anders"), MANAGER, KIND)
RETITLED = flow(COUNTER, MANAGER, KIND, NEXT, title="Een andere titel")
MOVED = flow(MANAGER, COUNTER, KIND)
WITHOUT = flow(MANAGER, KIND, NEXT)
KNOWN = wordings(archive(SOZAWE, REWORDED, RETITLED, MOVED, WITHOUT))


def counter_of(of: FlowDefinition, origin: Origin = Origin.INVITED) -> Measure:
    return Measure(of.question("counter"), fingerprint(of, "counter"), origin)


COUNTER_NOW = counter_of(SOZAWE)


def eights(week: int, n: int, of: FlowDefinition = SOZAWE, out: int = 0) -> Batch:
    return batch(at(week), of, {"counter": {"8": n, "opt_out": out, "not_asked": out}})


def shape(found: tuple[Group, ...]) -> list[tuple[str, int]]:
    return [(group.week, group.n) for group in found]


def test_a_batch_with_enough_answers_is_a_group() -> None:
    (group,) = groups(COUNTER_NOW, [eights(0, 10)], KNOWN)
    scale = {str(number): 0 for number in range(1, 11)}
    assert group == Group(at(0), Counter(scale | {"8": 10}))


def test_batches_are_joined_until_ten_answered() -> None:
    batches = [eights(0, 4, out=6), eights(1, 5, out=5), eights(2, 3, out=9)]
    assert groups(COUNTER_NOW, batches[:2], KNOWN) == ()
    assert shape(groups(COUNTER_NOW, batches, KNOWN)) == [(at(2), 12)]


def test_a_tail_that_is_too_small_waits() -> None:
    batches = [eights(0, 10), eights(1, 9, out=4)]
    assert shape(groups(COUNTER_NOW, batches, KNOWN)) == [(at(0), 10)]


def test_two_versions_released_in_one_week_are_one_step() -> None:
    batches = [eights(0, 11, SOZAWE), eights(0, 3, RETITLED)]
    assert shape(groups(COUNTER_NOW, batches, KNOWN)) == [(at(0), 14)]


def test_a_version_that_asks_the_same_goes_on() -> None:
    batches = [eights(0, 11, SOZAWE), eights(1, 12, RETITLED)]
    assert shape(groups(COUNTER_NOW, batches, KNOWN)) == [(at(0), 11), (at(1), 12)]


def test_other_wordings_other_places_and_walk_ins_are_other_measures() -> None:
    walked_in = batch(at(0), SOZAWE, {"counter": {"8": 12}}, origin=Origin.WALK_IN)
    batches = [
        eights(0, 12, REWORDED),
        eights(0, 12, MOVED),
        batch(at(0), WITHOUT, {"case_manager": {"8": 12}}),
        walked_in,
    ]
    assert groups(COUNTER_NOW, batches, KNOWN) == ()
    assert shape(groups(counter_of(SOZAWE, Origin.WALK_IN), batches, KNOWN)) == [
        (at(0), 12)
    ]


def test_the_window_is_thirteen_weeks_this_one_among_them() -> None:
    assert [week for week in range(-15, 3) if in_window(at(week), at(0))] == list(
        range(-12, 1)
    )


def test_a_window_crosses_the_turn_of_the_year() -> None:
    assert in_window("2026-W48", "2027-W07")
    assert not in_window("2026-W47", "2027-W07")


def test_a_group_counts_by_its_last_batch() -> None:
    batches = [eights(0, 5, out=5), eights(4, 6, out=4), eights(9, 10)]
    found = groups(COUNTER_NOW, batches, KNOWN)
    assert pooled(found, at(16))["8"] == 21
    assert pooled(found, at(17))["8"] == 10


def test_a_question_is_new_for_thirteen_weeks_from_its_first_release() -> None:
    batches = [eights(0, 10), eights(3, 10, REWORDED)]
    now = counter_of(REWORDED)
    said = [week for week in range(3, 30) if is_new(now, batches, KNOWN, at(week))]
    assert said == list(range(3, 16))


def test_a_question_is_new_before_its_first_release() -> None:
    assert is_new(counter_of(REWORDED), [eights(0, 10)], KNOWN, at(1))


def test_a_question_is_new_where_one_opening_releases_old_and_new() -> None:
    batches = [eights(1, 10), eights(1, 10, REWORDED)]
    assert is_new(counter_of(REWORDED), batches, KNOWN, at(1))


def test_a_question_put_before_it_makes_a_question_new() -> None:
    assert is_new(counter_of(MOVED), [eights(0, 10)], KNOWN, at(1))


def test_a_question_that_was_always_asked_so_is_not_new() -> None:
    batches = [eights(0, 10), eights(1, 10, RETITLED)]
    assert not is_new(COUNTER_NOW, batches, KNOWN, at(2))
    assert not is_new(COUNTER_NOW, [], KNOWN, at(2))


def test_a_question_that_nobody_was_asked_before_is_not_changed() -> None:
    asked = batch(at(0), WITHOUT, {"case_manager": {"8": 12}})
    assert not is_new(COUNTER_NOW, [asked, eights(1, 10)], KNOWN, at(2))


def test_late_answers_to_the_old_wording_do_not_make_the_new_one_newer() -> None:
    batches = [eights(0, 10, REWORDED), eights(2, 10, SOZAWE)]
    assert not is_new(counter_of(REWORDED), batches, KNOWN, at(3))


def test_the_positive_side_is_what_the_scale_says() -> None:
    assert KIND.positive_side == AGREE[2:]
    assert KIND.positive == {"agree", "strongly_agree"}


def test_a_scale_without_a_positive_side_counts_its_last_option() -> None:
    kinds = [
        option("post", "neutral", "Brief", "A"),
        option("app", "neutral", "b", "B"),
    ]
    how = choice("how", "Hoe", "How", "ways", kinds)
    assert how.positive_side == (kinds[1],)
    assert how.positive == {"app"}
