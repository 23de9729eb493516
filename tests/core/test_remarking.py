"""What becomes of a remark, one sentence each."""

from dataclasses import replace

import pytest

from bot.core.effects import (
    AskRemark,
    AskRemarkAgain,
    Effect,
    End,
    Note,
    ShowRemark,
    Submit,
    SubmitRemark,
    Unkept,
)
from bot.core.engine import expire, step
from bot.core.events import (
    Accepted,
    Answered,
    ChangedRemark,
    ChoseLanguage,
    Declined,
    Event,
    Expired,
    KeptRemark,
    LeftRemark,
    Remarked,
    Skipped,
    Stopped,
    WentBack,
)
from bot.core.flow import FlowDefinition, Origin, Phase
from bot.core.remarking import LONGEST, asking
from bot.core.session import Session, Status
from bot.core.steps import Step
from bot.remarks import Scrubbed, Withheld
from tests.core.examples import (
    FLOW,
    NOON,
    REMARKED_FLOW,
    YES,
    after,
    begun,
    later,
    taps,
)

ANSWERS = (YES, taps("counter", "8"), taps("agreed", "agree"), taps("called", "yes"))
ASKED = after(*ANSWERS, flow=REMARKED_FLOW)
TEXT = Scrubbed("te druk", 1)
SEEN = after(*ANSWERS, Remarked(NOON, TEXT), flow=REMARKED_FLOW)
OVER = (SubmitRemark(), End())


def does(session: Session, event: Event) -> Step:
    return step(REMARKED_FLOW, session, event, asks_remark=True)


def test_after_the_last_answer_a_remark_is_asked_with_the_answers_still_whole() -> None:
    before = after(*ANSWERS[:-1], flow=REMARKED_FLOW)
    done = does(before, ANSWERS[-1])
    assert done == Step(
        replace(
            before,
            status=Status.ANSWERED,
            at=None,
            answers=(*before.answers, ("called", "yes")),
        ),
        (Note("called", "yes"), Submit(), AskRemark()),
    )
    assert len(done.session.answers) == len(REMARKED_FLOW.questions)


@pytest.mark.parametrize(
    ("flow", "asks"), [(REMARKED_FLOW, False), (FLOW, True)], ids=["off", "none"]
)
def test_where_no_remark_is_asked_the_last_answer_is_the_end(
    flow: FlowDefinition, asks: bool
) -> None:
    before = after(*ANSWERS[:-1], flow=flow)
    done = step(flow, before, ANSWERS[-1], asks_remark=asks)
    assert done.session.status is Status.COMPLETE
    assert done.effects == (Note("called", "yes"), Submit(), End())


def test_once_the_answers_are_in_the_box_nothing_of_them_is_left() -> None:
    assert asking(ASKED) == ASKED
    assert (
        replace(
            begun(REMARKED_FLOW),
            ballot="",
            origin=Origin.WALK_IN,
            phase=Phase.UNKNOWN,
            status=Status.REMARKING,
        )
        == ASKED
    )


def test_a_remark_is_shown_as_it_would_be_kept() -> None:
    assert does(ASKED, Remarked(NOON, TEXT)) == Step(
        replace(ASKED, remark=TEXT), (ShowRemark("te druk", 1),)
    )


def test_what_is_seen_and_agreed_to_is_kept() -> None:
    ended = replace(SEEN, status=Status.REMARKED)
    assert does(SEEN, KeptRemark(NOON)) == Step(ended, OVER)
    assert does(ended, KeptRemark(NOON)) == Step(ended)


def test_who_wants_it_otherwise_is_asked_again_and_nothing_is_left() -> None:
    assert does(SEEN, ChangedRemark(NOON)) == Step(ASKED, (AskRemark(),))
    other = Scrubbed("te vol")
    assert does(SEEN, Remarked(NOON, other)) == Step(
        replace(SEEN, remark=other), (ShowRemark("te vol", 0),)
    )


