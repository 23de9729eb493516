"""What every keeper of the sealed box does."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest

from bot.ballots import Batch, Box, Cell, Opening, Outcome, SealedBallot
from bot.core.flow import Origin
from bot.errors import StaleEpoch, StorageError
from bot.outbox import Dispatch
from tests.contracts.ports import (
    AnswersSide,
    ballot,
    batch,
    digest,
    opening,
    phase_figures,
)

OpenAnswers = Callable[[], Awaitable[AnswersSide]]


class _Looked(Exception):
    """Thrown out of an opening once the box has been seen."""


async def box(side: AnswersSide) -> Box:
    """Look into the box without opening it."""
    seen: list[Box] = []

    def look(found: Box) -> Opening:
        seen.append(found)
        raise _Looked

    with pytest.raises(_Looked):
        await side.ballots.open_box(await side.ballots.epoch(), "never", look)
    return seen[0]


async def opens(side: AnswersSide, done: Opening, new: str = "one") -> None:
    """Carry out an opening that was decided beforehand."""
    await side.ballots.open_box(await side.ballots.epoch(), new, lambda _: done)


async def test_a_new_store_has_no_epoch(open_answers: OpenAnswers) -> None:
    side = await open_answers()

    assert await side.ballots.epoch() == ""
    with pytest.raises(StaleEpoch):
        await side.ballots.drop("", [ballot(1)])


async def test_the_first_epoch_is_named_once(open_answers: OpenAnswers) -> None:
    side = await open_answers()

    await side.ballots.begin("one")
    await side.ballots.begin("two")

    assert await side.ballots.epoch() == "one"


CALLS: dict[str, Callable[[AnswersSide], Awaitable[Any]]] = {
    "drop": lambda side: side.ballots.drop("old", [ballot(2)]),
    "open_box": lambda side: side.ballots.open_box("old", "new", lambda _: opening()),
}


@pytest.mark.parametrize("name", CALLS)
async def test_with_the_keys_of_another_epoch_nothing_is_done(
    answers: AnswersSide, name: str
) -> None:
    await answers.ballots.drop("one", [ballot(1)])

    with pytest.raises(StaleEpoch) as stale:
        await CALLS[name](answers)

    assert stale.value.current == "one"
    assert await box(answers) == Box((ballot(1),), None, ())


async def test_a_ballot_that_is_dropped_again_lies_in_the_box_once(
    answers: AnswersSide,
) -> None:
    await answers.ballots.drop("one", [ballot(2), ballot(1), ballot(2)])
    await answers.ballots.drop("one", [ballot(1, mark=9), ballot(3)])
    await answers.ballots.drop("one", [])

    assert await box(answers) == Box((ballot(1), ballot(2), ballot(3)), None, ())
    assert await answers.ballots.in_box() == 3


@pytest.mark.parametrize(
    "dropped", [[ballot(2, size=32)], [ballot(2), ballot(3, size=128)]]
)
async def test_ballots_are_of_one_size(
    answers: AnswersSide, dropped: Sequence[SealedBallot]
) -> None:
    await answers.ballots.drop("one", [ballot(1)])

    with pytest.raises(StorageError) as fault:
        await answers.ballots.drop("one", dropped)

    assert (fault.value.code, fault.value.facts) == (
        "rows-differ-in-size",
        {"table": "ballots"},
    )
    assert await box(answers) == Box((ballot(1),), None, ())


async def test_an_opening_leaves_what_it_decided_and_nothing_else(
    answers: AnswersSide,
) -> None:
    await answers.ballots.drop("one", [ballot(1), ballot(2)])
    seen: list[Box] = []
    done = opening(waiting=(ballot(8, size=128), ballot(7, size=128)))

    def turn(found: Box) -> Opening:
        seen.append(found)
        return done

    await answers.ballots.open_box("one", "two", turn)

    assert seen == [Box((ballot(1), ballot(2)), None, ())]
    assert await answers.ballots.epoch() == "two"
    assert await answers.ballots.last_opening() == "2026-W30"
    assert await answers.ballots.batches() == [batch("2026-W30")]
    assert await box(answers) == Box(
        (ballot(7, size=128), ballot(8, size=128)),
        b"sums",
        (batch("2026-W30"),),
        (),
        "2026-W30",
    )
    assert await answers.outbox.latest() == [digest("2026-W30")]
    assert await answers.outbox.pending() == [
        Dispatch(digest("2026-W30"), "-1"),
        Dispatch(digest("2026-W30"), "-2"),
    ]


async def test_a_week_is_opened_once(answers: AnswersSide) -> None:
    await opens(answers, opening(waiting=(ballot(1),)), "two")

    again = opening(waiting=(), phase_sums=b"other", recipients=("-3",))
    with pytest.raises(StorageError) as fault:
        await opens(answers, again, "three")

    assert (fault.value.code, fault.value.facts) == (
        "opened-this-week",
        {"week": "2026-W30"},
    )
    assert await answers.ballots.epoch() == "two"
    assert await box(answers) == Box(
        (ballot(1),), b"sums", (batch("2026-W30"),), (), "2026-W30"
    )
    assert [d.recipient for d in await answers.outbox.pending()] == ["-1", "-2"]


def _fails(_: Box) -> Opening:
    raise ArithmeticError


@pytest.mark.parametrize(
    ("turn", "fault"),
    [
        (_fails, ArithmeticError),
        (lambda _: opening(waiting=(ballot(5), ballot(6, size=32))), StorageError),
    ],
)
async def test_an_opening_that_fails_leaves_everything_as_it_was(
    answers: AnswersSide, turn: Callable[[Box], Opening], fault: type[Exception]
) -> None:
    await answers.ballots.drop("one", [ballot(1)])

    with pytest.raises(fault):
        await answers.ballots.open_box("one", "two", turn)

    assert await answers.ballots.epoch() == "one"
    assert await answers.ballots.last_opening() is None
    assert await answers.outbox.latest() == []
    assert await box(answers) == Box((ballot(1),), None, ())


async def test_an_empty_opening_is_an_opening(answers: AnswersSide) -> None:
    assert await answers.ballots.last_opening() is None

    await opens(answers, opening(batches=(), waiting=(), digests=(), recipients=()))

    assert await answers.ballots.last_opening() == "2026-W30"
    assert await box(answers) == Box((), b"sums", (), (), "2026-W30")


async def test_batches_come_oldest_first(answers: AnswersSide) -> None:
    first = [
        batch("2026-W52", "a" * 32, Origin.INVITED),
        batch("2026-W52", "a" * 32, Origin.WALK_IN),
        batch("2026-W52", "b" * 32, Origin.INVITED),
    ]
    later = [batch("2026-W53"), batch("2027-W01")]
    await opens(answers, opening("2026-W52", batches=tuple(reversed(first))))
    for one in later:
        await opens(answers, opening(one.week, batches=(one,)))

    assert await answers.ballots.batches() == first + later
    assert (await box(answers)).batches == (*first, *later)


async def test_figures_by_phase_come_oldest_first(answers: AnswersSide) -> None:
    later, first = phase_figures("2026-W40"), phase_figures("2026-W27")
    await opens(answers, opening("2026-W27", phases=first[::-1]))
    await opens(answers, opening("2026-W40", phases=later))

    assert await answers.ballots.phases() == [*first, *later]
    assert (await box(answers)).phases == (*first, *later)


async def test_the_newest_opening_is_the_last_one_done_whatever_the_clock_said(
    answers: AnswersSide,
) -> None:
    await opens(answers, opening("2030-W01"))
    await opens(answers, opening("2026-W30"))

    assert await answers.ballots.last_opening() == "2026-W30"
    assert [b.week for b in await answers.ballots.batches()] == ["2030-W01", "2026-W30"]


async def test_only_the_counts_that_are_given_are_kept(answers: AnswersSide) -> None:
    cell = Cell("c" * 32, Origin.WALK_IN)
    given = Batch(
        "2026-W30", cell, {"a": {"1": 10, "2": 0}, "b": {}}, {Outcome.COMPLETE: 10}
    )
    await opens(answers, opening(batches=(given,)))

    kept = Batch("2026-W30", cell, {"a": {"1": 10, "2": 0}}, {Outcome.COMPLETE: 10})
    assert await answers.ballots.batches() == [kept]


async def test_what_is_given_out_can_be_changed_without_harm(
    answers: AnswersSide,
) -> None:
    await opens(answers, opening())

    for released in await answers.ballots.batches():
        released.counts["counter"]["7"] = 0
        released.outcomes.clear()

    assert await answers.ballots.batches() == [batch("2026-W30")]


async def test_what_was_stored_is_there_for_whoever_opens_it_next(
    open_answers: OpenAnswers,
) -> None:
    first = await open_answers()
    await first.ballots.begin("one")
    await opens(first, opening(), "two")
    await first.ballots.drop("two", [ballot(1)])
    await first.ballots.vacuum()

    second = await open_answers()

    assert await second.ballots.epoch() == "two"
    assert await box(second) == Box(
        (ballot(1), ballot(99)), b"sums", (batch("2026-W30"),), (), "2026-W30"
    )
    assert await second.outbox.pending() == await first.outbox.pending()


async def test_two_that_are_open_at_once_see_the_same(
    open_answers: OpenAnswers,
) -> None:
    first, second = await open_answers(), await open_answers()
    await first.ballots.begin("one")
    await second.ballots.drop("one", [ballot(1)])
    await opens(first, opening(waiting=()), "two")

    with pytest.raises(StaleEpoch):
        await second.ballots.drop("one", [ballot(2)])
    await second.ballots.drop("two", [ballot(3)])
    assert (await box(first)).ballots == (ballot(3),)
