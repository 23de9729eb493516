"""The two accounts agree only where a batch holds exactly what people did."""

from bot.commands.demo.books import Books, Occasion, Tally, tally
from bot.commands.demo.habits import Ending
from bot.core.flow import Origin

DONE = Occasion(Origin.INVITED, Ending.COMPLETE, {"counter": "7", "quick": "agree"})
LEFT = Occasion(Origin.INVITED, Ending.BROKE_OFF, {"counter": "3"})
PASSED = Occasion(Origin.WALK_IN, Ending.NOT_DRAWN)

OUTCOMES = {"complete": 2, "broke_off": 1}
COUNTS = {"counter": {"7": 2}, "quick": {"agree": 2}}


def books(*occasions: Occasion) -> Books:
    kept = Books()
    for occasion in occasions:
        kept.note(occasion)
    return kept


def test_only_who_went_to_the_end_has_answered() -> None:
    total = tally([DONE, LEFT, PASSED])
    assert dict(total.outcomes) == {"complete": 1, "broke_off": 1, "not_drawn": 1}
    assert dict(total.answers) == {("counter", "7"): 1, ("quick", "agree"): 1}
    assert total.completes == 1


def test_a_batch_that_is_what_people_did_leaves_the_others_waiting() -> None:
    kept = books(DONE, LEFT, PASSED, DONE)
    kept.release("2026-W03", Origin.INVITED, OUTCOMES, COUNTS)
    assert kept.differing == []
    assert kept.did == kept.counted
    assert kept.did[Origin.WALK_IN] == Tally()
    assert kept.waiting == [PASSED]


def test_an_answer_counted_otherwise_is_noticed() -> None:
    kept = books(DONE, LEFT, DONE)
    counts = {"counter": {"7": 1, "8": 1}, "quick": {"agree": 2}}
    kept.release("2026-W03", Origin.INVITED, OUTCOMES, counts)
    assert kept.differing == ["2026-W03"]
    assert kept.did != kept.counted


def test_somebody_lost_or_counted_twice_is_noticed() -> None:
    kept = books(DONE, LEFT)
    kept.release("2026-W03", Origin.INVITED, OUTCOMES, COUNTS)
    kept.note(DONE)
    kept.release("2026-W04", Origin.INVITED, {}, {})
    assert kept.differing == ["2026-W03", "2026-W04"]


def test_an_answer_in_the_wrong_week_is_noticed_though_the_sums_are_right() -> None:
    kept = books(DONE)
    kept.release("2026-W03", Origin.INVITED, OUTCOMES, COUNTS)
    kept.note(DONE)
    kept.note(LEFT)
    kept.release("2026-W04", Origin.INVITED, {}, {})
    assert kept.did == kept.counted
    assert kept.differing == ["2026-W03", "2026-W04"]