@pytest.mark.parametrize(
    "event", [LeftRemark(NOON), Stopped(NOON), Expired(NOON), taps("", "x")]
)
def test_what_is_not_agreed_to_is_not_kept(event: Event) -> None:
    if isinstance(event, Answered):
        event = replace(event, at=later(hours=40))
    for session in (ASKED, SEEN):
        ended = replace(session, status=Status.REMARKED, remark=None)
        assert does(session, event) == Step(ended, OVER)
    assert expire(SEEN).session.remark is None


@pytest.mark.parametrize(
    ("why", "told"),
    [
        (Withheld.TOO_LITTLE, Unkept.TOO_LITTLE),
        (Withheld.IN_DOUBT, Unkept.IN_DOUBT),
    ],
)
def test_of_a_remark_that_was_withheld_it_is_known_that_it_was(
    why: Withheld, told: Unkept
) -> None:
    withheld = replace(ASKED, remark=why)
    assert does(SEEN, Remarked(NOON, why)) == Step(withheld, (AskRemarkAgain(told),))
    assert does(withheld, KeptRemark(NOON)) == Step(withheld)
    assert does(withheld, ChangedRemark(NOON)) == Step(withheld)
    ended = replace(withheld, status=Status.REMARKED)
    assert does(withheld, LeftRemark(NOON)) == Step(ended, OVER)
    again = Step(SEEN, (ShowRemark("te druk", 1),))
    assert does(withheld, Remarked(NOON, TEXT)) == again


@pytest.mark.parametrize(
    ("flow", "most"), [(REMARKED_FLOW, 20), (FLOW, LONGEST)], ids=["own", "usual"]
)
def test_a_remark_is_as_long_as_the_survey_allows_and_no_longer(
    flow: FlowDefinition, most: int
) -> None:
    fits, longer = ("😀" * n for n in (most, most + 1))
    said = step(flow, SEEN, Remarked(NOON, Scrubbed(fits)))
    assert said.effects == (ShowRemark(fits, 0),)
    assert step(flow, SEEN, Remarked(NOON, Scrubbed(longer))) == Step(
        ASKED, (AskRemarkAgain(Unkept.TOO_LONG),)
    )


@pytest.mark.parametrize("text", ["", " \n ", "\ud800\x00\x1b"])
def test_a_remark_of_nothing_is_too_little(text: str) -> None:
    assert does(ASKED, Remarked(NOON, Scrubbed(text))) == Step(
        replace(ASKED, remark=Withheld.TOO_LITTLE),
        (AskRemarkAgain(Unkept.TOO_LITTLE),),
    )


def test_signs_that_nobody_sees_are_left_out() -> None:
    said = does(ASKED, Remarked(NOON, Scrubbed(" te\x00 \udfffdruk\ntoch \u200dja ")))
    assert said.session.remark == Scrubbed("te druk\ntoch \u200dja")


@pytest.mark.parametrize(
    ("session", "shown"),
    [
        (ASKED, AskRemark()),
        (SEEN, ShowRemark("te druk", 1)),
        (replace(ASKED, remark=Withheld.IN_DOUBT), AskRemark()),
    ],
)
def test_another_language_shows_the_same_in_it(session: Session, shown: Effect) -> None:
    spoken = replace(session, language="ar", has_chosen=True)
    assert does(session, ChoseLanguage(NOON, "ar")) == Step(spoken, (shown,))
    assert does(session, ChoseLanguage(NOON, "so")) == Step(session)


@pytest.mark.parametrize(
    "event",
    [
        Accepted(NOON),
        Declined(NOON),
        taps("called", "no"),
        taps("", "7"),
        Skipped(NOON, "agreed"),
        WentBack(NOON),
    ],
)
def test_no_answer_can_be_given_or_taken_back_at_the_remark(event: Event) -> None:
    assert does(ASKED, event) == Step(ASKED)
    assert does(SEEN, event) == Step(SEEN)


@pytest.mark.parametrize(
    "event",
    [
        Remarked(NOON, TEXT),
        KeptRemark(NOON),
        ChangedRemark(NOON),
        LeftRemark(NOON),
    ],
)
def test_before_the_last_answer_there_is_no_remark(event: Event) -> None:
    for session in (begun(REMARKED_FLOW), after(YES, flow=REMARKED_FLOW)):
        assert does(session, event) == Step(session)
