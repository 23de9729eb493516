"""What every keeper of remarks does, whoever decides and how often."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import pytest

from bot.outbox import REVIEW, Dispatch, WrittenDigest
from bot.reviews import (
    Decision,
    KeptRemark,
    Lot,
    Place,
    PublishedRemark,
    ReviewCounts,
    Rewritten,
)
from tests.contracts.ports import AnswersSide, digest, opening, remark
from tests.contracts.test_ballot_store import box

OpenAnswers = Callable[[], Awaitable[AnswersSide]]
HERE, THERE = Place(-5, 11), Place(-6, 12)
LATER = 500_000


def first(_: int) -> int:
    return 0


def last(count: int) -> int:
    return count - 1


async def opens(side: AnswersSide, week: str = "2026-W30", **changes: object) -> None:
    await side.ballots.open_box("one", "one", lambda _: opening(week, **changes))


async def waiting(side: AnswersSide) -> Sequence[KeptRemark]:
    return (await box(side)).remarks


async def shows(side: AnswersSide, place: Place = HERE) -> str | None:
    return await side.reviews.put_on_screen(place, LATER, first)


async def test_without_a_remark_there_is_nothing_to_show(answers: AnswersSide) -> None:
    assert await answers.reviews.is_empty()
    assert await shows(answers) is None
    assert await answers.reviews.shown_at(HERE) is None
    assert await answers.reviews.messages(HERE.chat) == []
    assert await answers.reviews.counts() == ReviewCounts()
    assert await answers.reviews.published() == []


async def test_an_opening_replaces_what_waits(answers: AnswersSide) -> None:
    await opens(answers, remarks=(remark(2), remark(1)))
    assert await waiting(answers) == (remark(1), remark(2))

    kept = replace(remark(2), is_approved=True)
    await opens(answers, "2026-W31", remarks=(kept, remark(3)))

    assert await waiting(answers) == (kept, remark(3))
    assert not await answers.reviews.is_empty()


async def test_chance_chooses_among_those_that_no_message_shows(
    answers: AnswersSide,
) -> None:
    await opens(answers, remarks=(remark(1), remark(2), remark(3)))

    assert await shows(answers) == "Opmerking 1."
    assert await answers.reviews.put_on_screen(THERE, LATER, last) == "Opmerking 3."
    assert await shows(answers, Place(-7, 1)) == "Opmerking 2."
    # All are on a screen: two reviewers see the same one rather than nothing.
    assert await shows(answers, Place(-8, 1)) == "Opmerking 1."

    assert await answers.reviews.shown_at(THERE) == "Opmerking 3."
    assert await answers.reviews.messages(-6) == [THERE]


DECISIONS = {
    Decision.SHOW: (replace(remark(1), is_approved=True), 0),
    Decision.LEAVE_OUT: (None, 0),
    Decision.NAMED: (None, 1),
    Rewritten("In het Nederlands."): (
        replace(remark(1), text="In het Nederlands.", is_approved=True),
        0,
    ),
}


@pytest.mark.parametrize("decision", DECISIONS, ids=str)
async def test_a_remark_is_decided_about_once(
    answers: AnswersSide, decision: Decision | Rewritten
) -> None:
    left, named = DECISIONS[decision]
    await opens(answers, remarks=(remark(1),))
    await shows(answers)
    await shows(answers, THERE)

    assert await answers.reviews.decide(HERE, decision)
    for place in (HERE, THERE):
        assert not await answers.reviews.decide(place, Decision.NAMED)
        assert await answers.reviews.shown_at(place) is None

    assert await waiting(answers) == (() if left is None else (left,))
    assert await answers.reviews.is_empty()
    assert await answers.reviews.due(0) == [THERE, HERE]
    counts = await answers.reviews.counts()
    assert (counts.decided, counts.named) == (1, named)


async def test_a_decision_on_nothing_changes_nothing(answers: AnswersSide) -> None:
    await opens(answers, remarks=(remark(1),))

    assert not await answers.reviews.decide(HERE, Decision.SHOW)
    await shows(answers)
    assert not await answers.reviews.decide(THERE, Decision.SHOW)

    assert await waiting(answers) == (remark(1),)
    assert (await answers.reviews.counts()).decided == 0


async def test_a_message_is_due_at_its_hour_and_at_once_when_all_is_decided(
    answers: AnswersSide,
) -> None:
    await opens(answers, remarks=(remark(1), remark(2)))
    await shows(answers)
    await shows(answers, THERE)
    typed = Place(-5, 9)
    await answers.reviews.note(typed)

    assert await answers.reviews.due(LATER - 1) == [typed]
    assert await answers.reviews.due(LATER) == [THERE, typed, HERE]
    assert await answers.reviews.messages(-5) == [typed, HERE]

    await answers.reviews.gone(typed)
    await answers.reviews.gone(typed)
    assert await answers.reviews.due(LATER - 1) == []
    await answers.reviews.decide(HERE, Decision.SHOW)
    assert await answers.reviews.due(LATER - 1) == [HERE]


async def test_what_an_opening_destroyed_cannot_be_decided_about(
    answers: AnswersSide,
) -> None:
    await opens(answers, remarks=(remark(1), remark(2)))
    await shows(answers)
    await shows(answers, THERE)

    await opens(answers, "2026-W31", remarks=(remark(2),))

    assert not await answers.reviews.decide(HERE, Decision.SHOW)
    assert await answers.reviews.due(0) == [HERE]
    assert await answers.reviews.shown_at(THERE) == "Opmerking 2."


async def test_what_is_noted_is_there_after_a_restart(
    open_answers: OpenAnswers, answers: AnswersSide
) -> None:
    await opens(answers, remarks=(remark(1),))
    await shows(answers)

    again = await open_answers()

    assert await again.reviews.shown_at(HERE) == "Opmerking 1."
    assert await again.reviews.due(LATER) == [HERE]


async def test_remarks_are_counted_and_never_quoted(answers: AnswersSide) -> None:
    many = tuple(remark(n, "telefoon") for n in range(3, 6))
    told = replace(digest("2026-W30"), remarks=tuple("abcde"))
    await opens(
        answers,
        remarks=(remark(1), replace(remark(2), is_approved=True), *many),
        lots=(Lot("2026-W30", "sozawe", 5, 12), Lot("2026-W30", "telefoon", 6)),
        remarks_destroyed=11,
        digests=(told,),
    )
    await shows(answers)
    await answers.reviews.decide(HERE, Decision.NAMED)

    assert await answers.reviews.counts() == ReviewCounts(
        unreviewed={"telefoon": 3},
        approved={"sozawe": 1},
        published={"sozawe": 5},
        withheld=12,
        destroyed=11,
        decided=1,
        named=1,
    )


async def test_what_a_digest_published_stays_with_it(answers: AnswersSide) -> None:
    one = replace(digest("2026-W30"), remarks=("zo", "zo", "anders", "b", "a"))
    other = replace(digest("2026-W31"), remarks=("later",) * 5)
    phases = WrittenDigest("2026-W30", "phases", "sozawe", "Per fase", True)
    await opens(answers, digests=(one, phases))
    await opens(answers, "2026-W31", digests=(other, digest("2026-W31", "telefoon")))

    assert await answers.outbox.latest() == [other, digest("2026-W31", "telefoon")]
    assert await answers.outbox.remarks("2026-W30", "sozawe") == one.remarks
    assert await answers.outbox.remarks("2026-W31", "telefoon") == ()
    assert await answers.outbox.remarks("2026-W32", "sozawe") == ()
    pending = [d.digest for d in await answers.outbox.pending() if d.recipient == "-1"]
    assert pending == [one, phases, other, digest("2026-W31", "telefoon")]
    assert await answers.reviews.published() == [
        PublishedRemark(told.week, "sozawe", place, text)
        for told in (one, other)
        for place, text in enumerate(told.remarks, start=1)
    ]


async def test_only_reviewers_are_called_to_look_at_remarks(
    answers: AnswersSide,
) -> None:
    call = WrittenDigest("2026-W30", REVIEW, "", "/nakijken", True)
    await opens(
        answers, digests=(digest("2026-W30"), call), reviewers=("-5", "-5", "-6")
    )

    called = [d for d in await answers.outbox.pending() if d.digest.kind == REVIEW]
    assert called == [Dispatch(call, "-5"), Dispatch(call, "-6")]
    assert await answers.outbox.latest() == [digest("2026-W30")]
